"""Decoders without attention, and what the models share: feeding back the last symbol, always or on condition."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from tensorflow.python.framework import ops
from tensorflow.python.ops import array_ops, cond, embedding_ops, math_ops, nn_ops, variable_scope
from tensorflow.python.util import nest


def _extract_argmax_and_embed(
    embedding: Any, output_projection: Any = None, update_embedding: bool = True
) -> Callable[[Any, Any], Any]:
    """Returns a ``loop_function`` that embeds the likeliest symbol of the previous output.

    Args:
        embedding: ``[symbols, size]``.
        output_projection: ``(W, B)`` that maps an output to logits; without it the output is logits.
        update_embedding: whether gradients flow back through the embedded symbols.
    """

    def loop_function(prev: Any, _: Any) -> Any:
        if output_projection is not None:
            prev = nn_ops.xw_plus_b(prev, output_projection[0], output_projection[1])
        embedded = embedding_ops.embedding_lookup(embedding, math_ops.argmax(prev, 1))
        return embedded if update_embedding else array_ops.stop_gradient(embedded)

    return loop_function


def check_projection(output_projection: Any, num_symbols: int, dtype: Any) -> None:
    """Raises ``ValueError`` unless the projection ``(W, B)`` maps to ``num_symbols`` columns."""
    weights = ops.convert_to_tensor(output_projection[0], dtype=dtype)
    weights.get_shape().assert_is_compatible_with([None, num_symbols])
    biases = ops.convert_to_tensor(output_projection[1], dtype=dtype)
    biases.get_shape().assert_is_compatible_with([num_symbols])


def decode_on_condition(
    feed_previous: Any, decode: Callable[[bool], Any], count: int, structure: Callable[[], Any]
) -> tuple[list[Any], Any]:
    """Returns ``(outputs, state)`` of ``decode(True)`` or ``decode(False)``, as the tensor ``feed_previous`` says.

    Args:
        feed_previous: a boolean scalar.
        decode: builds the decoder; its second use takes the variables of the first.
        count: the number of outputs.
        structure: returns something that is nested like the state.
    """

    def branch(feed: bool) -> list[Any]:
        reuse = None if feed else True
        with variable_scope.variable_scope(variable_scope.get_variable_scope(), reuse=reuse):
            outputs, state = decode(feed)
            return [*outputs, *nest.flatten(state)]

    result = cond.cond(feed_previous, lambda: branch(True), lambda: branch(False))
    nested = structure()
    state = nest.pack_sequence_as(nested, result[count:]) if nest.is_nested(nested) else result[count]
    return result[:count], state


def rnn_decoder(
    decoder_inputs: Iterable[Any], initial_state: Any, cell: Any, loop_function: Any = None, scope: Any = None
) -> Any:
    """Runs ``cell`` over ``decoder_inputs``.

    Args:
        decoder_inputs: tensors ``[batch, n]``, one for each time step.
        initial_state: the state that the cell starts from.
        cell: an ``RNNCell``.
        loop_function: if given, all inputs but the first are ``loop_function(previous output, step)`` instead.
        scope: variable scope or its name, "rnn_decoder" by default.

    Returns:
        ``(list of outputs, final state)``.
    """
    with variable_scope.variable_scope(scope or "rnn_decoder"):
        state = initial_state
        outputs: list[Any] = []
        for step, inputs in enumerate(decoder_inputs):
            if loop_function is not None and outputs:
                with variable_scope.variable_scope("loop_function", reuse=True):
                    inputs = loop_function(outputs[-1], step)
            if step > 0:
                variable_scope.get_variable_scope().reuse_variables()
            output, state = cell(inputs, state)
            outputs.append(output)
    return outputs, state


def embedding_rnn_decoder(
    decoder_inputs: Iterable[Any],
    initial_state: Any,
    cell: Any,
    num_symbols: int,
    embedding_size: int,
    output_projection: Any = None,
    feed_previous: bool = False,
    update_embedding_for_previous: bool = True,
    scope: Any = None,
) -> Any:
    """Runs ``cell`` over embedded symbols.

    Args:
        decoder_inputs: integer tensors ``[batch]``, one for each time step.
        initial_state: the state that the cell starts from.
        cell: an ``RNNCell``.
        num_symbols: the number of symbols.
        embedding_size: the size of their embeddings.
        output_projection: ``(W, B)`` that maps outputs to logits of symbols, for ``feed_previous``.
        feed_previous: whether all inputs but the first are the likeliest symbols of the previous output instead.
        update_embedding_for_previous: whether gradients flow back through those.
        scope: variable scope or its name, "embedding_rnn_decoder" by default.

    Returns:
        ``(list of outputs, final state)``.

    Raises:
        ValueError: ``output_projection`` has not ``num_symbols`` columns.
    """
    with variable_scope.variable_scope(scope or "embedding_rnn_decoder") as scope:
        if output_projection is not None:
            check_projection(output_projection, num_symbols, scope.dtype)
        embedding = variable_scope.get_variable("embedding", [num_symbols, embedding_size])
        loop_function = None
        if feed_previous:
            loop_function = _extract_argmax_and_embed(embedding, output_projection, update_embedding_for_previous)
        embedded = (embedding_ops.embedding_lookup(embedding, symbols) for symbols in decoder_inputs)
        return rnn_decoder(embedded, initial_state, cell, loop_function=loop_function)
