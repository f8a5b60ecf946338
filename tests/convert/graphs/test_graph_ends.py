"""The outputs of graphs without signatures are found by what the graphs compute."""

from __future__ import annotations

from pathlib import Path

import converting
import pytest

from tf1graphs.convert.errors import CouldNotConvert
from tf1graphs.convert.graphs import ends
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
    assert [each.node for each in ends.outputs(meta_graph, [])] == FOUND[name]


def test_only_what_the_given_inputs_reach(tmp_path: Path) -> None:
    meta_graph = read_graph(converting.unpacked("cnn", tmp_path) / "model.meta").meta_graphs[0]
    assert [each.node for each in ends.outputs(meta_graph, [tensor("flatten/Reshape:0")])] == ["probabilities"]


def graph(**nodes: str) -> protos.MetaGraphDef:
    """A graph of nodes, each written as its op and its inputs."""
    meta_graph = protos.MetaGraphDef()
    for name, text in nodes.items():
        op, *inputs = text.split()
        meta_graph.graph_def.node.add(name=name, op=op, input=inputs)
    return meta_graph


def test_both_results_of_top_k() -> None:
    meta_graph = graph(x="Placeholder", k="Const", best="TopKV2 x k")
    assert [str(each) for each in ends.outputs(meta_graph, [])] == ["best:0", "best:1"]


def test_a_label_meets_no_weights() -> None:
    meta_graph = graph(
        w="VariableV2", x="Placeholder", y="Placeholder", product="MatMul x w", error="Sub product y", loss="Mean error"
    )
    assert [each.node for each in ends.outputs(meta_graph, [])] == ["product"]


def test_what_hangs_on_a_shape_is_no_output() -> None:
    meta_graph = graph(x="Placeholder", shape="Shape x", size="Cast shape", y="Relu x")
    assert [each.node for each in ends.outputs(meta_graph, [])] == ["y"]


def test_where_nothing_is_fed_the_outputs_hang_on_variables() -> None:
    meta_graph = graph(w="VariableV2", read="Identity w", x="RandomUniform", y="MatMul x read", seed="Identity x")
    assert [each.node for each in ends.outputs(meta_graph, [])] == ["y"]


def test_many_ends_are_listed() -> None:
    meta_graph = graph(x="Placeholder", **{f"y{number}": "Relu x" for number in range(5)})
    with pytest.raises(CouldNotConvert, match="type --outputs with some of y0 y1 y2 y3 y4$"):
        ends.outputs(meta_graph, [])


def test_a_graph_that_only_saves_has_no_outputs() -> None:
    meta_graph = graph(name="Placeholder", saved="SaveV2 name")
    with pytest.raises(CouldNotConvert, match="name them with --outputs"):
        ends.outputs(meta_graph, [])
