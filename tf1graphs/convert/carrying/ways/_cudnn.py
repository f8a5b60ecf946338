"""The opaque parameters of ``CudnnLSTM``, ``CudnnGRU``, ``CudnnRNNTanh`` and ``CudnnRNNRelu``: one vector.

It holds the weights of all layers and directions, then all biases. Within a layer the forward direction comes first,
then the backward one; within a direction first what is multiplied with the inputs, gate by gate, then what with the
state; each weight is ``[units, columns]`` in row-major order, and each has a bias. Gates are input, forget, new memory,
output (LSTM) and reset, update, new memory (GRU). Sources: NVIDIA's documentation of
``cudnnGetRNNLinLayerMatrixParams``, the docstrings of ``CudnnOpaqueParamsSaveable`` and ``CudnnParamsFormatConverter``
in TensorFlow 1.15.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

_GATES = {"lstm": 4, "gru": 3, "rnn": 1}


@dataclass(frozen=True)
class Direction:
    """One direction of one layer.

    Attributes:
        input_weights: ``[units, inputs]`` for each gate.
        state_weights: ``[units, units]`` for each gate.
        input_biases: ``[units]`` for each gate.
        state_biases: ``[units]`` for each gate.
    """

    input_weights: list[np.ndarray]
    state_weights: list[np.ndarray]
    input_biases: list[np.ndarray]
    state_biases: list[np.ndarray]


def _gates(cell: str) -> int:
    if cell not in _GATES:
        raise ValueError(f'"cell" is one of {", ".join(_GATES)}, not "{cell}"')
    return _GATES[cell]


def _input_sizes(inputs: int, units: int, layers: int, directions: int) -> list[int]:
    """Columns of the input's weights by direction of each layer: a layer reads all directions of the one below."""
    return [inputs if layer == 0 else units * directions for layer in range(layers) for _ in range(directions)]


def unpacked(
    buffer: np.ndarray, cell: str, inputs: int, units: int, layers: int = 1, directions: int = 1
) -> list[Direction]:
    """The directions of all layers in ``buffer``, a vector.

    Raises:
        ValueError: the buffer has another size than these numbers give; with a projection too, which is not supported.
    """
    gates = _gates(cell)
    sizes = _input_sizes(inputs, units, layers, directions)
    weights = [columns for size in sizes for columns in [size] * gates + [units] * gates]
    lengths = [units * columns for columns in weights] + [units] * len(weights)
    if buffer.shape != (sum(lengths),):
        raise ValueError(f"a {cell} of these sizes has {sum(lengths)} parameters in one vector")
    parts = np.split(buffer, np.cumsum(lengths)[:-1])
    matrices = [part.reshape(units, -1) for part in parts[: len(weights)]]
    biases = parts[len(weights) :]
    starts = range(0, len(weights), 2 * gates)
    return [
        Direction(
            matrices[start : start + gates],
            matrices[start + gates : start + 2 * gates],
            biases[start : start + gates],
            biases[start + gates : start + 2 * gates],
        )
        for start in starts
    ]


def packed(directions: Sequence[Direction]) -> np.ndarray:
    """The inverse, to the byte."""
    weights = [array for each in directions for array in (*each.input_weights, *each.state_weights)]
    biases = [array for each in directions for array in (*each.input_biases, *each.state_biases)]
    return np.concatenate([array.ravel() for array in (*weights, *biases)])
