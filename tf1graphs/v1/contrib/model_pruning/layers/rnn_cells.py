"""``tf.contrib.model_pruning.python.layers.rnn_cells``: LSTM cells whose matrix of weights is masked."""

# ruff: noqa: I001 (_tf_keras comes first, to keep what follows quiet)
from __future__ import annotations

from typing import Any

from tf1graphs.v1 import _tf_keras  # noqa: F401
from tensorflow.python.framework import constant_op, dtypes
from tensorflow.python.ops import array_ops, clip_ops, math_ops, nn_ops
from tf_keras.src.layers.rnn.legacy_cells import BasicLSTMCell, LSTMCell, LSTMStateTuple

from tf1graphs.v1.contrib.model_pruning.layers import core_layers

__all__ = ["MaskedBasicLSTMCell", "MaskedLSTMCell"]


def _mask_kernel(cell: Any, inputs_shape: Any) -> None:
    """Gives a cell that is built the variables ``mask`` and ``threshold``, and its masked kernel."""
    cell.built = False
    # With a projection to another size than that of the state this is not the kernel's shape: there is no such cell.
    cell._mask = core_layers.add_mask(cell, [inputs_shape.dims[1].value + cell._num_units, 4 * cell._num_units])
    cell._threshold = core_layers.add_threshold(cell)
    cell._masked_kernel = core_layers.masked_once(cell._mask, cell._kernel, cell._threshold)
    cell.built = True


def _gates(cell: Any, inputs: Any, hidden: Any, axis: Any) -> list[Any]:
    """Returns the input gate, the new input, the forget gate and the output gate, before their activations."""
    product = math_ops.matmul(array_ops.concat([inputs, hidden], 1), cell._masked_kernel)
    gates: list[Any] = array_ops.split(value=nn_ops.bias_add(product, cell._bias), num_or_size_splits=4, axis=axis)
    return gates


class MaskedBasicLSTMCell(BasicLSTMCell):  # type: ignore[misc]
    """A ``BasicLSTMCell`` with masked weights.

    Args:
        num_units: The size of the state.
        forget_bias: Added to the forget gate.
        state_is_tuple: Whether the state is an ``LSTMStateTuple``, or both parts side by side.
        activation: Of the state; tanh without it.
        reuse: Whether variables are reused.
        name: The name of the cell.
    """

    def __init__(
        self,
        num_units: int,
        forget_bias: float = 1.0,
        state_is_tuple: bool = True,
        activation: Any = None,
        reuse: bool | None = None,
        name: str | None = None,
    ) -> None:
        super().__init__(
            num_units,
            forget_bias=forget_bias,
            state_is_tuple=state_is_tuple,
            activation=activation,
            reuse=reuse,
            name=name,
        )

    def build(self, inputs_shape: Any) -> None:
        """Creates the variables."""
        super().build(inputs_shape)
        _mask_kernel(self, inputs_shape)

    def call(self, inputs: Any, state: Any) -> tuple[Any, Any]:
        """Returns the output, [batch, num_units], and the new state, for ``inputs``, [batch, size]."""
        axis = constant_op.constant(1, dtype=dtypes.int32)
        c, h = state if self._state_is_tuple else array_ops.split(value=state, num_or_size_splits=2, axis=axis)
        i, j, f, o = _gates(self, inputs, h, axis)
        forget_bias = constant_op.constant(self._forget_bias, dtype=f.dtype)
        kept = math_ops.multiply(c, math_ops.sigmoid(math_ops.add(f, forget_bias)))
        new_c = math_ops.add(kept, math_ops.multiply(math_ops.sigmoid(i), self._activation(j)))
        new_h = math_ops.multiply(self._activation(new_c), math_ops.sigmoid(o))
        if self._state_is_tuple:
            return new_h, LSTMStateTuple(new_c, new_h)
        return new_h, array_ops.concat([new_c, new_h], 1)


class MaskedLSTMCell(LSTMCell):  # type: ignore[misc]
    """An ``LSTMCell`` with masked weights; the matrix of the projection is not masked.

    The arguments are those of ``LSTMCell``.
    """

    def __init__(
        self,
        num_units: int,
        use_peepholes: bool = False,
        cell_clip: float | None = None,
        initializer: Any = None,
        num_proj: int | None = None,
        proj_clip: float | None = None,
        num_unit_shards: int | None = None,
        num_proj_shards: int | None = None,
        forget_bias: float = 1.0,
        state_is_tuple: bool = True,
        activation: Any = None,
        reuse: bool | None = None,
    ) -> None:
        super().__init__(
            num_units,
            use_peepholes=use_peepholes,
            cell_clip=cell_clip,
            initializer=initializer,
            num_proj=num_proj,
            proj_clip=proj_clip,
            num_unit_shards=num_unit_shards,
            num_proj_shards=num_proj_shards,
            forget_bias=forget_bias,
            state_is_tuple=state_is_tuple,
            activation=activation,
            reuse=reuse,
        )

    def build(self, inputs_shape: Any) -> None:
        """Creates the variables; raises ``ValueError`` if ``num_proj`` is another number than ``num_units``."""
        super().build(inputs_shape)
        _mask_kernel(self, inputs_shape)

    def _peephole(self, gate: Any, weights: str, state: Any) -> Any:
        return math_ops.sigmoid(gate + getattr(self, weights) * state if self._use_peepholes else gate)

    def _parts(self, state: Any) -> Any:
        if self._state_is_tuple:
            return state
        size = self._num_units if self._num_proj is None else self._num_proj
        return array_ops.slice(state, [0, 0], [-1, self._num_units]), array_ops.slice(
            state, [0, self._num_units], [-1, size]
        )

    def call(self, inputs: Any, state: Any) -> tuple[Any, Any]:
        """Returns the output, [batch, num_proj or num_units], and the new state, for ``inputs``, [batch, size].

        Raises:
            ValueError: The size is unknown.
        """
        c_prev, m_prev = self._parts(state)
        if inputs.get_shape().with_rank(2).dims[1].value is None:
            raise ValueError("Could not infer input size from inputs.get_shape()[-1]")
        i, j, f, o = _gates(self, inputs, m_prev, 1)
        kept = self._peephole(f + self._forget_bias, "_w_f_diag", c_prev) * c_prev
        c = kept + self._peephole(i, "_w_i_diag", c_prev) * self._activation(j)
        if self._cell_clip is not None:
            c = clip_ops.clip_by_value(c, -self._cell_clip, self._cell_clip)
        m = self._peephole(o, "_w_o_diag", c) * self._activation(c)
        if self._num_proj is not None:
            m = math_ops.matmul(m, self._proj_kernel)
            if self._proj_clip is not None:
                m = clip_ops.clip_by_value(m, -self._proj_clip, self._proj_clip)
        if self._state_is_tuple:
            return m, LSTMStateTuple(c, m)
        return m, array_ops.concat([c, m], 1)
