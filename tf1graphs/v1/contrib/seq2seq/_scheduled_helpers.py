"""Training helpers that now and then feed what the model itself has produced (scheduled sampling).

Source: S. Bengio, O. Vinyals, N. Jaitly, N. Shazeer, "Scheduled Sampling for Sequence Prediction with Recurrent
Neural Networks", https://arxiv.org/abs/1506.03099
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import array_ops, cond, gen_array_ops, math_ops, rnn
from tensorflow.python.util import nest

from tf1graphs.v1.contrib.seq2seq._helper import TrainingHelper, _unstack_ta, embedding_function
from tf1graphs.v1.contrib.seq2seq._sampling import bernoulli_sample, categorical_sample


def _probability(value: Any) -> Any:
    probability = ops.convert_to_tensor(value, name="sampling_probability")
    if probability.get_shape().ndims not in (0, 1):
        raise ValueError(
            f"sampling_probability must be either a scalar or a vector. saw shape: {probability.get_shape()}"
        )
    return probability


def _rows_where(condition: Any) -> Any:
    return math_ops.cast(array_ops.where(condition), dtypes.int32)


def _merge(sampled_at: Any, sampled: Any, given_at: Any, given: Any, shape: Any) -> Any:
    """Returns rows of ``shape``: ``sampled`` at the rows ``sampled_at`` and ``given`` at ``given_at``."""
    return array_ops.scatter_nd(indices=sampled_at, updates=sampled, shape=shape) + array_ops.scatter_nd(
        indices=given_at, updates=given, shape=shape
    )


class ScheduledEmbeddingTrainingHelper(TrainingHelper):
    """A ``TrainingHelper`` that feeds, with some probability, the embedding of a symbol drawn from the last outputs.

    Args:
        inputs: As for ``TrainingHelper``.
        sequence_length: As for ``TrainingHelper``.
        embedding: A function of ids, or the parameters of ``tf.nn.embedding_lookup``.
        sampling_probability: The probability to feed a sample, a scalar or ``[batch]``.
        time_major: As for ``TrainingHelper``.
        seed: The seed of the symbols.
        scheduling_seed: The seed of the choice between sample and given input.
        name: The name scope.

    Raises:
        ValueError: ``sampling_probability`` has more than one dimension.
    """

    def __init__(
        self,
        inputs: Any,
        sequence_length: Any,
        embedding: Any,
        sampling_probability: Any,
        time_major: bool = False,
        seed: int | None = None,
        scheduling_seed: int | None = None,
        name: str | None = None,
    ) -> None:
        with ops.name_scope(name, "ScheduledEmbeddingSamplingWrapper", [embedding, sampling_probability]):
            self._embedding_fn = embedding_function(embedding)
            self._sampling_probability = _probability(sampling_probability)
            self._seed = seed
            self._scheduling_seed = scheduling_seed
            super().__init__(inputs=inputs, sequence_length=sequence_length, time_major=time_major, name=name)

    def initialize(self, name: str | None = None) -> Any:
        """Returns ``(finished, first_inputs)``."""
        return super().initialize(name=name)

    def sample(self, time: Any, outputs: Any, state: Any, name: str | None = None) -> Any:  # type: ignore[override]
        """Returns drawn symbols, and -1 where the given input is to be fed."""
        with ops.name_scope(name, "ScheduledEmbeddingTrainingHelperSample", [time, outputs, state]):
            chosen = bernoulli_sample(
                probs=self._sampling_probability,
                dtype=dtypes.bool,
                sample_shape=self.batch_size,
                seed=self._scheduling_seed,
            )
            symbols = categorical_sample(logits=outputs, seed=self._seed)
            return array_ops.where(chosen, symbols, gen_array_ops.fill([self.batch_size], -1))

    def next_inputs(  # type: ignore[override]
        self, time: Any, outputs: Any, state: Any, sample_ids: Any, name: str | None = None
    ) -> Any:
        """Returns ``(finished, given or sampled inputs, state)``."""
        values = [time, outputs, state, sample_ids]
        with ops.name_scope(name, "ScheduledEmbeddingTrainingHelperNextInputs", values):
            finished, given, state = super().next_inputs(
                time=time, outputs=outputs, state=state, sample_ids=sample_ids, name=name
            )

            def mixed() -> Any:
                sampled_at = _rows_where(sample_ids > -1)
                given_at = _rows_where(sample_ids <= -1)
                sampled_ids = array_ops.gather_nd(sample_ids, sampled_at)
                kept = array_ops.gather_nd(given, given_at)
                sampled = self._embedding_fn(sampled_ids)
                return _merge(sampled_at, sampled, given_at, kept, array_ops.shape(given))

            return finished, cond.cond(math_ops.reduce_all(finished), lambda: given, mixed), state


class ScheduledOutputTrainingHelper(TrainingHelper):
    """A ``TrainingHelper`` that feeds, with some probability, the last outputs themselves.

    Args:
        inputs: As for ``TrainingHelper``.
        sequence_length: As for ``TrainingHelper``.
        sampling_probability: The probability to feed the outputs, a scalar or ``[batch]``.
        time_major: As for ``TrainingHelper``.
        seed: The seed of the choice between outputs and given input.
        next_inputs_fn: Applied to the outputs before they are fed.
        auxiliary_inputs: Appended to the inputs of every step, ``[batch, time, ...]`` in the order of ``inputs``.
        name: The name scope.

    Raises:
        ValueError: ``sampling_probability`` has more than one dimension.
    """

    def __init__(
        self,
        inputs: Any,
        sequence_length: Any,
        sampling_probability: Any,
        time_major: bool = False,
        seed: int | None = None,
        next_inputs_fn: Callable[[Any], Any] | None = None,
        auxiliary_inputs: Any = None,
        name: str | None = None,
    ) -> None:
        with ops.name_scope(name, "ScheduledOutputTrainingHelper", [inputs, auxiliary_inputs, sampling_probability]):
            self._sampling_probability = _probability(sampling_probability)
            self._auxiliary_input_tas = None
            if auxiliary_inputs is not None:
                inputs = ops.convert_to_tensor(inputs, name="inputs")
                auxiliary = ops.convert_to_tensor(auxiliary_inputs, name="auxiliary_inputs")
                inputs = nest.map_structure(lambda *parts: array_ops.concat(parts, -1), inputs, auxiliary)
                if not time_major:
                    auxiliary = nest.map_structure(rnn._transpose_batch_time, auxiliary)
                self._auxiliary_input_tas = nest.map_structure(_unstack_ta, auxiliary)
            self._seed = seed
            self._next_inputs_fn = next_inputs_fn
            super().__init__(inputs=inputs, sequence_length=sequence_length, time_major=time_major, name=name)

    def initialize(self, name: str | None = None) -> Any:
        """Returns ``(finished, first_inputs)``."""
        return super().initialize(name=name)

    def sample(self, time: Any, outputs: Any, state: Any, name: str | None = None) -> Any:  # type: ignore[override]
        """Returns 1 where the outputs are to be fed, else 0."""
        with ops.name_scope(name, "ScheduledOutputTrainingHelperSample", [time, outputs, state]):
            return bernoulli_sample(probs=self._sampling_probability, sample_shape=self.batch_size, seed=self._seed)

    def _with_auxiliary(self, time: Any, rows: Any, at: Any = None) -> Any:
        if self._auxiliary_input_tas is None:
            return rows
        auxiliary = nest.map_structure(lambda array: array.read(time + 1), self._auxiliary_input_tas)
        if at is not None:
            auxiliary = array_ops.gather_nd(auxiliary, at)
        return nest.map_structure(lambda *parts: array_ops.concat(parts, -1), rows, auxiliary)

    def _mix(self, time: Any, outputs: Any, given: Any, chosen: Any) -> Any:
        if self._next_inputs_fn is None:
            return array_ops.where(chosen, self._with_auxiliary(time, outputs), given)
        sampled_at = _rows_where(chosen)
        given_at = _rows_where(math_ops.logical_not(chosen))
        sampled = array_ops.gather_nd(outputs, sampled_at)
        kept = array_ops.gather_nd(given, given_at)
        sampled = self._with_auxiliary(time, self._next_inputs_fn(sampled), sampled_at)
        return _merge(sampled_at, sampled, given_at, kept, array_ops.shape(given))

    def next_inputs(  # type: ignore[override]
        self, time: Any, outputs: Any, state: Any, sample_ids: Any, name: str | None = None
    ) -> Any:
        """Returns ``(finished, given inputs or outputs, state)``."""
        values = [time, outputs, state, sample_ids]
        with ops.name_scope(name, "ScheduledOutputTrainingHelperNextInputs", values):
            finished, given, state = super().next_inputs(
                time=time, outputs=outputs, state=state, sample_ids=sample_ids, name=name
            )
            chosen = math_ops.cast(sample_ids, dtypes.bool)
            all_given = math_ops.logical_or(
                math_ops.reduce_all(finished), math_ops.logical_not(math_ops.reduce_any(chosen))
            )
            return finished, cond.cond(all_given, lambda: given, lambda: self._mix(time, outputs, given, chosen)), state
