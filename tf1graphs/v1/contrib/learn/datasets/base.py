"""``tf.contrib.learn.datasets.base``: CSV files as arrays."""

from __future__ import annotations

import csv
from typing import Any, NamedTuple

import numpy as np
from tensorflow.python.platform import gfile

from tf1graphs.v1._gone import UnsupportedError
from tf1graphs.v1.contrib.learn.datasets import _iris

__all__ = [
    "Dataset",
    "Datasets",
    "load_boston",
    "load_csv_with_header",
    "load_csv_without_header",
    "load_iris",
    "shrink_csv",
]


class Dataset(NamedTuple):
    """Features and targets."""

    data: Any
    target: Any


class Datasets(NamedTuple):
    """The parts of a data set."""

    train: Any
    validation: Any
    test: Any


def load_csv_with_header(filename: str, target_dtype: Any, features_dtype: Any, target_column: int = -1) -> Dataset:
    """Returns a CSV file whose first line starts with the number of rows and that of features.

    Args:
        filename: The file.
        target_dtype: The dtype of the targets.
        features_dtype: The dtype of the features.
        target_column: The column of the targets.
    """
    with gfile.Open(filename) as file:
        rows = csv.reader(file)
        number, width = (int(each) for each in next(rows)[:2])
        data = np.zeros((number, width), dtype=features_dtype)
        target = np.zeros((number,), dtype=target_dtype)
        for index, row in enumerate(rows):
            target[index] = np.asarray(row.pop(target_column), dtype=target_dtype)
            data[index] = np.asarray(row, dtype=features_dtype)
    return Dataset(data=data, target=target)


def load_csv_without_header(filename: str, target_dtype: Any, features_dtype: Any, target_column: int = -1) -> Dataset:
    """Returns a CSV file that has rows only.

    Args:
        filename: The file.
        target_dtype: The dtype of the targets.
        features_dtype: The dtype of the features.
        target_column: The column of the targets.
    """
    data, target = [], []
    with gfile.Open(filename) as file:
        for row in csv.reader(file):
            target.append(row.pop(target_column))
            data.append(np.asarray(row, dtype=features_dtype))
    return Dataset(data=np.array(data), target=np.array(target, dtype=target_dtype))


def shrink_csv(filename: str, ratio: int) -> None:
    """Writes every ``ratio``-th row of ``name.csv`` to ``name_small.csv``."""
    with gfile.Open(filename.replace(".", "_small."), "w") as smaller, gfile.Open(filename) as file:
        writer = csv.writer(smaller)
        for index, row in enumerate(csv.reader(file)):
            if index % ratio == 0:
                writer.writerow(row)


def load_iris(data_path: str | None = None) -> Dataset:
    """Returns Fisher's irises, or those in a CSV file with a header: float64 ``[150, 4]`` and int64 ``[150]``."""
    if data_path is not None:
        return load_csv_with_header(data_path, target_dtype=np.int64, features_dtype=np.float64)
    return Dataset(data=_iris.measurements(), target=_iris.species())


def load_boston(data_path: str | None = None) -> Dataset:
    """Returns the Boston house prices in a CSV file with a header.

    Raises:
        UnsupportedError: No file is given: the data has no licence to pass it on.
    """
    if data_path is None:
        raise UnsupportedError(
            "tf.contrib.learn.datasets.load_boston() has no data here: it has no licence to pass it on; give it the "
            "boston_house_prices.csv of TensorFlow 1.15 as data_path"
        )
    return load_csv_with_header(data_path, target_dtype=np.float64, features_dtype=np.float64)
