"""The loop over time of a recurrent computation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tensorflow.python.ops import array_ops, tensor_array_ops, while_loop

_Tensors = Sequence[Any]


def run(
    step: Callable[[_Tensors, _Tensors], tuple[_Tensors, _Tensors]],
    state: _Tensors,
    inputs: _Tensors,
    kept_like: _Tensors,
    start: Any,
    limit: Any,
) -> tuple[list[Any], list[Any]]:
    """Returns what steps keep, [time, ...] and zero where there was no step, and the last state.

    Args:
        step: from the state and the inputs of a time to the new state and what is kept; it is called once.
        state: the first state.
        inputs: [time, ...].
        kept_like: tensors whose dtype and static shape is that of what a step keeps.
        start: the time of the first step.
        limit: the time after the last step.
    """
    given = [_array(each.dtype, array_ops.shape(each)[0], each.shape[1:]).unstack(each) for each in inputs]
    arrays = [_array(each.dtype, limit - start, each.shape) for each in kept_like]

    def body(time: Any, state: _Tensors, arrays: _Tensors) -> tuple[Any, _Tensors, _Tensors]:
        new_state, kept = step(state, [each.read(time) for each in given])
        pairs = zip(arrays, kept, strict=True)
        return time + 1, list(new_state), [array.write(time - start, each) for array, each in pairs]

    loop_vars = (start, list(state), arrays)
    _, last, arrays = while_loop.while_loop(lambda time, *rest: time < limit, body, loop_vars)
    total = array_ops.shape(inputs[0])[0]
    return [_padded(array.stack(), start, total - limit) for array in arrays], list(last)


def _array(dtype: Any, size: Any, shape: Any) -> Any:
    return tensor_array_ops.TensorArray(dtype, size=size, element_shape=shape)


def _padded(steps: Any, before: Any, after: Any) -> Any:
    shape = array_ops.shape(steps)[1:]
    zeros = [array_ops.zeros(array_ops.concat([[size], shape], 0), steps.dtype) for size in (before, after)]
    return array_ops.concat([zeros[0], steps, zeros[1]], 0)
