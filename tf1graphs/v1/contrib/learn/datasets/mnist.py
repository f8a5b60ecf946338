"""``tf.contrib.learn.datasets.mnist``: ``input_data`` of the MNIST tutorials, and ``load_mnist``."""

from __future__ import annotations

from typing import Any

from tf1graphs.v1.examples.tutorials.mnist.input_data import *  # noqa: F403 (the names of the API)
from tf1graphs.v1.examples.tutorials.mnist.input_data import read_data_sets


def load_mnist(train_dir: str = "MNIST-data") -> Any:
    """Returns MNIST with its train, validation and test sets."""
    return read_data_sets(train_dir)
