"""Recurrent cells around others. They have no variables, so that a function may make them anew whenever it is traced.

Sources: ``python/ops/rnn_cell_impl.py`` and ``python/ops/rnn_cell_wrapper_impl.py`` of 1.15.
"""

from __future__ import annotations

from tf1graphs.migrate.calls import Definition

MULTI_RNN_CELL = Definition(
    "MultiRNNCell",
    '''\
class MultiRNNCell:
    """A stack of cells: the output of each is the input of the next."""

    def __init__(self, cells):
        self.cells = cells
        self.state_size = tuple(cell.state_size for cell in cells)
        self.output_size = cells[-1].output_size

    def __call__(self, inputs, state):
        new_state = []
        for cell, cell_state in zip(self.cells, state):
            inputs, cell_state = cell(inputs, cell_state)
            new_state.append(cell_state)
        return inputs, tuple(new_state)

    def zero_state(self, batch_size, dtype):
        return tuple(cell.zero_state(batch_size, dtype) for cell in self.cells)
''',
)

DROPOUT_WRAPPER = Definition(
    "DropoutWrapper",
    '''\
class DropoutWrapper:
    """A cell with dropout of its inputs and outputs."""

    def __init__(self, cell, input_keep_prob=1.0, output_keep_prob=1.0):
        self.cell = cell
        self.input_keep_prob = input_keep_prob
        self.output_keep_prob = output_keep_prob
        self.state_size, self.output_size, self.zero_state = cell.state_size, cell.output_size, cell.zero_state

    def __call__(self, inputs, state):
        output, state = self.cell(tf.nn.dropout(inputs, 1 - self.input_keep_prob), state)
        return tf.nn.dropout(output, 1 - self.output_keep_prob), state
''',
)

STATE_DROPOUT_WRAPPER = Definition(
    "StateDropoutWrapper",
    '''\
class StateDropoutWrapper:
    """A cell with dropout of its state; what the cell of an LSTM keeps is not dropped, only its output."""

    def __init__(self, cell, keep_prob):
        self.cell = cell
        self.keep_prob = keep_prob
        self.state_size, self.output_size, self.zero_state = cell.state_size, cell.output_size, cell.zero_state

    def dropout(self, state):
        if isinstance(state, LSTMStateTuple):
            return LSTMStateTuple(state.c, self.dropout(state.h))
        if isinstance(state, tuple):
            return tuple(self.dropout(part) for part in state)
        return tf.nn.dropout(state, 1 - self.keep_prob)

    def __call__(self, inputs, state):
        output, state = self.cell(inputs, state)
        return output, self.dropout(state)
''',
)

RESIDUAL_WRAPPER = Definition(
    "ResidualWrapper",
    '''\
class ResidualWrapper:
    """A cell whose inputs are added to its outputs."""

    def __init__(self, cell, residual_fn=tf.add):
        self.cell = cell
        self.residual_fn = residual_fn
        self.state_size, self.output_size, self.zero_state = cell.state_size, cell.output_size, cell.zero_state

    def __call__(self, inputs, state):
        output, state = self.cell(inputs, state)
        return self.residual_fn(inputs, output), state
''',
)

CONCATENATED_STATE = Definition(
    "ConcatenatedState",
    '''\
class ConcatenatedState:
    """A cell whose state is one matrix, with the parts of the state side by side."""

    def __init__(self, cell):
        self.cell = cell
        self.state_size = sum(tf.nest.flatten(cell.state_size))
        self.output_size = cell.output_size

    def __call__(self, inputs, state):
        sizes = tf.nest.flatten(self.cell.state_size)
        parts = tf.nest.pack_sequence_as(self.cell.state_size, tf.split(state, sizes, axis=1))
        output, parts = self.cell(inputs, parts)
        return output, tf.concat(tf.nest.flatten(parts), axis=1)

    def zero_state(self, batch_size, dtype):
        return tf.zeros([batch_size, self.state_size], dtype)
''',
)
