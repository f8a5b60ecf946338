"""What TensorFlow 1.15.5 wrote computes the same as a SavedModel of TensorFlow 2, in another process."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import converting
import numpy as np
import pytest

# By program the source, and what its inputs are called; outputs are those that were recorded.
CHECKPOINTS = {
    "cnn": ["images", "is_training"],
    "dynamic_rnn": ["inputs", "lengths"],
    "bidirectional_gru": ["tokens"],
    "residual": ["input"],
    "partitioned": ["tokens"],
    "resources": ["x"],
    "references": ["x"],
    "words": ["words"],
    "pipeline": ["IteratorGetNext"],
    "queue": ["x=fifo_queue_DequeueMany"],
    "autoencoder": ["x", "keep"],
}
OUTPUTS = {"references": ["y", "scattered", "counted"], "queue": ["y"], "words": ["scores", "class/LookupTableFindV2"]}
GRAPHS = {"frozen_cnn": "frozen.pb", "frozen_cnn as text": "frozen.pbtxt", "quantized": "frozen.pb"}


def assert_same(computed: converting.Arrays, folder: Path) -> None:
    """Compares all recorded outputs."""
    expected = converting.recorded(folder, "out")
    assert expected
    for key, value in expected.items():
        if value.dtype.kind == "S":
            assert computed[key].astype("S").tolist() == value.tolist()
        else:
            assert computed[key].dtype == value.dtype
            np.testing.assert_allclose(computed[key], value, rtol=1e-5, atol=1e-6, err_msg=key)


@pytest.mark.parametrize("name", CHECKPOINTS)
def test_checkpoints_with_meta_graphs(name: str, tmp_path: Path, converter: Any, server: Any) -> None:
    folder = converting.unpacked(name, tmp_path)
    named = {"outputs": OUTPUTS[name], "inputs": CHECKPOINTS[name]} if name in OUTPUTS else {}
    report = converter(
        converting.convert, folder / "model.meta", tmp_path / "out", checkpoint=folder / "model", **named
    )
    assert not isinstance(report, str), report
    assert [key.partition("=")[0] for key in CHECKPOINTS[name]] == list(report.signatures[0].inputs)
    assert_same(server(converting.serve, tmp_path / "out", converting.recorded(folder, "in")), folder)
    variables = server(converting.described, tmp_path / "out")["variables"]
    for variable, value in converting.recorded(folder, "variable").items():
        if variable in variables:
            assert variables[variable].tobytes() == value.tobytes()
    assert sorted(variables) == list(report.variables)


@pytest.mark.parametrize("name", GRAPHS)
def test_graphs_without_variables(name: str, tmp_path: Path, converter: Any, server: Any) -> None:
    folder = converting.unpacked(name.partition(" ")[0], tmp_path)
    report = converter(converting.convert, folder / GRAPHS[name], tmp_path / "out")
    assert not isinstance(report, str), report
    assert_same(server(converting.serve, tmp_path / "out", converting.recorded(folder, "in")), folder)
