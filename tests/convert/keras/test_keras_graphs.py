"""Nets of 1.15.5 are built from their graphs, by a checkpoint and frozen, and compute what they computed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import graph_models
import numpy as np
import pytest

from tf1graphs.convert.carrying.rows import Row
from tf1graphs.convert.errors import CouldNotConvert
from tf1graphs.convert.keras.graphs.forget_biases import forget_biases
from tf1graphs.inspect.reading.checkpoints import open_checkpoint

NETS = ("mlp", "cnn", "autoencoder", "text_classifier", "gru_states", "training_switch")


def same(built: graph_models.Built, name: str) -> None:
    with np.load(graph_models.NETS / f"{name}.npz") as recorded:
        expected = recorded["output"]
    np.testing.assert_allclose(built.outputs[0], expected, rtol=1e-5, atol=1e-6)
    np.testing.assert_array_equal(built.outputs_of_file[0], built.outputs[0])


@pytest.mark.parametrize("name", NETS)
def test_a_net_is_built_from_its_meta_graph_and_its_tensors_come_back(in_keras: Callable[..., Any], name: str) -> None:
    built = in_keras(graph_models.from_checkpoint, name)
    same(built, name)
    checkpoint = open_checkpoint(graph_models.NETS / name)
    slots = ("/Adam", "/Adam_1", "beta1_power", "beta2_power")
    assert set(built.back) == {each for each in checkpoint.entries if not each.endswith(slots)}
    for each, array in built.back.items():
        if each.endswith("lstm_cell/bias"):
            np.testing.assert_allclose(array, checkpoint.read(each), rtol=0, atol=2.0**-23)
        else:
            assert array.tobytes() == checkpoint.read(each).tobytes()


@pytest.mark.parametrize("name", NETS)
def test_a_net_is_built_from_its_frozen_graph(in_keras: Callable[..., Any], name: str) -> None:
    same(in_keras(graph_models.from_frozen, name), name)


# What becomes of the other graphs: what the error says.
REFUSED = {
    "another_batch": r"Reshape \(Reshape\).* what becomes of the batch is open",
    "batch_size": "what becomes of the batch is open",
    "batch_mean": r"Mean \(Mean\).* one number of a whole batch",
    "batch_moments": r"FusedBatchNormV3.* the moments of its batch, as in training",
    "channels_first": r"BiasAdd.* its channels come first",
    "computed_kernel": r"MatMul \(MatMul\).* input 1 is no variable, but computed",
    "first_state": "its first state is not zeros",
    "peepholes": "is no cell of Keras",
    "relu_cell": "is no cell of Keras",
    "several_lengths": "is no cell of Keras|its state is changed between the steps",
    "sorted_values": r"TopKV2 \(TopKV2\).* not among those that are known",
    "time_first": "the time before the batch",
}
BUILT = sorted(path.name.removesuffix(".pb.gz") for path in (graph_models.NETS.parent / "graphs").glob("*.pb.gz"))


@pytest.mark.parametrize("name", [name for name in BUILT if name not in REFUSED])
def test_a_graph_of_known_layers_computes_the_same(in_keras: Callable[..., Any], name: str) -> None:
    built = in_keras(graph_models.from_graph, name)
    with np.load(graph_models.NETS.parent / "graphs.npz") as recorded:
        expected = [recorded[f"{name}|outputs|{number}"] for number in range(len(recorded[f"{name}|names"]))]
    assert len(built.outputs) == len(expected)
    for output, of_file, wanted in zip(built.outputs, built.outputs_of_file, expected, strict=True):
        np.testing.assert_allclose(output, wanted, rtol=1e-5, atol=1e-6)
        np.testing.assert_array_equal(of_file, output)


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_known_layer_is_refused_by_name(in_keras: Callable[..., Any], name: str) -> None:
    with pytest.raises(CouldNotConvert, match=REFUSED[name]):
        in_keras(graph_models.from_graph, name)


def test_the_graph_tells_the_forget_bias_of_a_model_that_is_given(in_keras: Callable[..., Any]) -> None:
    report = in_keras(graph_models.into_model, "text_classifier", 4)
    assert not report.unmatched_targets and not report.assumptions
    settings = [row.settings for row in report.rows if row.carry == "lstm"]
    assert settings == [{"forget_bias": 1.0}]


def test_a_map_that_takes_a_part_of_a_layer_leaves_the_rest_to_be_told(in_keras: Callable[..., Any]) -> None:
    layer = "rnn_basic_lstm_cell/lstm_cell"
    report = in_keras(
        graph_models.with_map, "text_classifier", [Row(("rnn/basic_lstm_cell/bias",), (f"{layer}/bias",))]
    )
    assert [match.how for match in report.matches].count("map") == 1
    assert set(report.unmatched_targets) == {f"{layer}/kernel", f"{layer}/recurrent_kernel"}
    assert "rnn/basic_lstm_cell/kernel" in report.unmatched_sources


@pytest.mark.parametrize(
    ("name", "expected"), [("forget_bias", 0.25), ("lstm_block", 0.5), ("layers_of_cells", 1.0), ("peepholes", None)]
)
def test_forget_biases_are_read_from_graphs_without_tensorflow(name: str, expected: float | None) -> None:
    biases = forget_biases(graph_models.graph_of(name, "pb", "graphs"))
    assert list(biases.values()) == ([] if expected is None else [expected])
