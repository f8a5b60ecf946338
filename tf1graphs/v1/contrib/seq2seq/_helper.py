"""Helpers: what a ``BasicDecoder`` feeds to its cell, and how it samples from the outputs."""

from __future__ import annotations

import abc
from collections.abc import Callable
from typing import Any

from tensorflow.python.framework import dtypes, ops, tensor_shape
from tensorflow.python.framework import tensor as tensors
from tensorflow.python.ops import array_ops, cond, embedding_ops, math_ops, rnn, tensor_array_ops
from tensorflow.python.util import nest

from tf1graphs.v1.contrib.seq2seq._sampling import categorical_sample


def embedding_function(embedding: Any) -> Callable[[Any], Any]:
    """Returns ``embedding``, or the look-up in it where it is no function."""
    if callable(embedding):
        return embedding  # type: ignore[no-any-return]
    return lambda ids: embedding_ops.embedding_lookup(embedding, ids)


def _unstack_ta(inp: Any) -> Any:
    return tensor_array_ops.TensorArray(
        dtype=inp.dtype, size=array_ops.shape(inp)[0], element_shape=inp.get_shape()[1:]
    ).unstack(inp)


class Helper(abc.ABC):
    """Gives a ``BasicDecoder`` its first and next inputs, and its samples."""

    @property
    @abc.abstractmethod
    def batch_size(self) -> Any:
        """The number of sequences."""

    @property
    @abc.abstractmethod
    def sample_ids_shape(self) -> Any:
        """The shape of a sample, without the batch dimension."""

    @property
    @abc.abstractmethod
    def sample_ids_dtype(self) -> Any:
        """The dtype of the samples."""

    @abc.abstractmethod
    def initialize(self, name: str | None = None) -> Any:
        """Returns ``(finished, first_inputs)``."""

    @abc.abstractmethod
    def sample(self, time: Any, outputs: Any, state: Any, name: str | None = None) -> Any:
        """Returns the samples of a step."""

    @abc.abstractmethod
    def next_inputs(self, time: Any, outputs: Any, state: Any, sample_ids: Any, name: str | None = None) -> Any:
        """Returns ``(finished, next_inputs, next_state)``."""


class _ScalarSamples(Helper):
    """A helper whose samples are int32 class numbers, for a known number of sequences."""

    _batch_size: Any

    @property
    def batch_size(self) -> Any:
        """The number of sequences."""
        return self._batch_size

    @property
    def sample_ids_shape(self) -> Any:
        """The shape of a sample: a scalar."""
        return tensor_shape.TensorShape([])

    @property
    def sample_ids_dtype(self) -> Any:
        """The dtype of the samples: int32."""
        return dtypes.int32


class TrainingHelper(_ScalarSamples):
    """Feeds the given inputs; the samples are the outputs' largest, for the curious.

    Args:
        inputs: ``[batch, time, ...]``, or ``[time, batch, ...]`` if ``time_major``.
        sequence_length: The length of each sequence, an integer ``[batch]``.
        time_major: The order of the first two dimensions.
        name: The name scope.

    Raises:
        ValueError: ``sequence_length`` is no vector.
    """

    def __init__(self, inputs: Any, sequence_length: Any, time_major: bool = False, name: str | None = None) -> None:
        with ops.name_scope(name, "TrainingHelper", [inputs, sequence_length]):
            self._inputs = inputs = ops.convert_to_tensor(inputs, name="inputs")
            if not time_major:
                inputs = nest.map_structure(rnn._transpose_batch_time, inputs)
            self._input_tas = nest.map_structure(_unstack_ta, inputs)
            self._sequence_length = ops.convert_to_tensor(sequence_length, name="sequence_length")
            if self._sequence_length.get_shape().ndims != 1:
                raise ValueError(
                    f"Expected sequence_length to be a vector, but received shape: {self._sequence_length.get_shape()}"
                )
            self._zero_inputs = nest.map_structure(lambda each: array_ops.zeros_like(each[0, :]), inputs)
            self._batch_size = array_ops.size(sequence_length)

    @property
    def inputs(self) -> Any:
        """The inputs as they were given."""
        return self._inputs

    @property
    def sequence_length(self) -> Any:
        """The length of each sequence."""
        return self._sequence_length

    def _inputs_at(self, time: Any, all_finished: Any) -> Any:
        return cond.cond(
            all_finished,
            lambda: self._zero_inputs,
            lambda: nest.map_structure(lambda array: array.read(time), self._input_tas),
        )

    def initialize(self, name: str | None = None) -> Any:
        """Returns ``(finished, first_inputs)``; a sequence of length 0 is finished."""
        with ops.name_scope(name, "TrainingHelperInitialize"):
            finished = math_ops.equal(0, self._sequence_length)
            return finished, self._inputs_at(0, math_ops.reduce_all(finished))

    def sample(  # type: ignore[override]
        self, time: Any, outputs: Any, name: str | None = None, **unused_kwargs: Any
    ) -> Any:
        """Returns the index of the largest output of each sequence."""
        with ops.name_scope(name, "TrainingHelperSample", [time, outputs]):
            return math_ops.cast(math_ops.argmax(outputs, axis=-1), dtypes.int32)

    def next_inputs(  # type: ignore[override]
        self, time: Any, outputs: Any, state: Any, name: str | None = None, **unused_kwargs: Any
    ) -> Any:
        """Returns ``(finished, inputs at time + 1, state)``."""
        with ops.name_scope(name, "TrainingHelperNextInputs", [time, outputs, state]):
            next_time = time + 1
            finished = next_time >= self._sequence_length
            return finished, self._inputs_at(next_time, math_ops.reduce_all(finished)), state


class GreedyEmbeddingHelper(_ScalarSamples):
    """Feeds the embedding of the most probable symbol of the last step.

    Args:
        embedding: A function of ids, or the parameters of ``tf.nn.embedding_lookup``.
        start_tokens: The first symbol of each sequence, an integer ``[batch]``.
        end_token: The symbol that ends a sequence, an integer scalar.

    Raises:
        ValueError: ``start_tokens`` is no vector or ``end_token`` no scalar.
    """

    def __init__(self, embedding: Any, start_tokens: Any, end_token: Any) -> None:
        self._embedding_fn = embedding_function(embedding)
        self._start_tokens = ops.convert_to_tensor(start_tokens, dtype=dtypes.int32, name="start_tokens")
        self._end_token = ops.convert_to_tensor(end_token, dtype=dtypes.int32, name="end_token")
        if self._start_tokens.get_shape().ndims != 1:
            raise ValueError("start_tokens must be a vector")
        self._batch_size = array_ops.size(start_tokens)
        if self._end_token.get_shape().ndims != 0:
            raise ValueError("end_token must be a scalar")
        self._start_inputs = self._embedding_fn(self._start_tokens)

    def initialize(self, name: str | None = None) -> Any:
        """Returns ``(finished, first_inputs)``: nothing is finished yet."""
        return array_ops.tile([False], [self._batch_size]), self._start_inputs

    def sample(self, time: Any, outputs: Any, state: Any, name: str | None = None) -> Any:
        """Returns the most probable symbols."""
        return math_ops.argmax(_as_logits(outputs), axis=-1, output_type=dtypes.int32)

    def next_inputs(self, time: Any, outputs: Any, state: Any, sample_ids: Any, name: str | None = None) -> Any:
        """Returns ``(finished, embedded samples, state)``."""
        finished = math_ops.equal(sample_ids, self._end_token)
        next_inputs = cond.cond(
            math_ops.reduce_all(finished), lambda: self._start_inputs, lambda: self._embedding_fn(sample_ids)
        )
        return finished, next_inputs, state


class SampleEmbeddingHelper(GreedyEmbeddingHelper):
    """Feeds the embedding of a symbol that is drawn from the distribution of the last step.

    Args:
        embedding: As for ``GreedyEmbeddingHelper``.
        start_tokens: As for ``GreedyEmbeddingHelper``.
        end_token: As for ``GreedyEmbeddingHelper``.
        softmax_temperature: Divides the logits; above 1 the draws are more random, below 1 less.
        seed: The seed of the draws.
    """

    def __init__(
        self,
        embedding: Any,
        start_tokens: Any,
        end_token: Any,
        softmax_temperature: Any = None,
        seed: int | None = None,
    ) -> None:
        super().__init__(embedding, start_tokens, end_token)
        self._softmax_temperature = softmax_temperature
        self._seed = seed

    def sample(self, time: Any, outputs: Any, state: Any, name: str | None = None) -> Any:
        """Returns symbols drawn with the outputs as logits."""
        logits = _as_logits(outputs)
        if self._softmax_temperature is not None:
            logits = logits / self._softmax_temperature
        return categorical_sample(logits=logits, seed=self._seed)


def _as_logits(outputs: Any) -> Any:
    if not isinstance(outputs, tensors.Tensor):
        raise TypeError(f"Expected outputs to be a single Tensor, got: {type(outputs)}")
    return outputs
