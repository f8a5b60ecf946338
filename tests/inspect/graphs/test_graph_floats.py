"""Floating point operations are those that TensorFlow 1.15's profiler counts."""

from __future__ import annotations

from collections import Counter

import pytest
from graph_building import graph_def, node, placeholder
from recorded_graphs import BATCH, MODELS, answers, meta_graph, without_stated_shapes

from tf1graphs.inspect.graphs.floats import count_floats
from tf1graphs.inspect.graphs.nodes import make_graph
from tf1graphs.inspect.graphs.shapes.inference import infer_shapes

# The root of the profiler's tree.
_ALL = "_TFProfRoot"


def _by_scope(by_node: dict[str, int]) -> dict[str, int]:
    scopes: Counter[str] = Counter()
    for name, count in by_node.items():
        scopes[_ALL] += count
        parts = name.split("/")
        for depth in range(1, len(parts) + 1):
            scopes["/".join(parts[:depth])] += count
    return dict(scopes)


@pytest.mark.parametrize("model", MODELS)
def test_every_node_and_scope_counts_as_in_the_profiler(model: str) -> None:
    graph = make_graph(meta_graph(model).graph_def)
    floats = count_floats(graph, infer_shapes(graph))
    assert _by_scope(floats.by_node) == answers(model)["floats"]


@pytest.mark.parametrize("model", MODELS)
def test_without_stated_shapes_never_less_is_counted_than_tensorflow_counts(model: str) -> None:
    graph = make_graph(without_stated_shapes(meta_graph(model).graph_def))
    scopes = _by_scope(count_floats(graph, infer_shapes(graph)).by_node)
    assert [name for name, count in answers(model)["imported_floats"].items() if scopes[name] < count] == []


@pytest.mark.parametrize("model", ["autoencoder", "cnn", "lstm_unrolled", "mlp", "resources", "separable"])
def test_a_batch_makes_the_same_model_count_as_much(model: str) -> None:
    graph = make_graph(meta_graph(f"{model}_any_batch").graph_def)
    unknown = count_floats(graph, infer_shapes(graph))
    known = count_floats(graph, infer_shapes(graph, batch=BATCH))
    assert unknown.uncounted and not known.uncounted
    # The program itself has a division or a maximum more in which the size of the batch is computed.
    assert 0 <= sum(known.by_node.values()) - answers(model)["floats"][_ALL] <= 1


def test_what_is_not_known_is_named() -> None:
    nodes = [placeholder("x", None, 3), placeholder("w", 3, 5), node("y", "MatMul", "x", "w"), node("z", "Conv2D")]
    graph = make_graph(graph_def(nodes))
    floats = count_floats(graph, infer_shapes(graph))
    assert floats.uncounted == ("y", "z") and not floats.by_node
    assert count_floats(graph, infer_shapes(graph, batch=4)).by_node == {"y": 4 * 5 * 3 * 2}
