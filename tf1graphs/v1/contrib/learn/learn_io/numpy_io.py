"""Input functions of arrays."""

from __future__ import annotations

import importlib
from typing import Any


def numpy_input_fn(
    x: Any,
    y: Any = None,
    batch_size: int = 128,
    num_epochs: int | None = 1,
    shuffle: bool = True,
    queue_capacity: int = 1000,
    num_threads: int = 1,
) -> Any:
    """Returns an input function of a dictionary of arrays; see ``tf.estimator.inputs.numpy_input_fn``."""
    inputs = importlib.import_module("tf1graphs.v1.estimator").inputs
    return inputs.numpy_input_fn(
        x=x,
        y=y,
        batch_size=batch_size,
        shuffle=shuffle,
        num_epochs=num_epochs,
        queue_capacity=queue_capacity,
        num_threads=num_threads,
    )
