"""Cells of one fused kernel for a step: ``LSTMBlockCell``, ``GRUBlockCell``, ``GRUBlockCellV2``, and gradients."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import ops, tensor_shape
from tensorflow.python.ops import array_ops, gen_rnn_ops, init_ops, math_ops, nn_ops

from tf1graphs.v1._tf_keras import keras
from tf1graphs.v1.contrib.rnn._cells import LayerCell, LSTMStateTuple


@ops.RegisterGradient("LSTMBlockCell")  # type: ignore[untyped-decorator, unused-ignore]
def _lstm_block_cell_gradient(op: Any, *gradients: Any) -> Any:
    x, c_prev, h_prev, weights = op.inputs[:4]
    i, c, f, o, ci, co, _ = op.outputs
    c_prev_gradient, gate_gradients, *peephole_gradients = gen_rnn_ops.lstm_block_cell_grad(
        *op.inputs, i, c, f, o, ci, co, gradients[1], gradients[6], use_peephole=op.get_attr("use_peephole")
    )
    sizes = [_known_size(x), _known_size(c_prev)]
    batch_size = tensor_shape.dimension_value(x.shape[0])
    batch_size = -1 if batch_size is None else batch_size
    both = math_ops.matmul(gate_gradients, weights, transpose_b=True)
    x_gradient = array_ops.slice(both, [0, 0], [batch_size, sizes[0]])
    h_prev_gradient = array_ops.slice(both, [0, sizes[0]], [batch_size, sizes[1]])
    joined = array_ops.concat([x, h_prev], 1)
    weights_gradient = math_ops.matmul(joined, gate_gradients, transpose_a=True)
    bias_gradient = nn_ops.bias_add_grad(gate_gradients)
    return [x_gradient, c_prev_gradient, h_prev_gradient, weights_gradient, *peephole_gradients, bias_gradient]


@ops.RegisterGradient("GRUBlockCell")  # type: ignore[untyped-decorator, unused-ignore]
def _gru_block_cell_gradient(op: Any, *gradients: Any) -> Any:
    x, h_prev = op.inputs[:2]
    r, u, c, _ = op.outputs
    x_gradient, h_prev_gradient, c_gradient, gates_gradient = gen_rnn_ops.gru_block_cell_grad(
        *op.inputs, r, u, c, gradients[3]
    )
    seen_by_gates = array_ops.concat([x, h_prev], 1)
    gates_weights = math_ops.matmul(seen_by_gates, gates_gradient, transpose_a=True)
    gates_bias = nn_ops.bias_add_grad(gates_gradient)
    seen_by_candidate = array_ops.concat([x, h_prev * r], 1)
    candidate_weights = math_ops.matmul(seen_by_candidate, c_gradient, transpose_a=True)
    candidate_bias = nn_ops.bias_add_grad(c_gradient)
    return x_gradient, h_prev_gradient, gates_weights, candidate_weights, gates_bias, candidate_bias


def _known_size(tensor: Any) -> int:
    size = tensor_shape.dimension_value(tensor.shape.with_rank(2)[1])
    if size is None:
        raise ValueError(f"The size of {tensor.name} should be known.")
    return int(size)


class LSTMBlockCell(LayerCell):
    """An LSTM, each step of which is one kernel; variables are named as those of ``LSTMCell``.

    Source: Zaremba, Sutskever and Vinyals, Recurrent Neural Network Regularization, https://arxiv.org/abs/1409.2329,
    section 3.1.

    Args:
        num_units: the number of units.
        forget_bias: what is added to the forget gate.
        cell_clip: clips the state to ``[-cell_clip, cell_clip]``.
        use_peephole: whether the gates see the state.
        dtype: of the variables.
        reuse: whether to take existing variables.
        name: the name of the layer.
    """

    def __init__(
        self,
        num_units: int,
        forget_bias: float = 1.0,
        cell_clip: float | None = None,
        use_peephole: bool = False,
        dtype: Any = None,
        reuse: bool | None = None,
        name: str | None = "lstm_cell",
    ) -> None:
        super().__init__(_reuse=reuse, dtype=dtype, name=name)
        self._num_units = num_units
        self._forget_bias = forget_bias
        self._cell_clip = -1 if cell_clip is None else cell_clip
        self._use_peephole = use_peephole
        self._state_size = LSTMStateTuple(num_units, num_units)
        self._output_size = num_units
        self.input_spec = keras.layers.InputSpec(ndim=2)

    def build(self, inputs_shape: Any) -> None:
        """Creates ``kernel``, ``bias``, and the peepholes ``w_i_diag``, ``w_f_diag`` and ``w_o_diag``."""
        size = self._num_units
        input_size = tensor_shape.dimension_value(inputs_shape[1])
        if not input_size:
            raise ValueError(f"Expecting inputs_shape[1] to be set: {inputs_shape}")
        self._kernel = self.add_weight("kernel", [input_size + size, 4 * size])
        self._bias = self.add_weight("bias", [4 * size], initializer=init_ops.constant_initializer(0.0))
        if self._use_peephole:
            self._peepholes = tuple(self.add_weight(f"w_{gate}_diag", [size]) for gate in "ifo")
        self.built = True

    def call(self, inputs: Any, state: Any) -> Any:
        """Returns ``(output, (c, h))`` for inputs ``[batch, n]``.

        Raises:
            ValueError: ``state`` has not two parts.
        """
        if len(state) != 2:
            raise ValueError("Expecting state to be a tuple with length 2.")
        if self._use_peephole:
            peepholes = self._peepholes
        else:
            peepholes = (array_ops.zeros([self._num_units], dtype=self.dtype),) * 3
        _, c, _, _, _, _, h = gen_rnn_ops.lstm_block_cell(
            inputs,
            *state,
            self._kernel,
            *peepholes,
            self._bias,
            forget_bias=self._forget_bias,
            cell_clip=self._cell_clip,
            use_peephole=self._use_peephole,
        )
        return h, LSTMStateTuple(c, h)


class GRUBlockCell(LayerCell):
    """A GRU, each step of which is one kernel.

    Source: Cho et al., Learning Phrase Representations using RNN Encoder-Decoder, https://arxiv.org/abs/1406.1078,
    equations 5 to 8.

    Args:
        num_units: the number of units.
        cell_size: the old name of ``num_units``.
        reuse: whether to take existing variables.
        name: the name of the layer.

    Raises:
        ValueError: both or none of ``num_units`` and ``cell_size`` are given.
    """

    _names = ("w_ru", "b_ru", "w_c", "b_c")

    def __init__(
        self,
        num_units: int | None = None,
        cell_size: int | None = None,
        reuse: bool | None = None,
        name: str | None = "gru_cell",
    ) -> None:
        super().__init__(_reuse=reuse, name=name)
        if (cell_size is None) == (num_units is None):
            raise ValueError("Exactly one of num_units or cell_size must be provided.")
        self._cell_size: Any = cell_size if num_units is None else num_units
        self._state_size = self._output_size = self._cell_size
        self.input_spec = keras.layers.InputSpec(ndim=2)

    def build(self, input_shape: Any) -> None:
        """Creates weights and bias of the gates, then of the candidate."""
        size = self._cell_size
        input_size = tensor_shape.dimension_value(input_shape[1])
        if input_size is None:
            raise ValueError("Expecting input_size to be set.")
        ones, zeros = init_ops.constant_initializer(1.0), init_ops.constant_initializer(0.0)
        gate_kernel, gate_bias, candidate_kernel, candidate_bias = self._names
        self._gate_kernel = self.add_weight(gate_kernel, [input_size + size, 2 * size])
        self._gate_bias = self.add_weight(gate_bias, [2 * size], initializer=ones)
        self._candidate_kernel = self.add_weight(candidate_kernel, [input_size + size, size])
        self._candidate_bias = self.add_weight(candidate_bias, [size], initializer=zeros)
        self.built = True

    def call(self, inputs: Any, h_prev: Any) -> Any:
        """Returns ``(new state, new state)`` for inputs ``[batch, n]``.

        Raises:
            ValueError: ``h_prev`` is not ``[batch, num_units]``.
        """
        size = h_prev.get_shape().with_rank(2)[1]
        if size != self._cell_size:
            raise ValueError(f"Shape of h_prev[1] incorrect: cell_size {self._cell_size} vs {size}")
        *_, h = gen_rnn_ops.gru_block_cell(
            inputs, h_prev, self._gate_kernel, self._candidate_kernel, self._gate_bias, self._candidate_bias
        )
        return h, h


class GRUBlockCellV2(GRUBlockCell):
    """``GRUBlockCell`` whose variables are named as those of ``GRUCell``."""

    _names = ("gates/kernel", "gates/bias", "candidate/kernel", "candidate/bias")
