"""Scores and likelihoods of sequences of tags."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import dtypes, tensor_shape
from tensorflow.python.ops import array_ops, math_ops, rnn, variable_scope

from tf1graphs.v1.contrib.crf._steps import TransitionCell, by_length, lengths_less_one


def _zero_where_empty(values: Any, sequence_lengths: Any) -> Any:
    return array_ops.where(math_ops.less_equal(sequence_lengths, 0), array_ops.zeros_like(values), values)


def crf_sequence_score(inputs: Any, tag_indices: Any, sequence_lengths: Any, transition_params: Any) -> Any:
    """Returns the unnormalized score of each sequence of tags, ``[batch]``.

    Args:
        inputs: unary scores ``[batch, time, tags]``.
        tag_indices: integers ``[batch, time]``.
        sequence_lengths: ``[batch]``; the score of an empty sequence is 0.
        transition_params: ``[tags, tags]``.
    """

    def one_step() -> Any:
        batch_size = array_ops.shape(inputs, out_type=tag_indices.dtype)[0]
        examples = array_ops.reshape(math_ops.range(batch_size, dtype=tag_indices.dtype), [-1, 1])
        indices = array_ops.concat([examples, tag_indices], axis=1)
        scores = array_ops.gather_nd(array_ops.squeeze(inputs, [1]), indices)
        return _zero_where_empty(scores, sequence_lengths)

    def several_steps() -> Any:
        unary = crf_unary_score(tag_indices, sequence_lengths, inputs)
        return unary + crf_binary_score(tag_indices, sequence_lengths, transition_params)

    return by_length(inputs, one_step, several_steps)


def crf_multitag_sequence_score(inputs: Any, tag_bitmap: Any, sequence_lengths: Any, transition_params: Any) -> Any:
    """Returns the logarithm of the summed exponential scores of all sequences of allowed tags, ``[batch]``.

    Args:
        inputs: unary scores ``[batch, time, tags]``.
        tag_bitmap: booleans ``[batch, time, tags]``, true for the allowed tags.
        sequence_lengths: ``[batch]``.
        transition_params: ``[tags, tags]``.
    """

    def allowed() -> Any:
        return array_ops.where(tag_bitmap, inputs, array_ops.fill(array_ops.shape(inputs), float("-inf")))

    return by_length(
        inputs,
        lambda: math_ops.reduce_logsumexp(allowed(), axis=[1, 2], keepdims=False),
        lambda: crf_log_norm(allowed(), sequence_lengths, transition_params),
    )


def crf_log_norm(inputs: Any, sequence_lengths: Any, transition_params: Any) -> Any:
    """Returns the logarithm of the normalization constant of each sequence, ``[batch]``, by the forward recursion.

    Args:
        inputs: unary scores ``[batch, time, tags]``.
        sequence_lengths: ``[batch]``; the value of an empty sequence is 0.
        transition_params: ``[tags, tags]``.
    """
    first = array_ops.squeeze(array_ops.slice(inputs, [0, 0, 0], [-1, 1, -1]), [1])

    def several_steps() -> Any:
        _, alphas = rnn.dynamic_rnn(
            cell=CrfForwardRnnCell(transition_params),
            inputs=array_ops.slice(inputs, [0, 1, 0], [-1, -1, -1]),
            sequence_length=lengths_less_one(sequence_lengths),
            initial_state=first,
            dtype=dtypes.float32,
        )
        return _zero_where_empty(math_ops.reduce_logsumexp(alphas, [1]), sequence_lengths)

    return by_length(
        inputs, lambda: _zero_where_empty(math_ops.reduce_logsumexp(first, [1]), sequence_lengths), several_steps
    )


def crf_log_likelihood(
    inputs: Any, tag_indices: Any, sequence_lengths: Any, transition_params: Any = None
) -> tuple[Any, Any]:
    """Returns the log likelihood of each sequence of tags, ``[batch]``, and the transition scores.

    Args:
        inputs: unary scores ``[batch, time, tags]``.
        tag_indices: integers ``[batch, time]``.
        sequence_lengths: ``[batch]``.
        transition_params: ``[tags, tags]``; without it a variable ``transitions`` of the scope.
    """
    num_tags = tensor_shape.dimension_value(inputs.shape[2])
    if transition_params is None:
        transition_params = variable_scope.get_variable("transitions", [num_tags, num_tags])
    score = crf_sequence_score(inputs, tag_indices, sequence_lengths, transition_params)
    return score - crf_log_norm(inputs, sequence_lengths, transition_params), transition_params


def crf_unary_score(tag_indices: Any, sequence_lengths: Any, inputs: Any) -> Any:
    """Returns the sum of the unary scores of each sequence of tags, ``[batch]``.

    Args:
        tag_indices: integers ``[batch, time]``.
        sequence_lengths: ``[batch]``.
        inputs: unary scores ``[batch, time, tags]``.
    """
    batch_size, time, num_tags = [array_ops.shape(inputs)[axis] for axis in range(3)]
    offsets = array_ops.expand_dims(math_ops.range(batch_size) * time * num_tags, 1)
    offsets += array_ops.expand_dims(math_ops.range(time) * num_tags, 0)
    if tag_indices.dtype == dtypes.int64:
        offsets = math_ops.cast(offsets, dtypes.int64)
    scores = array_ops.gather(array_ops.reshape(inputs, [-1]), array_ops.reshape(offsets + tag_indices, [-1]))
    scores = array_ops.reshape(scores, [batch_size, time])
    return math_ops.reduce_sum(scores * _mask(tag_indices, sequence_lengths), 1)


def crf_binary_score(tag_indices: Any, sequence_lengths: Any, transition_params: Any) -> Any:
    """Returns the sum of the transition scores of each sequence of tags, ``[batch]``.

    Args:
        tag_indices: integers ``[batch, time]``.
        sequence_lengths: ``[batch]``.
        transition_params: ``[tags, tags]``.
    """
    num_tags = transition_params.get_shape()[0]
    count = array_ops.shape(tag_indices)[1] - 1
    rows = array_ops.slice(tag_indices, [0, 0], [-1, count])
    columns = array_ops.slice(tag_indices, [0, 1], [-1, count])
    scores = array_ops.gather(array_ops.reshape(transition_params, [-1]), rows * num_tags + columns)
    mask = array_ops.slice(_mask(tag_indices, sequence_lengths), [0, 1], [-1, -1])
    return math_ops.reduce_sum(scores * mask, 1)


def _mask(tag_indices: Any, sequence_lengths: Any) -> Any:
    return array_ops.sequence_mask(sequence_lengths, array_ops.shape(tag_indices)[1], dtype=dtypes.float32)


class CrfForwardRnnCell(TransitionCell):
    """One step of the forward recursion; its state is the alphas, ``[batch, tags]``, in logarithms."""

    def __call__(self, inputs: Any, state: Any, scope: Any = None) -> Any:
        """Returns the new alphas twice, for the unary scores ``inputs``, ``[batch, tags]``."""
        alphas = inputs + math_ops.reduce_logsumexp(self.transition_scores(state), [1])
        return alphas, alphas
