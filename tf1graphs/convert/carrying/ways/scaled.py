"""Tensors that are multiplied by a number.

``tf.train.MomentumOptimizer`` accumulates gradients, ``a = momentum * a + gradient``, and Keras's SGD the steps that
they become, ``m = momentum * m - learning_rate * gradient``; with a constant learning rate ``m = -learning_rate * a``.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def forward(arrays: Sequence[np.ndarray], factor: float) -> list[np.ndarray]:
    """Any number of floating arrays, multiplied in their own dtype."""
    return [array * array.dtype.type(factor) for array in arrays]


def backward(arrays: Sequence[np.ndarray], factor: float) -> list[np.ndarray]:
    """The inverse, to the byte where ``factor`` is a power of two; else the last bit may differ."""
    return [array / array.dtype.type(factor) for array in arrays]
