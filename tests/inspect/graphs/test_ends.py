"""What a graph was made to compute is found by what its nodes do, and by no names of their own."""

from __future__ import annotations

import time
from typing import Any

import pytest
from graph_building import graph_def, node

from tf1graphs.inspect.graphs.ends import find_ends
from tf1graphs.inspect.graphs.nodes import Tensor, make_graph

# Nodes by name, each written as its op and its inputs, and the ends.
CASES: dict[str, tuple[dict[str, str], list[str]]] = {
    "both results of TopK": ({"x": "Placeholder", "k": "Const", "best": "TopKV2 x k"}, ["best:0", "best:1"]),
    "a label meets no weights": (
        {
            **{"w": "VariableV2", "x": "Placeholder", "y": "Placeholder", "product": "MatMul x w"},
            **{"error": "Sub product y", "loss": "Mean error"},
        },
        ["product:0"],
    ),
    "what meets neither weights nor predictions is no label": (
        {
            **{"w": "VariableV2", "x": "Placeholder", "product": "MatMul x w"},
            **{"word": "Placeholder", "upper": "StringUpper word"},
        },
        ["product:0", "upper:0"],
    ),
    "an error of two feeds beside the network": (
        {
            **{"w": "VariableV2", "x": "Placeholder", "product": "MatMul x w", "a": "Placeholder", "b": "Placeholder"},
            **{"difference": "Sub a b", "square": "Square difference", "mean": "Mean square", "root": "Sqrt mean"},
        },
        ["product:0"],
    ),
    "what is made of a loss is a loss": (
        {
            **{"w": "VariableV2", "x": "Placeholder", "product": "MatMul x w"},
            **{"sigmoid_cross_entropy/sub": "Sub product x", "each": "Reshape sigmoid_cross_entropy/sub x"},
        },
        ["product:0"],
    ),
    "the logarithm is of the cross-entropy": (
        {
            **{"w": "VariableV2", "x": "Placeholder", "y": "Placeholder", "one": "Const", "product": "MatMul x w"},
            **{"p": "Sigmoid product", "log": "Log p", "rest": "Sub one p", "log_rest": "Log rest"},
            **{"hit": "Mul y log", "missed": "Sub y log_rest", "loss": "Add hit missed"},
        },
        ["p:0"],
    ),
    "a logarithm that nobody compares is an output": (
        {"w": "VariableV2", "x": "Placeholder", "product": "MatMul x w", "log": "Log product"},
        ["log:0"],
    ),
    "an output that the loss is made of": (
        {
            **{"w": "VariableV2", "x": "Placeholder", "product": "MatMul x w", "output": "Identity product"},
            **{"square": "Square output", "loss": "Mean square", "gradients/loss_grad/Tile": "Tile loss"},
        },
        ["output:0"],
    ),
    "shapes": ({"x": "Placeholder", "shape": "Shape x", "size": "Cast shape", "y": "Relu x"}, ["y:0"]),
    "what hangs on variables, where nothing is fed": (
        {"w": "VariableV2", "r": "Identity w", "x": "RandomUniform", "y": "MatMul x r", "seed": "Identity x"},
        ["y:0"],
    ),
    "a graph of constants": (
        {"a": "Const", "a/read": "Identity a", "unused": "Const", "y": "Neg a", "init": "NoOp", "z": "Placeholder"},
        ["y:0"],
    ),
    "parts of a variable": (
        {
            **{"w": "VariableV2", "w/read": "Identity w", "w/Regularizer/L2Loss": "L2Loss w/read", "y": "Neg w/read"},
            **{
                "w/Initializer/Add": "Add w w",
                "known": "IsVariableInitialized w",
                "w/Assign": "Assign w w/Initializer/Add",
            },
        },
        ["y:0"],
    ),
    "a learning rate": (
        {
            **{"w": "VariableV2", "x": "Const", "y": "MatMul x w", "gradients/y_grad/MatMul": "MatMul x y"},
            **{"step": "VariableV2", "rate": "Pow step x", "halved": "RealDiv rate x"},
            **{"train": "ApplyGradientDescent w halved gradients/y_grad/MatMul"},
        },
        [],
    ),
    "the result of a condition": (
        {"x": "Placeholder", "p": "Const", "s": "Switch x p", "y": "Neg s:1", "cond/Merge": "Merge s y"},
        ["cond/Merge:0"],
    ),
    "what saves": ({"n": "Placeholder", "save/names": "StringJoin n", "save/SaveV2": "SaveV2 save/names"}, []),
    "inputs that are gone": ({"x": "Placeholder", "y": "Neg nowhere", "z": "Neg x"}, ["z:0"]),
    "a circle": ({"x": "Placeholder", "y": "Add x z", "z": "Neg y", "end": "Relu z"}, ["end:0"]),
    "nothing": ({}, []),
}


def _nodes(texts: dict[str, str]) -> list[Any]:
    written = {name: text.split() for name, text in texts.items()}
    return [node(name, op, *inputs, T="float32", dtype="float32") for name, (op, *inputs) in written.items()]


@pytest.mark.parametrize("case", CASES)
def test_ends(case: str) -> None:
    texts, expected = CASES[case]
    assert [str(each) for each in find_ends(make_graph(graph_def(_nodes(texts))))] == expected


def test_what_is_given_is_fed_instead_of_placeholders() -> None:
    graph = make_graph(graph_def(_nodes({"x": "Placeholder", "h": "Relu x", "y": "Neg h", "other": "Exp x"})))
    assert find_ends(graph, [Tensor("h", 0)]) == [Tensor("y", 0)]


def _hub(count: int) -> dict[str, str]:
    feeds = {f"x{number}": "Placeholder" for number in range(count)}
    watched = {f"mean{number}": "Mean all" for number in range(count)}
    chain = {f"y{number}": f"Tanh y{number - 1}" for number in range(1, count)}
    return {**feeds, "all": f"AddN {' '.join(feeds)}", **watched, "y0": "Neg all", **chain}


def test_time_grows_with_the_size_of_a_graph() -> None:
    """Ten times the nodes take hundred times the time if all are looked at for each feed or user."""
    times = []
    for count in (1000, 10_000):
        graph = make_graph(graph_def(_nodes(_hub(count))))
        begun = time.process_time()
        find_ends(graph)
        times.append(time.process_time() - begun)
    assert times[1] < 40 * times[0] + 0.5
