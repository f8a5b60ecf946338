"""Memory does not grow with the number of steps, of the recorder nor of the comparison."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest

from tf1graphs.verify import compare
from tf1graphs.verify.recorder import stream
from tf1graphs.verify.recorder.initial import Recorded
from tf1graphs.verify.recorder.prints import Prints
from tf1graphs.verify.recorder.run import Run, is_scheduled

SHORT, LONG = 200, 2000
ARRAY = np.random.RandomState(0).normal(size=[40, 40])


class _Nowhere:
    def write(self, text):
        return len(text)


def _record(path, steps):
    events = stream.Stream(str(path), program="synthetic")
    run = Run(events, Recorded(events))
    prints = Prints(run, _Nowhere())
    for step in range(1, steps + 1):
        loss = 1.0 / step
        arrays = [ARRAY * loss, np.ones(40) * loss] if is_scheduled(step) else None
        run.batch([ARRAY + step])
        run.training(loss, ["W", "b"], arrays, arrays)
        run.value("value", ["cost", "self.cost"], np.float32(loss))
        run.value("value", ["prediction"], ARRAY * loss)
        prints.write(f"step {step} loss {loss:.6f}\n")
        events.write("summary", name="loss", folder="", step=step, value=stream.encode(np.float32(loss)))
    events.write("end", code=0, is_cut=False)
    events.close()


def _peak(function, *arguments):
    tracemalloc.start()
    try:
        result = function(*arguments)
        return tracemalloc.get_traced_memory()[1], result
    finally:
        tracemalloc.stop()


@pytest.fixture(scope="module")
def recordings(tmp_path_factory):
    """Steps -> a synthetic recording of as many."""
    folder = tmp_path_factory.mktemp("recordings")
    paths = {steps: folder / f"{steps}.jsonl" for steps in (SHORT, LONG)}
    for steps, path in paths.items():
        _record(path, steps)
    return paths


def test_the_recorder_keeps_nothing_of_past_steps(tmp_path):
    _record(tmp_path / "warm.jsonl", 10)  # what is imported or made once is no part of the peaks
    short, long = (_peak(_record, tmp_path / "r.jsonl", steps)[0] for steps in (200, 20000))
    assert long < 1.3 * short


def test_comparing_reads_both_in_step(recordings):
    compare(recordings[SHORT], recordings[SHORT])
    peaks = {}
    for steps, path in recordings.items():
        peaks[steps], comparison = _peak(compare, path, path)
        assert comparison.is_equivalent
        assert sum(quantity.compared for quantity in comparison.quantities) > 4 * steps
    assert peaks[LONG] < 1.3 * peaks[SHORT]


def test_comparing_with_a_shorter_run_waits_for_nothing(recordings):
    together, _ = _peak(compare, recordings[SHORT], recordings[SHORT])
    for pair in ((LONG, SHORT), (SHORT, LONG)):
        peak, comparison = _peak(compare, *(recordings[steps] for steps in pair))
        assert not comparison.is_equivalent
        assert peak < 1.3 * together
