"""Two checkpoints are compared tensor by tensor."""

from __future__ import annotations

import io
import math
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from tf1graphs.convert.writing.bundles import BundleWriter
from tf1graphs.inspect.checkpoints.difference import compare
from tf1graphs.inspect.checkpoints.report import render, render_difference
from tf1graphs.inspect.checkpoints.summary import summarize
from tf1graphs.inspect.reading.checkpoints import Checkpoint, open_checkpoint

FIXTURES = Path(__file__).parents[2] / "fixtures" / "tf115" / "inspect_events" / "checkpoints"


@pytest.fixture
def checkpoint(tmp_path):
    def written(name: str, **arrays: np.ndarray) -> Checkpoint:
        with BundleWriter(tmp_path / name) as writer:
            for tensor, array in sorted(arrays.items()):
                writer.add(tensor, array)
        return open_checkpoint(tmp_path / name)

    return written


def printed(render_, content) -> str:
    out = io.StringIO()
    render_(content, Console(file=out, width=160))
    return out.getvalue()


def fixture(name: str) -> Checkpoint:
    return open_checkpoint(FIXTURES / f"{name}-7")


def test_both_formats_of_the_same_variables_are_equal():
    found = compare(fixture("scoped"), fixture("version_1"))
    assert not found.is_different and len(found.tensors) == 9
    assert all(tensor.absolute == 0 and tensor.differing == 0 for tensor in found.tensors)


def test_tensors_that_one_alone_has():
    found = compare(fixture("adam"), fixture("rmsprop"))
    slots = [f"model/{name}/Adam{end}" for name in ("bias", "weights") for end in ("", "_1")]
    assert found.only_first == ("beta1_power", "beta2_power", *slots)
    assert len(found.only_second) == 6 and found.is_different
    assert [tensor.name for tensor in found.tensors] == ["global_step", "model/bias", "model/weights"]


def test_the_largest_differences(checkpoint):
    first = checkpoint("first", w=np.array([[1.0, 2.0], [3.0, 0.5]], np.float32))
    second = checkpoint("second", w=np.array([[1.0, 2.5], [4.0, 0.5]], np.float32))
    (tensor,) = compare(first, second).tensors
    assert (tensor.absolute, tensor.relative, tensor.differing) == (1.0, pytest.approx(1 / 3), 2)


@pytest.mark.parametrize(
    ("first", "second", "absolute"),
    [
        ([math.nan, 1], [math.nan, 1], 0.0),
        ([math.nan, 1], [1, 1], math.inf),
        ([1, 1], [1, math.inf], math.inf),
        ([math.inf, 1], [math.inf, 1], 0.0),
        ([1j, 1], [1j + 3, 1], 3.0),
        ([], [], 0.0),
    ],
)
def test_values_of_all_kinds(checkpoint, first, second, absolute):
    (tensor,) = compare(checkpoint("first", w=np.array(first)), checkpoint("second", w=np.array(second))).tensors
    assert tensor.absolute == absolute and tensor.is_different is (absolute > 0)


def test_shapes_dtypes_and_strings(checkpoint):
    first = checkpoint("first", shape=np.zeros(2), dtype=np.zeros(2, np.float32), text=np.array([b"a", b"b"], object))
    second = checkpoint("second", shape=np.zeros(3), dtype=np.zeros(2), text=np.array([b"a", b"c"], object))
    found = {tensor.name: tensor for tensor in compare(first, second).tensors}
    assert found["shape"].shapes == ((2,), (3,)) and found["shape"].differing is None
    assert found["dtype"].dtypes == ("float32", "float64") and found["dtype"].differing == 0
    assert found["text"].differing == 1 and found["text"].absolute is None
    assert all(tensor.is_different for tensor in found.values())
    text = printed(render_difference, compare(first, second))
    assert "[2] and [3]" in text and "float32 and float64" in text and text.endswith("different\n")


def test_a_table_of_tensors():
    text = printed(render, summarize(fixture("adam"), values=True))
    assert "name-based checkpoint, format V2, step 0" in text
    assert "2 variables: 10 parameters, 40 bytes" in text
    weights = next(line for line in text.splitlines() if line.startswith("model/weights "))
    assert "[4, 2] in 2 slices" in weights and weights.split()[-1] == "0"
    assert "slot of Adam" in text and "optimizer state of Adam" in text


def test_a_tree_of_objects(of_objects):
    text = printed(render, summarize(open_checkpoint(of_objects / "module")))
    assert "  model\n    blocks\n      0 (Variable)  VARIABLE_VALUE\n    w (w)  VARIABLE_VALUE\n" in text
    assert "ckpt-3, the last\n" in text


def test_equal_checkpoints_say_so():
    text = printed(render_difference, compare(fixture("adam"), fixture("adam")))
    assert text == "9 of 9 tensors of both are the same\nno difference\n"
