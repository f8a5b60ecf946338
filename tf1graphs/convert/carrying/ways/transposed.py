"""Tensors whose axes stand in another order, such as the kernel of ``tf.matmul(x, kernel, transpose_b=True)``."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def forward(arrays: Sequence[np.ndarray], axes: Sequence[int] = (1, 0)) -> list[np.ndarray]:
    """Target axis ``i`` is source axis ``axes[i]``; any number of arrays."""
    return [np.transpose(array, axes) for array in arrays]


def backward(arrays: Sequence[np.ndarray], axes: Sequence[int] = (1, 0)) -> list[np.ndarray]:
    """The inverse, to the byte."""
    return [np.transpose(array, np.argsort(axes)) for array in arrays]
