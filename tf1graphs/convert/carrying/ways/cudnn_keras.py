"""CuDNN's opaque parameters and the variables of Keras 3's ``LSTM``, ``GRU(reset_after=True)`` and ``SimpleRNN``."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tf1graphs.convert.carrying.ways._cudnn import Direction, packed, unpacked
from tf1graphs.convert.carrying.ways._stacked import gates_of

# The slot of a sum is not the sum of slots.
SLOT_SETTINGS = None
# Positions of cuDNN's gates in Keras's kernels; all orders are their own inverse.
_ORDERS = {"lstm": (0, 1, 2, 3), "gru": (1, 0, 2), "rnn": (0,)}


def _kernel(weights: Sequence[np.ndarray], cell: str) -> np.ndarray:
    return np.concatenate([weights[gate].T for gate in _ORDERS[cell]], axis=1)


def _bias(biases: Sequence[np.ndarray], cell: str) -> np.ndarray:
    return np.concatenate([biases[gate] for gate in _ORDERS[cell]])


def _gates(array: np.ndarray, cell: str) -> list[np.ndarray]:
    """The inverse of both: a kernel's ``[columns, gates * units]`` become ``[units, columns]`` for each gate."""
    gates = gates_of(array, len(_ORDERS[cell]))
    return [gates[gate].T for gate in _ORDERS[cell]]


def forward(
    arrays: Sequence[np.ndarray], cell: str, inputs: int, units: int, layers: int = 1, directions: int = 1
) -> list[np.ndarray]:
    """The vector becomes kernel, recurrent kernel and bias for each direction of each layer.

    A GRU's bias is ``[2, 3 units]``; an LSTM and a SimpleRNN have one where cuDNN has two, which are added up.
    """
    (buffer,) = arrays
    made = []
    for each in unpacked(buffer, cell, inputs, units, layers, directions):
        biases = [_bias(each.input_biases, cell), _bias(each.state_biases, cell)]
        bias = np.stack(biases) if cell == "gru" else biases[0] + biases[1]
        made += [_kernel(each.input_weights, cell), _kernel(each.state_weights, cell), bias]
    return made


def backward(
    arrays: Sequence[np.ndarray], cell: str, inputs: int, units: int, layers: int = 1, directions: int = 1
) -> list[np.ndarray]:
    """The inverse: to the byte, but that of biases that were added up each gets half of the sum."""
    if len(arrays) != 3 * layers * directions:
        raise ValueError(f"{layers} layers and {directions} directions have three variables each")
    made = []
    for start in range(0, len(arrays), 3):
        kernel, recurrent_kernel, bias = arrays[start : start + 3]
        halves = bias if cell == "gru" else np.stack([bias, bias]) * bias.dtype.type(0.5)
        made.append(
            Direction(
                _gates(kernel, cell), _gates(recurrent_kernel, cell), _gates(halves[0], cell), _gates(halves[1], cell)
            )
        )
    return [packed(made)]
