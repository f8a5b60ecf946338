"""What a run records and when, and what it passes on of what is printed."""

from __future__ import annotations

import io
import threading

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tf1graphs.verify.recorder import stream
from tf1graphs.verify.recorder.initial import Recorded
from tf1graphs.verify.recorder.prints import Prints
from tf1graphs.verify.recorder.run import Run, StopRecording, is_scheduled
from tf1graphs.verify.recording import events


def test_the_schedule_is_dense_at_first_and_then_logarithmic():
    due = [number for number in range(1, 2001) if is_scheduled(number)]
    assert due == [*range(1, 11), 20, 50, 100, 200, 500, 1000, 2000]


@given(st.integers(1, 10**12))
def test_a_decade_has_three_scheduled_steps_past_the_first(number):
    assert is_scheduled(number) == (number <= 10 or (str(number)[0] in "125" and set(str(number)[1:]) == {"0"}))


@pytest.fixture
def recorded(tmp_path):
    """A run, and a function that ends it and returns its events."""
    path = tmp_path / "r.jsonl"
    events_of = stream.Stream(str(path))
    run = Run(events_of, Recorded(events_of), limit=30)

    def read():
        events_of.close()
        return list(events(path))

    return run, read


def test_losses_are_recorded_always_and_arrays_on_schedule(recorded):
    run, read = recorded
    for step in range(1, 26):
        run.training(np.array([step, 1.0]), ["W"], [np.ones(2)], [np.zeros(2)])
    found = read()
    assert [e["value"]["values"] for e in found if e["kind"] == "loss"] == [[step + 1.0] for step in range(1, 26)]
    gradients = [e["step"] for e in found if e["kind"] == "gradient"]
    assert set(range(1, 11)) | {20} <= set(gradients)


def test_a_missing_gradient_is_not_recorded(recorded):
    run, read = recorded
    run.training(1.0, ["W", "b"], [None, np.ones(1)], [np.zeros(1), np.zeros(1)])
    assert [(e["kind"], e["name"]) for e in read() if "name" in e] == [
        ("weight", "W"), ("weight", "b"), ("gradient", "b"),
    ]  # fmt: skip


def test_the_limit_ends_the_program_after_its_last_step(recorded):
    run, read = recorded
    for _ in range(29):
        run.training(0.0, ["W"], None, None)
        run.stop_at_limit()
    run.training(0.0, ["W"], None, None)
    with pytest.raises(StopRecording) as end:
        run.stop_at_limit()
    assert end.value.code == 0
    assert not run.has_gone_too_far()
    # A loop inside a function goes on; nothing of it counts.
    run.training(0.0, ["W"], None, None)
    assert run.has_gone_too_far()
    assert max(e["step"] for e in read()) == 30


def test_values_that_are_no_numbers_are_left_out(recorded):
    run, read = recorded
    run.value("value", ["text"], np.array(["a", "b"]))
    run.value("value", ["empty"], np.zeros([0, 3]))
    run.value("value", ["cost", "self.cost"], 0.5)
    assert [e["names"] for e in read()] == [["cost", "self.cost"]]


def test_a_pause_is_of_one_thread(recorded):
    run, _ = recorded
    seen = []
    with run.pause():
        thread = threading.Thread(target=lambda: seen.append(run.is_paused))
        thread.start()
        thread.join()
        with run.pause():
            pass
        assert run.is_paused
    assert seen == [False] and not run.is_paused


def test_a_fact_is_recorded_once(recorded):
    run, read = recorded
    for rate in (0.1, 0.1, 0.2):
        run.fact("optimizer", "Adam", learning_rate=rate)
    with run.pause():
        run.fact("optimizer", "Adam", learning_rate=0.3)
    assert [e["settings"]["learning_rate"] for e in read()] == [0.1, 0.2]


def test_printed_lines_are_whole_however_they_are_written(recorded):
    run, read = recorded
    out = io.StringIO()
    prints = Prints(run, out)
    for text in ("loss ", "0.5", "\nno number\nepoch 1\r", "epoch 2\n", "value nan\n", "last 3"):
        prints.write(text)
    prints.finish()
    assert [e["line"] for e in read()] == ["loss 0.5", "epoch 1", "epoch 2", "value nan", "last 3"]
    assert out.getvalue() == "loss 0.5\nno number\nepoch 1\repoch 2\nvalue nan\nlast 3"
