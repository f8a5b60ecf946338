"""Lets the second program find the working directory as the first one found it.

Else a program that goes on from its last checkpoint would go on from the other's.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

# What is larger is left alone: programs write less, and copying more would take longer than they run.
_MOST_FILES = 20_000
_MOST_BYTES = 500_000_000


@dataclass(frozen=True)
class _State:
    """When a file was last changed, and how large it is."""

    changed: int
    size: int


def _files(folder: Path) -> dict[Path, _State] | None:
    """Returns the files below a folder by their paths in it; None if there are too many."""
    found: dict[Path, _State] = {}
    for root, folders, names in os.walk(folder):
        folders[:] = [each for each in folders if not each.startswith(".") and each != "__pycache__"]
        for name in names:
            path = Path(root, name)
            if path.is_symlink() or not path.is_file():
                continue
            status = path.stat()
            found[path.relative_to(folder)] = _State(status.st_mtime_ns, status.st_size)
        if len(found) > _MOST_FILES:
            return None
    return found


def _copy(path: Path, source: Path, target: Path) -> None:
    (target / path).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source / path, target / path)


@contextmanager
def found_again(folder: Path) -> Iterator[Callable[[], None]]:
    """Yields a function that brings back the files that a program has changed, and sets aside those that it made.

    At the end the folder has the files of both programs: of one that both have written, the second's.

    Args:
        folder: the working directory. Where it holds more than 20,000 files or 500 MB, nothing is brought back.
    """
    before = _files(folder)
    if before is None or sum(each.size for each in before.values()) > _MOST_BYTES:
        yield lambda: None
        return
    with tempfile.TemporaryDirectory(prefix="tf1graphs-files-") as scratch:
        originals, aside = Path(scratch, "originals"), Path(scratch, "first")
        for path in before:
            _copy(path, folder, originals)

        def bring_back() -> None:
            after = _files(folder) or {}
            for path in after:
                if after[path] != before.get(path):
                    _copy(path, folder, aside)
                    (folder / path).unlink()
            for path in before:
                if after.get(path) != before[path]:
                    _copy(path, originals, folder)

        try:
            yield bring_back
        finally:
            now = _files(folder) or {}
            for path in _files(aside) or {}:
                if now.get(path) == before.get(path):
                    _copy(path, aside, folder)
