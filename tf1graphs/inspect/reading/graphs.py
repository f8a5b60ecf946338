"""Graph files: GraphDef, MetaGraphDef and SavedModel, binary and as text."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tf1graphs.inspect.errors import InvalidFile
from tf1graphs.inspect.reading import protos

_MOST_BYTES = 2**31 - 1
SAVED_MODELS = ("saved_model.pb", "saved_model.pbtxt")


@dataclass(frozen=True)
class GraphFile:
    """What a graph file holds.

    Attributes:
        path: the file that was read; of a SavedModel the one in its directory.
        kind: ``"GraphDef"``, ``"MetaGraphDef"`` or ``"SavedModel"``.
        meta_graphs: the ``MetaGraphDef`` messages, at least one. A GraphDef stands in one that holds nothing else.
    """

    path: Path
    kind: str
    meta_graphs: tuple[Any, ...]


def has_nodes(graph: Any) -> bool:
    """Whether a ``GraphDef`` is one: it has operations, and each has a name and a type."""
    return bool(graph.node) and all(node.name and node.op for node in graph.node)


def _meta_graphs_of(kind: str, message: Any) -> tuple[Any, ...]:
    if kind == "SavedModel":
        return tuple(message.meta_graphs)
    if kind == "MetaGraphDef":
        return (message,)
    meta_graph = protos.MetaGraphDef()
    meta_graph.graph_def.CopyFrom(message)
    return (meta_graph,)


def _as_any(kind_parsers: dict[str, Any], path: Path) -> GraphFile:
    """The first kind whose parser finds graphs with nodes in the file."""
    problems = []
    for kind, parse in kind_parsers.items():
        try:
            meta_graphs = _meta_graphs_of(kind, parse(getattr(protos, kind)))
        except InvalidFile as error:
            problems.append(error)
            continue
        if meta_graphs and all(has_nodes(meta_graph.graph_def) for meta_graph in meta_graphs):
            return GraphFile(path, kind, meta_graphs)
    if len(problems) == len(kind_parsers):
        raise problems[-1]
    raise InvalidFile(path, "no graph: it holds no operation")


_KINDS = ("SavedModel", "MetaGraphDef", "GraphDef")


def read_graph(path: str | os.PathLike[str]) -> GraphFile:
    """Reads a ``.pb``, ``.pbtxt`` or ``.meta`` file, or the directory of a SavedModel. Executes nothing.

    Raises:
        InvalidFile: there is no such file, or no graph in it.
    """
    file = Path(path)
    if file.is_dir():
        file = next((file / name for name in SAVED_MODELS if (file / name).is_file()), file)
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise InvalidFile(file, "over 2 GB, which no graph can be")
        content = file.read_bytes()
    except OSError as error:
        raise InvalidFile(file, str(error.strerror)) from None
    if not content:
        raise InvalidFile(file, "the file is empty")
    if _is_text(content):
        text = content.decode()
        return _as_any({kind: lambda message: protos.parse_text(message, text, file) for kind in _KINDS}, file)
    return _as_any({kind: lambda message: protos.parse(message, content, file) for kind in _KINDS}, file)


def _is_text(content: bytes) -> bool:
    """Binary messages with graphs hold small lengths and numbers, which are control characters."""
    try:
        head = content[:4096].decode("utf-8", errors="strict" if len(content) <= 4096 else "ignore")
    except UnicodeDecodeError:
        return False
    return all(character.isprintable() or character in "\r\n\t" for character in head)
