"""GRU cells: ``GRUCell``, ``GRUBlockCell``, ``GRUBlockCellV2``; of Keras 3 ``GRU(reset_after=False)``.

TensorFlow 1 has reset and update gate in one kernel and the candidate in another (``tf.nn.rnn_cell.GRUCell.call``);
Keras has update, reset and candidate in one (``keras.layers.GRUCell``). Update means the same on both sides.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tf1graphs.convert.carrying.ways._stacked import apart, gates_of


def _merged(gates: np.ndarray, candidate: np.ndarray) -> np.ndarray:
    reset, update = gates_of(gates, 2)
    return np.concatenate([update, reset, candidate], axis=-1)


def _parted(merged: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    update, reset, candidate = gates_of(merged, 3)
    return np.concatenate([reset, update], axis=-1), candidate


def forward(arrays: Sequence[np.ndarray]) -> list[np.ndarray]:
    """Kernels and biases of gates and candidate become kernel, recurrent kernel and bias.

    From ``[inputs + units, 2 units]``, ``[2 units]``, ``[inputs + units, units]``, ``[units]`` to
    ``[inputs, 3 units]``, ``[units, 3 units]``, ``[3 units]``.
    """
    gates_kernel, gates_bias, candidate_kernel, candidate_bias = arrays
    inputs, state = apart(_merged(gates_kernel, candidate_kernel), candidate_bias.shape[0])
    return [inputs, state, _merged(gates_bias, candidate_bias)]


def backward(arrays: Sequence[np.ndarray]) -> list[np.ndarray]:
    """The inverse, to the byte."""
    inputs, state, bias = arrays
    gates_kernel, candidate_kernel = _parted(np.concatenate([inputs, state]))
    gates_bias, candidate_bias = _parted(bias)
    return [gates_kernel, gates_bias, candidate_kernel, candidate_bias]
