"""CuDNN's opaque parameters and the variables of the cells that are compatible with them.

Of the cells ``CudnnCompatibleLSTMCell``, ``CudnnCompatibleGRUCell`` and ``BasicRNNCell``, as 1.15's
``CudnnParamsFormatConverter`` does it: where the cell has one bias and cuDNN two, they are added up, and halved back.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tf1graphs.convert.carrying.ways._cudnn import Direction, packed, unpacked
from tf1graphs.convert.carrying.ways._stacked import apart, gates_of

# The slot of a sum is not the sum of slots.
SLOT_SETTINGS = None
# Positions of cuDNN's gates in the cell's kernel; both orders are their own inverse.
_ORDERS = {"lstm": (0, 2, 1, 3), "gru": (0, 1), "rnn": (0,)}


def _summed(each: Direction, cell: str) -> list[np.ndarray]:
    """Kernel ``[inputs + units, gates * units]`` and bias of the gates that have one bias in the cell."""
    columns = [np.concatenate([each.input_weights[gate], each.state_weights[gate]], axis=1).T for gate in _ORDERS[cell]]
    biases = [each.input_biases[gate] + each.state_biases[gate] for gate in _ORDERS[cell]]
    return [np.concatenate(columns, axis=1), np.concatenate(biases)]


def _halved(kernel: np.ndarray, bias: np.ndarray, cell: str) -> Direction:
    order = _ORDERS[cell]
    kernels = gates_of(kernel, len(order))
    parts = [apart(kernels[gate], bias.shape[0] // len(order)) for gate in order]
    halves = [gates_of(bias, len(order))[gate] * bias.dtype.type(0.5) for gate in order]
    return Direction([inputs.T for inputs, _ in parts], [state.T for _, state in parts], halves, [*halves])


def forward(
    arrays: Sequence[np.ndarray], cell: str, inputs: int, units: int, layers: int = 1, directions: int = 1
) -> list[np.ndarray]:
    """The vector becomes, for each direction of each layer, the variables of the cell.

    These are kernel and bias; of a GRU (``cell="gru"``) kernel and bias of the gates, of the candidate's input
    projection and of its hidden projection.
    """
    (buffer,) = arrays
    made = []
    for each in unpacked(buffer, cell, inputs, units, layers, directions):
        made += _summed(each, cell)
        if cell == "gru":
            made += [each.input_weights[2].T, each.input_biases[2], each.state_weights[2].T, each.state_biases[2]]
    return made


def backward(
    arrays: Sequence[np.ndarray], cell: str, inputs: int, units: int, layers: int = 1, directions: int = 1
) -> list[np.ndarray]:
    """The inverse: weights to the byte, of biases that were added up each gets half of the sum."""
    count = 6 if cell == "gru" else 2
    if len(arrays) != count * layers * directions:
        raise ValueError(f"a {cell} of {layers} layers and {directions} directions has {count} variables in each")
    made = []
    for start in range(0, len(arrays), count):
        kernel, bias, *candidate = arrays[start : start + count]
        each = _halved(kernel, bias, cell)
        if candidate:
            for parts, array in zip(
                (each.input_weights, each.input_biases, each.state_weights, each.state_biases), candidate, strict=True
            ):
                parts.append(array.T)
        made.append(each)
    return [packed(made)]
