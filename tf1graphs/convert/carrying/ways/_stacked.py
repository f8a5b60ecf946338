"""Kernels of TensorFlow 1's cells stack the rows for the inputs upon those for the state; Keras 3 holds them apart.

Gates stand side by side in columns, each as wide as the cell has units.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def gates_of(array: np.ndarray, count: int) -> list[np.ndarray]:
    """The ``count`` gates in the last axis."""
    return np.split(array, count, axis=-1)


def reordered(array: np.ndarray, order: Sequence[int]) -> np.ndarray:
    """Gate ``i`` of the result is gate ``order[i]`` of ``array``, ``[..., gates * units]``."""
    gates = gates_of(array, len(order))
    return np.concatenate([gates[number] for number in order], axis=-1)


def apart(kernel: np.ndarray, units: int) -> tuple[np.ndarray, np.ndarray]:
    """The rows of ``kernel``, ``[inputs + units, columns]``, for the inputs and for the state.

    Raises:
        ValueError: there are no more rows than units: a cell with a projection, or no cell at all.
    """
    if kernel.ndim != 2 or kernel.shape[0] <= units:
        raise ValueError(f"the kernel of a cell of {units} units has more rows than that, and two axes")
    return kernel[:-units], kernel[-units:]
