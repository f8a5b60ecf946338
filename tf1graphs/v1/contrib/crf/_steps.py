"""What scores and decoding share: the cell of a recursion over tags, and the cases of lengths."""

from __future__ import annotations  # noqa: I001 (_tf_keras comes first, to keep tf_keras quiet)

from collections.abc import Callable
from typing import Any

from tensorflow.python.framework import constant_op, smart_cond, tensor_shape
from tensorflow.python.ops import array_ops, math_ops

from tf1graphs.v1 import _tf_keras  # noqa: F401
from tf_keras.src.layers.rnn.legacy_cells import RNNCell

__all__ = ["RNNCell", "TransitionCell", "by_length", "lengths_less_one"]


def by_length(inputs: Any, one_step: Callable[[], Any], several_steps: Callable[[], Any]) -> Any:
    """Returns what the function for inputs of one time step, or that for longer ones, returns."""
    steps = tensor_shape.dimension_value(inputs.shape[1]) or array_ops.shape(inputs)[1]
    return smart_cond.smart_cond(math_ops.equal(steps, 1), one_step, several_steps)


def lengths_less_one(sequence_lengths: Any) -> Any:
    return math_ops.maximum(constant_op.constant(0, dtype=sequence_lengths.dtype), sequence_lengths - 1)


class TransitionCell(RNNCell):  # type: ignore[misc]
    """A cell whose state is a score for each tag."""

    def __init__(self, transition_params: Any) -> None:
        super().__init__()
        self._transition_params = array_ops.expand_dims(transition_params, 0)
        self._num_tags = tensor_shape.dimension_value(transition_params.shape[0])

    @property
    def state_size(self) -> Any:
        """The number of tags."""
        return self._num_tags

    @property
    def output_size(self) -> Any:
        """The number of tags."""
        return self._num_tags

    def transition_scores(self, state: Any) -> Any:
        """Returns the scores of all transitions, ``[batch, tags before, tags after]``."""
        return array_ops.expand_dims(state, 2) + self._transition_params
