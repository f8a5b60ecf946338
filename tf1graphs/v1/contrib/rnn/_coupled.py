"""``CoupledInputForgetGateLSTMCell``."""

from __future__ import annotations

from typing import Any

from tensorflow.python.ops import array_ops, clip_ops, init_ops, math_ops, nn_ops
from tensorflow.python.ops import variable_scope as vs
from tensorflow.python.platform import tf_logging as logging

from tf1graphs.v1.contrib.rnn._cells import Cell, LSTMStateTuple, last_dimension, lstm_sizes
from tf1graphs.v1.contrib.rnn._weights import layer_norm as normalized
from tf1graphs.v1.contrib.rnn._weights import sharded_variable


class CoupledInputForgetGateLSTMCell(Cell):
    """An LSTM whose input gate is one minus its forget gate, with optional peepholes, projection and normalization.

    Sources: Greff et al., LSTM: A Search Space Odyssey, https://arxiv.org/abs/1503.04069; Ba, Kiros and Hinton, Layer
    Normalization, https://arxiv.org/abs/1607.06450.

    Args:
        num_units: the number of units.
        use_peepholes: whether the forget and output gates see the state.
        initializer: unused, as in TensorFlow 1.15: the variables have the initializer of their scope.
        num_proj: the number of columns that the output is projected to.
        proj_clip: clips the projected output to ``[-proj_clip, proj_clip]``.
        num_unit_shards: the number of variables that hold the weights.
        num_proj_shards: the number of variables that hold the projection.
        forget_bias: what is added to the forget gate.
        state_is_tuple: whether the state is an ``LSTMStateTuple`` rather than one concatenated tensor.
        activation: of the new input and of the output.
        reuse: whether to take existing variables.
        layer_norm: whether to normalize the gates and the state, in place of the bias.
        norm_gain: initial ``gamma`` of the normalizations.
        norm_shift: initial ``beta`` of the normalizations.
    """

    def __init__(
        self,
        num_units: int,
        use_peepholes: bool = False,
        initializer: Any = None,
        num_proj: int | None = None,
        proj_clip: float | None = None,
        num_unit_shards: int = 1,
        num_proj_shards: int = 1,
        forget_bias: float = 1.0,
        state_is_tuple: bool = True,
        activation: Any = math_ops.tanh,
        reuse: bool | None = None,
        layer_norm: bool = False,
        norm_gain: float = 1.0,
        norm_shift: float = 0.0,
    ) -> None:
        super().__init__(_reuse=reuse)
        if not state_is_tuple:
            logging.warn("%s: Using a concatenated state is slower. Use state_is_tuple=True.", self)
        self._num_units = num_units
        self._use_peepholes = use_peepholes
        self._num_proj = num_proj
        self._proj_clip = proj_clip
        self._num_unit_shards = num_unit_shards
        self._num_proj_shards = num_proj_shards
        self._forget_bias = forget_bias
        self._state_is_tuple = state_is_tuple
        self._activation = activation
        self._layer_norm = layer_norm
        self._norm_gain = norm_gain
        self._norm_shift = norm_shift
        sizes, self._output_size = lstm_sizes(num_units, num_proj)
        self._state_size = sizes if state_is_tuple else sum(sizes)

    def _norm(self, inputs: Any, scope: str) -> Any:
        return normalized(inputs, self._norm_gain, self._norm_shift, scope) if self._layer_norm else inputs

    def _parts(self, state: Any) -> Any:
        if self._state_is_tuple:
            return state
        num_proj = self._num_units if self._num_proj is None else self._num_proj
        return (
            array_ops.slice(state, [0, 0], [-1, self._num_units]),
            array_ops.slice(state, [0, self._num_units], [-1, num_proj]),
        )

    def _gates(self, inputs: Any, m_prev: Any) -> Any:
        num_proj = self._num_units if self._num_proj is None else self._num_proj
        size = 3 * self._num_units
        weights = sharded_variable(
            "W", [last_dimension(inputs.get_shape()) + num_proj, size], inputs.dtype, self._num_unit_shards
        )
        bias = vs.get_variable("B", [size], inputs.dtype, init_ops.zeros_initializer())
        product = math_ops.matmul(array_ops.concat([inputs, m_prev], 1), weights)
        if not self._layer_norm:
            product = nn_ops.bias_add(product, bias)
        gates = array_ops.split(product, 3, axis=1)
        return [self._norm(*gate) for gate in zip(gates, ("transform", "forget", "output"), strict=True)]

    def _projected(self, m: Any) -> Any:
        if self._num_proj is None:
            return m
        m = math_ops.matmul(
            m, sharded_variable("W_P", [self._num_units, self._num_proj], m.dtype, self._num_proj_shards)
        )
        return m if self._proj_clip is None else clip_ops.clip_by_value(m, -self._proj_clip, self._proj_clip)

    def call(self, inputs: Any, state: Any) -> Any:
        """Returns ``(output, new state)`` for inputs ``[batch, n]``.

        Raises:
            ValueError: the size of the inputs is unknown.
        """
        c_prev, m_prev = self._parts(state)
        j, f, o = self._gates(inputs, m_prev)
        if self._use_peepholes:
            w_f, w_o = [vs.get_variable(f"W_{gate}_diag", [self._num_units], inputs.dtype) for gate in "FO"]
            f = f + self._forget_bias + w_f * c_prev
        else:
            f = f + self._forget_bias
        forget = math_ops.sigmoid(f)
        c = self._norm(forget * c_prev + (1 - forget) * self._activation(j), "state")
        if self._use_peepholes:
            o = o + w_o * c
        m = self._projected(math_ops.sigmoid(o) * self._activation(c))
        return m, LSTMStateTuple(c, m) if self._state_is_tuple else array_ops.concat([c, m], 1)
