"""Feeds arrays, tables and iterators to a model batch by batch."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from tf1graphs.v1._gone import UnsupportedError
from tf1graphs.v1.contrib.learn.learn_io._feeder import DataFeeder
from tf1graphs.v1.contrib.learn.learn_io._shapes import check_array
from tf1graphs.v1.contrib.learn.learn_io._streaming import StreamingDataFeeder
from tf1graphs.v1.contrib.learn.learn_io.dask_io import HAS_DASK, extract_dask_data, extract_dask_labels, is_dask
from tf1graphs.v1.contrib.learn.learn_io.pandas_io import (
    HAS_PANDAS,
    extract_pandas_data,
    extract_pandas_labels,
    extract_pandas_matrix,
)

__all__ = [
    "HAS_DASK",
    "HAS_PANDAS",
    "DataFeeder",
    "StreamingDataFeeder",
    "check_array",
    "extract_dask_data",
    "extract_dask_labels",
    "extract_pandas_data",
    "extract_pandas_labels",
    "extract_pandas_matrix",
    "setup_predict_data_feeder",
    "setup_processor_data_feeder",
    "setup_train_data_feeder",
]


def _is_iterator(x: Any) -> bool:
    return hasattr(x, "next") or hasattr(x, "__next__")


def setup_train_data_feeder(
    x: Any,
    y: Any,
    n_classes: Any,
    batch_size: int | None = None,
    shuffle: bool = True,
    epochs: int | None = None,
) -> Any:
    """Returns what feeds features and labels: a ``DataFeeder``, for iterators a ``StreamingDataFeeder``.

    Raises:
        ValueError: The features are an iterator and the labels are not, or the size of a batch is not positive.
        UnsupportedError: The data are tables of dask.
    """
    x = extract_pandas_data(x)
    y = extract_pandas_labels(y)
    if is_dask(x):
        raise UnsupportedError(
            "tf.contrib.learn's estimators are not supported on tables of dask: they could not read them in "
            "TensorFlow 1.15 either; give them what the table's compute() returns"
        )
    if not _is_iterator(x):
        return DataFeeder(x, y, n_classes, batch_size, shuffle=shuffle, epochs=epochs)
    if y is not None and not _is_iterator(y):
        raise ValueError("Both x and y should be iterators for streaming learning to work.")
    return StreamingDataFeeder(x, y, n_classes, batch_size)


def setup_predict_data_feeder(x: Any, batch_size: int | None = None) -> Any:
    """Returns the batches of features, arrays ``[batch_size, ...]``, as a list or for an iterator as one.

    Raises:
        ValueError: The size of a batch is not positive.
    """
    x = extract_pandas_data(extract_dask_data(x))
    if batch_size is not None and batch_size <= 0:
        raise ValueError(f"Invalid batch_size {batch_size}.")
    if _is_iterator(x):
        return _batches(x, batch_size)
    if x.ndim == 1:
        x = np.reshape(x, (-1, 1))
    if batch_size is None:
        return [x]
    return [x[index * batch_size : (index + 1) * batch_size] for index in range(math.ceil(len(x) / batch_size))]


def _batches(rows: Iterator[Any], batch_size: int | None) -> Iterator[Any]:
    """Yields matrices of rows, the last one of what is left, which may be nothing."""
    while True:
        batch = list(itertools.islice(rows, batch_size))
        yield _matrices(batch)
        if batch_size is None or len(batch) < batch_size:
            return


def _matrices(rows: list[Any]) -> Any:
    if rows and isinstance(rows[0], dict):
        return {key: np.asmatrix([row[key] for row in rows]) for key in rows[0]}
    return np.asmatrix(rows)


def setup_processor_data_feeder(x: Any) -> Any:
    """Returns the values of a table of pandas, and anything else as it is."""
    return extract_pandas_matrix(x)
