"""``TimeFreqLSTMCell``, and the slices of frequencies that it and the grid cells go through."""

from __future__ import annotations

from typing import Any

from tensorflow.python.ops import array_ops, clip_ops, init_ops, math_ops, nn_ops
from tensorflow.python.ops import variable_scope as vs

from tf1graphs.v1.contrib.rnn._cells import Cell, last_dimension
from tf1graphs.v1.contrib.rnn._weights import sharded_variable


def number_of_slices(size: int, feature_size: int, frequency_skip: int) -> int:
    """Returns how many slices of ``feature_size`` columns, ``frequency_skip`` apart, ``size`` columns have."""
    return int((size - feature_size) / frequency_skip) + 1


def slices(inputs: Any, start: int, count: int, feature_size: int, frequency_skip: int) -> list[Any]:
    """Returns ``count`` slices ``[batch, feature_size]`` of ``inputs``, the first one at column ``start``."""
    return [array_ops.slice(inputs, [0, start + index * frequency_skip], [-1, feature_size]) for index in range(count)]


class TimeFreqLSTMCell(Cell):
    """An LSTM that runs over slices of the inputs, so that it is recurrent in frequency and in time.

    Source: Sainath and Li, Modeling Time-Frequency Patterns with LSTM vs. Convolutional Architectures for LVCSR Tasks,
    Interspeech 2016, section 2.

    Args:
        num_units: the number of units.
        use_peepholes: whether the gates see the state.
        cell_clip: clips the state to ``[-cell_clip, cell_clip]``.
        initializer: unused, as in TensorFlow 1.15: the variables have the initializer of their scope.
        num_unit_shards: the number of variables that hold the weights.
        forget_bias: what is added to the forget gate.
        feature_size: the number of columns of a slice.
        frequency_skip: the number of columns between the starts of two slices.
        reuse: whether to take existing variables.
    """

    def __init__(
        self,
        num_units: int,
        use_peepholes: bool = False,
        cell_clip: float | None = None,
        initializer: Any = None,
        num_unit_shards: int = 1,
        forget_bias: float = 1.0,
        feature_size: Any = None,
        frequency_skip: int = 1,
        reuse: bool | None = None,
    ) -> None:
        super().__init__(_reuse=reuse)
        self._num_units = num_units
        self._use_peepholes = use_peepholes
        self._cell_clip = cell_clip
        self._num_unit_shards = num_unit_shards
        self._forget_bias = forget_bias
        self._feature_size = feature_size
        self._frequency_skip = frequency_skip
        self._state_size = 2 * num_units
        self._output_size = num_units

    def _create_variables(self, dtype: Any) -> None:
        size = self._num_units
        shape = [self._feature_size + 2 * size, 4 * size]
        self._weights = sharded_variable("W", shape, dtype, self._num_unit_shards)
        self._bias = vs.get_variable("B", [4 * size], dtype, init_ops.zeros_initializer())
        if self._use_peepholes:
            self._w_f, self._w_i, self._w_o = [vs.get_variable(f"W_{g}_diag", [size], dtype) for g in "FIO"]

    def _step(self, inputs: Any, c: Any, m_time: Any, m_frequency: Any) -> Any:
        sigmoid, tanh = math_ops.sigmoid, math_ops.tanh
        product = math_ops.matmul(array_ops.concat([inputs, m_time, m_frequency], 1), self._weights)
        i, j, f, o = array_ops.split(nn_ops.bias_add(product, self._bias), 4, axis=1)
        f = f + self._forget_bias
        if self._use_peepholes:
            f = f + self._w_f * c
            i = i + self._w_i * c
        c = sigmoid(f) * c + sigmoid(i) * tanh(j)
        if self._cell_clip is not None:
            c = clip_ops.clip_by_value(c, -self._cell_clip, self._cell_clip)
        if self._use_peepholes:
            o = o + self._w_o * c
        return c, sigmoid(o) * tanh(c)

    def call(self, inputs: Any, state: Any) -> Any:
        """Returns ``(outputs, new state)``, the outputs and states of all slices side by side.

        Args:
            inputs: ``[batch, n]``.
            state: ``[batch, 2 * num_units * number of slices]``.

        Raises:
            ValueError: the size of the inputs is unknown.
        """
        size = self._num_units
        count = number_of_slices(last_dimension(inputs.get_shape()), self._feature_size, self._frequency_skip)
        features = slices(inputs, 0, count, self._feature_size, self._frequency_skip)
        self._create_variables(inputs.dtype)
        m = array_ops.zeros([inputs.shape.dims[0].value or inputs.get_shape()[0], size], inputs.dtype)
        outputs = new_state = None
        for index, feature in enumerate(features):
            c = array_ops.slice(state, [0, 2 * index * size], [-1, size])
            m_time = array_ops.slice(state, [0, (2 * index + 1) * size], [-1, size])
            c, m = self._step(feature, c, m_time, m)
            new_state = array_ops.concat([c, m] if index == 0 else [new_state, c, m], 1)
            outputs = m if index == 0 else array_ops.concat([outputs, m], 1)
        return outputs, new_state
