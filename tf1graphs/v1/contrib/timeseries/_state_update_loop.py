"""The loop over the steps of a window, in the graph or unrolled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tensorflow.python.framework import dtypes
from tensorflow.python.ops import array_ops, math_ops, tensor_array_ops, variable_scope, while_loop
from tensorflow.python.util import nest


class _Unrolled:
    """Collects the values of the steps as a ``TensorArray`` does, outside of any loop."""

    def __init__(self) -> None:
        self.values: list[Any] = []

    def write(self, position: Any, value: Any) -> _Unrolled:
        """Adds the value of the next step."""
        self.values.append(value)
        return self


def _by_batch(collected: Any) -> Any:
    """Returns what was collected as a tensor ``[batch, time, ...]``."""
    if isinstance(collected, _Unrolled):
        return array_ops.stack(collected.values, axis=1)
    stacked = collected.stack()
    return array_ops.transpose(stacked, perm=array_ops.concat([[1, 0], math_ops.range(2, array_ops.rank(stacked))], 0))


class StateUpdateLoop:
    """Updates a state at each time of a window and collects states and outputs.

    Args:
        times: ``[batch, time]``, int64.
        update: A function of ``step_number``, ``current_times`` ``[batch]`` and ``state`` that returns the next state
            and outputs by name.
        impute: A function of ``current_times`` and ``state`` that moves the state to them first.
        outputs: The names of the outputs.
        dtype: Their dtype.
    """

    def __init__(
        self, times: Any, update: Callable[..., Any], impute: Callable[..., Any], outputs: list[str], dtype: Any
    ) -> None:
        self._times, self._update, self._impute = times, update, impute
        self._outputs, self._dtype = outputs, dtype

    def _step(self, number: Any, state: Any, states: Any, outputs: Any, reuse: bool = False) -> Any:
        with variable_scope.variable_scope("state_update_step", reuse=reuse):
            times = self._times[:, number]
            state = self._impute(current_times=times, state=state)
            after, values = self._update(step_number=number, current_times=times, state=state)
            assert set(values) == set(self._outputs)
            outputs = [each.write(number, values[key]) for key, each in zip(self._outputs, outputs, strict=True)]
            flat, written = nest.flatten(after), []
            for value, each, before in zip(flat, states, nest.flatten(state), strict=True):
                value.set_shape(before.get_shape())
                written.append(each.write(number, value))
            return number + 1, nest.pack_sequence_as(state, flat), written, outputs

    def run(self, state: Any, unrolled: bool) -> Any:
        """Returns the states after each step and the outputs by name, all ``[batch, time, ...]``."""
        size = array_ops.shape(self._times)[1]

        def collection(dtype: Any) -> Any:
            return _Unrolled() if unrolled else tensor_array_ops.TensorArray(dtype, size=size, dynamic_size=False)

        found: Any = [
            array_ops.zeros([], dtypes.int32),
            state,
            [collection(part.dtype) for part in nest.flatten(state)],
            [collection(self._dtype) for _ in self._outputs],
        ]
        if unrolled:
            for number in range(self._times.shape.dims[1].value):
                found = self._step(array_ops.constant(number, dtypes.int32), found[1], found[2], found[3], number > 0)
        else:
            found = while_loop.while_loop(
                cond=lambda number, *_: math_ops.less(number, size), body=self._step, loop_vars=found
            )
        _, _, states, outputs = found
        by_name = {key: _by_batch(each) for key, each in zip(self._outputs, outputs, strict=True)}
        return nest.pack_sequence_as(state, [_by_batch(each) for each in states]), by_name
