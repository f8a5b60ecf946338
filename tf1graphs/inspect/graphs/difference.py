"""What differs between two graph files."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from tf1graphs.inspect.errors import InvalidFile
from tf1graphs.inspect.graphs.collections import Collections, read_collections
from tf1graphs.inspect.graphs.interface import find_signatures
from tf1graphs.inspect.graphs.nodes import make_graph, parse_input
from tf1graphs.inspect.graphs.variables import find_variables
from tf1graphs.inspect.reading import dtypes
from tf1graphs.inspect.reading.graphs import GraphFile
from tf1graphs.inspect.reading.tensors import shape_of, to_array

# Larger constants are told apart by a checksum.
_MOST_NUMBERS = 8
_ABSENT = "not stated"


@dataclass(frozen=True)
class OneSided:
    """An operation that only one of two graphs has: its name and its op."""

    name: str
    op: str


@dataclass(frozen=True)
class Change:
    """Something that two graphs have in common, and that differs.

    Attributes:
        name: of the operation, variable, signature or function.
        what: what of it, such as the name of an attribute.
        first: what the first graph has, in words.
        second: what the second has.
    """

    name: str
    what: str
    first: str
    second: str


@dataclass(frozen=True)
class GraphDifference:
    """What differs between two graphs; all empty if they are equal.

    Attributes whose names begin with an underscore are notes of programs, such as shapes, and are not compared.

    Attributes:
        only_first: operations that only the first has.
        only_second: operations that only the second has.
        ops: operations of another type.
        attributes: attributes and devices; large constants by shape and checksum.
        inputs: operations that take other tensors, or run after others.
        variables: variables of other shapes or dtypes, or of one graph only.
        signatures: signatures with other tensors, or of one graph only.
        functions: functions that differ, or are in one graph only.
    """

    only_first: tuple[OneSided, ...]
    only_second: tuple[OneSided, ...]
    ops: tuple[Change, ...]
    attributes: tuple[Change, ...]
    inputs: tuple[Change, ...]
    variables: tuple[Change, ...]
    signatures: tuple[Change, ...]
    functions: tuple[Change, ...]

    @property
    def is_different(self) -> bool:
        """Whether anything differs."""
        return any(getattr(self, field.name) for field in fields(self))


@dataclass(frozen=True)
class FileDifference:
    """What differs between two graph files.

    Attributes:
        tags: the tags of each pair of graphs that are compared; those of a graph that is only in one file are in
            ``only_first`` or ``only_second``.
        graphs: their differences.
        only_first: the tags of graphs that only the first file has.
        only_second: the tags of graphs that only the second file has.
    """

    tags: tuple[str, ...]
    graphs: tuple[GraphDifference, ...]
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]

    @property
    def is_different(self) -> bool:
        """Whether anything differs."""
        return bool(self.only_first or self.only_second) or any(graph.is_different for graph in self.graphs)


@dataclass(frozen=True)
class _Side:
    """One of two graphs; its methods say in words what is compared by name."""

    meta_graph: Any
    collections: Collections

    def variables(self) -> dict[str, str]:
        found = find_variables(make_graph(self.meta_graph.graph_def), self.collections)
        return {variable.name: f"{variable.dtype} {_shape_text(variable.shape)}" for variable in found}

    def signatures(self) -> dict[str, dict[str, str]]:
        return {
            signature.name: {"method": signature.method}
            | {
                f"{side} {key}": f"{info.name} {info.dtype} {_shape_text(info.shape)}"
                for side, tensors in (("input", signature.inputs), ("output", signature.outputs))
                for key, info in tensors.items()
            }
            for signature in find_signatures(self.meta_graph)
        }

    def functions(self) -> dict[str, str]:
        return {
            function.signature.name: f"{len(function.node_def)} operations, "
            + _sum(function.SerializeToString(deterministic=True))
            for function in self.meta_graph.graph_def.library.function
        }


def compare(first: GraphFile, second: GraphFile) -> FileDifference:
    """What differs between two graph files. Graphs of SavedModels are compared with those of the same tags.

    Raises:
        InvalidFile: a collection of variables holds something else.
    """
    one, other = _by_tags(first), _by_tags(second)
    if len(one) == len(other) == 1:
        # A SavedModel has tags and the graph of which it was made none.
        other = dict(zip(one, other.values(), strict=True))
    both = [tags for tags in one if tags in other]
    return FileDifference(
        tags=tuple(both),
        graphs=tuple(_compare(one[tags], other[tags]) for tags in both),
        only_first=tuple(tags for tags in one if tags not in other),
        only_second=tuple(tags for tags in other if tags not in one),
    )


def _by_tags(file: GraphFile) -> dict[str, _Side]:
    return {
        ", ".join(sorted(meta_graph.meta_info_def.tags)): _Side(meta_graph, read_collections(meta_graph, file.path))
        for meta_graph in file.meta_graphs
    }


def _compare(first: _Side, second: _Side) -> GraphDifference:
    one = {node.name: node for node in first.meta_graph.graph_def.node}
    other = {node.name: node for node in second.meta_graph.graph_def.node}
    pairs = [(node, other[name]) for name, node in one.items() if name in other]
    return GraphDifference(
        only_first=tuple(OneSided(name, node.op) for name, node in one.items() if name not in other),
        only_second=tuple(OneSided(name, node.op) for name, node in other.items() if name not in one),
        ops=tuple(Change(node.name, "op", node.op, mate.op) for node, mate in pairs if node.op != mate.op),
        attributes=tuple(
            change for node, mate in pairs if node.op == mate.op for change in _attribute_changes(node, mate)
        ),
        inputs=tuple(change for node, mate in pairs for change in _input_changes(node, mate)),
        variables=_named_changes("dtype and shape", first.variables(), second.variables()),
        signatures=_signature_changes(first.signatures(), second.signatures()),
        functions=_named_changes("body", first.functions(), second.functions()),
    )


def _changes(name: str, first: Mapping[str, str], second: Mapping[str, str]) -> tuple[Change, ...]:
    """What of ``name`` differs."""
    return tuple(
        Change(name, key, first.get(key, _ABSENT), second.get(key, _ABSENT))
        for key in {**first, **second}
        if first.get(key) != second.get(key)
    )


def _named_changes(what: str, first: Mapping[str, str], second: Mapping[str, str]) -> tuple[Change, ...]:
    """The names of which ``what`` differs."""
    return tuple(Change(one.what, what, one.first, one.second) for one in _changes("", first, second))


def _attribute_changes(first: Any, second: Any) -> tuple[Change, ...]:
    # Most nodes are equal, and text is slow.
    if first.attr == second.attr and first.device == second.device:
        return ()
    return _changes(first.name, _attributes(first), _attributes(second))


def _attributes(node: Any) -> dict[str, str]:
    stated = {key: attribute_text(value) for key, value in sorted(node.attr.items()) if not key.startswith("_")}
    return {**stated, "device": node.device} if node.device else stated


def attribute_text(attribute: Any) -> str:
    """An ``AttrValue`` in words; other words for other values."""
    kind = attribute.WhichOneof("value")
    if kind is None:
        return "empty"
    value = getattr(attribute, kind)
    if kind == "list":
        return "[" + ", ".join(_plain_text(field.name, one) for field, many in value.ListFields() for one in many) + "]"
    return _plain_text(kind, value)


def _plain_text(kind: str, value: Any) -> str:
    if kind == "s":
        return value.decode(errors="backslashreplace") if len(value) < 200 else f"{len(value)} bytes, {_sum(value)}"
    if kind == "type":
        return dtypes.name_of(value)
    if kind == "shape":
        return _shape_text(shape_of(value))
    if kind == "tensor":
        return _tensor_text(value)
    if kind == "func":
        # What is bound to the function's own attributes.
        return f"{value.name}, {_sum(value.SerializeToString(deterministic=True))}" if value.attr else str(value.name)
    # The message holds float32, of which this is the shortest number.
    return str(np.float32(value)) if isinstance(value, float) else str(value)


def _sum(content: bytes) -> str:
    return f"sha256 {hashlib.sha256(content).hexdigest()[:12]}"


def _shape_text(shape: tuple[int | None, ...] | None) -> str:
    return "unknown" if shape is None else "[" + ", ".join("?" if size is None else str(size) for size in shape) + "]"


def _tensor_text(proto: Any) -> str:
    start = f"{dtypes.name_of(proto.dtype)} {_shape_text(shape_of(proto.tensor_shape))}"
    try:
        array = to_array(proto, "")
    except InvalidFile:
        return f"{start}, {_sum(proto.SerializeToString(deterministic=True))}"
    if array.size <= _MOST_NUMBERS:
        return f"{start} {array.tolist()}"
    content = b"\0".join(array.flat) if array.dtype == object else array.tobytes()
    return f"{start}, {_sum(content)}"


def _input_changes(first: Any, second: Any) -> tuple[Change, ...]:
    if first.input == second.input:
        return ()
    return _changes(first.name, _inputs(first), _inputs(second))


def _inputs(node: Any) -> dict[str, str]:
    parsed = [parse_input(text) for text in node.input]
    data = [f"{name}:{output}" for name, output in parsed if output is not None]
    controls = sorted({name for name, output in parsed if output is None})
    return {"inputs": ", ".join(data), "runs after": ", ".join(controls)}


def _signature_changes(
    first: Mapping[str, Mapping[str, str]], second: Mapping[str, Mapping[str, str]]
) -> tuple[Change, ...]:
    return tuple(
        change for name in {**first, **second} for change in _changes(name, first.get(name, {}), second.get(name, {}))
    )
