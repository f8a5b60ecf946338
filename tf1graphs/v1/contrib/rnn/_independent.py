"""Cells whose units see only their own state: ``IndRNNCell``, ``IndyGRUCell``, ``IndyLSTMCell``.

Source: Li et al., Independently Recurrent Neural Network, https://arxiv.org/abs/1803.04831.
"""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import constant_op, dtypes
from tensorflow.python.ops import array_ops, init_ops, math_ops, nn_ops

from tf1graphs.v1._tf_keras import keras
from tf1graphs.v1.contrib.rnn._cells import LayerCell, LSTMStateTuple, last_dimension


class _IndependentCell(LayerCell):
    def __init__(
        self,
        num_units: int,
        activation: Any,
        reuse: bool | None,
        name: str | None,
        dtype: Any,
        kernel_initializer: Any = None,
        bias_initializer: Any = None,
    ) -> None:
        super().__init__(_reuse=reuse, name=name, dtype=dtype)
        self.input_spec = keras.layers.InputSpec(ndim=2)
        self._num_units = self._state_size = self._output_size = num_units
        self._activation = activation or math_ops.tanh
        self._kernel_initializer = kernel_initializer
        self._bias_initializer = bias_initializer

    def _add_kernel(self, name: str, inputs_shape: Any, size: int) -> Any:
        return self.add_weight(name, [last_dimension(inputs_shape), size], initializer=self._kernel_initializer)

    def _add_own_kernel(self, name: str, size: int) -> Any:
        initializer = init_ops.random_uniform_initializer(minval=-1, maxval=1, dtype=self.dtype)
        return self.add_weight(name, [1, size], initializer=initializer)

    def _add_bias(self, name: str, size: int, default: Any) -> Any:
        initializer = default if self._bias_initializer is None else self._bias_initializer
        return self.add_weight(name, [size], initializer=initializer)


class IndRNNCell(_IndependentCell):
    """``activation(inputs * W + u * state + b)``, where ``u`` is a vector.

    Args:
        num_units: the number of units.
        activation: tanh by default.
        reuse: whether to take existing variables.
        name: the name of the layer.
        dtype: of the variables.
    """

    def __init__(
        self,
        num_units: int,
        activation: Any = None,
        reuse: bool | None = None,
        name: str | None = None,
        dtype: Any = None,
    ) -> None:
        super().__init__(num_units, activation, reuse, name, dtype)

    def build(self, inputs_shape: Any) -> None:
        """Creates ``kernel_w``, ``kernel_u`` and ``bias``."""
        self._kernel_w = self._add_kernel("kernel_w", inputs_shape, self._num_units)
        self._kernel_u = self._add_own_kernel("kernel_u", self._num_units)
        self._bias = self._add_bias("bias", self._num_units, init_ops.zeros_initializer(dtype=self.dtype))
        self.built = True

    def call(self, inputs: Any, state: Any) -> Any:
        """Returns ``(new state, new state)`` for inputs ``[batch, n]``."""
        product = math_ops.matmul(inputs, self._kernel_w) + state * self._kernel_u
        new_state = self._activation(nn_ops.bias_add(product, self._bias))
        return new_state, new_state


class IndyGRUCell(_IndependentCell):
    """A GRU whose units see only their own state.

    Args:
        num_units: the number of units.
        activation: of the new state, tanh by default.
        reuse: whether to take existing variables.
        kernel_initializer: of the weights of the inputs.
        bias_initializer: of both biases; by default ones for the gates and zeros for the new state.
        name: the name of the layer.
        dtype: of the variables.
    """

    def __init__(
        self,
        num_units: int,
        activation: Any = None,
        reuse: bool | None = None,
        kernel_initializer: Any = None,
        bias_initializer: Any = None,
        name: str | None = None,
        dtype: Any = None,
    ) -> None:
        super().__init__(num_units, activation, reuse, name, dtype, kernel_initializer, bias_initializer)

    def build(self, inputs_shape: Any) -> None:
        """Creates ``gates/kernel_w``, ``gates/kernel_u``, ``gates/bias``, and those of the candidate."""
        size = self._num_units
        ones = init_ops.constant_initializer(1.0, dtype=self.dtype)
        zeros = init_ops.zeros_initializer(dtype=self.dtype)
        self._gate_kernel_w = self._add_kernel("gates/kernel_w", inputs_shape, 2 * size)
        self._gate_kernel_u = self._add_own_kernel("gates/kernel_u", 2 * size)
        self._gate_bias = self._add_bias("gates/bias", 2 * size, ones)
        self._candidate_kernel_w = self._add_kernel("candidate/kernel", inputs_shape, size)
        self._candidate_kernel_u = self._add_own_kernel("candidate/kernel_u", size)
        self._candidate_bias = self._add_bias("candidate/bias", size, zeros)
        self.built = True

    def call(self, inputs: Any, state: Any) -> Any:
        """Returns ``(new state, new state)`` for inputs ``[batch, n]``."""
        gates = math_ops.matmul(inputs, self._gate_kernel_w) + array_ops.tile(state, [1, 2]) * self._gate_kernel_u
        gates = math_ops.sigmoid(nn_ops.bias_add(gates, self._gate_bias))
        reset, update = array_ops.split(gates, 2, axis=1)
        candidate = math_ops.matmul(inputs, self._candidate_kernel_w) + reset * state * self._candidate_kernel_u
        candidate = self._activation(nn_ops.bias_add(candidate, self._candidate_bias))
        new_state = update * state + (1 - update) * candidate
        return new_state, new_state


class IndyLSTMCell(_IndependentCell):
    """An LSTM whose units see only their own output.

    Args:
        num_units: the number of units.
        forget_bias: what is added to the forget gate.
        activation: of the new input and of the output, tanh by default.
        reuse: whether to take existing variables.
        kernel_initializer: of the weights of the inputs.
        bias_initializer: zeros by default.
        name: the name of the layer.
        dtype: of the variables.
    """

    def __init__(
        self,
        num_units: int,
        forget_bias: float = 1.0,
        activation: Any = None,
        reuse: bool | None = None,
        kernel_initializer: Any = None,
        bias_initializer: Any = None,
        name: str | None = None,
        dtype: Any = None,
    ) -> None:
        super().__init__(num_units, activation, reuse, name, dtype, kernel_initializer, bias_initializer)
        self._forget_bias = forget_bias
        self._state_size = LSTMStateTuple(num_units, num_units)

    def build(self, inputs_shape: Any) -> None:
        """Creates ``kernel_w``, ``kernel_u`` and ``bias``."""
        size = 4 * self._num_units
        self._kernel_w = self._add_kernel("kernel_w", inputs_shape, size)
        self._kernel_u = self._add_own_kernel("kernel_u", size)
        self._bias = self._add_bias("bias", size, init_ops.zeros_initializer(dtype=self.dtype))
        self.built = True

    def call(self, inputs: Any, state: Any) -> Any:
        """Returns ``(output, (c, h))`` for inputs ``[batch, n]``."""
        add, multiply, sigmoid = math_ops.add, math_ops.multiply, math_ops.sigmoid
        one = constant_op.constant(1, dtype=dtypes.int32)
        c, h = state
        product = math_ops.matmul(inputs, self._kernel_w)
        product += array_ops.tile(h, [1, 4]) * self._kernel_u
        i, j, f, o = array_ops.split(nn_ops.bias_add(product, self._bias), 4, axis=one)
        forget_bias = constant_op.constant(self._forget_bias, dtype=f.dtype)
        c = add(multiply(c, sigmoid(add(f, forget_bias))), multiply(sigmoid(i), self._activation(j)))
        h = multiply(self._activation(c), sigmoid(o))
        return h, LSTMStateTuple(c, h)
