"""The format of a recording, written and read back."""

from __future__ import annotations

import gzip
import json
import threading

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from tf1graphs.verify.recorder import job, stream
from tf1graphs.verify.recorder.matching import Described
from tf1graphs.verify.recorder.stream import decode
from tf1graphs.verify.recording import NotARecording, events, overview

NUMERIC = st.one_of(
    arrays.boolean_dtypes(), arrays.integer_dtypes(), arrays.unsigned_integer_dtypes(),
    arrays.floating_dtypes(sizes=(16, 32, 64)), arrays.complex_number_dtypes(sizes=(64, 128)),
)  # fmt: skip


def _same(a, b):
    return np.array_equal(a, b, equal_nan=a.dtype.kind in "fc")


@given(arrays.arrays(NUMERIC, arrays.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=6)))
def test_any_array_of_numbers_comes_back(array):
    form = json.loads(json.dumps(stream.encode(array)))
    decoded = decode(form)
    assert tuple(form["shape"]) == array.shape
    assert decoded.dtype == array.dtype.newbyteorder("=")
    assert _same(decoded, array.ravel())


@pytest.mark.parametrize("size", [stream.LARGEST_WHOLE, stream.LARGEST_WHOLE + 1, 10 * stream.LARGEST_WHOLE])
def test_a_large_array_is_thinned_but_its_norm_and_sum_are_of_all(size):
    array = np.random.RandomState(0).normal(size=size).astype(np.float32)
    form = stream.encode(array)
    kept = decode(form)
    assert kept.size <= stream.LARGEST_WHOLE
    assert _same(kept, array[:: form.get("every", 1)])
    assert ("norm" in form) == (size > stream.LARGEST_WHOLE)
    if "norm" in form:
        assert form["norm"] == pytest.approx(np.linalg.norm(array.astype(np.float64)))
        assert form["sum"] == pytest.approx(array.astype(np.float64).sum())
    assert _same(decode(stream.encode(array, whole=True)), array)


def test_a_form_thinned_later_is_the_one_thinned_at_once():
    array = np.random.RandomState(1).normal(size=30000)
    later = stream.thinned(stream.encode(array, whole=True), stream.LARGEST_WHOLE)
    at_once = stream.encode(array)
    assert later["bytes"] == at_once["bytes"] and later["every"] == at_once["every"]
    assert later["norm"] == pytest.approx(at_once["norm"])
    assert stream.thinned(at_once, 10**6) == at_once


def test_text_is_not_numeric():
    assert not stream.is_numeric(np.array(["a"])) and not stream.is_numeric(np.array([None]))
    assert stream.is_numeric(np.array([True])) and stream.is_numeric(np.array(1j))


def _record(path, *written, **header):
    recorded = stream.Stream(str(path), **header)
    for kind, fields in written:
        recorded.write(kind, **fields)
    recorded.close()
    return path


def _loss(step):
    return "loss", {"step": step, "value": stream.encode(np.float64(step))}


@pytest.mark.parametrize("compress", [False, True])
def test_events_come_back_in_order(tmp_path, compress):
    path = _record(tmp_path / "recording.jsonl", _loss(1), _loss(2), program="p.py")
    if compress:
        path = tmp_path / "recording.jsonl.gz"
        path.write_bytes(gzip.compress((tmp_path / "recording.jsonl").read_bytes()))
    assert [event["step"] for event in events(path)] == [1, 2]
    assert overview(path).steps == 2


def test_threads_write_whole_lines(tmp_path):
    recorded = stream.Stream(str(tmp_path / "r.jsonl"))

    def write(number):
        for _ in range(200):
            recorded.write("print", step=number, line="x" * 200)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    recorded.close()
    recorded.write("print", step=9, line="too late")
    steps = [event["step"] for event in events(tmp_path / "r.jsonl")]
    assert sorted(steps) == sorted(list(range(8)) * 200)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"loss: 0.5\n",
        b"\x89PNG\r\n\x1a\n\xff\xfe",
        b"5\n",
        b'["tf1graphs recording", 1]\n',
        b'{"format": "another", "version": 1}\n',
        b'{"format": "tf1graphs recording", "version": 999}\n',
    ],
)
@pytest.mark.parametrize("name", ["foreign.jsonl", "foreign.jsonl.gz"])
def test_a_foreign_file_is_refused_by_name(tmp_path, content, name):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(NotARecording, match=rf"{name}: not a recording") as refused:
        overview(tmp_path / name)
    assert "\n" not in str(refused.value)


def test_a_missing_file_is_refused_by_name(tmp_path):
    with pytest.raises(NotARecording, match=r"none.jsonl: not a recording \(FileNotFoundError\)"):
        overview(tmp_path / "none.jsonl")


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_recording_cut_anywhere_is_read_up_to_there_or_refused(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("cut")
    content = _record(folder / "r.jsonl", *[_loss(step) for step in range(1, 6)]).read_bytes()
    kept = content[: data.draw(st.integers(0, len(content)))]
    (folder / "r.jsonl").write_bytes(kept)
    try:
        steps = [event["step"] for event in events(folder / "r.jsonl")]
    except NotARecording:
        # The last line is cut, or there is no first one.
        assert not kept.endswith(b"}\n")
    else:
        assert steps == list(range(1, len(steps) + 1)) and len(steps) >= kept.count(b"\n") - 1


@pytest.mark.parametrize("damage", [lambda data: data[:-12], lambda data: data[:40] + b"\0" * 20 + data[60:]])
def test_a_damaged_compressed_recording_is_refused(tmp_path, damage):
    whole = _record(tmp_path / "r.jsonl", *[_loss(step) for step in range(200)]).read_bytes()
    (tmp_path / "r.jsonl.gz").write_bytes(damage(gzip.compress(whole)))
    with pytest.raises(NotARecording, match="r.jsonl.gz"):
        overview(tmp_path / "r.jsonl.gz")


def test_initial_variables_are_the_first_of_each_name(tmp_path):
    def variable(name, array, trainable=True):
        return "variable", {"name": name, "trainable": trainable, "value": stream.encode(array, whole=trainable)}

    large = np.arange(stream.LARGEST_WHOLE + 5, dtype=np.float32)
    path = _record(
        tmp_path / "r.jsonl",
        variable("W", np.eye(5)),
        variable("W", np.zeros([5, 5])),
        variable("large", large),
        variable("slot", large, trainable=False),
    )
    found = dict(job.initial_variables(str(path)))
    assert np.array_equal(found[Described("W", (5, 5), True)], np.eye(5))
    assert np.array_equal(found[Described("large", large.shape, True)], large)
    assert found[Described("slot", large.shape, False)] is None
