"""``GLSTMCell``."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import tensor_shape
from tensorflow.python.ops import array_ops, init_ops, math_ops, nn_ops
from tensorflow.python.ops import variable_scope as vs

from tf1graphs.v1.contrib.rnn._cells import Cell, LSTMStateTuple, lstm_sizes
from tf1graphs.v1.contrib.rnn._weights import Linear


class GLSTMCell(Cell):
    """An LSTM of groups, each of which sees its own part of the inputs and of the last output.

    Source: Kuchaiev and Ginsburg, Factorization Tricks for LSTM Networks, https://arxiv.org/abs/1703.10722, section 2.

    Args:
        num_units: the number of units of all groups.
        initializer: of the weights, that of the scope by default.
        num_proj: the number of columns that the output is projected to.
        number_of_groups: the number of groups.
        forget_bias: what is added to the forget gate.
        activation: of the output.
        reuse: whether to take existing variables.

    Raises:
        ValueError: ``num_units`` or ``num_proj`` is no multiple of ``number_of_groups``.
    """

    def __init__(
        self,
        num_units: int,
        initializer: Any = None,
        num_proj: int | None = None,
        number_of_groups: int = 1,
        forget_bias: float = 1.0,
        activation: Any = math_ops.tanh,
        reuse: bool | None = None,
    ) -> None:
        super().__init__(_reuse=reuse)
        if num_units % number_of_groups != 0:
            raise ValueError("num_units must be divisible by number_of_groups")
        if num_proj and num_proj % number_of_groups != 0:
            raise ValueError("num_proj must be divisible by number_of_groups")
        self._num_units = num_units
        self._initializer = initializer
        self._num_proj = num_proj
        self._number_of_groups = number_of_groups
        self._forget_bias = forget_bias
        self._activation = activation
        self._state_size, self._output_size = lstm_sizes(num_units, num_proj)
        self._linears: list[Any] = [None] * number_of_groups
        self._projection: Linear | None = None

    def _group_gates(self, group: int, inputs: Any, m_prev: Any, sizes: list[int]) -> Any:
        batch_size = tensor_shape.dimension_value(inputs.shape[0]) or array_ops.shape(inputs)[0]
        args = [
            array_ops.slice(part, [0, group * size], [batch_size, size], name=f"GLSTM_group{group}_input_generation")
            for part, size in zip((inputs, m_prev), sizes, strict=True)
        ]
        joined = array_ops.concat(args, axis=1)
        if self._linears[group] is None:
            self._linears[group] = Linear(joined, 4 * self._num_units // self._number_of_groups, False)
        return array_ops.split(self._linears[group](joined), 4, 1)

    def _gates(self, inputs: Any, m_prev: Any) -> Any:
        input_size, groups = tensor_shape.dimension_value(inputs.shape[1]), self._number_of_groups
        if input_size is None:
            raise ValueError("input size must be statically known")
        if input_size % groups != 0:
            raise ValueError(f"input size ({input_size}) must be divisible by number_of_groups ({groups})")
        sizes = [input_size // groups, self._output_size // groups]
        by_group = []
        for group in range(groups):
            with vs.variable_scope(f"group{group}"):
                by_group.append(self._group_gates(group, inputs, m_prev, sizes))
        zeros = init_ops.constant_initializer(0.0, dtype=inputs.dtype)
        biases = [vs.get_variable(f"bias_{gate}", [self._num_units], inputs.dtype, zeros) for gate in "ijfo"]
        by_gate = [array_ops.concat(list(parts), axis=1) for parts in zip(*by_group, strict=True)]
        return [nn_ops.bias_add(*gate) for gate in zip(by_gate, biases, strict=True)]

    def call(self, inputs: Any, state: Any) -> Any:
        """Returns ``(output, (c, m))`` for inputs ``[batch, n]``.

        Raises:
            ValueError: ``n`` is unknown or no multiple of the number of groups.
        """
        c, m = state
        with vs.variable_scope(vs.get_variable_scope(), initializer=self._initializer):
            i, j, f, o = self._gates(inputs, m)
        c = math_ops.sigmoid(f + self._forget_bias) * c + math_ops.sigmoid(i) * math_ops.tanh(j)
        m = math_ops.sigmoid(o) * self._activation(c)
        if self._num_proj is not None:
            with vs.variable_scope("projection"):
                if self._projection is None:
                    self._projection = Linear(m, self._num_proj, False)
                m = self._projection(m)
        return m, LSTMStateTuple(c, m)
