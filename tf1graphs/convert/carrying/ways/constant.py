"""A target that has no source: TensorFlow 1's layer lacked it, and this value leaves what it computes as it was.

Such as a ``gamma`` of ones for ``tf.contrib.layers.batch_norm``, which has no scale by default.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def forward(arrays: Sequence[np.ndarray], value: float, shape: Sequence[int]) -> list[np.ndarray]:
    """No arrays become one of ``shape``, float32."""
    if arrays:
        raise ValueError("a constant has no sources")
    return [np.full(shape, value, np.float32)]


def backward(arrays: Sequence[np.ndarray], value: float, shape: Sequence[int]) -> list[np.ndarray]:
    """Nothing is left; an array that is no longer the constant would be lost, and is refused."""
    if any(array.shape != tuple(shape) or (array != value).any() for array in arrays):
        raise ValueError(f"the values are no longer {value}")
    return []
