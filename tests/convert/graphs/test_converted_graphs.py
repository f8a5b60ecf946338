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
    "counted": ["keys"],
}
OUTPUTS = {"references": ["y", "scattered", "counted"], "queue": ["y"], "words": ["scores", "class/LookupTableFindV2"]}
GRAPHS = {
    "frozen_cnn": "frozen.pb",
    "frozen_cnn as text": "frozen.pbtxt",
    "quantized": "frozen.pb",
    "of_2015": "frozen.pb",
}


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


@pytest.mark.parametrize(("name", "size"), [("cnn", 1), ("cnn", 7), ("dynamic_rnn", 1), ("frozen_cnn", 4)])
def test_batches_of_other_sizes(name: str, size: int, tmp_path: Path, converter: Any, server: Any) -> None:
    folder = converting.unpacked(name, tmp_path)
    is_frozen = (folder / "frozen.pb").is_file()
    checkpoint = None if is_frozen else folder / "model"
    source = folder / ("frozen.pb" if is_frozen else "model.meta")
    converter(converting.convert, source, tmp_path / "out", checkpoint=checkpoint)
    one = {key: value[:1] if value.ndim else value for key, value in converting.recorded(folder, "in").items()}
    many = {key: np.repeat(value, size, 0) if value.ndim else value for key, value in one.items()}
    single = server(converting.serve, tmp_path / "out", one)
    for key, value in server(converting.serve, tmp_path / "out", many).items():
        np.testing.assert_allclose(value, np.repeat(single[key], size, 0), rtol=1e-5, atol=1e-6)


def test_specifications(tmp_path: Path, converter: Any, server: Any) -> None:
    folder = converting.unpacked("cnn", tmp_path)
    named = {"inputs": ["picture=images", "is_training"], "outputs": ["classes=probabilities", "logits/BiasAdd:0"]}
    report = converter(
        converting.convert, folder / "model.meta", tmp_path / "out", checkpoint=folder / "model", **named
    )
    assert not isinstance(report, str), report
    description = server(converting.described, tmp_path / "out")
    assert description["signatures"] == {
        "serving_default": (
            {"picture": ("(None, 8, 8, 1)", "float32"), "is_training": ("()", "bool")},
            {"classes": "float32", "logits_BiasAdd": "float32"},
        )
    }
    assert "norm/gamma" in description["trainable"]
    assert "norm/moving_mean" in set(description["variables"]) - set(description["trainable"])
    assert not any("Adam" in name for name in description["variables"])


def test_a_tensor_inside_is_an_input(tmp_path: Path, converter: Any, server: Any) -> None:
    folder = converting.unpacked("cnn", tmp_path)
    named = {"inputs": ["features=dropout/mul_1"], "outputs": ["probabilities"]}
    report = converter(
        converting.convert, folder / "model.meta", tmp_path / "out", checkpoint=folder / "model", **named
    )
    assert not isinstance(report, str), report
    assert report.variables == ("logits/bias", "logits/kernel")
    features = np.linspace(-1, 1, 2 * 27, dtype=np.float32).reshape(2, 27)
    variables = converting.recorded(folder, "variable")
    logits = features @ variables["logits/kernel"] + variables["logits/bias"]
    expected = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
    served = server(converting.serve, tmp_path / "out", {"features": features})
    np.testing.assert_allclose(served["probabilities"], expected, rtol=1e-5)


def test_variables_keep_counting(tmp_path: Path, converter: Any, server: Any) -> None:
    folder = converting.unpacked("references", tmp_path)
    converter(converting.convert, folder / "model.meta", tmp_path / "out", checkpoint=folder / "model")
    served = server(converting.serve, tmp_path / "out", converting.recorded(folder, "in"), calls=2)
    np.testing.assert_allclose(served["y"], converting.recorded(folder, "again")["y"], rtol=1e-5)


def test_nothing_is_left_behind(tmp_path: Path, converter: Any) -> None:
    folder = converting.unpacked("cnn", tmp_path)
    before = sorted(tmp_path.iterdir())
    assert isinstance(converter(converting.convert, folder / "model.meta", tmp_path / "out"), str)
    assert sorted(tmp_path.iterdir()) == before


def test_a_saved_model_is_replaced(tmp_path: Path, converter: Any, server: Any) -> None:
    for name in ("quantized", "frozen_cnn"):
        folder = converting.unpacked(name, tmp_path)
        converter(converting.convert, folder / "frozen.pb", tmp_path / "out")
    assert_same(server(converting.serve, tmp_path / "out", converting.recorded(folder, "in")), folder)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["frozen_cnn", "out", "quantized"]


def test_sessions_load_it_as_serving_does(tmp_path: Path, converter: Any, server: Any) -> None:
    folder = converting.unpacked("words", tmp_path)
    converter(
        converting.convert, folder / "model.meta", tmp_path / "out", checkpoint=folder / "model", outputs=["scores"]
    )
    served = server(converting.serve_in_session, tmp_path / "out", converting.recorded(folder, "in"))
    np.testing.assert_allclose(served["scores"], converting.recorded(folder, "out")["scores"], rtol=1e-5)


def test_inputs_that_are_not_needed(tmp_path: Path, converter: Any, server: Any) -> None:
    folder = converting.unpacked("frozen_cnn", tmp_path)
    named = {"inputs": ["images", "other=logits/BiasAdd"], "outputs": ["conv/Relu", "same=images"]}
    report = converter(converting.convert, folder / "frozen.pb", tmp_path / "out", **named)
    assert not isinstance(report, str), report
    inputs = converting.recorded(folder, "in") | {"other": np.zeros([2, 3], np.float32)}
    served = server(converting.serve, tmp_path / "out", inputs)
    assert served["same"].tobytes() == inputs["images"].tobytes()
