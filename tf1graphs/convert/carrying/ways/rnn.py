"""``BasicRNNCell``; of Keras 3 ``SimpleRNN``."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tf1graphs.convert.carrying.ways._stacked import apart


def forward(arrays: Sequence[np.ndarray]) -> list[np.ndarray]:
    """Kernel ``[inputs + units, units]`` and bias ``[units]`` become kernel, recurrent kernel and bias."""
    kernel, bias = arrays
    return [*apart(kernel, bias.shape[0]), bias]


def backward(arrays: Sequence[np.ndarray]) -> list[np.ndarray]:
    """The inverse, to the byte."""
    inputs, state, bias = arrays
    return [np.concatenate([inputs, state]), bias]
