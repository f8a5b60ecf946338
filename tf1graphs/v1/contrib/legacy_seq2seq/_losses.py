"""Losses of lists of logits, and models for sequences of several lengths."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tensorflow.python.framework import ops
from tensorflow.python.ops import array_ops, math_ops, nn_ops, variable_scope


def sequence_loss_by_example(
    logits: list[Any],
    targets: list[Any],
    weights: list[Any],
    average_across_timesteps: bool = True,
    softmax_loss_function: Any = None,
    name: str | None = None,
) -> Any:
    """Returns the weighted cross entropy of each sequence, ``[batch]``.

    Args:
        logits: a list of tensors ``[batch, symbols]``, one for each time step.
        targets: a list of integer tensors ``[batch]``.
        weights: a list of float tensors ``[batch]``.
        average_across_timesteps: whether to divide by the sum of the weights of the sequence.
        softmax_loss_function: a function of ``labels`` and ``logits``, used in place of the cross entropy.
        name: of the ops, "sequence_loss_by_example" by default.

    Raises:
        ValueError: the lists are not of the same length.
    """
    if len(targets) != len(logits) or len(weights) != len(logits):
        raise ValueError(
            f"Lengths of logits, weights, and targets must be the same: {len(logits)}, {len(weights)}, {len(targets)}."
        )
    with ops.name_scope(name, "sequence_loss_by_example", logits + targets + weights):
        weighted = []
        for logit, target, weight in zip(logits, targets, weights, strict=True):
            if softmax_loss_function is None:
                labels = array_ops.reshape(target, [-1])
                loss = nn_ops.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logit)
            else:
                loss = softmax_loss_function(labels=target, logits=logit)
            weighted.append(loss * weight)
        total = math_ops.add_n(weighted)
        if average_across_timesteps:
            # A sequence without any weight has the loss 0, not NaN.
            total /= math_ops.add_n(weights) + 1e-12
    return total


def sequence_loss(
    logits: list[Any],
    targets: list[Any],
    weights: list[Any],
    average_across_timesteps: bool = True,
    average_across_batch: bool = True,
    softmax_loss_function: Any = None,
    name: str | None = None,
) -> Any:
    """Returns the sum of ``sequence_loss_by_example``, a scalar, divided by the batch size on request.

    Args:
        logits: a list of tensors ``[batch, symbols]``, one for each time step.
        targets: a list of integer tensors ``[batch]``.
        weights: a list of float tensors ``[batch]``.
        average_across_timesteps: whether to divide by the sum of the weights of each sequence.
        average_across_batch: whether to divide by the batch size.
        softmax_loss_function: a function of ``labels`` and ``logits``, used in place of the cross entropy.
        name: of the ops, "sequence_loss" by default.

    Raises:
        ValueError: the lists are not of the same length.
    """
    with ops.name_scope(name, "sequence_loss", logits + targets + weights):
        losses = sequence_loss_by_example(
            logits,
            targets,
            weights,
            average_across_timesteps=average_across_timesteps,
            softmax_loss_function=softmax_loss_function,
        )
        total = math_ops.reduce_sum(losses)
        if not average_across_batch:
            return total
        return total / math_ops.cast(array_ops.shape(targets[0])[0], total.dtype)


def model_with_buckets(
    encoder_inputs: list[Any],
    decoder_inputs: list[Any],
    targets: list[Any],
    weights: list[Any],
    buckets: list[tuple[int, int]],
    seq2seq: Callable[[Any, Any], Any],
    softmax_loss_function: Any = None,
    per_example_loss: bool = False,
    name: str | None = None,
) -> Any:
    """Builds a model for each pair of lengths, all with the same variables.

    Args:
        encoder_inputs: a list of tensors, of which each model gets the first ones.
        decoder_inputs: a list of tensors, likewise.
        targets: a list of integer tensors ``[batch]``.
        weights: a list of float tensors ``[batch]``.
        buckets: the pairs of an input length and an output length, the longest last.
        seq2seq: a function of encoder and decoder inputs that returns ``(list of outputs, state)``.
        softmax_loss_function: a function of ``labels`` and ``logits``, used in place of the cross entropy.
        per_example_loss: whether a loss is that of each sequence, ``[batch]``, rather than a scalar.
        name: of the ops, "model_with_buckets" by default.

    Returns:
        ``(list of lists of outputs, list of losses)``, one of each for every bucket.

    Raises:
        ValueError: inputs, targets or weights are shorter than the last bucket.
    """
    longest_input, longest_output = buckets[-1]
    for values, kind, length in (
        (encoder_inputs, "encoder_inputs", longest_input),
        (targets, "targets", longest_output),
        (weights, "weights", longest_output),
    ):
        if len(values) < length:
            raise ValueError(f"Length of {kind} ({len(values)}) must be at least that of last bucket ({length}).")
    loss_function = sequence_loss_by_example if per_example_loss else sequence_loss
    outputs, losses = [], []
    with ops.name_scope(name, "model_with_buckets", encoder_inputs + decoder_inputs + targets + weights):
        for index, (input_length, output_length) in enumerate(buckets):
            reuse = True if index > 0 else None
            with variable_scope.variable_scope(variable_scope.get_variable_scope(), reuse=reuse):
                logits, _ = seq2seq(encoder_inputs[:input_length], decoder_inputs[:output_length])
                loss = loss_function(
                    logits,
                    targets[:output_length],
                    weights[:output_length],
                    softmax_loss_function=softmax_loss_function,
                )
            outputs.append(logits)
            losses.append(loss)
    return outputs, losses
