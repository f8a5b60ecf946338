"""No graph, however wrong, gives a traceback or takes forever."""

from __future__ import annotations

import dataclasses
import io
import json
from typing import Any

import pytest
from graph_building import const, graph_def, graph_file, node, placeholder
from hypothesis import given, settings
from hypothesis import strategies as st
from recorded_graphs import MODELS, meta_graph
from rich.console import Console

from tf1graphs.inspect.errors import InvalidFile
from tf1graphs.inspect.graphs.difference import compare
from tf1graphs.inspect.graphs.floats import FORMULAS
from tf1graphs.inspect.graphs.nodes import make_graph
from tf1graphs.inspect.graphs.report import render, render_difference
from tf1graphs.inspect.graphs.shapes import values
from tf1graphs.inspect.graphs.shapes.inference import RULES, infer_shapes
from tf1graphs.inspect.graphs.summary import shapes_of, summarize
from tf1graphs.inspect.reading import protos
from tf1graphs.inspect.reading.graphs import GraphFile

_OPS = sorted({*RULES, *values.RULES, *FORMULAS, "ApplyAdam", "SaveV2", "Custom", "HashTableV2"})
_NAMES = st.sampled_from([f"n{index}" for index in range(8)] + ["w/Adam", "gradients/grad_ys_0", "a/b/c"])
_INPUTS = st.lists(
    st.builds(
        lambda start, name, end: start + name + end,
        st.sampled_from(["", "", "", "^"]),
        _NAMES,
        st.sampled_from(["", "", ":1", ":99", ":-1", ":x"]),
    ),
    max_size=5,
)
_SIZES = st.one_of(st.integers(-3, 9), st.sampled_from([2**31, 2**62, 2**63 - 1, -(2**63)]))
_SHAPES = st.one_of(st.none(), st.lists(st.one_of(st.none(), st.integers(0, 9), st.just(2**62)), max_size=5).map(tuple))
_ATTRIBUTES = st.fixed_dictionaries(
    {},
    optional={
        "shape": _SHAPES,
        "element_shape": _SHAPES,
        "strides": st.lists(_SIZES, max_size=5),
        "dilations": st.lists(_SIZES, max_size=5),
        "ksize": st.lists(_SIZES, max_size=5),
        "squeeze_dims": st.lists(_SIZES, max_size=3),
        "explicit_paddings": st.lists(_SIZES, max_size=8),
        "padding": st.sampled_from(["SAME", "VALID", "EXPLICIT", "?"]),
        "data_format": st.sampled_from(["NHWC", "NCHW", "NDHWC", "?"]),
        "axis": _SIZES,
        "num": _SIZES,
        "num_split": _SIZES,
        "block_size": _SIZES,
        "begin_mask": _SIZES,
        "ellipsis_mask": st.integers(0, 7),
        "new_axis_mask": st.integers(0, 7),
        "shrink_axis_mask": st.integers(0, 7),
        "keep_dims": st.booleans(),
        "transpose_a": st.booleans(),
    },
)
_NODES = st.builds(
    lambda name, op, inputs, attributes: node(name, op, *inputs, T="int32", dtype="int32", **attributes),
    _NAMES,
    st.sampled_from(_OPS),
    _INPUTS,
    _ATTRIBUTES,
)
_CONSTANTS = st.builds(const, _NAMES, st.one_of(st.integers(-3, 9), st.lists(st.integers(-3, 9), max_size=4)))
_GRAPHS = st.lists(st.one_of(_NODES, _NODES, _CONSTANTS), min_size=1, max_size=10)


def _look(file: GraphFile) -> None:
    """All that is said of a file is said, or the file is refused in one line."""
    console = Console(file=io.StringIO(), width=80)
    try:
        for batch in (None, 3):
            summary = summarize(file, batch)
            json.dumps(dataclasses.asdict(summary))
            render(summary, console)
        render_difference(compare(file, file), console)
    except InvalidFile as error:
        assert "\n" not in str(error)


@settings(max_examples=150, deadline=None)
@given(_GRAPHS)
def test_random_graphs(nodes: list[Any]) -> None:
    _look(graph_file(nodes))


@settings(max_examples=50, deadline=None)
@given(_GRAPHS, _GRAPHS)
def test_differences_of_random_graphs(first: list[Any], second: list[Any]) -> None:
    difference = compare(graph_file(first), graph_file(second))
    render_difference(difference, Console(file=io.StringIO(), width=80))
    backwards = compare(graph_file(second), graph_file(first))
    assert difference.is_different == backwards.is_different


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(["mlp_by_hand", "pipeline", "lstm"]), st.lists(st.integers(0, 2**31), min_size=1, max_size=8))
def test_recorded_graphs_with_flipped_bits(model: str, flips: list[int]) -> None:
    content = bytearray(meta_graph(model).SerializeToString())
    for flip in flips:
        content[flip // 8 % len(content)] ^= 1 << flip % 8
    try:
        damaged = protos.parse(protos.MetaGraphDef, bytes(content), "damaged")
    except InvalidFile:
        return
    _look(dataclasses.replace(graph_file([placeholder("x")]), meta_graphs=(damaged,)))


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(MODELS), st.data())
def test_recorded_graphs_with_other_inputs(model: str, data: st.DataObject) -> None:
    """Edges that lead elsewhere, to wrong dtypes and ranks and in circles."""
    found = meta_graph(model)
    nodes = found.graph_def.node
    for _ in range(data.draw(st.integers(1, 10))):
        victim = nodes[data.draw(st.integers(0, len(nodes) - 1))]
        if victim.input:
            victim.input[data.draw(st.integers(0, len(victim.input) - 1))] = nodes[
                data.draw(st.integers(0, len(nodes) - 1))
            ].name
    shapes_of(found.graph_def)


def _chain(op: str, count: int, *others: str, first: Any) -> list[Any]:
    links = (node(f"n{index}", op, f"n{index - 1}", *others, T="int32") for index in range(1, count))
    return [first, const("zero", 0), *links]


@pytest.mark.parametrize(
    "nodes",
    [
        pytest.param(lambda: _chain("Tanh", 5000, first=placeholder("n0", 2)), id="deep"),
        pytest.param(lambda: _chain("ExpandDims", 2000, "zero", first=placeholder("n0", 2)), id="rank"),
        pytest.param(
            lambda: [const("n0", [7]), *(node(f"n{i}", "Mul", f"n{i - 1}", f"n{i - 1}") for i in range(1, 2000))],
            id="powers",
        ),
        pytest.param(
            lambda: [
                const("n0", [7]),
                const("zero", 0),
                *(node(f"n{i}", "ConcatV2", f"n{i - 1}", f"n{i - 1}", "zero") for i in range(1, 2000)),
            ],
            id="lengths",
        ),
        pytest.param(lambda: [node(f"n{i}", "Tanh", f"n{(i + 1) % 3000}") for i in range(3000)], id="circle"),
        pytest.param(lambda: [node("a" + "/b" * 100_000, "NoOp")], id="slashes"),
        pytest.param(
            lambda: [node("x", "Unpack", "x", num=2**62), node("y", "Split", "x", "x", num_split=2**62)], id="outputs"
        ),
    ],
)
def test_graphs_that_would_grow_or_nest_without_end(nodes: Any) -> None:
    _look(graph_file(nodes()))


def test_loops_in_loops_without_end_settle() -> None:
    """Each loop changes the rank of what the next begins with."""
    nodes = [placeholder("x0", 2, 3), placeholder("less"), const("axis", 0)]
    for index in range(300):
        nodes += [
            node(f"enter{index}", "Enter", f"x{index}"),
            node(f"merge{index}", "Merge", f"enter{index}", f"back{index}"),
            node(f"switch{index}", "Switch", f"merge{index}", "less"),
            node(f"grown{index}", "ExpandDims", f"switch{index}:1", "axis"),
            node(f"back{index}", "NextIteration", f"grown{index}"),
            node(f"x{index + 1}", "Exit", f"switch{index}"),
        ]
    graph = make_graph(graph_def(nodes))
    shapes = infer_shapes(graph)
    assert all(shapes.outputs(f"x{index}") == (None,) for index in range(1, 301))
