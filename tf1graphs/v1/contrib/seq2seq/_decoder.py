"""``Decoder``, what decodes one step, and ``dynamic_decode``, the loop around it."""

from __future__ import annotations

import abc
import contextlib
from typing import Any

from tensorflow.python.framework import constant_op, dtypes, ops, tensor_shape, tensor_util
from tensorflow.python.ops import (
    array_ops,
    control_flow_util,
    math_ops,
    rnn,
    rnn_cell_impl,
    tensor_array_ops,
    variable_scope,
    while_loop,
)
from tensorflow.python.util import nest


class Decoder(abc.ABC):
    """Decodes a batch of sequences one time step at a time; ``dynamic_decode`` drives it."""

    @property
    def batch_size(self) -> Any:
        """The number of sequences."""
        raise NotImplementedError

    @property
    def output_size(self) -> Any:
        """The size or ``TensorShape`` of each output of a step, without the batch dimension."""
        raise NotImplementedError

    @property
    def output_dtype(self) -> Any:
        """The dtype of each output of a step."""
        raise NotImplementedError

    @abc.abstractmethod
    def initialize(self, name: str | None = None) -> Any:
        """Returns ``(finished, first_inputs, initial_state)``."""
        raise NotImplementedError

    @abc.abstractmethod
    def step(self, time: Any, inputs: Any, state: Any, name: str | None = None) -> Any:
        """Returns ``(outputs, next_state, next_inputs, finished)`` of the step numbered ``time``."""
        raise NotImplementedError

    def finalize(self, outputs: Any, final_state: Any, sequence_lengths: Any) -> Any:
        """Returns the final ``(outputs, state)``; a decoder that has nothing to add does not define it."""
        raise NotImplementedError

    @property
    def tracks_own_finished(self) -> bool:
        """Whether ``step`` returns all that is finished, rather than what finished in this very step."""
        return False


def _create_zero_outputs(size: Any, dtype: Any, batch_size: Any) -> Any:
    return nest.map_structure(
        lambda one, its_dtype: rnn_cell_impl._zero_state_tensors(one, batch_size, its_dtype), size, dtype
    )


def _element_shape(batch_size: Any, size: Any) -> Any:
    """Returns the shape of one step's output as far as it is known; a plain number as size leaves it open."""
    if not isinstance(size, tensor_shape.TensorShape) or size.ndims == 0:
        return None
    static = tensor_util.constant_value(ops.convert_to_tensor(batch_size, name="batch_size"))
    return tensor_shape.TensorShape([static]).concatenate(size)


def _keep_where_finished(finished: Any) -> Any:
    def choose(new: Any, current: Any) -> Any:
        if isinstance(current, tensor_array_ops.TensorArray):
            return new
        new.set_shape(current.shape)
        return new if new.shape.ndims == 0 else array_ops.where(finished, current, new)

    return choose


def _cache_variables_outside_loops(scope: Any, context: Any) -> None:
    # In a loop around the training step a cached weight would hide its own updates.
    if control_flow_util.GetContainingWhileContext(context) is None and scope.caching_device is None:
        scope.set_caching_device(lambda op: op.device)


def _step_limit(maximum_iterations: Any) -> Any:
    if maximum_iterations is None:
        return None
    limit = ops.convert_to_tensor(maximum_iterations, dtype=dtypes.int32, name="maximum_iterations")
    if limit.get_shape().ndims != 0:
        raise ValueError("maximum_iterations must be a scalar")
    return limit


def _loop_body(decoder: Any, impute_finished: bool, zero_outputs: Any) -> Any:
    def body(time: Any, arrays: Any, state: Any, inputs: Any, finished: Any, lengths: Any) -> Any:
        outputs, next_state, next_inputs, next_finished = decoder.step(time, inputs, state)
        if not decoder.tracks_own_finished:
            next_finished = math_ops.logical_or(next_finished, finished)
        next_lengths = array_ops.where(
            math_ops.logical_not(finished), array_ops.fill(array_ops.shape(lengths), time + 1), lengths
        )
        nest.assert_same_structure(state, next_state)
        nest.assert_same_structure(arrays, outputs)
        nest.assert_same_structure(inputs, next_inputs)
        if impute_finished:
            outputs = nest.map_structure(
                lambda output, zero: array_ops.where(finished, zero, output), outputs, zero_outputs
            )
            next_state = nest.map_structure(_keep_where_finished(finished), next_state, state)
        arrays = nest.map_structure(lambda array, output: array.write(time, output), arrays, outputs)
        return time + 1, arrays, next_state, next_inputs, next_finished, next_lengths

    return body


def dynamic_decode(
    decoder: Any,
    output_time_major: bool = False,
    impute_finished: bool = False,
    maximum_iterations: Any = None,
    parallel_iterations: int = 32,
    swap_memory: bool = False,
    scope: Any = None,
    **kwargs: Any,
) -> Any:
    """Steps a decoder until all its sequences are finished.

    Args:
        decoder: A ``Decoder``.
        output_time_major: Whether the outputs are ``[time, batch, ...]`` rather than ``[batch, time, ...]``.
        impute_finished: Whether a finished sequence keeps its state and has zeros for outputs.
        maximum_iterations: Stops after that many steps at the latest, an int32 scalar.
        parallel_iterations: As for ``tf.while_loop``.
        swap_memory: As for ``tf.while_loop``.
        scope: The variable scope, ``"decoder"`` by default.
        **kwargs: Unused; 1.15 handed them to Keras decoders.

    Returns:
        ``(outputs, state, sequence_lengths)``, the outputs of all steps stacked.

    Raises:
        TypeError: ``decoder`` is no ``Decoder``.
        ValueError: ``maximum_iterations`` is no scalar, or is missing in a graph compiled by XLA.
    """
    if not isinstance(decoder, Decoder):
        raise TypeError(f"Expected decoder to be type Decoder, but saw: {type(decoder)}")
    with variable_scope.variable_scope(scope, "decoder") as decoder_scope:
        context = ops.get_default_graph()._get_control_flow_context()
        _cache_variables_outside_loops(decoder_scope, context)
        limit = _step_limit(maximum_iterations)
        finished, inputs, state = decoder.initialize()
        zero_outputs = _create_zero_outputs(decoder.output_size, decoder.output_dtype, decoder.batch_size)
        in_xla = control_flow_util.GetContainingXLAContext(context) is not None
        if in_xla and limit is None:
            raise ValueError("maximum_iterations is required for XLA compilation.")
        if limit is not None:
            finished = math_ops.logical_or(finished, limit <= 0)
        lengths = array_ops.zeros_like(finished, dtype=dtypes.int32)
        arrays = nest.map_structure(
            lambda size, dtype: tensor_array_ops.TensorArray(
                dtype=dtype,
                size=limit if in_xla else 0,
                dynamic_size=not in_xla,
                element_shape=_element_shape(decoder.batch_size, size),
            ),
            decoder.output_size,
            decoder.output_dtype,
        )
        _, arrays, state, _, _, lengths = while_loop.while_loop(
            lambda time, arrays, state, inputs, finished, lengths: math_ops.logical_not(math_ops.reduce_all(finished)),
            _loop_body(decoder, impute_finished, zero_outputs),
            loop_vars=(constant_op.constant(0, dtype=dtypes.int32), arrays, state, inputs, finished, lengths),
            parallel_iterations=parallel_iterations,
            maximum_iterations=limit,
            swap_memory=swap_memory,
        )
        outputs = nest.map_structure(lambda array: array.stack(), arrays)
        with contextlib.suppress(NotImplementedError):  # a decoder that has nothing to add
            outputs, state = decoder.finalize(outputs, state, lengths)
        if not output_time_major:
            outputs = nest.map_structure(rnn._transpose_batch_time, outputs)
    return outputs, state, lengths
