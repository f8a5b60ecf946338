"""The best sequences of tags."""

from __future__ import annotations

from typing import Any

import numpy as np
from tensorflow.python.framework import dtypes, tensor_shape
from tensorflow.python.ops import array_ops, array_ops_stack, gen_array_ops, math_ops, rnn

from tf1graphs.v1.contrib.crf._steps import RNNCell, TransitionCell, by_length, lengths_less_one


class CrfDecodeForwardRnnCell(TransitionCell):
    """One step of the Viterbi recursion; its state is the score of the best sequence that ends in each tag."""

    def __call__(self, inputs: Any, state: Any, scope: Any = None) -> Any:
        """Returns the best tags before each tag, int32 ``[batch, tags]``, and the new scores."""
        scores = self.transition_scores(state)
        new_state = inputs + math_ops.reduce_max(scores, [1])
        return math_ops.cast(math_ops.argmax(scores, 1), dtype=dtypes.int32), new_state


class CrfDecodeBackwardRnnCell(RNNCell):  # type: ignore[misc]
    """One step back along the best sequence; its inputs are best tags ``[batch, tags]``, its state a tag."""

    def __init__(self, num_tags: int) -> None:
        super().__init__()
        self._num_tags = num_tags

    @property
    def state_size(self) -> int:
        """1, a tag."""
        return 1

    @property
    def output_size(self) -> int:
        """1, a tag."""
        return 1

    def __call__(self, inputs: Any, state: Any, scope: Any = None) -> Any:
        """Returns the tag before ``state`` twice, int32 ``[batch, 1]``."""
        state = array_ops.squeeze(state, axis=[1])
        examples = math_ops.range(array_ops.shape(inputs)[0])
        tags = gen_array_ops.gather_nd(inputs, array_ops_stack.stack([examples, state], axis=1))
        tags = array_ops.expand_dims(tags, axis=-1)
        return tags, tags


def viterbi_decode(score: Any, transition_params: Any) -> tuple[list[Any], Any]:
    """Returns the best sequence of tags and its score, for arrays.

    Args:
        score: unary scores ``[time, tags]``.
        transition_params: ``[tags, tags]``.
    """
    trellis = np.zeros_like(score)
    backpointers = np.zeros_like(score, dtype=np.int32)
    trellis[0] = score[0]
    for step in range(1, score.shape[0]):
        candidates = np.expand_dims(trellis[step - 1], 1) + transition_params
        trellis[step] = score[step] + np.max(candidates, 0)
        backpointers[step] = np.argmax(candidates, 0)
    tags = [np.argmax(trellis[-1])]
    for backpointer in reversed(backpointers[1:]):
        tags.append(backpointer[tags[-1]])
    return tags[::-1], np.max(trellis[-1])


def crf_decode(potentials: Any, transition_params: Any, sequence_length: Any) -> Any:
    """Returns the best sequences of tags, int32 ``[batch, time]``, and their scores, ``[batch]``.

    Args:
        potentials: unary scores ``[batch, time, tags]``.
        transition_params: ``[tags, tags]``.
        sequence_length: ``[batch]``.
    """

    def one_step() -> Any:
        scores = array_ops.squeeze(potentials, [1])
        tags = array_ops.expand_dims(math_ops.argmax(scores, axis=1), 1)
        best = math_ops.reduce_max(scores, axis=1)
        return math_ops.cast(tags, dtype=dtypes.int32), best

    def several_steps() -> Any:
        first = array_ops.squeeze(array_ops.slice(potentials, [0, 0, 0], [-1, 1, -1]), axis=[1])
        lengths = lengths_less_one(sequence_length)
        backpointers, scores = rnn.dynamic_rnn(
            CrfDecodeForwardRnnCell(transition_params),
            inputs=array_ops.slice(potentials, [0, 1, 0], [-1, -1, -1]),
            sequence_length=lengths,
            initial_state=first,
            dtype=dtypes.int32,
        )
        last_tags = array_ops.expand_dims(math_ops.cast(math_ops.argmax(scores, axis=1), dtypes.int32), axis=-1)
        # From here on the sequences run backwards.
        tags, _ = rnn.dynamic_rnn(
            CrfDecodeBackwardRnnCell(tensor_shape.dimension_value(potentials.shape[2])),
            inputs=gen_array_ops.reverse_sequence(backpointers, lengths, seq_dim=1),
            sequence_length=lengths,
            initial_state=last_tags,
            dtype=dtypes.int32,
        )
        tags = array_ops.concat([last_tags, array_ops.squeeze(tags, axis=[2])], axis=1)
        tags = gen_array_ops.reverse_sequence(tags, sequence_length, seq_dim=1)
        return tags, math_ops.reduce_max(scores, axis=1)

    return by_length(potentials, one_step, several_steps)
