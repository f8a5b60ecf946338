"""``LayerNormBasicLSTMCell``."""

from __future__ import annotations

from typing import Any

from tensorflow.python.ops import array_ops, math_ops, nn_ops
from tensorflow.python.ops import variable_scope as vs
from tensorflow.python.platform import tf_logging as logging

from tf1graphs.v1.contrib.rnn._cells import Cell, LSTMStateTuple
from tf1graphs.v1.contrib.rnn._weights import layer_norm as normalized


class LayerNormBasicLSTMCell(Cell):
    """An LSTM with layer normalization of its gates and state, and dropout of its new input.

    Sources: Ba, Kiros and Hinton, Layer Normalization, https://arxiv.org/abs/1607.06450; Semeniuta, Severyn and Barth,
    Recurrent Dropout without Memory Loss, https://arxiv.org/abs/1603.05118.

    Args:
        num_units: the number of units.
        forget_bias: what is added to the forget gate.
        input_size: unused.
        activation: of the new input and of the output.
        layer_norm: whether to normalize; without it there is a bias.
        norm_gain: initial ``gamma`` of the normalizations.
        norm_shift: initial ``beta`` of the normalizations.
        dropout_keep_prob: a float or a scalar tensor, the probability that an element of the new input is kept.
        dropout_prob_seed: seed of the dropout.
        reuse: whether to take existing variables.
    """

    def __init__(
        self,
        num_units: int,
        forget_bias: float = 1.0,
        input_size: Any = None,
        activation: Any = math_ops.tanh,
        layer_norm: bool = True,
        norm_gain: float = 1.0,
        norm_shift: float = 0.0,
        dropout_keep_prob: Any = 1.0,
        dropout_prob_seed: int | None = None,
        reuse: bool | None = None,
    ) -> None:
        super().__init__(_reuse=reuse)
        if input_size is not None:
            logging.warn("%s: The input_size parameter is deprecated.", self)
        self._num_units = num_units
        self._forget_bias = forget_bias
        self._activation = activation
        self._layer_norm = layer_norm
        self._norm_gain = norm_gain
        self._norm_shift = norm_shift
        self._keep_prob = dropout_keep_prob
        self._seed = dropout_prob_seed
        self._state_size = LSTMStateTuple(num_units, num_units)
        self._output_size = num_units

    def _norm(self, inputs: Any, scope: str) -> Any:
        return normalized(inputs, self._norm_gain, self._norm_shift, scope) if self._layer_norm else inputs

    def _linear(self, args: Any) -> Any:
        size = 4 * self._num_units
        kernel = vs.get_variable("kernel", [args.get_shape()[-1], size], dtype=args.dtype)
        product = math_ops.matmul(args, kernel)
        if self._layer_norm:
            return product
        return nn_ops.bias_add(product, vs.get_variable("bias", [size], dtype=args.dtype))

    def call(self, inputs: Any, state: Any) -> Any:
        """Returns ``(output, (c, h))`` for inputs ``[batch, n]``."""
        c, h = state
        gates = array_ops.split(self._linear(array_ops.concat([inputs, h], 1)), 4, axis=1)
        i, j, f, o = [self._norm(*gate) for gate in zip(gates, ("input", "transform", "forget", "output"), strict=True)]
        new_input = self._activation(j)
        if not isinstance(self._keep_prob, float) or self._keep_prob < 1:
            new_input = nn_ops.dropout(new_input, self._keep_prob, seed=self._seed)
        c = c * math_ops.sigmoid(f + self._forget_bias) + math_ops.sigmoid(i) * new_input
        c = self._norm(c, "state")
        h = self._activation(c) * math_ops.sigmoid(o)
        return h, LSTMStateTuple(c, h)
