"""Arrays of pandas's tables. What is no table of pandas is returned as it is, and pandas is not imported."""

from __future__ import annotations

import importlib.util
import sys
from typing import Any

HAS_PANDAS = importlib.util.find_spec("pandas") is not None
_SIZES = ("8", "16", "32", "64")
# Name of a type of pandas -> the kind of its numbers.
PANDAS_DTYPES = {
    **{f"{prefix}int{size}": "int" for prefix in ("", "u") for size in _SIZES},
    **{f"float{size}": "float" for size in _SIZES[1:]},
    "bool": "i",
}


def is_pandas(data: Any, *kinds: str) -> bool:
    """Whether ``data`` is of one of pandas's classes ``kinds``; before pandas is imported, nothing is."""
    pandas = sys.modules.get("pandas")
    return pandas is not None and isinstance(data, tuple(getattr(pandas, kind) for kind in kinds))


def _not_numbers(table: Any) -> list[Any]:
    return [column for column in table if table[column].dtype.name not in PANDAS_DTYPES]


def extract_pandas_data(data: Any) -> Any:
    """Returns the numbers of a ``DataFrame``, float64 ``[rows, columns]``.

    Raises:
        ValueError: A column has no numbers.
    """
    if not is_pandas(data, "DataFrame"):
        return data
    bad = [f"'{column}' type='{data[column].dtype.name}'" for column in _not_numbers(data)]
    if bad:
        raise ValueError(f"Data types for extracting pandas data must be int, float, or bool. Found: {', '.join(bad)}")
    return data.values.astype("float")


def extract_pandas_matrix(data: Any) -> Any:
    """Returns the values of a ``DataFrame``, ``[rows, columns]``."""
    return data.values if is_pandas(data, "DataFrame") else data


def extract_pandas_labels(labels: Any) -> Any:
    """Returns the numbers of a ``DataFrame`` with one column, ``[rows, 1]``.

    Raises:
        ValueError: There are more columns, or the column has no numbers.
    """
    if not is_pandas(labels, "DataFrame"):
        return labels
    if len(labels.columns) > 1:
        raise ValueError("Only one column for labels is allowed.")
    bad = [f"'{column}' type={labels[column].dtype.name}" for column in _not_numbers(labels)]
    if bad:
        raise ValueError(f"Data types for extracting labels must be int, float, or bool. Found: {', '.join(bad)}")
    return labels.values


def pandas_input_fn(
    x: Any,
    y: Any = None,
    batch_size: int = 128,
    num_epochs: int | None = 1,
    shuffle: bool = True,
    queue_capacity: int = 1000,
    num_threads: int = 1,
    target_column: str = "target",
) -> Any:
    """Returns an input function of tables; see ``tf.estimator.inputs.pandas_input_fn``."""
    inputs = importlib.import_module("tf1graphs.v1.estimator").inputs
    return inputs.pandas_input_fn(
        x=x,
        y=y,
        batch_size=batch_size,
        shuffle=shuffle,
        num_epochs=num_epochs,
        queue_capacity=queue_capacity,
        num_threads=num_threads,
        target_column=target_column,
    )
