"""Cells that run over a whole sequence: ``FusedRNNCell``, and adaptors to it."""

from __future__ import annotations

import abc
from typing import Any

from tensorflow.python.ops import array_ops, array_ops_stack, rnn


class FusedRNNCell(abc.ABC):
    """An RNN that is called once for a whole sequence."""

    @abc.abstractmethod
    def __call__(
        self, inputs: Any, initial_state: Any = None, dtype: Any = None, sequence_length: Any = None, scope: Any = None
    ) -> Any:
        """Returns ``(outputs, final state)``.

        Args:
            inputs: ``[time, batch, n]``, or a list of ``time`` tensors ``[batch, n]``; so are the outputs.
            initial_state: a tensor ``[batch, size]`` or a tuple of them; zeros by default.
            dtype: of the initial state; needed if that is not given.
            sequence_length: the length of each sequence, ``[batch]``; all of ``time`` by default.
            scope: variable scope or its name.
        """


class FusedRNNCellAdaptor(FusedRNNCell):
    """Runs an ``RNNCell`` over a sequence, by ``tf.nn.dynamic_rnn`` or ``tf.nn.static_rnn``."""

    def __init__(self, cell: Any, use_dynamic_rnn: bool = False) -> None:
        self._cell = cell
        self._use_dynamic_rnn = use_dynamic_rnn

    def __call__(
        self, inputs: Any, initial_state: Any = None, dtype: Any = None, sequence_length: Any = None, scope: Any = None
    ) -> Any:
        """Returns ``(outputs, final state)``; see ``FusedRNNCell``."""
        options = {
            "initial_state": initial_state,
            "dtype": dtype,
            "sequence_length": sequence_length,
            "scope": scope,
        }
        is_list = isinstance(inputs, list)
        if self._use_dynamic_rnn:
            inputs = array_ops_stack.stack(inputs) if is_list else inputs
            outputs, state = rnn.dynamic_rnn(self._cell, inputs, time_major=True, **options)
            return array_ops_stack.unstack(outputs) if is_list else outputs, state
        inputs = inputs if is_list else array_ops_stack.unstack(inputs)
        outputs, state = rnn.static_rnn(self._cell, inputs, **options)
        return outputs if is_list else array_ops_stack.stack(outputs), state


class TimeReversedFusedRNN(FusedRNNCell):
    """Runs a ``FusedRNNCell`` backwards in time; the outputs are in the order of the inputs."""

    def __init__(self, cell: Any) -> None:
        self._cell = cell

    def __call__(
        self, inputs: Any, initial_state: Any = None, dtype: Any = None, sequence_length: Any = None, scope: Any = None
    ) -> Any:
        """Returns ``(outputs, final state)``; see ``FusedRNNCell``."""
        outputs, state = self._cell(
            _reversed(inputs, sequence_length),
            initial_state=initial_state,
            dtype=dtype,
            sequence_length=sequence_length,
            scope=scope,
        )
        return _reversed(outputs, sequence_length), state


def _reversed(values: Any, lengths: Any) -> Any:
    if isinstance(values, list):
        return values[::-1]
    if lengths is None:
        return array_ops.reverse_v2(values, [0])
    return array_ops.reverse_sequence(values, lengths, 0, 1)
