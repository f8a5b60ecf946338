"""Lookup tables, their initializers, and the files that they are read from."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from tf1graphs.convert.errors import CouldNotConvert
from tf1graphs.convert.graphs.nodes import by_name, data_inputs, tensor
from tf1graphs.convert.graphs.restores import TABLE_PARTS, Place
from tf1graphs.inspect.graphs.contents import find_assets
from tf1graphs.inspect.graphs.nodes import Tensor
from tf1graphs.inspect.reading import tensors
from tf1graphs.inspect.reading.checkpoints import Checkpoint

# Tables whose contents are fixed have an initializer; the others start with what a checkpoint has of them.
_FIXED = frozenset({"HashTable", "HashTableV2"})
_FROM_FILE = frozenset({"InitializeTableFromTextFile", "InitializeTableFromTextFileV2"})
_FROM_LISTS = frozenset({"InitializeTable", "InitializeTableV2", "LookupTableImport", "LookupTableImportV2"})
_ASSETS = "asset_filepaths"


def initializers(nodes: Iterable[Any], table: Any) -> list[str]:
    """The nodes that fill a table; none for one that starts empty.

    Raises:
        CouldNotConvert: the table is empty without one, and the graph has none.
    """
    if table.op not in _FIXED:
        return []
    found = [
        node.name for node in nodes if node.op in _FROM_FILE | _FROM_LISTS and data_inputs(node)[0].node == table.name
    ]
    if not found:
        raise CouldNotConvert(
            f"the graph has no initializer of the lookup table {table.name}; convert the meta graph or SavedModel "
            f"that has it, or name tensors behind the table with --inputs"
        )
    return found[:1]


def contents(table: Any, known: Mapping[str, Place], checkpoint: Checkpoint | None) -> tuple[Any, Any] | None:
    """Keys and values that a checkpoint has of a table, arrays of ``[N]`` and ``[N, ...]``.

    Raises:
        InvalidFile: the checkpoint is damaged there.
    """
    names = [known[part].name if (part := table.name + ending) in known else part for ending in TABLE_PARTS]
    if table.op in _FIXED or checkpoint is None or not all(name in checkpoint.entries for name in names):
        return None
    keys, values = map(checkpoint.read, names)
    return keys, values


def starts_empty(table: Any, found: tuple[Any, Any] | None) -> bool:
    """Whether a table that a program filled has lost its contents; ``found`` is what ``contents`` gave."""
    return table.op not in _FIXED and found is None


def asset_files(meta_graph: Any, path: Path, used: Collection[str]) -> dict[Tensor, Path]:
    """By tensor that holds its path, each file that nodes or tables read.

    Args:
        meta_graph: the graph.
        path: the file of the graph. Files are looked for at their own paths, and beside the graph.
        used: the names of the nodes and tables.

    Raises:
        CouldNotConvert: a file is gone.
        InvalidFile: the collection of assets holds something else.
    """
    assets = {tensor(each.tensor): path.parent / "assets" / each.file for each in find_assets(meta_graph, path)}
    nodes = by_name(meta_graph.graph_def.node)
    names = [each for each in (*assets, *_collected(meta_graph)) if each.node in used]
    for node in nodes.values():
        if node.op in _FROM_FILE and data_inputs(node)[0].node in used:
            names.append(data_inputs(node)[1])
    found = {}
    for each in names:
        if each in assets:
            found[each] = assets[each]
        elif nodes[each.node].op == "Const":
            found[each] = _located(tensors.to_array(nodes[each.node].attr["value"].tensor, path), path)
    for file in found.values():
        if not file.is_file():
            raise CouldNotConvert(f"the graph reads {file.name}, and {file} is not there")
    return found


def _collected(meta_graph: Any) -> list[Tensor]:
    """The tensors in the collection of assets."""
    if _ASSETS not in meta_graph.collection_def:
        return []
    return [tensor(name) for name in meta_graph.collection_def[_ASSETS].node_list.value]


def _located(names: Any, path: Path) -> Path:
    named = Path(os.fsdecode(names.reshape(-1)[0]))
    return next((file for file in (named, path.parent / named.name) if file.is_file()), path.parent / named.name)
