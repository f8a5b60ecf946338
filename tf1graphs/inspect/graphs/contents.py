"""What else is in a graph: savers, tables, pipelines, assets and functions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tensorboard.compat.proto.meta_graph_pb2 import AssetFileDef

from tf1graphs.inspect.graphs import attributes
from tf1graphs.inspect.graphs.collections import node_of
from tf1graphs.inspect.graphs.nodes import Graph
from tf1graphs.inspect.reading import protos

_TABLES = re.compile(r"(Mutable)?(Anonymous)?(Dense)?Hash(Table|TableOfTensors)(V2)?")
_PIPELINES = re.compile(r".*Dataset(V\d)?|(OneShot|Anonymous)?Iterator(V\d)?|.*Queue(V2)?|.*Reader(V2)?")
_ASSETS = "saved_model_assets"
_FORMATS = {"SaveV2": "V2", "SaveSlices": "V1", "Save": "V1"}


@dataclass(frozen=True)
class Saver:
    """What saves and restores variables.

    Attributes:
        format: ``"V2"`` or ``"V1"``, of the checkpoints it writes.
        filename: the tensor that takes the name of the checkpoint.
        save: the tensor that saves.
        restore: the operation that restores.
        max_to_keep: how many checkpoints are kept; None if the file does not say it, or all are.
    """

    format: str
    filename: str
    save: str
    restore: str
    max_to_keep: int | None


@dataclass(frozen=True)
class Table:
    """A lookup table: its name, and the dtypes of keys and values."""

    name: str
    op: str
    keys: str
    values: str


@dataclass(frozen=True)
class Pipeline:
    """A dataset, an iterator, a queue or a reader: its name and op."""

    name: str
    op: str


@dataclass(frozen=True)
class Asset:
    """A file of a SavedModel: its name, and the tensor that gets its path."""

    file: str
    tensor: str


@dataclass(frozen=True)
class Function:
    """A function of the graph: its name, its number of operations and how many of each op."""

    name: str
    operations: int
    ops: dict[str, int]


def count_ops(nodes: Iterable[Any]) -> dict[str, int]:
    """How many nodes there are of each op, the most frequent first."""
    counts = Counter(node.op for node in nodes)
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def find_savers(graph: Graph, meta_graph: Any) -> tuple[Saver, ...]:
    """The saver that the MetaGraph states; else what saves in the graph."""
    if meta_graph.HasField("saver_def") and meta_graph.saver_def.save_tensor_name:
        saver = meta_graph.saver_def
        number = {0: "V1", 1: "V1", 2: "V2"}.get(saver.version, f"version {saver.version}")
        names = (saver.filename_tensor_name, saver.save_tensor_name, saver.restore_op_name)
        return (Saver(number, *names, saver.max_to_keep or None),)
    savers = []
    for name, node in graph.nodes.items():
        if node.op in _FORMATS and node.inputs:
            scope = name.rpartition("/")[0]
            restore = f"{scope}/restore_all"
            savers.append(
                Saver(_FORMATS[node.op], str(node.inputs[0]), name, restore if restore in graph.nodes else "", None)
            )
    return tuple(savers)


def find_tables(graph: Graph) -> tuple[Table, ...]:
    """The lookup tables."""
    return tuple(
        Table(name, node.op, attributes.dtype(node.proto, "key_dtype"), attributes.dtype(node.proto, "value_dtype"))
        for name, node in graph.nodes.items()
        if _TABLES.fullmatch(node.op)
    )


def find_pipelines(graph: Graph) -> tuple[Pipeline, ...]:
    """The datasets, iterators, queues and readers."""
    return tuple(Pipeline(name, node.op) for name, node in graph.nodes.items() if _PIPELINES.fullmatch(node.op))


def find_assets(meta_graph: Any, path: Path) -> tuple[Asset, ...]:
    """The assets of a SavedModel. TensorFlow 1 writes them into a collection, TensorFlow 2 beside the graph.

    Raises:
        InvalidFile: the collection holds something else.
    """
    assets = list(meta_graph.asset_file_def)
    if _ASSETS in meta_graph.collection_def:
        packed = meta_graph.collection_def[_ASSETS].any_list.value
        assets += [protos.parse(AssetFileDef, each.value, path) for each in packed]
    return tuple(
        Asset(*pair) for pair in dict.fromkeys((one.filename, node_of(one.tensor_info.name)) for one in assets)
    )


def find_functions(graph_def: Any) -> tuple[Function, ...]:
    """The functions of the graph's library."""
    return tuple(
        Function(function.signature.name, len(function.node_def), count_ops(function.node_def))
        for function in graph_def.library.function
    )
