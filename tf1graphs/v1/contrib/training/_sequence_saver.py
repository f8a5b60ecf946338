"""Splits sequences into segments and keeps their states from one segment to the next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tensorflow.python.framework import dtypes, ops, tensor
from tensorflow.python.ops import (
    array_ops,
    check_ops,
    control_flow_assert,
    control_flow_ops,
    data_flow_ops,
    math_ops,
    string_ops,
)

from tf1graphs.v1._parity import counted_as
from tf1graphs.v1.contrib.training import _sequence_checks as checks
from tf1graphs.v1.contrib.training._sequence_batch import NextQueuedSequenceBatch, Received
from tf1graphs.v1.contrib.training._sequence_inputs import SequenceInputs, check_states, sequence_inputs

# The components of the barrier that are no sequence, context or state, with their dtypes; they are scalars.
_OF_EACH = {
    "length": dtypes.int32,
    "total_length": dtypes.int32,
    "next_key": dtypes.string,
    "sequence": dtypes.int32,
    "sequence_count": dtypes.int32,
}


class SequenceQueueingStateSaver:
    """Splits one sequence after the other into segments, and batches segments of several sequences.

    Args:
        batch_size: The number of segments in a batch, a number or an int32 ``[]``.
        num_unroll: The number of steps in a segment.
        input_length: The length of the sequence before it was padded, int32 ``[]``.
        input_key: The key of the sequence, a string ``[]``; each needs its own.
        input_sequences: Name -> ``[steps, ...]``, where the number of steps is a multiple of ``num_unroll``.
        input_context: Name -> what is the same for all segments.
        initial_states: Name -> the state before the first segment.
        capacity: The number of sequences that are under way at a time; without end by default.
        allow_small_batch: Whether there are smaller batches at the end, once the barrier is closed.
        name: The scope of the ops.

    Raises:
        TypeError: An input is of another kind.
        ValueError: The capacity is less than a batch, there is no sequence or state, or a shape is not known.
    """

    def __init__(
        self,
        batch_size: Any,
        num_unroll: int,
        input_length: Any,
        input_key: Any,
        input_sequences: Mapping[str, Any],
        input_context: Mapping[str, Any],
        initial_states: Mapping[str, Any],
        capacity: int | None = None,
        allow_small_batch: bool = False,
        name: str | None = None,
    ) -> None:
        if capacity is not None:
            input_key = _within(capacity, batch_size, input_key)
        self._batch_size = batch_size
        self._num_unroll = num_unroll
        self._allow_small_batch = allow_small_batch
        self._prefetch_op: Any = None
        self._next_batch: NextQueuedSequenceBatch | None = None
        # One token for each sequence under way: the barrier counts segments, and its size has to be without end.
        self._capacity_queue = data_flow_ops.FIFOQueue(capacity=capacity, dtypes=[dtypes.int32], shapes=[[]])
        with ops.colocate_with(self._capacity_queue.queue_ref):
            check_states(initial_states)
            given = [input_length, input_key, *input_sequences.values(), *input_context.values()]
            with ops.name_scope(name, "InputQueueingStateSaver", given) as scope:
                self._scope = scope
                inputs = sequence_inputs(input_length, input_key, input_sequences, input_context, initial_states)
                self._padded_length = self._check_lengths(inputs)
                self._inputs = inputs
                self._barrier = self._made_barrier()

    @property
    def name(self) -> str:
        """The scope of the ops."""
        return str(self._scope)

    @property
    def barrier(self) -> Any:
        """The barrier that the segments wait in."""
        return self._barrier

    @property
    def batch_size(self) -> Any:
        """The number of segments in a batch."""
        return self._batch_size

    @property
    def num_unroll(self) -> int:
        """The number of steps in a segment."""
        return self._num_unroll

    @property
    def prefetch_op(self) -> Any:
        """The op that puts one sequence in; it waits while ``capacity`` of them are under way."""
        if self._prefetch_op is None:
            with ops.name_scope(None), ops.name_scope(self._scope, values=[self._barrier.barrier_ref]):
                self._prefetch_op = self._made_prefetch_op()
        return self._prefetch_op

    @property
    def next_batch(self) -> NextQueuedSequenceBatch:
        """The batch that comes next; its ``save_state`` has to run for the segments that follow to come."""
        _ = self.prefetch_op
        if self._next_batch is None:
            with ops.name_scope(None), ops.name_scope(self._scope, values=[self._barrier.barrier_ref]):
                self._received = self._take()
            self._next_batch = NextQueuedSequenceBatch(self)
        return self._next_batch

    def close(self, cancel_pending_enqueues: bool = False, name: str | None = None) -> Any:
        """Returns an op after which no new sequence comes.

        Args:
            cancel_pending_enqueues: Whether those under way are not finished either.
            name: The name of the op.
        """
        with ops.name_scope(name, "SQSSClose", [self._prefetch_op]) as scope:
            barrier = self._barrier.close(cancel_pending_enqueues, "BarrierClose")
            queue = self._capacity_queue.close(cancel_pending_enqueues, "FIFOClose")
            return _group(barrier, queue, name=scope)

    def _check_lengths(self, inputs: SequenceInputs) -> Any:
        """Returns the number of steps; from here on the inputs are those that have been checked for it."""
        first = next(iter(inputs.sequences.values()))
        padded = array_ops.identity(array_ops.shape(first)[0], name="padded_length")
        told = f"Tensor {padded.name} should be a multiple of: "
        with ops.control_dependencies([checks.is_multiple(padded, self._num_unroll, told)]):
            padded = array_ops.identity(padded, name="multiple_of_checked")
        inputs.sequences = {
            name: checks.of_sizes(value, [0], [padded], f"sorted_sequences_{name}")
            for name, value in inputs.sequences.items()
        }
        told_length = ["Input length should be <= than length from sequences:", inputs.length, " vs. ", padded]
        fits = control_flow_assert.Assert(math_ops.less_equal(inputs.length, padded), told_length)
        with ops.control_dependencies([fits]):
            inputs.length = array_ops.identity(inputs.length)
        return padded

    def _made_barrier(self) -> Any:
        groups = {
            "sequence": self._inputs.sequences,
            "context": self._inputs.context,
            "state": self._inputs.states,
        }
        named = {(kind, name): value for kind, values in groups.items() for name, value in values.items()}
        keys = [("", name) for name in _OF_EACH] + list(named)
        self._index = {key: index for index, key in enumerate(keys)}
        shapes: list[Any] = [() for _ in _OF_EACH]
        for (kind, _), value in named.items():
            shape = value.get_shape().as_list()
            shapes.append([self._num_unroll, *shape[1:]] if kind == "sequence" else shape)
        types = [*_OF_EACH.values(), *(value.dtype for value in named.values())]
        return data_flow_ops.Barrier(types=types, shapes=shapes)

    def _made_prefetch_op(self) -> Any:
        inputs, unroll = self._inputs, self._num_unroll
        count = math_ops.div(self._padded_length, unroll)
        ones = array_ops.ones(array_ops.expand_dims(count, 0), dtype=dtypes.int32)
        sequence = math_ops.range(count)
        left = math_ops.maximum(0, inputs.length - unroll * sequence)
        of_each = {"length": math_ops.minimum(unroll, left), "total_length": inputs.length * ones}
        of_each.update(sequence_count=count * ones, sequence=sequence)
        keys, of_each["next_key"] = self._keys(sequence, count)
        of_sequences = {name: self._segments(name, value, count) for name, value in inputs.sequences.items()}
        of_context = {name: _copies(name, value, count) for name, value in inputs.context.items()}
        insert_sequence = self._insert("", "sequence", keys, of_each.pop("sequence"), "BarrierInsertSequence")
        inserts = [
            self._insert("", name, keys, value, f"BarrierInsert{name.title().replace('_', '')}")
            for name, value in of_each.items()
        ]
        inserts += [
            self._insert(kind, name, keys, value, f"BarrierInsert{title}_{name}")
            for kind, title, values in (("context", "Context", of_context), ("sequence", "Sequences", of_sequences))
            for name, value in values.items()
        ]
        token = self._capacity_queue.enqueue((0,))
        # All segments of a sequence are there before its state is, which lets the barrier give the first one out.
        with ops.control_dependencies([insert_sequence, token]):
            inserts += [
                self._insert(
                    "state",
                    name,
                    array_ops.stack([keys[0]]),
                    array_ops.stack([value]),
                    f"BarrierInitialInsertState_{name}",
                )
                for name, value in inputs.states.items()
            ]
        return _group(token, insert_sequence, *inserts, name="StateSaverPrefetchGroup")

    def _keys(self, sequence: Any, count: Any) -> tuple[Any, Any]:
        numbers = [string_ops.as_string(number, width=5, fill="0") for number in (sequence, count)]
        key = self._inputs.key
        keys = string_ops.string_join([numbers[0], "_of_", numbers[1], ":", key], name="StringJoinCurrentKeys")
        rest = array_ops.slice(keys, [1], [-1])
        stop = array_ops.expand_dims(string_ops.string_join(["STOP:", key], name="StringJoinStop"), 0)
        return keys, array_ops.concat([rest, stop], 0, name="concat_next_keys")

    def _segments(self, name: str, value: Any, count: Any) -> Any:
        of_step = value.get_shape().as_list()[1:]
        sizes = [array_ops.expand_dims(count, 0), array_ops.expand_dims(self._num_unroll, 0), of_step]
        shape = array_ops.concat(sizes, 0, name=f"concat_sequences_{name}")
        segments = array_ops.reshape(value, shape, name=f"reshape_sequences_{name}")
        dimensions = list(range(len(of_step) + 2))
        return checks.of_sizes(segments, dimensions, [count, self._num_unroll, *of_step], f"reshaped_sequences_{name}")

    def _insert(self, kind: str, name: str, keys: Any, values: Any, op_name: str) -> Any:
        return self._barrier.insert_many(self._index[kind, name], keys, values, name=op_name)

    def _take(self) -> Received:
        index, keys, values = self._barrier.take_many(self._batch_size, self._allow_small_batch, name="BarrierTakeMany")

        def received(kind: str, names: Any) -> dict[str, Any]:
            return {name: values[self._index[kind, name]] for name in names}

        of_each = received("", _OF_EACH)
        size = array_ops.squeeze(array_ops.shape(of_each["length"]))
        is_done = of_each["sequence"] + 1 >= of_each["sequence_count"]
        finished = math_ops.reduce_sum(math_ops.cast(is_done, dtypes.int32))
        with ops.control_dependencies([self._capacity_queue.dequeue_many(finished)]):
            states = received("state", self._inputs.states)
            states = {name: array_ops.identity(value) for name, value in states.items()}
        return Received(
            insertion_index=index,
            key=keys,
            **of_each,
            context=received("context", self._inputs.context),
            sequences=received("sequence", self._inputs.sequences),
            states=states,
            batch_size=size,
            is_done=is_done,
        )


@counted_as(1)
def _group(*parts: Any, name: str) -> Any:
    """Returns an op that runs others; today's queues are on a device of their own, for which a group has an op more."""
    return control_flow_ops.group(*parts, name=name)


def _within(capacity: int, batch_size: Any, key: Any) -> Any:
    """Returns the key once a batch is known to be within the capacity."""
    if isinstance(batch_size, tensor.Tensor):
        most, least = (math_ops.cast(size, dtype=dtypes.int64) for size in (capacity, batch_size))
        enough = check_ops.assert_greater_equal(most, least, message="capacity needs to be >= batch_size.")
        with ops.control_dependencies([enough]):
            return array_ops.identity(key)
    if capacity < batch_size:
        raise ValueError(f"capacity {capacity} needs to be >= batch_size {batch_size}")
    return key


def _copies(name: str, value: Any, count: Any) -> Any:
    shape = value.get_shape().as_list()
    number = array_ops.expand_dims(count, 0)
    multiples = array_ops.concat([number, [1] * len(shape)], 0, name=f"concat_context_{name}")
    copies = array_ops.tile(array_ops.expand_dims(value, 0), multiples, name=f"tile_context_{name}")
    return checks.of_sizes(copies, list(range(len(shape) + 1)), [count, *shape], f"expanded_context_{name}")
