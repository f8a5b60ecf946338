"""A batch of segments of sequences, and their states."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tensorflow.python.framework import ops
from tensorflow.python.ops import array_ops, math_ops

from tf1graphs.v1.contrib.training import _sequence_checks as checks


@dataclass
class Received:
    """What the barrier gives for a batch."""

    insertion_index: Any
    key: Any
    length: Any
    total_length: Any
    next_key: Any
    sequence: Any
    sequence_count: Any
    context: dict[str, Any]
    sequences: dict[str, Any]
    states: dict[str, Any]
    batch_size: Any
    is_done: Any


class NextQueuedSequenceBatch:
    """The segments that a ``SequenceQueueingStateSaver`` gives next.

    Args:
        state_saver: The saver, whose ``next_batch`` this is.
    """

    def __init__(self, state_saver: Any) -> None:
        self._state_saver = state_saver

    @property
    def _received(self) -> Received:
        received: Received = self._state_saver._received
        return received

    @property
    def total_length(self) -> Any:
        """The lengths of the whole sequences, int32 ``[batch_size]``."""
        return self._received.total_length

    @property
    def length(self) -> Any:
        """The lengths of the segments, int32 ``[batch_size]``: ``num_unroll`` but for the last ones."""
        return self._received.length

    @property
    def batch_size(self) -> Any:
        """The number of segments, int32 ``[]``: fewer than asked for only at the end of the examples."""
        return self._received.batch_size

    @property
    def insertion_index(self) -> Any:
        """When the examples came, int64 ``[batch_size]``: from -2**63 on, one more each."""
        return self._received.insertion_index

    @property
    def key(self) -> Any:
        """The keys, strings ``[batch_size]``, such as ``00001_of_00003:key`` for the second segment of three."""
        return self._received.key

    @property
    def next_key(self) -> Any:
        """The keys of the segments that follow, strings ``[batch_size]``: ``STOP:key`` after the last one."""
        return self._received.next_key

    @property
    def sequence(self) -> Any:
        """The numbers of the segments in their sequences, int32 ``[batch_size]``."""
        return self._received.sequence

    @property
    def sequence_count(self) -> Any:
        """How many segments their sequences have, int32 ``[batch_size]``."""
        return self._received.sequence_count

    @property
    def context(self) -> dict[str, Any]:
        """Name -> what belongs to the whole sequences, ``[batch_size, ...]``."""
        return self._received.context

    @property
    def sequences(self) -> dict[str, Any]:
        """Name -> the segments, ``[batch_size, num_unroll, ...]``."""
        return self._received.sequences

    def state(self, state_name: str) -> Any:
        """Returns a state, ``[batch_size, ...]``: the initial one, or what was saved with the segment before.

        Raises:
            KeyError: There is no state of the name.
        """
        return self._received.states[state_name]

    def save_state(self, state_name: str, value: Any, name: str | None = None) -> Any:
        """Returns an op that keeps a state for the segments that follow; it must run with each batch.

        Args:
            state_name: The name of the state.
            value: The state, ``[batch_size, ...]``.
            name: The scope of the ops.

        Raises:
            KeyError: There is no state of the name.
        """
        received, saver = self._received, self._state_saver
        if state_name not in received.states:
            raise KeyError(f"state was not declared: {state_name}")
        with (
            ops.name_scope(name, "InputQueueingStateSaver_SaveState", values=[value]),
            ops.colocate_with(saver._capacity_queue.queue_ref),
        ):
            going_on = array_ops.reshape(array_ops.where_v2(math_ops.logical_not(received.is_done)), [-1])
            keys = array_ops.gather(received.next_key, going_on)
            value = array_ops.identity(value, name=f"convert_{state_name}")
            value = checks.of_shape(value, array_ops.shape(received.states[state_name]))
            kept = array_ops.gather(value, going_on)
            index = saver._index["state", state_name]
            return saver.barrier.insert_many(index, keys, kept, name=f"BarrierInsertState_{state_name}")
