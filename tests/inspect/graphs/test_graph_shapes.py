"""Shapes are those of TensorFlow 1.15, or unknown."""

from __future__ import annotations

import pytest
from graph_building import const, graph_def, node, placeholder
from recorded_graphs import BATCH, MODELS, answers, meta_graph, without_stated_shapes

from tf1graphs.inspect.graphs.attributes import Shape
from tf1graphs.inspect.graphs.nodes import Tensor, make_graph
from tf1graphs.inspect.graphs.shapes.inference import infer_shapes

# What handles look like, and what a checkpoint will give, is of no use; ranges of floats are not computed.
_LESS_THAN_TENSORFLOW = {"StackV2", "RestoreV2", "IteratorToStringHandle"}


def _contradicts(ours: Shape, theirs: list[int | None] | None) -> bool:
    if ours is None or theirs is None:
        return False
    return len(ours) != len(theirs) or any(
        one is not None and other is not None and one != other for one, other in zip(ours, theirs)
    )


def _says_less(ours: Shape, theirs: list[int | None] | None) -> bool:
    if ours is None or theirs is None:
        return theirs is not None
    return any(one is None and other is not None for one, other in zip(ours, theirs))


@pytest.mark.parametrize("model", MODELS)
def test_shapes_from_the_nodes_alone_never_contradict_the_program(model: str) -> None:
    graph = make_graph(without_stated_shapes(meta_graph(model).graph_def))
    shapes = infer_shapes(graph)
    wrong = [
        (name, graph.nodes[name].op, shapes[Tensor(name, index)], theirs)
        for name, outputs in answers(model)["shapes"].items()
        for index, theirs in enumerate(outputs)
        if _contradicts(shapes[Tensor(name, index)], theirs)
    ]
    assert not wrong


@pytest.mark.parametrize("model", MODELS)
def test_shapes_say_what_tensorflow_infers(model: str) -> None:
    graph = make_graph(without_stated_shapes(meta_graph(model).graph_def))
    shapes = infer_shapes(graph)
    less = [
        (name, graph.nodes[name].op, shapes[Tensor(name, index)], theirs)
        for name, outputs in answers(model)["imported_shapes"].items()
        for index, theirs in enumerate(outputs)
        if _says_less(shapes[Tensor(name, index)], theirs)
        and graph.nodes[name].op not in _LESS_THAN_TENSORFLOW
        and not graph.nodes[name].op.endswith(("Dataset", "DatasetV2"))
        and not (graph.nodes[name].op == "Range" and graph.nodes[name].proto.attr["Tidx"].type == 1)
        and shapes.of(Tensor(name, index)).handle is None
        # The gradient of what loops keep: TensorFlow knows it from the shape of the handle's function.
        and name != "gradients/rnn/transpose_1_grad/transpose"
    ]
    assert not less


@pytest.mark.parametrize("model", [model for model in MODELS if f"{model}_any_batch" in MODELS])
def test_stated_shapes_are_used(model: str) -> None:
    graph = make_graph(meta_graph(model).graph_def)
    shapes = infer_shapes(graph)
    for name, outputs in answers(model)["shapes"].items():
        if "_output_shapes" in graph.nodes[name].proto.attr:
            assert [_says_less(shapes[Tensor(name, index)], theirs) for index, theirs in enumerate(outputs)] == [
                False
            ] * len(outputs), name


def test_a_batch_stands_for_the_unknown_first_size_of_placeholders() -> None:
    graph = make_graph(meta_graph("cnn_any_batch").graph_def)
    assert infer_shapes(graph)[Tensor("dense/BiasAdd", 0)] == (None, 10)
    assert infer_shapes(graph, batch=BATCH)[Tensor("dense/BiasAdd", 0)] == (BATCH, 10)
    assert infer_shapes(graph, batch=BATCH)[Tensor("accuracy", 0)] == ()


def _loop(*body: object, start: tuple[int | None, ...]) -> Shape:
    """The shape that a loop over ``state`` gives, whose body is ``next``."""
    nodes = [
        placeholder("start", *start),
        node("enter", "Enter", "start"),
        node("state", "Merge", "enter", "back"),
        node("switch", "Switch", "state", "condition"),
        node("condition", "LoopCond", "less"),
        placeholder("less"),
        *body,
        node("back", "NextIteration", "next"),
        node("exit", "Exit", "switch"),
    ]
    return infer_shapes(make_graph(graph_def(nodes)))[Tensor("exit", 0)]


def test_loops_keep_what_they_give_back_alike() -> None:
    assert _loop(node("next", "Tanh", "switch:1"), start=(2, 3)) == (2, 3)


def test_loops_that_grow_have_an_unknown_size() -> None:
    grown = [const("axis", 0), node("next", "ConcatV2", "switch:1", "switch:1", "axis")]
    assert _loop(*grown, start=(2, 3)) == (None, 3)


def test_loops_that_change_the_rank_have_an_unknown_shape() -> None:
    grown = [const("axis", 0), node("next", "ExpandDims", "switch:1", "axis")]
    assert _loop(*grown, start=(2, 3)) is None


def test_loops_with_an_unknown_op_have_an_unknown_shape() -> None:
    assert _loop(node("next", "Custom", "switch:1"), start=(2, 3)) is None


def test_numbers_of_a_loop_are_not_constants() -> None:
    """The counter of a loop is 0 at its beginning, and no longer in its body."""
    nodes = [
        const("zero", 0),
        const("one", 1),
        node("enter", "Enter", "zero", T="int32"),
        node("count", "Merge", "enter", "back", T="int32"),
        node("next", "Add", "count", "one", T="int32"),
        node("back", "NextIteration", "next", T="int32"),
        const("value", 1.0),
        node("sizes", "Pack", "count", "one", T="int32"),
        node("filled", "Fill", "sizes", "value"),
    ]
    assert infer_shapes(make_graph(graph_def(nodes)))[Tensor("filled", 0)] == (None, 1)


def test_branches_agree_or_are_unknown() -> None:
    nodes = [
        placeholder("x", 2, 3),
        placeholder("y", 5, 3),
        node("same", "Merge", "x", "x"),
        node("different", "Merge", "x", "y"),
    ]
    shapes = infer_shapes(make_graph(graph_def(nodes)))
    assert shapes[Tensor("same", 0)] == (2, 3)
    assert shapes[Tensor("different", 0)] == (None, 3)


@pytest.mark.parametrize(
    "nodes",
    [
        [placeholder("a", 2, 3), placeholder("b", 4, 5), node("y", "MatMul", "a", "b")],
        [placeholder("a", 2, 3), placeholder("b", 4), node("y", "Add", "a", "b")],
        [placeholder("a", 2, 3), const("order", [0, 0]), node("y", "Transpose", "a", "order")],
        [placeholder("a", 2, 3), const("axis", 7), node("y", "ExpandDims", "a", "axis")],
        [placeholder("a", 2, 3), const("sizes", [-5, 2]), node("y", "Reshape", "a", "sizes")],
        [node("y", "Conv2D")],
        [placeholder("a", 2, 5, 5, 1), placeholder("k", 3, 3, 1, 2), node("y", "Conv2D", "a", "k", strides=[0, 0])],
        [placeholder("a", 2, 3), const("n", 1), node("y", "Split", "n", "a", num_split=10**9)],
        [node("y", "Const")],
        [node("y", "VarHandleOp"), node("z", "ReadVariableOp", "y")],
        [node("y", "Unheard", _output_shapes=[1])],
    ],
)
def test_operations_that_tensorflow_would_refuse_have_no_shape(nodes: list[object]) -> None:
    shapes = infer_shapes(make_graph(graph_def(nodes)))
    assert shapes[Tensor("y", 0)] in (None, ())


def test_the_oldest_placeholders_and_variables_say_nothing_with_an_empty_shape() -> None:
    nodes = [node("x", "Placeholder", shape=()), node("v", "Variable", shape=()), node("w", "VariableV2", shape=())]
    old, new = (infer_shapes(make_graph(graph_def(nodes, producer))) for producer in (21, 24))
    assert (old[Tensor("x", 0)], new[Tensor("x", 0)]) == (None, ())
    assert (new[Tensor("v", 0)], new[Tensor("w", 0)]) == (None, ())
