"""``Recurrent``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tensorflow.python.framework import ops
from tensorflow.python.ops import array_ops, custom_gradient
from tensorflow.python.util import nest

from tf1graphs.v1.contrib.recurrent import _loop


def Recurrent(  # noqa: N802 (its name in 1.15)
    theta: Any,
    state0: Any,
    inputs: Any,
    cell_fn: Callable[[Any, Any, Any], tuple[Any, Any]],
    cell_grad: Callable[[Any, Any, Any, Any, Any], tuple[Any, Any, Any]] | None = None,
    extras: Any = None,
    max_input_length: Any = None,
    use_tpu: bool = False,
    aligned_end: bool = False,
) -> tuple[Any, Any]:
    """Returns the states after each step, ``[time, ...]``, and the last state.

    All of ``theta``, ``state0``, ``inputs`` and ``extras`` are nested structures of tensors.

    Args:
        theta: the weights.
        state0: the first state.
        inputs: ``[time, ...]``.
        cell_fn: from ``(theta, state, inputs of a time)`` to ``(new state, extras)``.
        cell_grad: from ``(theta, state, inputs of a time, extras, gradient of the new state)`` to the gradients of
            the first three, in which None is zero; by default that of the ops which ``cell_fn`` makes.
        extras: what ``cell_fn`` returns second has this structure.
        max_input_length: how many steps there are, all of ``time`` by default; states of other times are zero.
        use_tpu: whether a TPU is to be used, which changes nothing here.
        aligned_end: whether the steps are those of the last times instead of the first.
    """
    flat_state, flat_inputs = (
        [ops.convert_to_tensor(each) for each in nest.flatten(part)] for part in (state0, inputs)
    )
    time = array_ops.shape(flat_inputs[0])[0]
    length = time if max_input_length is None else ops.convert_to_tensor(max_input_length)
    start, limit = (time - length, time) if aligned_end else (ops.convert_to_tensor(0), length)
    own_step = _with_gradient(theta, state0, inputs, cell_fn, cell_grad)

    def step(state: Sequence[Any], given: Sequence[Any]) -> tuple[Sequence[Any], Sequence[Any]]:
        new_state = own_step(*nest.flatten(theta), *state, *given)
        return new_state, new_state

    states, last = _loop.run(step, flat_state, flat_inputs, flat_state, start, limit)
    return nest.pack_sequence_as(state0, states), nest.pack_sequence_as(state0, last)


def _with_gradient(
    theta: Any, state0: Any, inputs: Any, cell_fn: Callable[..., Any], cell_grad: Callable[..., Any] | None
) -> Callable[..., list[Any]]:
    """Returns a step from flat weights, state and inputs to the flat new state."""
    structure = [theta, state0, inputs]

    def forward(*flat: Any) -> list[Any]:
        new_state: list[Any] = nest.flatten(cell_fn(*nest.pack_sequence_as(structure, list(flat)))[0])
        return new_state

    @custom_gradient.custom_gradient  # type: ignore[untyped-decorator, unused-ignore]
    def forward_with_gradient(*flat: Any) -> tuple[list[Any], Callable[..., list[Any]]]:
        given = nest.pack_sequence_as(structure, list(flat))
        new_state, extras = cell_fn(*given)

        def backward(*gradients: Any) -> list[Any]:
            found = cell_grad(*given, extras, nest.pack_sequence_as(state0, list(gradients)))  # type: ignore[misc]
            pairs = zip(flat, nest.flatten(list(found)), strict=True)
            return [array_ops.zeros_like(each) if gradient is None else gradient for each, gradient in pairs]

        return nest.flatten(new_state), backward

    return forward if cell_grad is None else lambda *flat: nest.flatten(forward_with_gradient(*flat))
