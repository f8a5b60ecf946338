"""``NASCell``."""

from __future__ import annotations

from typing import Any

from tensorflow.python.ops import array_ops, init_ops, math_ops, nn_ops

from tf1graphs.v1.contrib.rnn._cells import LayerCell, LSTMStateTuple, last_dimension, lstm_sizes

_BRANCHES = 8


class NASCell(LayerCell):
    """The cell that neural architecture search found.

    Source: Zoph and Le, Neural Architecture Search with Reinforcement Learning, https://arxiv.org/abs/1611.01578,
    figure 8 of its appendix.

    Args:
        num_units: the number of units.
        num_proj: the number of columns that the output is projected to.
        use_bias: whether there is a bias.
        reuse: whether to take existing variables.
        **kwargs: further arguments of the layer.
    """

    def __init__(
        self,
        num_units: int,
        num_proj: int | None = None,
        use_bias: bool = False,
        reuse: bool | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(_reuse=reuse, **kwargs)
        self._num_units = num_units
        self._num_proj = num_proj
        self._use_bias = use_bias
        self._state_size, self._output_size = lstm_sizes(num_units, num_proj)

    def build(self, inputs_shape: Any) -> None:
        """Creates ``recurrent_kernel``, ``kernel``, ``bias`` and ``projection_weights``."""
        input_size, size = last_dimension(inputs_shape), _BRANCHES * self._num_units
        self.recurrent_kernel = self.add_weight("recurrent_kernel", [self._output_size, size])
        self.kernel = self.add_weight("kernel", [input_size, size])
        if self._use_bias:
            self.bias = self.add_weight("bias", [size], initializer=init_ops.zeros_initializer)
        if self._num_proj is not None:
            self.projection_weights = self.add_weight("projection_weights", [self._num_units, self._num_proj])
        self.built = True

    def call(self, inputs: Any, state: Any) -> Any:
        """Returns ``(output, (c, m))`` for inputs ``[batch, n]``."""
        sigmoid, tanh, relu = math_ops.sigmoid, math_ops.tanh, nn_ops.relu
        c_prev, m_prev = state
        of_state = math_ops.matmul(m_prev, self.recurrent_kernel)
        of_inputs = math_ops.matmul(inputs, self.kernel)
        if self._use_bias:
            of_state = nn_ops.bias_add(of_state, self.bias)
        m = array_ops.split(of_state, _BRANCHES, axis=1)
        x = array_ops.split(of_inputs, _BRANCHES, axis=1)

        first = tanh(sigmoid(x[0] + m[0]) * relu(x[1] + m[1]))
        second = tanh(sigmoid(x[2] + m[2]) + relu(x[3] * m[3]))
        third = tanh(tanh(x[4] + m[4]) * sigmoid(x[5] + m[5]))
        fourth = sigmoid(tanh(x[6] + m[6]) + sigmoid(x[7] + m[7]))

        new_c = tanh(first + c_prev) * second
        new_m = tanh(new_c * tanh(third + fourth))
        if self._num_proj is not None:
            new_m = math_ops.matmul(new_m, self.projection_weights)
        return new_m, LSTMStateTuple(new_c, new_m)
