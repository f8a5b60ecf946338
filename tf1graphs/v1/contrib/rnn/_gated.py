"""Cells that differ from an LSTM or a GRU in their gates: ``UGRNNCell``, ``IntersectionRNNCell``, ``SRUCell``."""

from __future__ import annotations

from typing import Any

from tensorflow.python.ops import array_ops, init_ops, math_ops, nn_ops
from tensorflow.python.ops import variable_scope as vs

from tf1graphs.v1._tf_keras import keras
from tf1graphs.v1.contrib.rnn._cells import Cell, LayerCell, last_dimension
from tf1graphs.v1.contrib.rnn._weights import Linear


class UGRNNCell(Cell):
    """An update gate RNN: one gate mixes the state with a new one.

    Source: Collins, Sohl-Dickstein and Sussillo, Capacity and Trainability in Recurrent Neural Networks,
    https://arxiv.org/abs/1611.09913, section 2.

    Args:
        num_units: the number of units.
        initializer: of the weights, that of the scope by default.
        forget_bias: what is added to the gate.
        activation: of the new state.
        reuse: whether to take existing variables.
    """

    def __init__(
        self,
        num_units: int,
        initializer: Any = None,
        forget_bias: float = 1.0,
        activation: Any = math_ops.tanh,
        reuse: bool | None = None,
    ) -> None:
        super().__init__(_reuse=reuse)
        self._num_units = self._state_size = self._output_size = num_units
        self._initializer = initializer
        self._forget_bias = forget_bias
        self._activation = activation
        self._linear: Linear | None = None

    def call(self, inputs: Any, state: Any) -> Any:
        """Returns ``(new state, new state)`` for inputs ``[batch, n]``.

        Raises:
            ValueError: the size of the inputs is unknown.
        """
        last_dimension(inputs.get_shape())
        with vs.variable_scope(vs.get_variable_scope(), initializer=self._initializer):
            args = array_ops.concat([inputs, state], 1)
            if self._linear is None:
                self._linear = Linear(args, 2 * self._num_units, True)
            gate, candidate = array_ops.split(self._linear(args), 2, axis=1)
            candidate = self._activation(candidate)
            gate = math_ops.sigmoid(gate + self._forget_bias)
            new_state = gate * state + (1.0 - gate) * candidate
        return new_state, new_state


class IntersectionRNNCell(Cell):
    """The +RNN: one gate mixes the state with a new one, another the inputs with a new output.

    Source: Collins, Sohl-Dickstein and Sussillo, Capacity and Trainability in Recurrent Neural Networks,
    https://arxiv.org/abs/1611.09913, section 2.

    Args:
        num_units: the number of units.
        num_in_proj: anything true projects inputs of another size to ``num_units`` columns.
        initializer: of the weights, that of the scope by default.
        forget_bias: what is added to both gates.
        y_activation: of the new output.
        reuse: whether to take existing variables.
    """

    def __init__(
        self,
        num_units: int,
        num_in_proj: int | None = None,
        initializer: Any = None,
        forget_bias: float = 1.0,
        y_activation: Any = nn_ops.relu,
        reuse: bool | None = None,
    ) -> None:
        super().__init__(_reuse=reuse)
        self._num_units = self._state_size = self._output_size = num_units
        self._num_input_proj = num_in_proj
        self._initializer = initializer
        self._forget_bias = forget_bias
        self._y_activation = y_activation
        self._projection: Linear | None = None
        self._linear: Linear | None = None

    def _projected(self, inputs: Any) -> Any:
        if last_dimension(inputs.get_shape()) == self._num_units:
            return inputs
        if not self._num_input_proj:
            raise ValueError(
                "Must have input size == output size for Intersection RNN. Set num_in_proj to num_units at cell init."
            )
        with vs.variable_scope("in_projection"):
            if self._projection is None:
                self._projection = Linear(inputs, self._num_units, True)
            return self._projection(inputs)

    def call(self, inputs: Any, state: Any) -> Any:
        """Returns ``(output, new state)``, both ``[batch, num_units]``.

        Raises:
            ValueError: the size of the inputs is unknown, or it is not ``num_units`` and there is no projection.
        """
        size = self._num_units
        with vs.variable_scope(vs.get_variable_scope(), initializer=self._initializer):
            inputs = self._projected(inputs)
            args = array_ops.concat([inputs, state], 1)
            if self._linear is None:
                self._linear = Linear(args, 4 * size, True)
            product = self._linear(args)
            state_gate, h, output_gate, y = [product[:, part * size : (part + 1) * size] for part in range(4)]
            h = math_ops.tanh(h)
            y = self._y_activation(y)
            state_gate = math_ops.sigmoid(state_gate + self._forget_bias)
            output_gate = math_ops.sigmoid(output_gate + self._forget_bias)
            new_state = state_gate * state + (1.0 - state_gate) * h
            output = output_gate * inputs + (1.0 - output_gate) * y
        return output, new_state


class SRUCell(LayerCell):
    """A simple recurrent unit: its gates depend on the inputs alone.

    Source: Lei, Zhang and Artzi, Training RNNs as Fast as CNNs, https://arxiv.org/abs/1709.02755, equations 3 to 7.

    Args:
        num_units: the number of units.
        activation: of the output, tanh by default.
        reuse: whether to take existing variables.
        name: the name of the layer.
        **kwargs: further arguments of the layer.
    """

    def __init__(
        self, num_units: int, activation: Any = None, reuse: bool | None = None, name: str | None = None, **kwargs: Any
    ) -> None:
        super().__init__(_reuse=reuse, name=name, **kwargs)
        self._num_units = self._state_size = self._output_size = num_units
        self._activation = activation or math_ops.tanh
        self.input_spec = keras.layers.InputSpec(ndim=2)

    def build(self, inputs_shape: Any) -> None:
        """Creates ``kernel`` and ``bias``."""
        self._kernel = self.add_weight("kernel", [last_dimension(inputs_shape), 4 * self._num_units])
        self._bias = self.add_weight("bias", [2 * self._num_units], initializer=init_ops.zeros_initializer)
        self.built = True

    def call(self, inputs: Any, state: Any) -> Any:
        """Returns ``(output, new state)``, both ``[batch, num_units]``."""
        x_bar, forget, reset, x_output = array_ops.split(math_ops.matmul(inputs, self._kernel), 4, axis=1)
        gates = math_ops.sigmoid(nn_ops.bias_add(array_ops.concat([forget, reset], 1), self._bias))
        forget, reset = array_ops.split(gates, 2, axis=1)
        c = forget * state + (1.0 - forget) * x_bar
        h = reset * self._activation(c) + (1.0 - reset) * x_output
        return h, c
