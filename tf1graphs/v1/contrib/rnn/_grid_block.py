"""One step of the two LSTMs of a grid cell over the slices of one block."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from tensorflow.python.ops import array_ops, clip_ops, init_ops, math_ops, nn_ops
from tensorflow.python.ops import variable_scope as vs

from tf1graphs.v1.contrib.rnn._weights import sharded_variable


class _Axis(NamedTuple):
    """The variables of the LSTM over time or over frequencies."""

    weights: Any
    bias: Any


class GridBlock(NamedTuple):
    """The options of a grid cell, and what it does in one block; see ``GridLSTMCell``."""

    num_units: int
    use_peepholes: bool
    share_weights: bool
    cell_clip: float | None
    num_unit_shards: int
    forget_bias: float
    couple_gates: bool

    def __call__(
        self, inputs: list[Any], block: int, states: Callable[[int], Any], batch_size: Any
    ) -> tuple[list[Any], list[Any]]:
        """Returns ``([m_time, m_frequency, ...], [c_time, m_time, ...])``, both by slices.

        Args:
            inputs: the slices, ``[batch, feature_size]``.
            block: the number of the block, in the names of its variables.
            states: a function of the number of a slice that gives ``c`` and ``m`` of the LSTM over time.
            batch_size: of the inputs.
        """
        axes, peepholes = self._variables(block, inputs[0])
        zeros = [array_ops.zeros([batch_size, self.num_units], inputs[0].dtype) for _ in range(2)]
        m_frequency, c_frequency = zeros
        outputs, new_states = [], []
        for frequency, feature in enumerate(inputs):
            c_time, m_time = states(frequency)
            args = array_ops.concat([feature, m_time, m_frequency], 1)
            gates = [self._gates(args, axis) for axis in axes]
            gates = [gates[0], gates[-1]]
            before = c_frequency, c_time
            after = [self._new_state(*parts, before) for parts in zip(gates, peepholes, before, strict=True)]
            c_frequency, c_time = after
            m_frequency, m_time = [
                _activated(gate["o"], peephole.get("o"), after) * math_ops.tanh(c)
                for gate, peephole, c in zip(gates, peepholes, after, strict=True)
            ]
            outputs += [m_time, m_frequency]
            new_states += [c_time, m_time]
        return outputs, new_states

    @property
    def _gate_names(self) -> str:
        return "ijo" if self.couple_gates else "ijfo"

    def _variables(self, block: int, inputs: Any) -> tuple[list[_Axis], list[dict[str, Any]]]:
        """Returns the variables of the axes, one if they share them, and the peepholes of both."""
        size, dtype = self.num_units, inputs.dtype
        shape = [inputs.get_shape().as_list()[1] + 2 * size, len(self._gate_names) * size]
        axes = []
        for axis in "f" if self.share_weights else "ft":
            weights = sharded_variable(f"W_{axis}_{block}", shape, dtype, self.num_unit_shards)
            bias = vs.get_variable(f"B_{axis}_{block}", shape[1:], dtype, init_ops.zeros_initializer())
            axes.append(_Axis(weights, bias))
        if not self.use_peepholes:
            return axes, [{}, {}]
        gates = "IO" if self.couple_gates else "FIO"
        peepholes = [
            {
                gate.lower(): [vs.get_variable(f"W_{gate}_diag_{axis}{seen}_{block}", [size], dtype) for seen in "ft"]
                for gate in gates
            }
            for axis in (["freq"] if self.share_weights else ["freq", "time"])
        ]
        return axes, [peepholes[0], peepholes[-1]]

    def _gates(self, args: Any, axis: _Axis) -> dict[str, Any]:
        product = nn_ops.bias_add(math_ops.matmul(args, axis.weights), axis.bias)
        return dict(zip(self._gate_names, array_ops.split(product, len(self._gate_names), axis=1), strict=True))

    def _new_state(self, gates: Any, peepholes: Any, c: Any, states: Any) -> Any:
        input_gate = _activated(gates["i"], peepholes.get("i"), states)
        if self.couple_gates:
            forget_gate = 1.0 - input_gate
        else:
            forget_gate = _activated(gates["f"] + self.forget_bias, peepholes.get("f"), states)
        c = forget_gate * c + input_gate * math_ops.tanh(gates["j"])
        return c if self.cell_clip is None else clip_ops.clip_by_value(c, -self.cell_clip, self.cell_clip)


def _activated(gate: Any, peepholes: Any, states: Any) -> Any:
    """Returns the sigmoid of a gate that sees both states through its peepholes, if there are any."""
    for weight, state in zip(peepholes, states, strict=True) if peepholes else ():
        gate = gate + weight * state
    return math_ops.sigmoid(gate)
