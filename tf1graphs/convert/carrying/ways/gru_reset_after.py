"""``CudnnCompatibleGRUCell``; of Keras 3 ``GRU(reset_after=True)``, its default.

The reset gate is applied after the product with the state, and the candidate has a bias on either side of it. Keras has
two biases for the other gates too, which are only ever added up: the cell's goes to the input's side.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tf1graphs.convert.carrying.ways._stacked import apart, gates_of

# Two biases that are added up both get the gradient of the one that they stand for, and move it twice as far.
SLOT_SETTINGS = None


def forward(arrays: Sequence[np.ndarray]) -> list[np.ndarray]:
    """Kernels and biases, in turn, of gates, input and state become kernel, recurrent kernel and bias.

    From kernels of ``[inputs + units, 2 units]``, ``[inputs, units]`` and ``[units, units]`` to ``[inputs, 3 units]``,
    ``[units, 3 units]`` and a bias of ``[2, 3 units]``.
    """
    gates_kernel, gates_bias, input_kernel, input_bias, state_kernel, state_bias = arrays
    input_gates, state_gates = apart(gates_kernel, input_bias.shape[0])
    reset, update = gates_of(input_gates, 2)
    state_reset, state_update = gates_of(state_gates, 2)
    reset_bias, update_bias = gates_of(gates_bias, 2)
    nothing = np.zeros_like(input_bias)
    biases = [
        np.concatenate([update_bias, reset_bias, input_bias]),
        np.concatenate([nothing, nothing, state_bias]),
    ]
    return [
        np.concatenate([update, reset, input_kernel], axis=-1),
        np.concatenate([state_update, state_reset, state_kernel], axis=-1),
        np.stack(biases),
    ]


def backward(arrays: Sequence[np.ndarray]) -> list[np.ndarray]:
    """The inverse, to the byte as long as the state's side has no bias but the candidate's; else biases are added."""
    kernel, recurrent_kernel, bias = arrays
    update, reset, candidate = gates_of(np.concatenate([kernel, recurrent_kernel]), 3)
    update_bias, reset_bias, candidate_bias = gates_of(bias, 3)
    inputs = kernel.shape[0]
    return [
        np.concatenate([reset, update], axis=-1),
        np.concatenate([reset_bias.sum(axis=0), update_bias.sum(axis=0)]),
        candidate[:inputs],
        candidate_bias[0],
        candidate[inputs:],
        candidate_bias[1],
    ]
