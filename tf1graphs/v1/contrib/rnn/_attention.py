"""``AttentionCellWrapper``."""

from __future__ import annotations

from typing import Any

from tensorflow.python.ops import array_ops, math_ops, nn_ops
from tensorflow.python.ops import variable_scope as vs
from tensorflow.python.ops.rnn_cell_impl import assert_like_rnncell
from tensorflow.python.platform import tf_logging as logging
from tensorflow.python.util import nest

from tf1graphs.v1.contrib.rnn._cells import Cell
from tf1graphs.v1.contrib.rnn._weights import Linear


class AttentionCellWrapper(Cell):
    """A cell that attends to its last ``attn_length`` outputs.

    Its state is ``(state of the cell, attention [batch, attn_size], outputs [batch, attn_size * attn_length])``.

    Source: Cheng, Dong and Lapata, Long Short-Term Memory-Networks for Machine Reading,
    https://arxiv.org/abs/1601.06733.

    Args:
        cell: the wrapped cell.
        attn_length: the number of outputs that are attended to.
        attn_size: the size of an output and of the attention, ``cell.output_size`` by default.
        attn_vec_size: the size of the hidden layer that scores outputs, ``attn_size`` by default.
        input_size: the size of what is fed to the cell, that of the inputs by default.
        state_is_tuple: whether the state is a tuple rather than one concatenated tensor.
        reuse: whether to take existing variables.

    Raises:
        TypeError: ``cell`` is not like an ``RNNCell``.
        ValueError: ``attn_length`` is not positive, or the cell's state is a tuple and ``state_is_tuple`` is false.
    """

    def __init__(
        self,
        cell: Any,
        attn_length: int,
        attn_size: int | None = None,
        attn_vec_size: int | None = None,
        input_size: int | None = None,
        state_is_tuple: bool = True,
        reuse: bool | None = None,
    ) -> None:
        super().__init__(_reuse=reuse)
        assert_like_rnncell("cell", cell)
        if nest.is_nested(cell.state_size) and not state_is_tuple:
            raise ValueError(
                f"Cell returns tuple of states, but state_is_tuple is not set. State size is: {cell.state_size}"
            )
        if attn_length <= 0:
            raise ValueError(f"attn_length should be greater than zero, got {attn_length}")
        if not state_is_tuple:
            logging.warn("%s: Using a concatenated state is slower. Use state_is_tuple=True.", self)
        self._cell = cell
        self._attn_length = attn_length
        self._attn_size = cell.output_size if attn_size is None else attn_size
        self._attn_vec_size = self._attn_size if attn_vec_size is None else attn_vec_size
        self._input_size = input_size
        self._state_is_tuple = state_is_tuple
        self._linears: dict[str, Linear] = {}

    @property
    def state_size(self) -> Any:
        """The sizes of the three parts of the state, or their sum."""
        sizes = (self._cell.state_size, self._attn_size, self._attn_size * self._attn_length)
        return sizes if self._state_is_tuple else sum(sizes)

    @property
    def output_size(self) -> Any:
        """The size of the attention."""
        return self._attn_size

    def _linear(self, name: str, args: Any, size: Any) -> Any:
        if name not in self._linears:
            self._linears[name] = Linear(args, size, True)
        return self._linears[name](args)

    def _parts(self, state: Any) -> Any:
        if self._state_is_tuple:
            return state
        size, attn_size = self._cell.state_size, self._attn_size
        return (
            array_ops.slice(state, [0, 0], [-1, size]),
            array_ops.slice(state, [0, size], [-1, attn_size]),
            array_ops.slice(state, [0, size + attn_size], [-1, attn_size * self._attn_length]),
        )

    def call(self, inputs: Any, state: Any) -> Any:
        """Returns ``(output [batch, attn_size], new state)``."""
        state, attention, memory = self._parts(state)
        memory = array_ops.reshape(memory, [-1, self._attn_length, self._attn_size])
        input_size = inputs.get_shape().as_list()[1] if self._input_size is None else self._input_size
        inputs = self._linear("inputs", [inputs, attention], input_size)
        cell_output, state = self._cell(inputs, state)
        query = array_ops.concat(nest.flatten(state), 1) if self._state_is_tuple else state
        attention, memory = self._attention(query, memory)
        with vs.variable_scope("attn_output_projection"):
            output = self._linear("output", [cell_output, attention], self._attn_size)
        memory = array_ops.concat([memory, array_ops.expand_dims(output, 1)], 1)
        memory = array_ops.reshape(memory, [-1, self._attn_length * self._attn_size])
        new_state = (state, attention, memory)
        return output, new_state if self._state_is_tuple else array_ops.concat(new_state, 1)

    def _attention(self, query: Any, memory: Any) -> Any:
        """Returns the attention to ``memory`` and the memory without its oldest output."""
        with vs.variable_scope("attention"):
            kernel = vs.get_variable("attn_w", [1, 1, self._attn_size, self._attn_vec_size])
            vector = vs.get_variable("attn_v", [self._attn_vec_size])
            hidden = array_ops.reshape(memory, [-1, self._attn_length, 1, self._attn_size])
            features = nn_ops.conv2d(hidden, kernel, [1, 1, 1, 1], "SAME")
            key = self._linear("query", query, self._attn_vec_size)
            key = array_ops.reshape(key, [-1, 1, 1, self._attn_vec_size])
            weights = nn_ops.softmax(math_ops.reduce_sum(vector * math_ops.tanh(features + key), [2, 3]))
            weights = array_ops.reshape(weights, [-1, self._attn_length, 1, 1])
            attention = array_ops.reshape(math_ops.reduce_sum(weights * hidden, [1, 2]), [-1, self._attn_size])
            return attention, array_ops.slice(memory, [0, 1, 0], [-1, -1, -1])
