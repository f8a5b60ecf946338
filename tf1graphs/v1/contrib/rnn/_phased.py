"""``PhasedLSTMCell``."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import dtypes
from tensorflow.python.ops import array_ops, gen_math_ops, init_ops, math_ops, random_ops
from tensorflow.python.ops import variable_scope as vs

from tf1graphs.v1.contrib.rnn._cells import Cell, LSTMStateTuple
from tf1graphs.v1.contrib.rnn._weights import Linear


def _log_uniform(low: float, high: float) -> Any:
    """Returns an initializer whose logarithms are uniform."""

    def initializer(shape: Any, dtype: Any = dtypes.float32, partition_info: Any = None) -> Any:
        return math_ops.exp(random_ops.random_uniform(shape, math_ops.log(low), math_ops.log(high), dtype))

    return initializer


def _cycle_ratio(time: Any, phase: Any, period: Any) -> Any:
    """Returns which part of its period each unit has passed, differentiable as if time never wrapped."""
    phase, period = math_ops.cast(phase, time.dtype), math_ops.cast(period, time.dtype)
    shifted = time - phase
    wrapped = array_ops.stop_gradient(gen_math_ops.floor_mod(shifted, period) - shifted) + shifted
    return math_ops.cast(wrapped / period, dtypes.float32)


class PhasedLSTMCell(Cell):
    """An LSTM whose units are open for a part of their own period; its inputs are ``(time [batch, 1], x [batch, n])``.

    Source: Neil, Pfeiffer and Liu, Phased LSTM, https://arxiv.org/abs/1610.09513, equations 6 to 11.

    Args:
        num_units: the number of units.
        use_peepholes: whether the gates see the state.
        leak: how far a closed unit is open.
        ratio_on: initial part of the period for which a unit is open.
        trainable_ratio_on: whether that part is trained.
        period_init_min: the shortest initial period.
        period_init_max: the longest initial period.
        reuse: whether to take existing variables.
    """

    def __init__(
        self,
        num_units: int,
        use_peepholes: bool = False,
        leak: float = 0.001,
        ratio_on: float = 0.1,
        trainable_ratio_on: bool = True,
        period_init_min: float = 1.0,
        period_init_max: float = 1000.0,
        reuse: bool | None = None,
    ) -> None:
        super().__init__(_reuse=reuse)
        self._num_units = num_units
        self._use_peepholes = use_peepholes
        self._leak = leak
        self._ratio_on = ratio_on
        self._trainable_ratio_on = trainable_ratio_on
        self._period_init_min = period_init_min
        self._period_init_max = period_init_max
        self._state_size = LSTMStateTuple(num_units, num_units)
        self._output_size = num_units
        self._linears: dict[str, Linear] = {}

    def _linear(self, name: str, args: list[Any], size: int) -> Any:
        if name not in self._linears:
            self._linears[name] = Linear(args, size, True)
        return self._linears[name](args)

    def _openness(self, time: Any) -> Any:
        """Returns how far each unit is open, between 0 and 1."""
        shape = [self._num_units]
        initial_period = _log_uniform(self._period_init_min, self._period_init_max)
        period = vs.get_variable("period", shape, initializer=initial_period)
        initial_phase = init_ops.random_uniform_initializer(0.0, period.initial_value)
        phase = vs.get_variable("phase", shape, initializer=initial_phase)
        initial_ratio = init_ops.constant_initializer(self._ratio_on)
        ratio_on = vs.get_variable("ratio_on", shape, initializer=initial_ratio, trainable=self._trainable_ratio_on)
        cycle_ratio = _cycle_ratio(time, phase, period)
        rising = 2 * cycle_ratio / ratio_on
        falling = 2 - rising
        closed = self._leak * cycle_ratio
        openness = array_ops.where(cycle_ratio < ratio_on, falling, closed)
        return array_ops.where(cycle_ratio < 0.5 * ratio_on, rising, openness)

    def call(self, inputs: Any, state: Any) -> Any:
        """Returns ``(output, (c, h))``."""
        c_prev, h_prev = state
        time, x = inputs
        seen = [x, h_prev]
        peeped = [c_prev] if self._use_peepholes else []
        with vs.variable_scope("mask_gates"):
            gates = math_ops.sigmoid(self._linear("mask_gates", seen + peeped, 2 * self._num_units))
            input_gate, forget_gate = array_ops.split(gates, 2, axis=1)
        with vs.variable_scope("new_input"):
            new_input = math_ops.tanh(self._linear("new_input", seen, self._num_units))
        c = c_prev * forget_gate + input_gate * new_input
        peeped = [c] if self._use_peepholes else []
        with vs.variable_scope("output_gate"):
            output_gate = math_ops.sigmoid(self._linear("output_gate", seen + peeped, self._num_units))
        h = math_ops.tanh(c) * output_gate

        openness = self._openness(time)
        c = openness * c + (1 - openness) * c_prev
        h = openness * h + (1 - openness) * h_prev
        return h, LSTMStateTuple(c, h)
