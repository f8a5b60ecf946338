"""What a path is: a graph, a checkpoint, event files, a Keras file, or several of these in one directory."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from tf1graphs.inspect.errors import InvalidFile
from tf1graphs.inspect.reading.checkpoints import STATE_FILE, find_prefix
from tf1graphs.inspect.reading.events import is_event_file
from tf1graphs.inspect.reading.graphs import SAVED_MODELS
from tf1graphs.inspect.reading.tables import is_table

GRAPH, CHECKPOINT, EVENTS, KERAS = "graph", "checkpoint", "events", "keras"
_HDF5, _ZIP = b"\x89HDF\r\n\x1a\n", b"PK\x03\x04"
_SUFFIXES = {
    ".pb": GRAPH,
    ".pbtxt": GRAPH,
    ".meta": GRAPH,
    ".index": CHECKPOINT,
    ".keras": KERAS,
    ".h5": KERAS,
    ".hdf5": KERAS,
}


def _has_checkpoint(directory: Path) -> bool:
    return (directory / STATE_FILE).is_file() or any(directory.glob("*.index"))


def _has_events(directory: Path) -> bool:
    return any(is_event_file(name) for _, _, names in os.walk(directory) for name in names)


_IN_DIRECTORIES: dict[str, Callable[[Path], bool]] = {
    GRAPH: lambda directory: any((directory / name).is_file() for name in SAVED_MODELS),
    CHECKPOINT: _has_checkpoint,
    EVENTS: _has_events,
}


def _of_file(path: Path) -> str:
    if is_event_file(path):
        return EVENTS
    if path.suffix in _SUFFIXES:
        return _SUFFIXES[path.suffix]
    if path.name == STATE_FILE or ".data-" in path.name or is_table(path):
        return CHECKPOINT
    with path.open("rb") as file:
        head = file.read(len(_HDF5))
    return KERAS if head == _HDF5 or head.startswith(_ZIP) else GRAPH


def kinds_of(path: str | os.PathLike[str]) -> list[str]:
    """What there is to see at ``path``: ``GRAPH``, ``CHECKPOINT``, ``EVENTS``, ``KERAS``; at least one.

    Raises:
        InvalidFile: there is nothing at that path, or nothing of these in the directory.
    """
    given = Path(path)
    if given.is_dir():
        found = [kind for kind, is_there in _IN_DIRECTORIES.items() if is_there(given)]
        if not found:
            raise InvalidFile(path, "the directory has no SavedModel, no checkpoint and no event files")
        return found
    try:
        return [_of_file(given)] if given.is_file() else [_of_prefix(given)]
    except OSError as error:
        raise InvalidFile(path, str(error.strerror)) from None


def _of_prefix(path: Path) -> str:
    """What has no file of its name can still be the prefix of a checkpoint."""
    try:
        find_prefix(path)
    except InvalidFile:
        raise InvalidFile(path, "no such file, directory or checkpoint") from None
    return CHECKPOINT
