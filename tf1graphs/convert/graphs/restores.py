"""Under which name, and as which slice, each variable of a graph is in its checkpoints: as its Saver's ops say."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tf1graphs.convert.errors import CouldNotConvert
from tf1graphs.convert.graphs.nodes import by_name, data_inputs
from tf1graphs.convert.graphs.slicing import needed
from tf1graphs.inspect.graphs.nodes import Tensor
from tf1graphs.inspect.reading import protos, tensors
from tf1graphs.inspect.reading.slices import Extents

# Where an op that restores has the names of its tensors and the specifications of their slices.
_RESTORES = {"RestoreV2": (1, 2), "Restore": (1, None), "RestoreSlice": (1, 2)}
_ASSIGNS = frozenset({"Assign", "AssignVariableOp"})
_IMPORTS = frozenset({"LookupTableImport", "LookupTableImportV2"})
# What a table's name ends in, where its keys and its values are meant.
TABLE_PARTS = ("-keys", "-values")
_PASSING = frozenset({"Identity", "Reshape", "Cast"})
_VARIABLE_COLLECTIONS = ("variables", "trainable_variables", "local_variables", "model_variables")


@dataclass(frozen=True)
class Place:
    """The tensor of a checkpoint that holds a variable, and the part of it; None for all of it."""

    name: str
    extents: Extents | None = None


def variable_defs(meta_graph: Any, path: str | os.PathLike[str]) -> Iterator[tuple[str, Any]]:
    """The collection and the ``VariableDef`` of each variable in the collections of a meta graph."""
    for collection in _VARIABLE_COLLECTIONS:
        if collection in meta_graph.collection_def:
            for content in meta_graph.collection_def[collection].bytes_list.value:
                yield collection, protos.parse(protos.VariableDef, content, path)


def places(meta_graph: Any, path: str | os.PathLike[str]) -> dict[str, Place]:
    """By variable or part of a table its place in a checkpoint, as the graph's Saver or the collections have it."""
    found = {}
    for _, variable in variable_defs(meta_graph, path):
        piece = variable.save_slice_info_def
        if piece.full_name:
            extents = list(zip(piece.var_offset, piece.var_shape, strict=False))
            found[variable.variable_name.partition(":")[0]] = Place(piece.full_name, extents)
    nodes = by_name(meta_graph.graph_def.node)
    restoring = meta_graph.saver_def.restore_op_name.partition(":")[0]
    for node in needed(nodes, [restoring] if restoring in nodes else []):
        for name, value in _restored(node).items():
            place = _place(value, nodes, path)
            if place is not None:
                found[name] = place
    return found


def _restored(node: Any) -> dict[str, Tensor]:
    """What a node gives values to, with the values; keys and values of a table, if it is one."""
    inputs = data_inputs(node)
    if node.op in _ASSIGNS:
        return {inputs[0].node: inputs[1]}
    if node.op in _IMPORTS:
        return {inputs[0].node + ending: value for ending, value in zip(TABLE_PARTS, inputs[1:], strict=False)}
    return {}


def _place(value: Tensor, nodes: Mapping[str, Any], path: str | os.PathLike[str]) -> Place | None:
    """Where in a checkpoint a value comes from, if it comes from one."""
    source = nodes[value.node]
    while source.op in _PASSING:
        value = data_inputs(source)[0]
        source = nodes[value.node]
    if source.op not in _RESTORES:
        return None
    names_at, slices_at = _RESTORES[source.op]
    name = _string(source, names_at, value.output, nodes, path)
    text = _string(source, slices_at, value.output, nodes, path) if slices_at else ""
    return Place(name, _extents(source, text))


def _string(node: Any, position: int, output: int, nodes: Mapping[str, Any], path: str | os.PathLike[str]) -> str:
    """What an op that restores says of an output: the string in a constant that it takes."""
    constant = nodes[data_inputs(node)[position].node]
    found = tensors.to_array(constant.attr["value"].tensor, path).reshape(-1)
    if found.dtype != object or output >= len(found):
        raise CouldNotConvert(f"{node.name} ({node.op}) does not say what its output {output} is; the file is damaged")
    return str(found[output].decode(errors="replace"))


def _extents(node: Any, text: str) -> Extents | None:
    """The extents in a slice's specification, such as ``"10 4 0,5:-"``: the shape of the whole, then start and length.

    The format is that of ``BaseSaverBuilder`` and ``tensorflow::checkpoint::ParseShapeAndSlice``.
    """
    specification = text.rpartition(" ")[2]
    if not specification:
        return None
    parts = [part.partition(",") for part in specification.split(":")]
    try:
        return [(0, -1) if start == "-" else (int(start), int(length)) for start, _, length in parts]
    except ValueError:
        raise CouldNotConvert(f"{node.name} ({node.op}) restores the slice {text}, which is none") from None
