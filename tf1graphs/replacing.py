"""Files and directories that are there as a whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A path beside ``path`` to write a file or directory at, which takes its place when the block ends well.

    What was at ``path`` before stays until then, and for good if the block raises; nothing else is left in that case.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished, old = (path.with_name(f".{path.name}.{os.getpid()}.{word}") for word in ("unfinished", "old"))
    try:
        yield unfinished
        if path.is_dir():
            path.replace(old)  # A directory takes no other's place.
        try:
            unfinished.replace(path)
        except OSError:
            if old.exists():
                old.replace(path)
            raise
        _remove(old)
    finally:
        _remove(unfinished)
