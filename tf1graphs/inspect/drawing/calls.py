"""Draws the bodies of functions where they are called, as TensorFlow 2 saves models: a call is a scope.

What a call computes comes from the operation of the call itself, which is fed by what its function returns.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tf1graphs.inspect.reading import protos

# By the op type of a call: the attributes that name functions, and how many inputs are not arguments of these.
_FUNCTIONS = {
    "PartitionedCall": ({"f": ""}, 0),
    "StatefulPartitionedCall": ({"f": ""}, 0),
    "If": ({"then_branch": "then/", "else_branch": "else/"}, 1),
    "StatelessIf": ({"then_branch": "then/", "else_branch": "else/"}, 1),
    "While": ({"cond": "cond/", "body": "body/"}, 0),
    "StatelessWhile": ({"cond": "cond/", "body": "body/"}, 0),
}
CALLS = frozenset(_FUNCTIONS)
# A function that calls itself would have no end.
_MOST_NODES = 50_000
_LONGEST_NAME = 1000
# Outputs of functions' operations have names; where the number is not known, neither is the shape.
_UNKNOWN_OUTPUT = 1_000_000


class _Body:
    """A function as it is called in one place.

    Attributes:
        nodes: what computes it, named and fed as in a graph without functions.
        returns: the inputs, as in a graph, of who would get what it returns.
    """

    def __init__(self, function: Any, scope: str, arguments: list[str]) -> None:
        self._scope = scope
        names: list[str] = [each.name for each in function.signature.input_arg]
        self._arguments = dict(zip(names, arguments, strict=False))
        self._inside = {node.name: node for node in function.node_def}
        self._unknown: dict[str, int] = {}
        self.nodes = [self._named(node) for node in function.node_def]
        self.returns = [self._input(function.ret[each.name]) for each in function.signature.output_arg]
        self.returns += [self._input(f"^{name}") for name in function.control_ret.values()]

    def _named(self, node: Any) -> Any:
        named = protos.NodeDef()
        named.CopyFrom(node)
        named.name = f"{self._scope}{node.name}"
        named.input[:] = [self._input(text) for text in node.input]
        return named

    def _input(self, text: str) -> str:
        """Arguments are what the caller gives; ``node:port:2`` becomes ``scope/node:2``."""
        if text.startswith("^"):
            return f"^{self._scope}{text[1:]}"
        name, _, output = text.partition(":")
        if name in self._arguments:
            return self._arguments[name]
        return f"{self._scope}{name}:{self._output(name, output, text)}"

    def _output(self, name: str, output: str, text: str) -> str:
        node = self._inside.get(name)
        has_one_port = node is not None and (node.op in CALLS or len(node.attr["_output_shapes"].list.shape) == 1)
        if has_one_port:
            return output.rpartition(":")[2]
        return str(_UNKNOWN_OUTPUT + self._unknown.setdefault(text, len(self._unknown)))


def _called(node: Any, functions: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """The scopes and functions of a call; of those that the graph has."""
    attributes, _ = _FUNCTIONS.get(node.op, ({}, 0))
    found = [(scope, functions.get(node.attr[name].func.name)) for name, scope in attributes.items()]
    return [(scope, function) for scope, function in found if function is not None]


def inlined(graph_def: Any) -> Any:
    """The graph with the bodies of its functions at the calls; the graph itself where nothing is called.

    A call stays as it is where its body would have names that the graph has already, or make the graph too large.
    """
    functions = {function.signature.name: function for function in graph_def.library.function}
    if not any(_called(node, functions) for node in graph_def.node):
        return graph_def
    result = protos.GraphDef()
    result.node.extend(graph_def.node)
    names = {node.name for node in graph_def.node}
    place = 0
    while place < len(result.node):
        node = result.node[place]
        place += 1
        called = _called(node, functions)
        count = sum(len(function.node_def) for _, function in called)
        if not called or len(result.node) + count > _MOST_NODES or len(node.name) > _LONGEST_NAME:
            continue
        data = [text for text in node.input if not text.startswith("^")]
        controls = [text for text in node.input if text.startswith("^")]
        _, skipped = _FUNCTIONS[node.op]
        bodies = [_Body(function, f"{node.name}/{scope}", data[skipped:]) for scope, function in called]
        new = [each.name for body in bodies for each in body.nodes]
        if not names.isdisjoint(new):
            continue
        names.update(new)
        node.input[:] = data[:skipped] + [text for body in bodies for text in body.returns] + controls
        for body in bodies:
            result.node.extend(body.nodes)
    return result
