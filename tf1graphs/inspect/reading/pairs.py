"""A checkpoint and its meta graph, which savers write side by side."""

from __future__ import annotations

from pathlib import Path

from tf1graphs.inspect.errors import InvalidFile
from tf1graphs.inspect.reading.checkpoints import find_prefix

_META = ".meta"


def meta_beside(path: Path) -> Path | None:
    """The meta graph of the checkpoint that ``path`` means, if it is there.

    Raises:
        InvalidFile: there is no checkpoint.
    """
    prefix = find_prefix(path)
    meta = prefix.with_name(f"{prefix.name}{_META}")
    return meta if meta.is_file() else None


def checkpoint_beside(path: Path) -> Path | None:
    """The prefix of the checkpoint that a meta graph was saved with, if it is there."""
    if path.suffix != _META:
        return None
    try:
        return find_prefix(path)
    except InvalidFile:
        return None
