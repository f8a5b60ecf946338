"""LSTMs of one kernel for a whole sequence: ``LSTMBlockWrapper`` and ``LSTMBlockFusedCell``."""

from __future__ import annotations

import abc
from typing import Any

from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import array_ops, array_ops_stack, gen_rnn_ops, init_ops, math_ops

from tf1graphs.v1._tf_keras import keras
from tf1graphs.v1.contrib.rnn._cells import LSTMStateTuple

_Layer: Any = keras.__internal__.legacy.layers.Layer


class LSTMBlockWrapper(_Layer, metaclass=abc.ABCMeta):  # type: ignore[misc]
    """An LSTM that is called once for a whole sequence, around a kernel that knows no sequence lengths."""

    @property
    @abc.abstractmethod
    def num_units(self) -> int:
        """The number of units."""

    @abc.abstractmethod
    def _call_cell(
        self, inputs: Any, initial_cell_state: Any, initial_output: Any, dtype: Any, sequence_length: Any
    ) -> Any:
        """Returns ``(states, outputs)``, both ``[time, batch, num_units]``."""

    def call(self, inputs: Any, initial_state: Any = None, dtype: Any = None, sequence_length: Any = None) -> Any:
        """Returns ``(outputs, (c, h))``.

        Args:
            inputs: ``[time, batch, n]``, or a list of ``time`` tensors ``[batch, n]``; so are the outputs.
            initial_state: ``(c, h)``, zeros by default.
            dtype: of the initial state; needed if that is not given.
            sequence_length: the length of each sequence, ``[batch]``; outputs after it are zero.

        Raises:
            ValueError: neither ``initial_state`` nor ``dtype`` is given, or the shapes are wrong.
        """
        is_list = isinstance(inputs, list)
        if is_list:
            inputs = array_ops_stack.stack(inputs)
        shape = inputs.get_shape().with_rank(3)
        if not shape[2]:
            raise ValueError(f"Expecting inputs_shape[2] to be set: {shape}")
        time, batch_size = _size(inputs, 0), _size(inputs, 1)
        if initial_state is None:
            if dtype is None:
                raise ValueError("Either initial_state or dtype needs to be specified")
            zeros = array_ops.zeros(array_ops_stack.stack([batch_size, self.num_units]), dtype=dtype)
            initial_state = zeros, zeros
        if len(initial_state) != 2:
            raise ValueError("Expecting initial_state to be a tuple with length 2 or None")
        dtype = initial_state[0].dtype if dtype is None else dtype
        if sequence_length is not None:
            sequence_length = ops.convert_to_tensor(sequence_length)
        c, h = initial_state
        states, outputs = self._call_cell(inputs, c, h, dtype, sequence_length)
        if sequence_length is None:
            final = states[-1], outputs[-1]
        else:
            outputs *= self._mask(sequence_length, time, dtype)
            final = tuple(
                _last(*parts, sequence_length, batch_size)
                for parts in zip(initial_state, (states, outputs), strict=True)
            )
        return array_ops_stack.unstack(outputs) if is_list else outputs, LSTMStateTuple(*final)

    def _mask(self, sequence_length: Any, time: Any, dtype: Any) -> Any:
        mask = array_ops.transpose(array_ops.sequence_mask(sequence_length, time, dtype=dtype), [1, 0])
        return array_ops.tile(array_ops.expand_dims(mask, [-1]), [1, 1, self.num_units])


def _size(inputs: Any, axis: int) -> Any:
    size = inputs.shape.dims[axis].value
    return array_ops.shape(inputs)[axis] if size is None else size


def _last(initial: Any, values: Any, sequence_length: Any, batch_size: Any) -> Any:
    """Returns for each sequence its last value, the initial one where its length is 0."""
    values = array_ops.concat([array_ops.expand_dims(initial, [0]), values], 0)
    return array_ops.gather_nd(values, array_ops_stack.stack([sequence_length, math_ops.range(batch_size)], axis=1))


class LSTMBlockFusedCell(LSTMBlockWrapper):
    """An LSTM over a whole sequence in one kernel; variables are named as those of ``LSTMCell``.

    Source: Zaremba, Sutskever and Vinyals, Recurrent Neural Network Regularization, https://arxiv.org/abs/1409.2329,
    section 3.1.

    Args:
        num_units: the number of units.
        forget_bias: what is added to the forget gate.
        cell_clip: clips the state to ``[-cell_clip, cell_clip]``.
        use_peephole: whether the gates see the state.
        reuse: whether to take existing variables.
        dtype: of the variables.
        name: the name of the layer.
    """

    def __init__(
        self,
        num_units: int,
        forget_bias: float = 1.0,
        cell_clip: float | None = None,
        use_peephole: bool = False,
        reuse: bool | None = None,
        dtype: Any = None,
        name: str | None = "lstm_fused_cell",
    ) -> None:
        super().__init__(_reuse=reuse, name=name, dtype=dtype)
        self._num_units = num_units
        self._forget_bias = forget_bias
        self._cell_clip = -1 if cell_clip is None else cell_clip
        self._use_peephole = use_peephole
        self.input_spec = keras.layers.InputSpec(ndim=3)

    @property
    def num_units(self) -> int:
        """The number of units."""
        return self._num_units

    def build(self, input_shape: Any) -> None:
        """Creates ``kernel``, ``bias``, and the peepholes ``w_i_diag``, ``w_f_diag`` and ``w_o_diag``."""
        size = self._num_units
        self._kernel = self.add_weight("kernel", [input_shape.dims[2].value + size, 4 * size])
        self._bias = self.add_weight("bias", [4 * size], initializer=init_ops.constant_initializer(0.0))
        if self._use_peephole:
            self._peepholes = tuple(self.add_weight(f"w_{gate}_diag", [size]) for gate in "ifo")
        self.built = True

    def _call_cell(
        self, inputs: Any, initial_cell_state: Any, initial_output: Any, dtype: Any, sequence_length: Any
    ) -> Any:
        none = () if self._use_peephole else (array_ops.zeros([self._num_units], dtype=dtype),) * 3
        longest = _size(inputs, 0) if sequence_length is None else math_ops.reduce_max(sequence_length)
        _, states, _, _, _, _, outputs = gen_rnn_ops.block_lstm(
            math_ops.cast(longest, dtypes.int64),
            inputs,
            initial_cell_state,
            initial_output,
            self._kernel,
            *(none or self._peepholes),
            self._bias,
            forget_bias=self._forget_bias,
            cell_clip=self._cell_clip,
            use_peephole=self._use_peephole,
        )
        return states, outputs
