"""Helpers made of the caller's functions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tensorflow.python.framework import dtypes, ops, tensor_shape
from tensorflow.python.ops import array_ops

from tf1graphs.v1.contrib.seq2seq._helper import Helper


class CustomHelper(Helper):
    """A helper made of three functions.

    Args:
        initialize_fn: Returns ``(finished, first_inputs)``.
        sample_fn: Called with ``time``, ``outputs`` and ``state``; returns the samples.
        next_inputs_fn: Called with ``time``, ``outputs``, ``state`` and ``sample_ids``; returns
            ``(finished, next_inputs, next_state)``.
        sample_ids_shape: The shape of a sample, a scalar by default.
        sample_ids_dtype: The dtype of the samples, int32 by default.
    """

    def __init__(
        self,
        initialize_fn: Callable[..., Any],
        sample_fn: Callable[..., Any],
        next_inputs_fn: Callable[..., Any],
        sample_ids_shape: Any = None,
        sample_ids_dtype: Any = None,
    ) -> None:
        self._initialize_fn = initialize_fn
        self._sample_fn = sample_fn
        self._next_inputs_fn = next_inputs_fn
        self._batch_size: Any = None
        self._sample_ids_shape = tensor_shape.TensorShape(sample_ids_shape or [])
        self._sample_ids_dtype = sample_ids_dtype or dtypes.int32

    @property
    def batch_size(self) -> Any:
        """The number of sequences, known from ``initialize`` on."""
        if self._batch_size is None:
            raise ValueError("batch_size accessed before initialize was called")
        return self._batch_size

    @property
    def sample_ids_shape(self) -> Any:
        """The shape of a sample."""
        return self._sample_ids_shape

    @property
    def sample_ids_dtype(self) -> Any:
        """The dtype of the samples."""
        return self._sample_ids_dtype

    def initialize(self, name: str | None = None) -> Any:
        """Returns ``(finished, first_inputs)``."""
        with ops.name_scope(name, f"{type(self).__name__}Initialize"):
            finished, next_inputs = self._initialize_fn()
            if self._batch_size is None:
                self._batch_size = array_ops.size(finished)
        return finished, next_inputs

    def sample(self, time: Any, outputs: Any, state: Any, name: str | None = None) -> Any:
        """Returns the samples of a step."""
        with ops.name_scope(name, f"{type(self).__name__}Sample", (time, outputs, state)):
            return self._sample_fn(time=time, outputs=outputs, state=state)

    def next_inputs(self, time: Any, outputs: Any, state: Any, sample_ids: Any, name: str | None = None) -> Any:
        """Returns ``(finished, next_inputs, next_state)``."""
        with ops.name_scope(name, f"{type(self).__name__}NextInputs", (time, outputs, state)):
            return self._next_inputs_fn(time=time, outputs=outputs, state=state, sample_ids=sample_ids)


class InferenceHelper(Helper):
    """Feeds what a function makes of the last samples.

    Args:
        sample_fn: Gives the samples of the outputs.
        sample_shape: The shape of a sample, without the batch dimension.
        sample_dtype: The dtype of the samples.
        start_inputs: The first inputs, ``[batch, ...]``.
        end_fn: Gives for the samples which sequences end, a bool ``[batch]``.
        next_inputs_fn: Gives the next inputs for the samples; without it they are the samples.
    """

    def __init__(
        self,
        sample_fn: Callable[[Any], Any],
        sample_shape: Any,
        sample_dtype: Any,
        start_inputs: Any,
        end_fn: Callable[[Any], Any],
        next_inputs_fn: Callable[[Any], Any] | None = None,
    ) -> None:
        self._sample_fn = sample_fn
        self._end_fn = end_fn
        self._sample_shape = tensor_shape.TensorShape(sample_shape)
        self._sample_dtype = sample_dtype
        self._next_inputs_fn = next_inputs_fn
        self._batch_size = array_ops.shape(start_inputs)[0]
        self._start_inputs = ops.convert_to_tensor(start_inputs, name="start_inputs")

    @property
    def batch_size(self) -> Any:
        """The number of sequences."""
        return self._batch_size

    @property
    def sample_ids_shape(self) -> Any:
        """The shape of a sample."""
        return self._sample_shape

    @property
    def sample_ids_dtype(self) -> Any:
        """The dtype of the samples."""
        return self._sample_dtype

    def initialize(self, name: str | None = None) -> Any:
        """Returns ``(finished, first_inputs)``: nothing is finished yet."""
        return array_ops.tile([False], [self._batch_size]), self._start_inputs

    def sample(self, time: Any, outputs: Any, state: Any, name: str | None = None) -> Any:
        """Returns the samples of a step."""
        return self._sample_fn(outputs)

    def next_inputs(self, time: Any, outputs: Any, state: Any, sample_ids: Any, name: str | None = None) -> Any:
        """Returns ``(finished, next_inputs, state)``."""
        next_inputs = sample_ids if self._next_inputs_fn is None else self._next_inputs_fn(sample_ids)
        return self._end_fn(sample_ids), next_inputs, state
