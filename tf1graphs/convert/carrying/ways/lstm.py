"""LSTM cells: ``BasicLSTMCell``, ``LSTMCell``, ``LSTMBlockCell``, ``LSTMBlockFusedCell``, ``CudnnCompatibleLSTMCell``.

TensorFlow 1's gates are input, new memory, forget, output, and the forget gate's bias is added when the cell runs
(``tf.nn.rnn_cell.BasicLSTMCell.call``). Keras's are input, forget, new memory, output, and add nothing
(``keras.layers.LSTMCell``).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tf1graphs.convert.carrying.ways._stacked import apart, reordered

# The order is its own inverse.
_ORDER = (0, 2, 1, 3)
SLOT_SETTINGS = {"forget_bias": 0.0}


def _with_forget_bias(bias: np.ndarray, added: float) -> np.ndarray:
    """Keras's bias plus ``added`` at the forget gate, in the bias's own dtype."""
    units = bias.shape[0] // 4
    changed = bias.copy()
    changed[units : 2 * units] += bias.dtype.type(added)
    return changed


def forward(arrays: Sequence[np.ndarray], forget_bias: float) -> list[np.ndarray]:
    """Kernel ``[inputs + units, 4 units]`` and bias ``[4 units]`` become kernel, recurrent kernel and bias."""
    kernel, bias = arrays
    inputs, state = apart(reordered(kernel, _ORDER), kernel.shape[1] // 4)
    return [inputs, state, _with_forget_bias(reordered(bias, _ORDER), forget_bias)]


def backward(arrays: Sequence[np.ndarray], forget_bias: float) -> list[np.ndarray]:
    """The inverse: to the byte, but for the forget gate's bias with ``forget_bias``, which has been rounded."""
    inputs, state, bias = arrays
    kernel = reordered(np.concatenate([inputs, state]), _ORDER)
    return [kernel, reordered(_with_forget_bias(bias, -forget_bias), _ORDER)]
