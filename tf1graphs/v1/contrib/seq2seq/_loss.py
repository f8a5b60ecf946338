"""``sequence_loss``: the weighted cross entropy of a batch of sequences."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tensorflow.python.framework import ops
from tensorflow.python.ops import array_ops, math_ops, nn_ops


def _check(logits: Any, targets: Any, weights: Any) -> None:
    if len(logits.get_shape()) != 3:
        raise ValueError("Logits must be a [batch_size x sequence_length x logits] tensor")
    for kind, tensor in [("Targets", targets), ("Weights", weights)]:
        if len(tensor.get_shape()) != 2:
            raise ValueError(f"{kind} must be a [batch_size x sequence_length] tensor")


def sequence_loss(
    logits: Any,
    targets: Any,
    weights: Any,
    average_across_timesteps: bool = True,
    average_across_batch: bool = True,
    sum_over_timesteps: bool = False,
    sum_over_batch: bool = False,
    softmax_loss_function: Callable[..., Any] | None = None,
    name: str | None = None,
) -> Any:
    """Returns the weighted cross entropy of the targets, reduced over time and batch as the flags say.

    Args:
        logits: ``[batch, time, symbols]``.
        targets: The true symbols, an integer ``[batch, time]``.
        weights: The weight of each target, ``[batch, time]``; 0 for padding.
        average_across_timesteps: Divides the sum over time by the sum of the weights.
        average_across_batch: Divides the sum over the batch by the sum of the weights.
        sum_over_timesteps: Divides the sum over time by the number of weights that are not 0.
        sum_over_batch: Divides the sum over the batch by the number of weights that are not 0.
        softmax_loss_function: Used in place of the sparse softmax cross entropy; called with ``labels`` and ``logits``.
        name: The name scope, ``"sequence_loss"`` by default.

    Returns:
        A float tensor of rank 0 (reduced over both), 1, or 2 (``[batch, time]``).

    Raises:
        ValueError: A rank is wrong, or both flags of one dimension are set.
    """
    _check(logits, targets, weights)
    if average_across_timesteps and sum_over_timesteps:
        raise ValueError("average_across_timesteps and sum_over_timesteps exclude each other.")
    if average_across_batch and sum_over_batch:
        raise ValueError("average_across_batch and sum_over_batch exclude each other.")
    with ops.name_scope(name, "sequence_loss", [logits, targets, weights]):
        flat_logits = array_ops.reshape(logits, [-1, array_ops.shape(logits)[2]])
        flat_targets = array_ops.reshape(targets, [-1])
        loss_function = softmax_loss_function or nn_ops.sparse_softmax_cross_entropy_with_logits
        losses = loss_function(labels=flat_targets, logits=flat_logits)
        losses *= array_ops.reshape(weights, [-1])
        if average_across_timesteps and average_across_batch:
            return math_ops.div_no_nan(math_ops.reduce_sum(losses), math_ops.reduce_sum(weights))
        if sum_over_timesteps and sum_over_batch:
            total = math_ops.reduce_sum(losses)
            return math_ops.div_no_nan(total, math_ops.cast(math_ops.count_nonzero(weights), total.dtype))
        losses = array_ops.reshape(losses, array_ops.shape(logits)[0:2])
        # Mixed flags reduce one dimension only, and averaging goes before summing, as in 1.15.
        if average_across_timesteps or average_across_batch:
            axis = [0] if average_across_batch else [1]
            return math_ops.div_no_nan(math_ops.reduce_sum(losses, axis=axis), math_ops.reduce_sum(weights, axis=axis))
        if sum_over_timesteps or sum_over_batch:
            axis = [0] if sum_over_batch else [1]
            total = math_ops.reduce_sum(losses, axis=axis)
            return math_ops.div_no_nan(
                total, math_ops.cast(math_ops.count_nonzero(weights, axis=axis), dtype=total.dtype)
            )
        return losses
