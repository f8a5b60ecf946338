"""Outputs that nobody names: those of real training graphs, and the refusal where it is not clear."""

from __future__ import annotations

from pathlib import Path

import converting
import pytest

from tf1graphs.convert.errors import CouldNotConvert
from tf1graphs.convert.graphs import fetches
from tf1graphs.convert.graphs.nodes import tensor
from tf1graphs.inspect.reading import protos
from tf1graphs.inspect.reading.graphs import read_graph

FOUND = {
    "cnn": ["probabilities", "ArgMax"],
    "dynamic_rnn": ["outputs", "score/BiasAdd"],
    "bidirectional_gru": ["concat_1", "MatMul"],
    "residual": ["predictions/Reshape_1"],
    "partitioned": ["scores"],
    "resources": ["y"],
    "references": ["y"],
    "words": ["class/LookupTableFindV2"],
    "pipeline": ["noisy"],
    "autoencoder": ["decoded"],
    "counted": ["y"],
}


@pytest.mark.parametrize("name", FOUND)
def test_predictions_are_found_in_training_graphs(name: str, tmp_path: Path) -> None:
    meta_graph = read_graph(converting.unpacked(name, tmp_path) / "model.meta").meta_graphs[0]
    assert [each.node for each in fetches.found(meta_graph, [])] == FOUND[name]


def test_only_what_the_given_inputs_reach(tmp_path: Path) -> None:
    meta_graph = read_graph(converting.unpacked("cnn", tmp_path) / "model.meta").meta_graphs[0]
    assert [each.node for each in fetches.found(meta_graph, [tensor("flatten/Reshape:0")])] == ["probabilities"]


def graph(**nodes: str) -> protos.MetaGraphDef:
    """A graph of nodes, each written as its op and its inputs."""
    meta_graph = protos.MetaGraphDef()
    for name, text in nodes.items():
        op, *inputs = text.split()
        meta_graph.graph_def.node.add(name=name, op=op, input=inputs)
    return meta_graph


def test_many_ends_are_listed() -> None:
    meta_graph = graph(x="Placeholder", **{f"y{number}": "Relu x" for number in range(5)})
    with pytest.raises(CouldNotConvert, match="type --outputs with some of y0 y1 y2 y3 y4$"):
        fetches.found(meta_graph, [])


def test_of_very_many_ends_those_with_a_name_and_the_last_are_listed() -> None:
    unnamed = {f"Relu_{number}": "Relu x" for number in range(1, 15)}
    meta_graph = graph(x="Placeholder", scores="Relu x", **unnamed)
    listed = "scores Relu_6 Relu_7 Relu_8 Relu_9 Relu_10 Relu_11 Relu_12 Relu_13 Relu_14 and 5 more"
    with pytest.raises(CouldNotConvert, match=f"type --outputs with some of {listed}$"):
        fetches.found(meta_graph, [])


def test_a_graph_that_only_saves_has_no_outputs() -> None:
    meta_graph = graph(name="Placeholder", saved="SaveV2 name")
    with pytest.raises(CouldNotConvert, match="name them with --outputs"):
        fetches.found(meta_graph, [])
