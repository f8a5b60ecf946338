"""Constants of frozen graphs become variables that can be trained."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import converting
import numpy as np
import pytest

from tf1graphs.convert.errors import CouldNotConvert
from tf1graphs.convert.graphs.trainable import refuse_loops
from tf1graphs.inspect.reading.protos import GraphDef


def test_a_frozen_network_learns(tmp_path: Path, converter: Any, server: Any) -> None:
    folder = converting.unpacked("frozen_cnn", tmp_path)
    report = converter(
        converting.convert, folder / "frozen.pb", tmp_path / "out", trainable=True, outputs=["logits/BiasAdd"]
    )
    assert not isinstance(report, str), report
    description = server(converting.described, tmp_path / "out")
    weights = ["conv/bias", "conv/kernel", "logits/bias", "logits/kernel", "norm/beta", "norm/gamma"]
    averages = ["norm/moving_mean", "norm/moving_variance"]
    assert sorted(description["trainable"]) == weights
    assert list(report.made_trainable) == sorted(weights + averages)
    for name, value in converting.recorded(folder, "variable").items():
        assert description["variables"][name].tobytes() == value.tobytes()
    losses = server(converting.trained, tmp_path / "out", converting.recorded(folder, "in"), "logits_BiasAdd", 5)
    assert losses[-1] < 0.5 * losses[0]


def test_it_computes_the_same(tmp_path: Path, converter: Any, server: Any) -> None:
    folder = converting.unpacked("frozen_cnn", tmp_path)
    converter(converting.convert, folder / "frozen.pb", tmp_path / "out", trainable=True)
    served = server(converting.serve, tmp_path / "out", converting.recorded(folder, "in"))
    expected = converting.recorded(folder, "out")["probabilities"]
    np.testing.assert_allclose(served["probabilities"], expected, rtol=1e-5)


def test_constants_that_are_used_as_weights(tmp_path: Path, converter: Any) -> None:
    folder = converting.unpacked("quantized", tmp_path)
    report = converter(converting.convert, folder / "frozen.pb", tmp_path / "out", trainable=True, outputs=["fake"])
    assert report.made_trainable == ("weights",)


def test_without_weights_it_is_refused(tmp_path: Path, converter: Any) -> None:
    folder = converting.unpacked("frozen_cnn", tmp_path)
    named = {"inputs": ["logits/BiasAdd"], "outputs": ["probabilities"]}
    refusal = converter(converting.convert, folder / "frozen.pb", tmp_path / "out", trainable=True, **named)
    assert (
        refusal
        == "no constant of the graph is used as a weight: there is nothing to train, and nothing for a checkpoint"
    )


def test_weights_in_a_loop_are_refused() -> None:
    graph_def = GraphDef()
    graph_def.node.add(name="w", op="Const")
    graph_def.node.add(name="w/read", op="Identity", input=["w"])
    graph_def.node.add(name="enter", op="Enter", input=["w/read"]).attr["frame_name"].s = b"rnn/while"
    with pytest.raises(CouldNotConvert, match="cannot train what is used in the loop rnn/while of TensorFlow 1"):
        refuse_loops(graph_def, ["w"])
    refuse_loops(graph_def, [])
