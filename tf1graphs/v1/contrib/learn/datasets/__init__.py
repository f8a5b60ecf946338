"""``tf.contrib.learn.datasets``: small data sets."""

from __future__ import annotations

from typing import Any

from tf1graphs.v1.contrib.learn.datasets import base, mnist
from tf1graphs.v1.contrib.learn.datasets.base import load_boston, load_iris

__all__ = ["base", "load_boston", "load_dataset", "load_iris", "mnist"]

DATASETS = {"iris": load_iris, "boston": load_boston, "mnist": mnist.load_mnist}


def load_dataset(name: str, size: str = "small", test_with_fake_data: bool = False) -> Any:
    """Returns a data set by its name: ``"iris"`` or ``"mnist"``.

    Raises:
        ValueError: There is none of that name.
        UnsupportedError: It may not be passed on.
    """
    if name not in DATASETS:
        raise ValueError(f"Name of dataset is not found: {name}")
    return DATASETS[name]()
