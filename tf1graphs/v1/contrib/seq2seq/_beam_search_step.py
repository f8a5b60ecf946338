"""One step of a beam search: scores, the best continuations, and what they came from.

The penalties are those of Y. Wu et al., "Google's Neural Machine Translation System", section 7,
https://arxiv.org/abs/1609.08144
"""

from __future__ import annotations

from typing import Any, NamedTuple

from tensorflow.python.framework import dtypes, ops, tensor_shape, tensor_util
from tensorflow.python.ops import array_ops, math_ops, nn_ops, tensor_array_ops
from tensorflow.python.util import nest

from tf1graphs.v1.contrib.seq2seq._attention_wrapper import AttentionWrapperState


class BeamSearchDecoderState(NamedTuple):
    """The state of a beam search; all but the cell's state is ``[batch, beams, ...]``."""

    cell_state: Any
    log_probs: Any
    finished: Any
    lengths: Any
    accumulated_attention_probs: Any


class BeamSearchDecoderOutput(NamedTuple):
    """What a step of a beam search gives, each ``[batch, beams]``."""

    scores: Any
    predicted_ids: Any
    parent_ids: Any


def _mean_of(probabilities: Any) -> Any:
    stacked = array_ops.concat([array_ops.expand_dims(each, -1) for each in probabilities], -1)
    return math_ops.reduce_mean(stacked, -1)


def attention_probs_from_attn_state(attention_state: Any) -> Any:
    """Returns the alignments of an ``AttentionWrapperState``, the mean of several mechanisms."""
    alignments = attention_state.alignments
    return _mean_of(alignments) if isinstance(alignments, tuple) else alignments


def get_attention_probs(next_cell_state: Any, coverage_penalty_weight: Any) -> Any:
    """Returns the mean alignments of all attention in a cell's state, or None without a coverage penalty.

    Raises:
        ValueError: There is a coverage penalty but no attention.
    """
    if coverage_penalty_weight == 0.0:
        return None
    single = isinstance(next_cell_state, AttentionWrapperState) or not isinstance(next_cell_state, tuple)
    states = [next_cell_state] if single else next_cell_state
    found = [attention_probs_from_attn_state(each) for each in states if isinstance(each, AttentionWrapperState)]
    if not found:
        raise ValueError("coverage_penalty_weight must be 0.0 if no cell is attentional.")
    return found[0] if len(found) == 1 else _mean_of(found)


def _length_penalty(sequence_lengths: Any, penalty_factor: Any) -> Any:
    """Returns ``((5 + lengths) / 6) ** penalty_factor``; 1 where the factor is 0."""
    penalty_factor = ops.convert_to_tensor(penalty_factor, name="penalty_factor")
    penalty_factor.set_shape(())
    if tensor_util.constant_value(penalty_factor) == 0:
        return 1.0
    return math_ops.div(
        (5.0 + math_ops.cast(sequence_lengths, dtypes.float32)) ** penalty_factor, (5.0 + 1.0) ** penalty_factor
    )


def _get_scores(
    log_probs: Any,
    sequence_lengths: Any,
    length_penalty_weight: Any,
    coverage_penalty_weight: Any,
    finished: Any,
    accumulated_attention_probs: Any,
) -> Any:
    """Returns log probabilities ``[batch, beams, symbols]`` with the penalties for length and coverage."""
    penalty = _length_penalty(sequence_lengths=sequence_lengths, penalty_factor=length_penalty_weight)
    scores = log_probs / math_ops.cast(penalty, dtype=log_probs.dtype)
    weight = ops.convert_to_tensor(coverage_penalty_weight, name="coverage_penalty_weight")
    if weight.shape.ndims != 0:
        raise ValueError(f"coverage_penalty_weight should be a scalar, but saw shape: {weight.shape}")
    if tensor_util.constant_value(weight) == 0.0:
        return scores
    if accumulated_attention_probs is None:
        raise ValueError("accumulated_attention_probs can be None only if coverage penalty is disabled.")
    # Exactly 0 is what lies past the end of the source: it needs no coverage.
    covered = array_ops.where(
        math_ops.equal(accumulated_attention_probs, 0.0),
        array_ops.ones_like(accumulated_attention_probs),
        accumulated_attention_probs,
    )
    coverage = math_ops.reduce_sum(math_ops.log(math_ops.minimum(covered, 1.0)), 2)
    coverage *= math_ops.cast(finished, dtypes.float32)
    return scores + array_ops.expand_dims(coverage * weight, 2)


def _mask_probs(probs: Any, eos_token: Any, finished: Any) -> Any:
    """Returns log probabilities in which a finished beam can only take the end token."""
    symbols = array_ops.shape(probs)[2]
    row = array_ops.one_hot(
        eos_token,
        symbols,
        dtype=probs.dtype,
        on_value=ops.convert_to_tensor(0.0, dtype=probs.dtype),
        off_value=probs.dtype.min,
    )
    only_end = array_ops.tile(array_ops.reshape(row, [1, 1, -1]), array_ops.concat([array_ops.shape(finished), [1]], 0))
    mask = array_ops.tile(array_ops.expand_dims(finished, 2), [1, 1, symbols])
    return array_ops.where(mask, only_end, probs)


def _tensor_gather_helper(
    gather_indices: Any, gather_from: Any, batch_size: Any, range_size: Any, gather_shape: Any, name: str | None = None
) -> Any:
    """Returns for every batch entry what stands at its indices, of ``range_size`` values each.

    ``gather_from`` is reshaped to ``gather_shape`` for that: ``[-1]`` gathers scalars, and
    ``[batch_size * range_size, -1]`` whole rows.
    """
    with ops.name_scope(name, "tensor_gather_helper"):
        offsets = array_ops.expand_dims(math_ops.range(batch_size) * range_size, 1)
        flat_indices = array_ops.reshape(gather_indices + offsets, [-1])
        found = array_ops.gather(array_ops.reshape(gather_from, gather_shape), flat_indices)
        rank = 1 + len(gather_shape)
        found = array_ops.reshape(found, array_ops.shape(gather_from)[:rank], name="output")
        static_batch = tensor_shape.TensorShape([tensor_util.constant_value(batch_size)])
        found.set_shape(static_batch.concatenate(gather_from.shape[1:rank]))
        return found


def check_rank_is_known(tensor: Any) -> None:
    """Raises ``ValueError`` for a tensor of unknown rank."""
    if tensor.shape.ndims is None:
        raise ValueError(f"Expected tensor ({tensor}) to have known rank, but ndims == None.")


def _reorder_state(parents: Any, part: Any, batch_size: Any, beam_width: int) -> Any:
    if isinstance(part, tensor_array_ops.TensorArray):
        return part
    check_rank_is_known(part)
    if part.shape.ndims < 2:
        return part
    return _tensor_gather_helper(parents, part, batch_size, beam_width, [batch_size * beam_width, -1])


def _lengths_of_continuations(
    state: BeamSearchDecoderState, symbols: Any, batch_size: Any, beam_width: int, end_token: Any
) -> Any:
    """Returns the length of each beam with each symbol after it: the end token and finished beams add none."""
    added = array_ops.one_hot(
        indices=array_ops.fill([batch_size, beam_width], end_token),
        depth=symbols,
        on_value=math_ops.cast(0, dtypes.int64),
        off_value=math_ops.cast(1, dtypes.int64),
        dtype=dtypes.int64,
    )
    added *= array_ops.expand_dims(math_ops.cast(math_ops.logical_not(state.finished), dtypes.int64), 2)
    return added + array_ops.expand_dims(state.lengths, 2)


def _accumulated_attention(state: BeamSearchDecoderState, next_cell_state: Any, coverage_penalty_weight: Any) -> Any:
    attention = get_attention_probs(next_cell_state, coverage_penalty_weight)
    if attention is None:
        return None
    going_on = math_ops.cast(math_ops.logical_not(state.finished), dtypes.float32)
    return state.accumulated_attention_probs + attention * array_ops.expand_dims(going_on, 2)


def _beam_search_step(
    time: Any,
    logits: Any,
    next_cell_state: Any,
    beam_state: Any,
    batch_size: Any,
    beam_width: int,
    end_token: Any,
    length_penalty_weight: Any,
    coverage_penalty_weight: Any,
) -> Any:
    """Returns ``(output, next_state)`` for logits ``[batch, beams, symbols]`` of a step."""
    log_probs = _mask_probs(nn_ops.log_softmax(logits), end_token, beam_state.finished)
    total_probs = array_ops.expand_dims(beam_state.log_probs, 2) + log_probs
    symbols = logits.shape.dims[-1].value or array_ops.shape(logits)[-1]
    attention = _accumulated_attention(beam_state, next_cell_state, coverage_penalty_weight)
    scores = _get_scores(
        log_probs=total_probs,
        sequence_lengths=_lengths_of_continuations(beam_state, symbols, batch_size, beam_width, end_token),
        length_penalty_weight=length_penalty_weight,
        coverage_penalty_weight=coverage_penalty_weight,
        finished=beam_state.finished,
        accumulated_attention_probs=attention,
    )
    best = ops.convert_to_tensor(beam_width, dtype=dtypes.int32, name="beam_width")
    best_scores, positions = nn_ops.top_k(array_ops.reshape(scores, [batch_size, -1]), k=best)
    for each in (best_scores, positions):
        each.set_shape([tensor_util.constant_value(batch_size), beam_width])
    best_probs = _tensor_gather_helper(
        positions, total_probs, batch_size, beam_width * symbols, [-1], name="next_beam_probs"
    )
    words = math_ops.cast(math_ops.mod(positions, symbols, name="next_beam_word_ids"), dtypes.int32)
    parents = math_ops.cast(positions / symbols, dtypes.int32, name="next_beam_parent_ids")
    was_finished = _tensor_gather_helper(parents, beam_state.finished, batch_size, beam_width, [-1])
    finished = math_ops.logical_or(was_finished, math_ops.equal(words, end_token), name="next_beam_finished")
    lengths = _tensor_gather_helper(parents, beam_state.lengths, batch_size, beam_width, [-1])
    lengths += math_ops.cast(math_ops.logical_not(was_finished), dtypes.int64)
    if attention is not None:
        rows = [batch_size * beam_width, -1]
        attention = _tensor_gather_helper(
            parents, attention, batch_size, beam_width, rows, name="next_accumulated_attention_probs"
        )
    next_state = BeamSearchDecoderState(
        cell_state=nest.map_structure(
            lambda part: _reorder_state(parents, part, batch_size, beam_width), next_cell_state
        ),
        log_probs=best_probs,
        lengths=lengths,
        finished=finished,
        accumulated_attention_probs=() if attention is None else attention,
    )
    return BeamSearchDecoderOutput(scores=best_scores, predicted_ids=words, parent_ids=parents), next_state
