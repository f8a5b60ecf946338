"""``gc``: which exports to keep. A filter is a function from a list of paths to the sorted list of those it takes."""

from __future__ import annotations

import heapq
import math
import os
from collections.abc import Callable
from typing import Any, NamedTuple

from tensorflow.python.platform import gfile
from tensorflow.python.util import compat

__all__ = [
    "Path",
    "get_paths",
    "largest_export_versions",
    "mod_export_version",
    "negation",
    "one_of_every_n_export_versions",
    "union",
]


class Path(NamedTuple):
    """A file or folder with its version."""

    path: str
    export_version: Any


Filter = Callable[[list[Path]], list[Path]]


def largest_export_versions(n: int) -> Filter:
    """Returns a filter that takes the ``n`` largest versions."""

    def keep(paths: list[Path]) -> list[Path]:
        known = [(path.export_version, index) for index, path in enumerate(paths) if path.export_version is not None]
        return sorted(paths[index] for _, index in heapq.nlargest(n, known))

    return keep


def one_of_every_n_export_versions(n: int) -> Filter:
    """Returns a filter that takes the largest version of each of the intervals ``[0, n], (n, 2n], (2n, 3n], ...``."""

    def keep(paths: list[Path]) -> list[Path]:
        largest: dict[int, Path] = {}
        for path in paths:
            if path.export_version is None:
                continue
            interval = math.floor((path.export_version - 1) / n) if path.export_version else 0
            if interval not in largest or largest[interval].export_version < path.export_version:
                largest[interval] = path
        return sorted(largest.values())

    return keep


def mod_export_version(n: int) -> Filter:
    """Returns a filter that takes the versions that ``n`` divides."""
    return lambda paths: sorted(path for path in paths if path.export_version % n == 0)


def union(lf: Filter, rf: Filter) -> Filter:
    """Returns a filter that takes what one of two takes."""
    return lambda paths: sorted({*lf(paths), *rf(paths)})


def negation(f: Filter) -> Filter:
    """Returns a filter that takes what another one does not."""
    return lambda paths: sorted(set(paths) - set(f(paths)))


def get_paths(base_dir: Any, parser: Callable[[Path], Path | None]) -> list[Path]:
    """Returns the paths in a folder, sorted.

    Args:
        base_dir: The folder.
        parser: Returns a path with its version, or None for what is to be left out.
    """
    folder = compat.as_str_any(base_dir)
    names = (compat.as_str_any(name) for name in gfile.ListDirectory(base_dir))
    parsed = (parser(Path(os.path.join(folder, name), None)) for name in names)
    return sorted(path for path in parsed if path)
