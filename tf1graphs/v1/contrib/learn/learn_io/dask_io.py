"""Tables of dask with known divisions. What is no table of dask is returned as it is, and dask is not imported."""

from __future__ import annotations

import importlib
import importlib.util
import itertools
import sys
from typing import Any

HAS_DASK = importlib.util.find_spec("dask") is not None


def is_dask(data: Any) -> bool:
    """Whether ``data`` is a ``DataFrame`` or ``Series`` of dask."""
    dask = sys.modules.get("dask.dataframe")
    return dask is not None and isinstance(data, (dask.DataFrame, dask.Series))


def _moved(table: Any, start: int) -> Any:
    table = table.copy()
    table.index += start
    return table


def _with_divisions(data: Any) -> Any:
    """Returns the table with the rows of all its parts numbered on, and so with known divisions."""
    dask = importlib.import_module("dask")
    frames = importlib.import_module("dask.dataframe")
    parts = data.to_delayed()
    ends = [0, *itertools.accumulate(data.map_partitions(len).compute())]
    moved = [dask.delayed(_moved)(part, start) for part, start in zip(parts, ends, strict=False)]
    return frames.from_delayed(moved, meta=data._meta, divisions=tuple(ends))


def extract_dask_data(data: Any) -> Any:
    """Returns a table of dask with its rows numbered on from part to part."""
    return _with_divisions(data) if is_dask(data) else data


def extract_dask_labels(labels: Any) -> Any:
    """Returns a table of dask with one column, its rows numbered on from part to part.

    Raises:
        ValueError: There are more columns.
    """
    if not is_dask(labels):
        return labels
    if labels.ndim > 1 and len(labels.columns) > 1:
        raise ValueError("Only one column for labels is allowed.")
    return _with_divisions(labels)
