"""``batch_sequences_with_states``: batches of segments of sequences, filled by queue runners."""

from __future__ import annotations

import numbers
from typing import Any

from tensorflow.python.framework import dtypes, errors, ops, sparse_tensor, tensor
from tensorflow.python.ops import (
    array_ops,
    control_flow_assert,
    control_flow_ops,
    math_ops,
    random_ops,
    string_ops,
)
from tensorflow.python.summary import summary
from tensorflow.python.training import queue_runner

from tf1graphs.v1.contrib.training import _sequence_sparse as sparse
from tf1graphs.v1.contrib.training._sequence_batch import NextQueuedSequenceBatch
from tf1graphs.v1.contrib.training._sequence_checks import is_multiple
from tf1graphs.v1.contrib.training._sequence_saver import SequenceQueueingStateSaver


def batch_sequences_with_states(
    input_key: Any,
    input_sequences: dict[str, Any],
    input_context: dict[str, Any],
    input_length: Any,
    initial_states: dict[str, Any],
    num_unroll: int,
    batch_size: Any,
    num_threads: int = 3,
    capacity: int = 1000,
    allow_small_batch: bool = True,
    pad: bool = True,
    make_keys_unique: bool = False,
    make_keys_unique_seed: int | None = None,
    name: str | None = None,
) -> NextQueuedSequenceBatch:
    """Returns batches of segments of sequences, by a ``SequenceQueueingStateSaver`` with queue runners.

    Args:
        input_key: The key of a sequence, a string ``[]``; each needs its own.
        input_sequences: Name -> ``[steps, ...]``, tensors or sparse tensors.
        input_context: Name -> what is the same for all segments; sparse tensors are taken out of the dictionary.
        input_length: The length, int32 ``[]``; the number of steps by default, where it is padded.
        initial_states: Name -> the state before the first segment.
        num_unroll: The number of steps in a segment.
        batch_size: The number of segments in a batch.
        num_threads: The number of threads that put sequences in.
        capacity: The number of sequences that are under way at a time.
        allow_small_batch: Whether there are smaller batches at the end.
        pad: Whether sequences are padded to a multiple of ``num_unroll``.
        make_keys_unique: Whether a random number is added to each key.
        make_keys_unique_seed: The seed of it.
        name: The scope of the ops.

    Raises:
        TypeError: An input is of another kind.
        ValueError: See ``SequenceQueueingStateSaver``; or ``num_unroll`` is no whole number.
    """
    given = [*input_sequences.values(), *input_context.values(), *initial_states.values()]
    with ops.name_scope(name, "batch_sequences_with_states", given):
        if pad:
            length, input_sequences = _padded(input_sequences, num_unroll)
            input_length = length if input_length is None else input_length
        else:
            input_sequences = {key: _checked(key, value, num_unroll) for key, value in input_sequences.items()}
        sparse.move_out_of_context(input_context, input_sequences, num_unroll)
        dense, stored_by = sparse.store(input_sequences)
        if make_keys_unique:
            number = random_ops.random_uniform(
                (), minval=0, maxval=100000000, dtype=dtypes.int32, seed=make_keys_unique_seed
            )
            input_key = string_ops.string_join([input_key, string_ops.as_string(number)])
        saver = SequenceQueueingStateSaver(
            batch_size,
            num_unroll,
            input_length=input_length,
            input_key=input_key,
            input_sequences=dense,
            input_context=input_context,
            initial_states=initial_states,
            capacity=capacity,
            allow_small_batch=allow_small_batch,
        )
        ready = math_ops.cast(saver.barrier.ready_size(), dtypes.float32)
        summary.scalar(f"queue/{saver.barrier.name}/ready_segment_batches_", ready)
        closed = (errors.OutOfRangeError, errors.CancelledError)
        fill = [saver.prefetch_op] * num_threads
        queue_runner.add_queue_runner(queue_runner.QueueRunner(saver, fill, queue_closed_exception_types=closed))
        batch = saver.next_batch
        sparse.restore(batch.sequences, stored_by, batch_size, num_unroll)
        sparse.move_into_context(batch.context, batch.sequences)
        return batch


def _checked(name: str, value: Any, num_unroll: int) -> Any:
    """Returns a sequence once it is checked to have a multiple of ``num_unroll`` steps."""
    if not sparse.is_sparse(value):
        try:
            value = ops.convert_to_tensor(value)
        except TypeError as error:
            raise TypeError(
                f"Unsupported input_sequences expected Tensor or SparseTensor values, got: {type(value)} for key {name}"
            ) from error
        told = f"Tensor {name} first dimension should be a multiple of: "
        with ops.control_dependencies([is_multiple(array_ops.shape(value)[0], num_unroll, told)]):
            return array_ops.identity(value, name="multiple_of_checked")
    told = f"SparseTensor {name} first dimension should be a multiple of: "
    with ops.control_dependencies([is_multiple(value.dense_shape[0], num_unroll, told)]):
        parts = (value.indices, value.values, value.dense_shape)
        return sparse_tensor.SparseTensor(*(array_ops.identity(part, name="multiple_of_checked") for part in parts))


def _padded(sequences: Any, num_unroll: Any) -> tuple[Any, dict[str, Any]]:
    """Returns the number of steps, and the sequences with a multiple of ``num_unroll`` of them."""
    if not isinstance(num_unroll, numbers.Integral):
        raise ValueError(f"Unsupported num_unroll expected int, got: {num_unroll}")
    if not isinstance(sequences, dict):
        raise TypeError(f"Unsupported sequences expected dict, got: {sequences}")
    for key in sequences:
        if not isinstance(key, str):
            raise TypeError(f"Unsupported sequences key expected string, got: {key}")
    if not sequences:
        return 0, {}
    values = {
        key: value if sparse.is_sparse(value) else ops.convert_to_tensor(value)
        for key, value in sorted(sequences.items())
    }
    length = _steps(list(values.values()))
    unroll = array_ops.constant(num_unroll)
    padded = length + ((unroll - (length % unroll)) % unroll)
    return length, {key: _with_padding(value, padded) for key, value in values.items()}


def _steps(values: list[Any]) -> Any:
    lengths = [array_ops.shape(value)[0] for value in values if isinstance(value, tensor.Tensor)]
    if not lengths:
        return math_ops.reduce_max(math_ops.cast([value.dense_shape[0] for value in values], dtypes.int32))
    told = "All sequence lengths must match, but received lengths: "
    same = [
        control_flow_assert.Assert(
            math_ops.equal(length, lengths[0]), [string_ops.string_join([told, string_ops.as_string(lengths)])]
        )
        for length in lengths
    ]
    return control_flow_ops.with_dependencies(same, lengths[0])


def _with_padding(value: Any, steps: Any) -> Any:
    if sparse.is_sparse(value):
        shape = array_ops.concat([[math_ops.cast(steps, dtypes.int64)], value.dense_shape[1:]], 0)
        return sparse_tensor.SparseTensor(indices=value.indices, values=value.values, dense_shape=shape)
    number = [steps - array_ops.shape(value)[0]]
    shape = array_ops.concat((number, array_ops.shape(value)[1:]), 0)
    nothing = array_ops.constant("" if value.dtype == dtypes.string else 0, dtype=value.dtype)
    return array_ops.concat([value, array_ops.fill(dims=shape, value=nothing)], 0)
