"""``functional_rnn`` and ``bidirectional_functional_rnn``: ``dynamic_rnn`` that may run backwards in time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tensorflow.python.framework import ops
from tensorflow.python.ops import array_ops, math_ops, variable_scope
from tensorflow.python.util import nest

from tf1graphs.v1.contrib.recurrent import _loop


def functional_rnn(
    cell: Any,
    inputs: Any,
    sequence_length: Any = None,
    initial_state: Any = None,
    dtype: Any = None,
    time_major: bool = False,
    scope: Any = None,
    use_tpu: bool = False,
    reverse: bool = False,
) -> tuple[Any, Any]:
    """Returns ``(outputs, last state)``; the state after the end of a sequence is that of its last step.

    Args:
        cell: an ``RNNCell``.
        inputs: [batch, time, size], or with the time first if ``time_major``; so are the outputs.
        sequence_length: the length of each sequence, [batch]; outputs after it are zero.
        initial_state: the first state, zeros by default.
        dtype: of the initial state; needed if that is not given.
        time_major: which dimension is first.
        scope: the variable scope, ``rnn`` by default.
        use_tpu: whether a TPU is to be used, which changes nothing here.
        reverse: whether the steps go from the last time to the first.
    """
    if not time_major:
        inputs = array_ops.transpose(inputs, [1, 0, 2])
    if reverse:
        inputs = array_ops.reverse(inputs, [0])
    time, batch_size = array_ops.shape(inputs)[0], array_ops.shape(inputs)[1]
    length = time if sequence_length is None else math_ops.cast(math_ops.reduce_max(sequence_length), time.dtype)
    start, limit = (time - length, time) if reverse else (ops.convert_to_tensor(0), length)
    with variable_scope.variable_scope(scope or "rnn") as cell_scope:
        state = cell.zero_state(batch_size, dtype) if initial_state is None else initial_state
        flat_state = [ops.convert_to_tensor(each) for each in nest.flatten(state)]

        def step(flat: Sequence[Any], given: Sequence[Any]) -> tuple[Sequence[Any], Sequence[Any]]:
            output, new_state = cell(given[0], nest.pack_sequence_as(state, list(flat)))
            kept = nest.flatten(new_state)
            return kept, [output, *kept]

        # Variables are created while the step is traced, and are not to belong to the loop.
        if cell_scope.caching_device is None:
            cell_scope.set_caching_device(lambda op: op.device)
        zero_output = array_ops.zeros([batch_size, cell.output_size], flat_state[0].dtype)
        (outputs, *states), last = _loop.run(step, flat_state, [inputs], [zero_output, *flat_state], start, limit)
    if sequence_length is not None and not reverse:
        last = [_at_end(each, sequence_length) for each in states]
    if reverse:
        outputs = array_ops.reverse(outputs, [0])
    if sequence_length is not None:
        alive = array_ops.sequence_mask(sequence_length, time, dtype=outputs.dtype)
        outputs *= array_ops.expand_dims(array_ops.transpose(alive), -1)
    for value, template in zip(last, flat_state, strict=True):
        value.set_shape(template.shape)
    if not time_major:
        outputs = array_ops.transpose(outputs, [1, 0, 2])
    return outputs, nest.pack_sequence_as(state, last)


def _at_end(states: Any, sequence_length: Any) -> Any:
    """Returns the state [batch, ...] of the last step of each sequence, which is zero for an empty one."""
    ends = array_ops.one_hot(sequence_length - 1, array_ops.shape(states)[0], axis=0, dtype=states.dtype)
    return math_ops.reduce_sum(array_ops.expand_dims(ends, -1) * states, 0)


def bidirectional_functional_rnn(
    cell_fw: Any,
    cell_bw: Any,
    inputs: Any,
    initial_state_fw: Any = None,
    initial_state_bw: Any = None,
    dtype: Any = None,
    sequence_length: Any = None,
    time_major: bool = False,
    use_tpu: bool = False,
    fast_reverse: bool = False,
    scope: Any = None,
) -> tuple[tuple[Any, Any], tuple[Any, Any]]:
    """Returns ``(outputs, last states)``, each for ``cell_fw`` and ``cell_bw``.

    Args:
        cell_fw: the cell that runs forward.
        cell_bw: the cell that runs backward.
        inputs: [batch, time, size], or with the time first if ``time_major``; so are the outputs.
        initial_state_fw: the first state of ``cell_fw``, zeros by default.
        initial_state_bw: the first state of ``cell_bw``, zeros by default.
        dtype: of initial states; needed if those are not given.
        sequence_length: the length of each sequence, [batch]; outputs after it are zero.
        time_major: which dimension is first.
        use_tpu: whether a TPU is to be used, which changes nothing here.
        fast_reverse: whether the backward cell starts at the last time instead of the end of each sequence.
        scope: the variable scope, ``bidirectional_rnn`` by default.
    """
    options = {"sequence_length": sequence_length, "dtype": dtype, "time_major": time_major}

    def reverse(values: Any) -> Any:
        axis = 0 if time_major else 1
        if sequence_length is None:
            return array_ops.reverse(values, axis=[axis])
        return array_ops.reverse_sequence(values, sequence_length, seq_axis=axis, batch_axis=1 - axis)

    with variable_scope.variable_scope(scope or "bidirectional_rnn"):
        with variable_scope.variable_scope("fw") as fw_scope:
            forward, last_fw = functional_rnn(
                cell_fw, inputs, initial_state=initial_state_fw, scope=fw_scope, **options
            )
        with variable_scope.variable_scope("bw") as bw_scope:
            backward, last_bw = functional_rnn(
                cell_bw,
                inputs if fast_reverse else reverse(inputs),
                initial_state=initial_state_bw,
                scope=bw_scope,
                reverse=fast_reverse,
                **options,
            )
    return (forward, backward if fast_reverse else reverse(backward)), (last_fw, last_bw)
