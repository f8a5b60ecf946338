"""``stack_bidirectional_rnn`` and ``stack_bidirectional_dynamic_rnn``: layers that see both directions of the last."""

from __future__ import annotations

from typing import Any

from tensorflow.python.ops import array_ops, rnn
from tensorflow.python.ops import variable_scope as vs


def _layers(cells_fw: Any, cells_bw: Any, initial_states_fw: Any, initial_states_bw: Any) -> list[tuple[Any, ...]]:
    """Returns for each layer its two cells and their initial states."""
    for cells, direction in ((cells_fw, "fw"), (cells_bw, "bw")):
        if not cells:
            raise ValueError(f"Must specify at least one {direction} cell for BidirectionalRNN.")
        if not isinstance(cells, list):
            raise ValueError(f"cells_{direction} must be a list of RNNCells (one per layer).")
    if len(cells_fw) != len(cells_bw):
        raise ValueError("Forward and Backward cells must have the same depth.")
    for states, direction in ((initial_states_fw, "fw"), (initial_states_bw, "bw")):
        if states is not None and (not isinstance(states, list) or len(states) != len(cells_fw)):
            raise ValueError(f"initial_states_{direction} must be a list of state tensors (one per layer).")
    none = [None] * len(cells_fw)
    return list(zip(cells_fw, cells_bw, initial_states_fw or none, initial_states_bw or none, strict=True))


def stack_bidirectional_rnn(
    cells_fw: Any,
    cells_bw: Any,
    inputs: Any,
    initial_states_fw: Any = None,
    initial_states_bw: Any = None,
    dtype: Any = None,
    sequence_length: Any = None,
    scope: Any = None,
) -> Any:
    """Stacks ``tf.nn.static_bidirectional_rnn``.

    Args:
        cells_fw: a list of cells, one for each layer.
        cells_bw: a list of as many cells for the other direction.
        inputs: a list of tensors ``[batch, n]``, one for each time step.
        initial_states_fw: a list of initial states of the forward cells, zeros by default.
        initial_states_bw: a list of initial states of the backward cells.
        dtype: of the initial states; needed where they are not given.
        sequence_length: the length of each sequence, ``[batch]``.
        scope: variable scope or its name, "stack_bidirectional_rnn" by default.

    Returns:
        ``(outputs, final states of the forward cells, final states of the backward cells)``.

    Raises:
        ValueError: the cells or states are no lists of the same length.
    """
    states_fw, states_bw = [], []
    layers = _layers(cells_fw, cells_bw, initial_states_fw, initial_states_bw)
    with vs.variable_scope(scope or "stack_bidirectional_rnn"):
        for index, layer in enumerate(layers):
            with vs.variable_scope(f"cell_{index}") as cell_scope:
                inputs, state_fw, state_bw = rnn.static_bidirectional_rnn(
                    layer[0],
                    layer[1],
                    inputs,
                    initial_state_fw=layer[2],
                    initial_state_bw=layer[3],
                    sequence_length=sequence_length,
                    dtype=dtype,
                    scope=cell_scope,
                )
            states_fw.append(state_fw)
            states_bw.append(state_bw)
    return inputs, tuple(states_fw), tuple(states_bw)


def stack_bidirectional_dynamic_rnn(
    cells_fw: Any,
    cells_bw: Any,
    inputs: Any,
    initial_states_fw: Any = None,
    initial_states_bw: Any = None,
    dtype: Any = None,
    sequence_length: Any = None,
    parallel_iterations: int | None = None,
    time_major: bool = False,
    scope: Any = None,
    swap_memory: bool = False,
) -> Any:
    """Stacks ``tf.nn.bidirectional_dynamic_rnn``; the outputs of both directions are concatenated.

    Args:
        cells_fw: a list of cells, one for each layer.
        cells_bw: a list of as many cells for the other direction.
        inputs: ``[batch, time, n]``, or ``[time, batch, n]`` if ``time_major``.
        initial_states_fw: a list of initial states of the forward cells, zeros by default.
        initial_states_bw: a list of initial states of the backward cells.
        dtype: of the initial states; needed where they are not given.
        sequence_length: the length of each sequence, ``[batch]``.
        parallel_iterations: of the loop.
        time_major: whether time is the first dimension of inputs and outputs.
        scope: variable scope or its name, "stack_bidirectional_rnn" by default.
        swap_memory: whether the loop may keep tensors in host memory.

    Returns:
        ``(outputs, final states of the forward cells, final states of the backward cells)``.

    Raises:
        ValueError: the cells or states are no lists of the same length.
    """
    states_fw, states_bw = [], []
    layers = _layers(cells_fw, cells_bw, initial_states_fw, initial_states_bw)
    with vs.variable_scope(scope or "stack_bidirectional_rnn"):
        for index, layer in enumerate(layers):
            with vs.variable_scope(f"cell_{index}"):
                outputs, (state_fw, state_bw) = rnn.bidirectional_dynamic_rnn(
                    layer[0],
                    layer[1],
                    inputs,
                    initial_state_fw=layer[2],
                    initial_state_bw=layer[3],
                    sequence_length=sequence_length,
                    parallel_iterations=parallel_iterations,
                    dtype=dtype,
                    swap_memory=swap_memory,
                    time_major=time_major,
                )
                inputs = array_ops.concat(outputs, 2)
            states_fw.append(state_fw)
            states_bw.append(state_bw)
    return inputs, tuple(states_fw), tuple(states_bw)
