"""Decoders with attention."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tensorflow.python.framework import dtypes, ops, tensor_shape
from tensorflow.python.ops import array_ops, array_ops_stack, embedding_ops, math_ops, nn_ops, variable_scope
from tensorflow.python.util import nest

from tf1graphs.v1.contrib.legacy_seq2seq._decoders import _extract_argmax_and_embed
from tf1graphs.v1.contrib.rnn import _Linear as Linear


def _attention_to(attention_states: Any, num_heads: int, dtype: Any) -> Callable[[Any], list[Any]]:
    """Returns a function of a state that gives what each head attends to, ``[batch, attn_size]``.

    Source: Vinyals et al., Grammar as a Foreign Language, https://arxiv.org/abs/1412.7449, section 2.1.
    """
    size = attention_states.get_shape()[2].value
    length = attention_states.get_shape()[1].value
    if length is None:
        length = array_ops.shape(attention_states)[1]
    # The scores of all positions are a 1 by 1 convolution.
    hidden = array_ops.reshape(attention_states, [-1, length, 1, size])
    features, vectors = [], []
    for head in range(num_heads):
        kernel = variable_scope.get_variable(f"AttnW_{head}", [1, 1, size, size], dtype=dtype)
        features.append(nn_ops.conv2d(hidden, kernel, [1, 1, 1, 1], "SAME"))
        vectors.append(variable_scope.get_variable(f"AttnV_{head}", [size], dtype=dtype))

    def attention(query: Any) -> list[Any]:
        if nest.is_nested(query):
            query = array_ops.concat(nest.flatten(query), 1)
        attended = []
        for head in range(num_heads):
            with variable_scope.variable_scope(f"Attention_{head}"):
                key = array_ops.reshape(Linear(query, size, True)(query), [-1, 1, 1, size])
                activations = math_ops.tanh(features[head] + math_ops.cast(key, dtype))
                scores = math_ops.reduce_sum(vectors[head] * activations, [2, 3])
                weights = math_ops.cast(nn_ops.softmax(math_ops.cast(scores, dtypes.float32)), dtype)
                weighted = array_ops.reshape(weights, [-1, length, 1, 1]) * hidden
                attended.append(array_ops.reshape(math_ops.reduce_sum(weighted, [1, 2]), [-1, size]))
        return attended

    return attention


def _check(decoder_inputs: list[Any], attention_states: Any, num_heads: int) -> None:
    if not decoder_inputs:
        raise ValueError("Must provide at least 1 input to attention decoder.")
    if num_heads < 1:
        raise ValueError("With less than 1 heads, use a non-attention decoder.")
    if attention_states.get_shape()[2].value is None:
        raise ValueError(f"Shape[2] of attention_states must be known: {attention_states.get_shape()}")


def _mixed(inputs: Any, attended: list[Any], size: Any, dtype: Any) -> Any:
    args = [math_ops.cast(part, dtype) for part in [inputs, *attended]]
    return Linear(args, size, True)(args)


def attention_decoder(
    decoder_inputs: list[Any],
    initial_state: Any,
    attention_states: Any,
    cell: Any,
    output_size: int | None = None,
    num_heads: int = 1,
    loop_function: Any = None,
    dtype: Any = None,
    scope: Any = None,
    initial_state_attention: bool = False,
) -> Any:
    """Runs ``cell`` over ``decoder_inputs``, with attention to ``attention_states`` at every step.

    Args:
        decoder_inputs: tensors ``[batch, n]``, one for each time step.
        initial_state: the state that the cell starts from.
        attention_states: ``[batch, attn_length, attn_size]``.
        cell: an ``RNNCell``.
        output_size: the size of the outputs, that of the cell by default.
        num_heads: how many different places are attended to.
        loop_function: if given, all inputs but the first are ``loop_function(previous output, step)`` instead.
        dtype: of the variables, that of the scope by default.
        scope: variable scope or its name, "attention_decoder" by default.
        initial_state_attention: whether the first step attends by the initial state rather than to nothing.

    Returns:
        ``(list of outputs [batch, output_size], final state)``.

    Raises:
        ValueError: there are no inputs or heads, or the sizes of inputs or attention states are unknown.
    """
    _check(decoder_inputs, attention_states, num_heads)
    output_size = cell.output_size if output_size is None else output_size
    with variable_scope.variable_scope(scope or "attention_decoder", dtype=dtype) as scope:
        dtype = scope.dtype
        batch_size = array_ops.shape(decoder_inputs[0])[0]
        attention = _attention_to(attention_states, num_heads, dtype)
        attn_size = attention_states.get_shape()[2].value
        shape = array_ops_stack.stack([batch_size, attn_size])
        attended = [array_ops.zeros(shape, dtype=dtype) for _ in range(num_heads)]
        for nothing in attended:
            nothing.set_shape([None, attn_size])
        if initial_state_attention:
            attended = attention(initial_state)
        state = initial_state
        outputs: list[Any] = []
        for step, inputs in enumerate(decoder_inputs):
            if step > 0:
                variable_scope.get_variable_scope().reuse_variables()
            if loop_function is not None and outputs:
                with variable_scope.variable_scope("loop_function", reuse=True):
                    inputs = loop_function(outputs[-1], step)
            input_size = tensor_shape.dimension_value(inputs.get_shape().with_rank(2)[1])
            if input_size is None:
                raise ValueError(f"Could not infer input size from input: {inputs.name}")
            cell_output, state = cell(_mixed(inputs, attended, input_size, dtype), state)
            if step == 0 and initial_state_attention:
                with variable_scope.variable_scope(variable_scope.get_variable_scope(), reuse=True):
                    attended = attention(state)
            else:
                attended = attention(state)
            with variable_scope.variable_scope("AttnOutputProjection"):
                outputs.append(_mixed(cell_output, attended, output_size, dtype))
    return outputs, state


def embedding_attention_decoder(
    decoder_inputs: list[Any],
    initial_state: Any,
    attention_states: Any,
    cell: Any,
    num_symbols: int,
    embedding_size: int,
    num_heads: int = 1,
    output_size: int | None = None,
    output_projection: Any = None,
    feed_previous: bool = False,
    update_embedding_for_previous: bool = True,
    dtype: Any = None,
    scope: Any = None,
    initial_state_attention: bool = False,
) -> Any:
    """Runs ``cell`` over embedded symbols, with attention to ``attention_states`` at every step.

    Args:
        decoder_inputs: integer tensors ``[batch]``, one for each time step.
        initial_state: the state that the cell starts from.
        attention_states: ``[batch, attn_length, attn_size]``.
        cell: an ``RNNCell``.
        num_symbols: the number of symbols.
        embedding_size: the size of their embeddings.
        num_heads: how many different places are attended to.
        output_size: the size of the outputs, that of the cell by default.
        output_projection: ``(W, B)`` that maps outputs to logits of symbols, for ``feed_previous``.
        feed_previous: whether all inputs but the first are the likeliest symbols of the previous output instead.
        update_embedding_for_previous: whether gradients flow back through those.
        dtype: of the variables, that of the scope by default.
        scope: variable scope or its name, "embedding_attention_decoder" by default.
        initial_state_attention: whether the first step attends by the initial state rather than to nothing.

    Returns:
        ``(list of outputs [batch, output_size], final state)``.

    Raises:
        ValueError: ``output_projection`` has not ``num_symbols`` columns.
    """
    output_size = cell.output_size if output_size is None else output_size
    if output_projection is not None:
        biases = ops.convert_to_tensor(output_projection[1], dtype=dtype)
        biases.get_shape().assert_is_compatible_with([num_symbols])
    with variable_scope.variable_scope(scope or "embedding_attention_decoder", dtype=dtype):
        embedding = variable_scope.get_variable("embedding", [num_symbols, embedding_size])
        loop_function = None
        if feed_previous:
            loop_function = _extract_argmax_and_embed(embedding, output_projection, update_embedding_for_previous)
        embedded = [embedding_ops.embedding_lookup(embedding, symbols) for symbols in decoder_inputs]
        return attention_decoder(
            embedded,
            initial_state,
            attention_states,
            cell,
            output_size=output_size,
            num_heads=num_heads,
            loop_function=loop_function,
            initial_state_attention=initial_state_attention,
        )
