"""``tf.contrib.cudnn_rnn``: the cells that compute what cuDNN computes, on any device and from its checkpoints."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import tensor_shape
from tensorflow.python.ops import array_ops, init_ops, math_ops, nn_ops

from tf1graphs.v1.contrib.rnn._block import LSTMBlockCell
from tf1graphs.v1.nn.rnn_cell import GRUCell  # type: ignore[attr-defined]

__all__ = ["CudnnCompatibleGRUCell", "CudnnCompatibleLSTMCell"]


class CudnnCompatibleLSTMCell(LSTMBlockCell):
    """An ``LSTMBlockCell`` without forget bias, clipping and peepholes.

    Args:
        num_units: The number of units.
        reuse: Whether to take existing variables.
    """

    def __init__(self, num_units: int, reuse: bool | None = None) -> None:
        super().__init__(num_units, forget_bias=0, reuse=reuse, name="cudnn_compatible_lstm_cell")


class CudnnCompatibleGRUCell(GRUCell):  # type: ignore[misc]
    """A GRU that resets what the state contributes to the candidate, where ``GRUCell`` resets the state.

    Source: the cuDNN library's user guide, ``cudnnRNNMode_t``, ``CUDNN_GRU``.

    Args:
        num_units: The number of units.
        reuse: Whether to take existing variables.
        kernel_initializer: Of the weights.
    """

    def __init__(self, num_units: int, reuse: bool | None = None, kernel_initializer: Any = None) -> None:
        super().__init__(num_units, activation=None, reuse=reuse, kernel_initializer=kernel_initializer)

    def build(self, inputs_shape: Any) -> None:
        """Creates kernel and bias of the ``gates``, and of both projections of the ``candidate``.

        Raises:
            ValueError: The last dimension of the inputs is unknown.
        """
        depth = tensor_shape.dimension_value(inputs_shape[1])
        if depth is None:
            raise ValueError(f"Expected inputs.shape[-1] to be known, saw shape: {inputs_shape}")
        size = self._num_units
        ones, zeros = init_ops.constant_initializer(1.0), init_ops.zeros_initializer()
        self._gate_kernel = self._weights("gates", [depth + size, 2 * size])
        self._gate_bias = self._biases("gates", 2 * size, ones)
        self._input_kernel = self._weights("candidate/input_projection", [depth, size])
        self._hidden_kernel = self._weights("candidate/hidden_projection", [size, size])
        self._input_bias = self._biases("candidate/input_projection", size, zeros)
        self._hidden_bias = self._biases("candidate/hidden_projection", size, zeros)
        self.built = True

    def _weights(self, scope: str, shape: list[int]) -> Any:
        return self.add_weight(f"{scope}/kernel", shape=shape, initializer=self._kernel_initializer)

    def _biases(self, scope: str, size: int, initializer: Any) -> Any:
        return self.add_weight(f"{scope}/bias", shape=[size], initializer=self._bias_initializer or initializer)

    def call(self, inputs: Any, state: Any) -> tuple[Any, Any]:
        """Returns ``(new state, new state)`` for inputs [batch, depth]."""
        gates = math_ops.matmul(array_ops.concat([inputs, state], 1), self._gate_kernel)
        gates = math_ops.sigmoid(nn_ops.bias_add(gates, self._gate_bias))
        reset, update = array_ops.split(value=gates, num_or_size_splits=2, axis=1)
        candidate = nn_ops.bias_add(math_ops.matmul(inputs, self._input_kernel), self._input_bias)
        candidate += reset * nn_ops.bias_add(math_ops.matmul(state, self._hidden_kernel), self._hidden_bias)
        new_state = (1 - update) * self._activation(candidate) + update * state
        return new_state, new_state
