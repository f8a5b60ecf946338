"""Under which name, and as which slice, each variable of a graph is in its checkpoints: as its Saver's ops say."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tf1graphs.convert.graphs.nodes import by_name, data_inputs
from tf1graphs.convert.graphs.slicing import needed
from tf1graphs.inspect.reading import protos, tensors
from tf1graphs.inspect.reading.slices import Extents

# Where an op that restores has the names of its tensors and the specifications of their slices.
_RESTORES = {"RestoreV2": (1, 2), "Restore": (1, None), "RestoreSlice": (1, 2)}
_ASSIGNS = frozenset({"Assign", "AssignVariableOp"})
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
    """By variable its place in a checkpoint, for those that the graph's Saver or the collections speak of."""
    found = {}
    for _, variable in variable_defs(meta_graph, path):
        piece = variable.save_slice_info_def
        if piece.full_name:
            extents = list(zip(piece.var_offset, piece.var_shape, strict=False))
            found[variable.variable_name.partition(":")[0]] = Place(piece.full_name, extents)
    nodes = by_name(meta_graph.graph_def.node)
    restoring = meta_graph.saver_def.restore_op_name.partition(":")[0]
    if restoring in nodes:
        for node in needed(nodes, [restoring]):
            if node.op in _ASSIGNS:
                found.update(_restored(node, nodes, path))
    return found


def _restored(assign: Any, nodes: Mapping[str, Any], path: str | os.PathLike[str]) -> dict[str, Place]:
    """The place from which an assignment takes its value; nothing if it takes it from elsewhere."""
    variable, value = data_inputs(assign)[:2]
    source = nodes[value.node]
    while source.op in _PASSING:
        value = data_inputs(source)[0]
        source = nodes[value.node]
    if source.op not in _RESTORES:
        return {}
    names_at, slices_at = _RESTORES[source.op]
    name = _strings(source, names_at, nodes, path)[value.output]
    text = _strings(source, slices_at, nodes, path)[value.output] if slices_at else ""
    return {variable.node: Place(name, _extents(text))}


def _strings(node: Any, position: int, nodes: Mapping[str, Any], path: str | os.PathLike[str]) -> list[str]:
    constant = nodes[data_inputs(node)[position].node]
    return [text.decode() for text in tensors.to_array(constant.attr["value"].tensor, path).reshape(-1)]


def _extents(text: str) -> Extents | None:
    """The extents in a slice's specification, such as ``"10 4 0,5:-"``: the shape of the whole, then start and length.

    The format is that of ``BaseSaverBuilder`` and ``tensorflow::checkpoint::ParseShapeAndSlice``.
    """
    specification = text.rpartition(" ")[2]
    if not specification:
        return None
    parts = [part.partition(",") for part in specification.split(":")]
    return [(0, -1) if start == "-" else (int(start), int(length)) for start, _, length in parts]
