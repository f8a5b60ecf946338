"""``GridLSTMCell`` and ``BidirectionalGridLSTMCell``."""

from __future__ import annotations

import collections
import functools
from typing import Any

from tensorflow.python.framework import constant_op, dtypes, tensor_shape
from tensorflow.python.ops import array_ops
from tensorflow.python.ops import variable_scope as vs
from tensorflow.python.platform import tf_logging as logging

from tf1graphs.v1.contrib.rnn._cells import Cell, last_dimension
from tf1graphs.v1.contrib.rnn._frequency import number_of_slices, slices
from tf1graphs.v1.contrib.rnn._grid_block import GridBlock


class GridLSTMCell(Cell):
    """An LSTM over time and another one over slices of the inputs (frequencies), each with a state of its own.

    Sources: Kalchbrenner, Danihelka and Graves, Grid Long Short-Term Memory, https://arxiv.org/abs/1507.01526; Sainath
    and Li, Modeling Time-Frequency Patterns with LSTM vs. Convolutional Architectures, Interspeech 2016.

    Args:
        num_units: the number of units of a slice.
        use_peepholes: whether the gates see both states.
        share_time_frequency_weights: whether both LSTMs have the same weights.
        cell_clip: clips the states to ``[-cell_clip, cell_clip]``.
        initializer: unused, as in TensorFlow 1.15: the variables have the initializer of their scope.
        num_unit_shards: the number of variables that hold a matrix of weights.
        forget_bias: what is added to the forget gates.
        feature_size: the number of columns of a slice.
        frequency_skip: the number of columns between the starts of two slices.
        num_frequency_blocks: the number of slices of each block; a block has weights of its own.
        start_freqindex_list: the first column of each block; without it there is one block of all columns.
        end_freqindex_list: the column after the last one of each block.
        couple_input_forget_gates: whether the forget gate is one minus the input gate.
        state_is_tuple: whether the state is a tuple with fields ``state_f00_b00_c``, ``state_f00_b00_m``, ... rather
            than one concatenated tensor.
        reuse: whether to take existing variables.

    Raises:
        ValueError: ``num_frequency_blocks`` is missing.
    """

    _directions: tuple[str, ...] = ("",)
    _state_name = "GridLSTMStateTuple"

    def __init__(
        self,
        num_units: int,
        use_peepholes: bool = False,
        share_time_frequency_weights: bool = False,
        cell_clip: float | None = None,
        initializer: Any = None,
        num_unit_shards: int = 1,
        forget_bias: float = 1.0,
        feature_size: Any = None,
        frequency_skip: Any = None,
        num_frequency_blocks: Any = None,
        start_freqindex_list: Any = None,
        end_freqindex_list: Any = None,
        couple_input_forget_gates: bool = False,
        state_is_tuple: bool = True,
        reuse: bool | None = None,
    ) -> None:
        super().__init__(_reuse=reuse)
        if not state_is_tuple:
            logging.warn("%s: Using a concatenated state is slower. Use state_is_tuple=True.", self)
        if num_frequency_blocks is None:
            raise ValueError("Must specify num_frequency_blocks")
        self._num_units = num_units
        self._block = GridBlock(
            num_units,
            use_peepholes,
            share_time_frequency_weights,
            cell_clip,
            num_unit_shards,
            forget_bias,
            couple_input_forget_gates,
        )
        self._feature_size = feature_size
        self._frequency_skip = frequency_skip
        self._num_frequency_blocks = num_frequency_blocks
        self._start_freqindex_list = start_freqindex_list
        self._end_freqindex_list = end_freqindex_list
        fields = [
            f"{direction}{part}"
            for direction in self._directions
            for block, count in enumerate(num_frequency_blocks)
            for frequency in range(count)
            for part in _fields(block, frequency)
        ]
        self._output_size = num_units * len(fields)
        self._state_tuple_type: Any = None
        self._state_size: Any = self._output_size
        if state_is_tuple:
            self._state_tuple_type = collections.namedtuple(self._state_name, fields)  # type: ignore[misc]
            self._state_size = self._state_tuple_type(*[num_units] * len(fields))

    @property
    def state_tuple_type(self) -> Any:
        """The type of the state, or None where it is one tensor."""
        return self._state_tuple_type

    def call(self, inputs: Any, state: Any) -> Any:
        """Returns ``(outputs [batch, output_size], new state)`` for inputs ``[batch, n]``.

        Raises:
            ValueError: the size of the inputs is unknown or not what the blocks need.
        """
        outputs, states = self._run_blocks(self._features(inputs), _batch_size(inputs), state, "")
        joined = array_ops.concat(outputs, 1)
        return joined, self._state_tuple_type(*states) if self._state_tuple_type else array_ops.concat(states, 1)

    def _run_blocks(self, features: Any, batch_size: Any, state: Any, direction: str) -> Any:
        outputs, states = [], []
        for block, inputs in enumerate(features):
            state_parts = functools.partial(self._state_parts, state, direction, block)
            block_outputs, block_states = self._block(inputs, block, state_parts, batch_size)
            outputs += block_outputs
            states += block_states
        return outputs, states

    def _state_parts(self, state: Any, direction: str, block: int, frequency: int) -> Any:
        if self._state_tuple_type:
            return [getattr(state, direction + field) for field in _fields(block, frequency)]
        # As in 1.15, every block reads the part of the state that belongs to the first one.
        size = self._num_units
        starts = 2 * frequency * size, (2 * frequency + 1) * size
        return [array_ops.slice(state, [0, start], [-1, size]) for start in starts]

    def _features(self, inputs: Any, offset: int = 0) -> list[list[Any]]:
        """Returns the slices of each block, ``offset`` columns to the right; there zeros are added to the inputs."""
        input_size = last_dimension(inputs.get_shape())
        if offset:
            padding = [0, 0, max(-offset, 0), max(offset, 0)]
            inputs = array_ops.pad(inputs, constant_op.constant(padding, shape=[2, 2], dtype=dtypes.int32))
        features = []
        ranges = self._ranges(input_size)
        for count, (start, end) in zip(self._num_frequency_blocks, ranges, strict=True):
            needed = number_of_slices(end - start, self._feature_size, self._frequency_skip)
            if needed != count:
                raise ValueError(
                    f"Invalid num_frequency_blocks, requires {count} but gets {needed}: "
                    "check that the input size and the filter configuration are correct."
                )
            start += max(offset, 0)
            features.append(slices(inputs, start, count, self._feature_size, self._frequency_skip))
        return features

    def _ranges(self, input_size: int) -> list[tuple[int, int]]:
        starts, ends = self._start_freqindex_list, self._end_freqindex_list
        if not starts:
            starts, ends = [0], [input_size]
        if len(starts) != len(ends):
            raise ValueError(f"Lengths of start and end freqindex_list do not match: {len(starts)}, {len(ends)}")
        if len(self._num_frequency_blocks) != len(starts):
            raise ValueError(
                f"Length of num_frequency_blocks is {len(self._num_frequency_blocks)}, of blocks {len(starts)}"
            )
        return list(zip(starts, ends, strict=True))


class BidirectionalGridLSTMCell(GridLSTMCell):
    """``GridLSTMCell`` that runs over the frequencies in both directions, with weights for each; see there.

    The fields of its state begin with ``fwd_`` and ``bwd_``.

    Args:
        num_units: the number of units of a slice.
        use_peepholes: whether the gates see both states.
        share_time_frequency_weights: whether the LSTMs over time and frequencies have the same weights.
        cell_clip: clips the states to ``[-cell_clip, cell_clip]``.
        initializer: unused, as in TensorFlow 1.15.
        num_unit_shards: the number of variables that hold a matrix of weights.
        forget_bias: what is added to the forget gates.
        feature_size: the number of columns of a slice.
        frequency_skip: the number of columns between the starts of two slices.
        num_frequency_blocks: the number of slices of each block.
        start_freqindex_list: the first column of each block.
        end_freqindex_list: the column after the last one of each block.
        couple_input_forget_gates: whether the forget gate is one minus the input gate.
        backward_slice_offset: how many columns to the right the backward direction begins.
        reuse: whether to take existing variables.
    """

    _directions = ("fwd_", "bwd_")
    _state_name = "BidirectionalGridLSTMStateTuple"

    def __init__(
        self,
        num_units: int,
        use_peepholes: bool = False,
        share_time_frequency_weights: bool = False,
        cell_clip: float | None = None,
        initializer: Any = None,
        num_unit_shards: int = 1,
        forget_bias: float = 1.0,
        feature_size: Any = None,
        frequency_skip: Any = None,
        num_frequency_blocks: Any = None,
        start_freqindex_list: Any = None,
        end_freqindex_list: Any = None,
        couple_input_forget_gates: bool = False,
        backward_slice_offset: int = 0,
        reuse: bool | None = None,
    ) -> None:
        super().__init__(
            num_units,
            use_peepholes,
            share_time_frequency_weights,
            cell_clip,
            initializer,
            num_unit_shards,
            forget_bias,
            feature_size,
            frequency_skip,
            num_frequency_blocks,
            start_freqindex_list,
            end_freqindex_list,
            couple_input_forget_gates,
            True,
            reuse,
        )
        self._backward_slice_offset = int(backward_slice_offset)

    def call(self, inputs: Any, state: Any) -> Any:
        """Returns ``(outputs [batch, output_size], new state)`` for inputs ``[batch, n]``.

        Raises:
            ValueError: the size of the inputs is unknown or not what the blocks need.
        """
        batch_size = _batch_size(inputs)
        forward = self._features(inputs)
        backward = self._features(inputs, self._backward_slice_offset) if self._backward_slice_offset else forward
        outputs, states = [], []
        for direction, features in zip(self._directions, (forward, [block[::-1] for block in backward]), strict=True):
            with vs.variable_scope(direction[:-1]):
                new_outputs, new_states = self._run_blocks(features, batch_size, state, direction)
            outputs += new_outputs
            states += new_states
        return array_ops.concat(outputs, 1), self.state_tuple_type(*states)


def _fields(block: int, frequency: int) -> tuple[str, str]:
    return f"state_f{frequency:02d}_b{block:02d}_c", f"state_f{frequency:02d}_b{block:02d}_m"


def _batch_size(inputs: Any) -> Any:
    return tensor_shape.dimension_value(inputs.shape[0]) or array_ops.shape(inputs)[0]
