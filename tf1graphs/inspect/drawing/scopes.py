"""Graphs as TensorBoard folds them: by name scope."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from tf1graphs.inspect.drawing import kinds
from tf1graphs.inspect.drawing.aside import set_aside
from tf1graphs.inspect.drawing.attributes import details_of, shape_text, value_text
from tf1graphs.inspect.drawing.calls import CALLS, inlined
from tf1graphs.inspect.drawing.hierarchy import Edge, Hierarchy, Leaf
from tf1graphs.inspect.drawing.initial import move_initial_values
from tf1graphs.inspect.drawing.parts import cut_long_scopes
from tf1graphs.inspect.reading import tensors

Shapes = Mapping[str, Sequence[int | None] | None]
# A name of a thousand slashes would nest a thousand boxes.
_DEEPEST = 30
_MOST_DIGITS = 10
_CLOSING = ("NextIteration", "RefNextIteration")


def _edges(graph_def: Any) -> tuple[list[Edge], dict[int, list[str]]]:
    """The edges, and by node the inputs that no node of the graph gives."""
    numbers = {node.name: number for number, node in enumerate(graph_def.node)}
    edges, missing = [], defaultdict(list)
    for target, node in enumerate(graph_def.node):
        for text in node.input:
            name, _, output = text.removeprefix("^").partition(":")
            if name not in numbers:
                missing[target].append(text)
                continue
            is_control = text.startswith("^")
            source = numbers[name]
            number = int(output) if output.isdecimal() and len(output) < _MOST_DIGITS else 0
            edges.append(Edge(source, target, number, is_control, graph_def.node[source].op in _CLOSING))
    return edges, missing


def _known_shapes(node: Any, shapes: Shapes) -> dict[int, str]:
    """The shapes of a node's outputs: those that are given, else those that it was written with.

    A resource variable gives a handle, a scalar; its shape is that of what it holds.
    """
    found = {}
    if node.op == "VarHandleOp" and node.attr["shape"].HasField("shape"):
        return {0: shape_text(tensors.shape_of(node.attr["shape"].shape))}
    if "_output_shapes" in node.attr:
        found = {k: tensors.shape_of(shape) for k, shape in enumerate(node.attr["_output_shapes"].list.shape)}
    elif "shape" in node.attr and node.attr["shape"].HasField("shape"):
        found = {0: tensors.shape_of(node.attr["shape"].shape)}
    elif "value" in node.attr and node.op == "Const":
        found = {0: tensors.shape_of(node.attr["value"].tensor.tensor_shape)}
    output = 0
    while (name := f"{node.name}:{output}") in shapes:
        given = shapes[name]
        found[output] = found.get(output) if given is None else tuple(given)
        output += 1
    return {output: shape_text(shape) for output, shape in found.items()}


def _leaf(node: Any, shapes: Shapes, missing: Sequence[str]) -> Leaf:
    kind = "scope" if node.op in CALLS else kinds.of_type(node.op, node.name.rpartition("/")[2])
    known = _known_shapes(node, shapes)
    outputs = tuple(known.get(output, "") for output in range(max(known, default=-1) + 1))
    details = details_of(node) + tuple(("missing input", text) for text in missing)
    parameters = 0
    if kind == "variable":
        shape = tensors.shape_of(node.attr["shape"].shape) or ()
        parameters = math.prod(size or 0 for size in shape) if "shape" in node.attr else 0
    if kind == "constant":
        details = (("value", value_text(node.attr["value"].tensor)), *(pair for pair in details if pair[0] != "value"))
    return Leaf(node.name, node.op, kind, outputs, details, parameters)


def of_graph(graph_def: Any, shapes: Shapes | None = None) -> Hierarchy:
    """The operations of a graph in its name scopes.

    Args:
        graph_def: a ``GraphDef``. Functions of its library are drawn where they are called.
        shapes: by the name of a tensor, such as ``"MatMul:0"``; None of an unknown rank. Where a tensor is not in it,
            the shape is what the node was written with.
    """
    graph_def = inlined(graph_def)
    edges, missing = _edges(graph_def)
    leaves = [_leaf(node, shapes or {}, missing.get(number, ())) for number, node in enumerate(graph_def.node)]
    paths = [tuple(leaf.name.split("/", _DEEPEST)) for leaf in leaves]
    hierarchy = Hierarchy(leaves, paths, edges)
    move_initial_values(hierarchy)
    set_aside(hierarchy)
    cut_long_scopes(hierarchy)
    return hierarchy
