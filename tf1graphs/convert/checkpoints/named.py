"""Writes rows of a map as a name-based checkpoint, a tensor at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from tf1graphs.convert.carrying.rows import Row
from tf1graphs.convert.errors import CouldNotConvert
from tf1graphs.convert.writing.bundles import BundleWriter
from tf1graphs.inspect.reading import dtypes
from tf1graphs.inspect.reading.checkpoints import STATE_FILE, Checkpoint
from tf1graphs.replacing import replacing

Begin = Callable[[str], None]


def cast(name: str, array: np.ndarray, dtype: str | None) -> np.ndarray:
    """Floating-point values in ``dtype``, rounded to the nearest; everything else, or without a dtype, as it is.

    Raises:
        CouldNotConvert: a finite value would become infinite.
    """
    if dtype is None or array.dtype.name not in dtypes.FLOATS:
        return array
    with np.errstate(over="ignore"):
        values = array.astype(dtypes.numpy_dtype(dtype))
    lost = int(np.count_nonzero(np.isfinite(array) & ~np.isfinite(values)))
    if lost:
        raise CouldNotConvert(
            f"{name}: {lost} of {array.size} values are too large for {dtype}; --without leaves it out"
        )
    return values


def carried(
    source: Checkpoint, rows: Sequence[Row], dtype: str | None, begin: Begin
) -> Iterator[tuple[str, np.ndarray]]:
    """The targets of ``rows`` with their values, read one row at a time; ``begin`` is told each row's first source.

    Raises:
        CouldNotConvert: a row names a tensor that is not there, or cannot carry it.
    """
    for row in rows:
        missing = [name for name in row.sources if name not in source.entries]
        if missing:
            raise CouldNotConvert(f"{source.path} has no tensor {missing[0]}, which the map names")
        begin(row.sources[0])
        arrays = row.forward([source.read(name) for name in row.sources])
        for name, array in zip(row.targets, arrays, strict=True):
            yield name, cast(name, array, dtype)


def write_state(prefix: Path) -> None:
    """Names the checkpoint in a file ``checkpoint`` beside it, if the directory has none, as savers do."""
    state = prefix.with_name(STATE_FILE)
    if not state.exists():
        named = f'model_checkpoint_path: "{prefix.name}"\nall_model_checkpoint_paths: "{prefix.name}"\n'
        with replacing(state) as unfinished:
            unfinished.write_text(named)


def write_arrays(arrays: Iterable[tuple[str, np.ndarray]], prefix: Path) -> None:
    """Writes named arrays, as they come, as a name-based checkpoint at ``prefix``."""
    with BundleWriter(prefix) as writer:
        for name, array in arrays:
            writer.add(name, array)
    write_state(prefix)


def write_named(source: Checkpoint, prefix: Path, rows: Sequence[Row], dtype: str | None, begin: Begin) -> None:
    """Writes what ``rows`` make of ``source`` as a name-based checkpoint at ``prefix``.

    Raises:
        CouldNotConvert: a row cannot be carried; nothing is written then.
    """
    write_arrays(carried(source, rows, dtype, begin), prefix)
