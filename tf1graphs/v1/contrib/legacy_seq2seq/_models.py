"""Sequence-to-sequence models of one encoder and one decoder."""

from __future__ import annotations

import copy
from typing import Any

from tensorflow.python.framework import dtypes
from tensorflow.python.ops import array_ops, embedding_ops, rnn, variable_scope

from tf1graphs.v1.contrib.legacy_seq2seq._attention import embedding_attention_decoder
from tf1graphs.v1.contrib.legacy_seq2seq._decoders import (
    _extract_argmax_and_embed,
    check_projection,
    decode_on_condition,
    embedding_rnn_decoder,
    rnn_decoder,
)
from tf1graphs.v1.contrib.rnn import EmbeddingWrapper, OutputProjectionWrapper


def basic_rnn_seq2seq(
    encoder_inputs: Any, decoder_inputs: Any, cell: Any, dtype: Any = dtypes.float32, scope: Any = None
) -> Any:
    """Encodes with a copy of ``cell``, then decodes with ``cell``, from the final state of the encoder.

    Args:
        encoder_inputs: a list of tensors ``[batch, n]``.
        decoder_inputs: a list of tensors ``[batch, m]``.
        cell: an ``RNNCell``.
        dtype: of the initial state.
        scope: variable scope or its name, "basic_rnn_seq2seq" by default.

    Returns:
        ``(list of outputs, final state)``.
    """
    with variable_scope.variable_scope(scope or "basic_rnn_seq2seq"):
        _, state = rnn.static_rnn(copy.deepcopy(cell), encoder_inputs, dtype=dtype)
        return rnn_decoder(decoder_inputs, state, cell)


def tied_rnn_seq2seq(
    encoder_inputs: Any,
    decoder_inputs: Any,
    cell: Any,
    loop_function: Any = None,
    dtype: Any = dtypes.float32,
    scope: Any = None,
) -> Any:
    """Encodes and decodes with the same ``cell`` and the same variables.

    Args:
        encoder_inputs: a list of tensors ``[batch, n]``.
        decoder_inputs: a list of tensors ``[batch, n]``.
        cell: an ``RNNCell``.
        loop_function: of ``rnn_decoder``.
        dtype: of the initial state.
        scope: variable scope or its name, "tied_rnn_seq2seq" by default, below "combined_tied_rnn_seq2seq".

    Returns:
        ``(list of outputs, final state)``.
    """
    with variable_scope.variable_scope("combined_tied_rnn_seq2seq"):
        scope = scope or "tied_rnn_seq2seq"
        _, state = rnn.static_rnn(cell, encoder_inputs, dtype=dtype, scope=scope)
        variable_scope.get_variable_scope().reuse_variables()
        return rnn_decoder(decoder_inputs, state, cell, loop_function=loop_function, scope=scope)


def embedding_rnn_seq2seq(
    encoder_inputs: Any,
    decoder_inputs: Any,
    cell: Any,
    num_encoder_symbols: int,
    num_decoder_symbols: int,
    embedding_size: int,
    output_projection: Any = None,
    feed_previous: Any = False,
    dtype: Any = None,
    scope: Any = None,
) -> Any:
    """``basic_rnn_seq2seq`` of symbols, each side with an embedding of its own.

    Args:
        encoder_inputs: a list of integer tensors ``[batch]``.
        decoder_inputs: a list of integer tensors ``[batch]``.
        cell: an ``RNNCell``.
        num_encoder_symbols: the number of symbols of the encoder.
        num_decoder_symbols: the number of symbols of the decoder.
        embedding_size: the size of the embeddings.
        output_projection: ``(W, B)`` that maps outputs to logits; without it the outputs are logits.
        feed_previous: a bool or a boolean scalar: whether the decoder gets its own likeliest symbols.
        dtype: of the initial state, that of the scope by default.
        scope: variable scope or its name, "embedding_rnn_seq2seq" by default.

    Returns:
        ``(list of outputs, final state)``.
    """
    with variable_scope.variable_scope(scope or "embedding_rnn_seq2seq") as scope:
        if dtype is None:
            dtype = scope.dtype
        else:
            scope.set_dtype(dtype)
        encoder_cell = EmbeddingWrapper(copy.deepcopy(cell), num_encoder_symbols, embedding_size)
        _, encoder_state = rnn.static_rnn(encoder_cell, encoder_inputs, dtype=dtype)
        if output_projection is None:
            cell = OutputProjectionWrapper(cell, num_decoder_symbols)

        def decode(feed: bool, update_embedding: bool = False) -> Any:
            return embedding_rnn_decoder(
                decoder_inputs,
                encoder_state,
                cell,
                num_decoder_symbols,
                embedding_size,
                output_projection,
                feed,
                update_embedding,
            )

        if isinstance(feed_previous, bool):
            return decode(feed_previous, True)
        return decode_on_condition(feed_previous, decode, len(decoder_inputs), lambda: encoder_state)


def embedding_tied_rnn_seq2seq(
    encoder_inputs: Any,
    decoder_inputs: Any,
    cell: Any,
    num_symbols: int,
    embedding_size: int,
    num_decoder_symbols: int | None = None,
    output_projection: Any = None,
    feed_previous: Any = False,
    dtype: Any = None,
    scope: Any = None,
) -> Any:
    """``tied_rnn_seq2seq`` of symbols, with one embedding for both sides.

    Args:
        encoder_inputs: a list of integer tensors ``[batch]``.
        decoder_inputs: a list of integer tensors ``[batch]``.
        cell: an ``RNNCell``.
        num_symbols: the number of symbols.
        embedding_size: the size of the embedding.
        num_decoder_symbols: the number of logits, ``num_symbols`` by default.
        output_projection: ``(W, B)`` that maps outputs to logits; without it the outputs are logits.
        feed_previous: a bool or a boolean scalar: whether the decoder gets its own likeliest symbols.
        dtype: of the variables and the initial state, that of the scope by default.
        scope: variable scope or its name, "embedding_tied_rnn_seq2seq" by default.

    Returns:
        ``(list of outputs, final state)``.

    Raises:
        ValueError: ``output_projection`` has not ``num_symbols`` columns.
    """
    with variable_scope.variable_scope(scope or "embedding_tied_rnn_seq2seq", dtype=dtype) as scope:
        dtype = scope.dtype
        if output_projection is not None:
            check_projection(output_projection, num_symbols, dtype)
        embedding = variable_scope.get_variable("embedding", [num_symbols, embedding_size], dtype=dtype)
        encoder_embedded, decoder_embedded = [
            [embedding_ops.embedding_lookup(embedding, symbols) for symbols in inputs]
            for inputs in (encoder_inputs, decoder_inputs)
        ]
        if output_projection is None:
            cell = OutputProjectionWrapper(cell, num_symbols if num_decoder_symbols is None else num_decoder_symbols)

        def decode(feed: bool, update_embedding: bool = False) -> Any:
            loop_function = None
            if feed:
                loop_function = _extract_argmax_and_embed(embedding, output_projection, update_embedding)
            return tied_rnn_seq2seq(encoder_embedded, decoder_embedded, cell, loop_function, dtype)

        if isinstance(feed_previous, bool):
            return decode(feed_previous, True)
        return decode_on_condition(
            feed_previous,
            decode,
            len(decoder_inputs),
            lambda: cell.zero_state(_batch_size(encoder_inputs), dtype),
        )


def _batch_size(inputs: Any) -> Any:
    sizes = [part.get_shape()[0] for part in inputs]
    for size in sizes[1:]:
        sizes[0].assert_is_compatible_with(size)
    return array_ops.shape(inputs[0])[0] if sizes[0].value is None else sizes[0].value


def embedding_attention_seq2seq(
    encoder_inputs: Any,
    decoder_inputs: Any,
    cell: Any,
    num_encoder_symbols: int,
    num_decoder_symbols: int,
    embedding_size: int,
    num_heads: int = 1,
    output_projection: Any = None,
    feed_previous: Any = False,
    dtype: Any = None,
    scope: Any = None,
    initial_state_attention: bool = False,
) -> Any:
    """``embedding_rnn_seq2seq`` whose decoder attends to the outputs of the encoder.

    Args:
        encoder_inputs: a list of integer tensors ``[batch]``.
        decoder_inputs: a list of integer tensors ``[batch]``.
        cell: an ``RNNCell``.
        num_encoder_symbols: the number of symbols of the encoder.
        num_decoder_symbols: the number of symbols of the decoder.
        embedding_size: the size of the embeddings.
        num_heads: how many different places are attended to.
        output_projection: ``(W, B)`` that maps outputs to logits; without it the outputs are logits.
        feed_previous: a bool or a boolean scalar: whether the decoder gets its own likeliest symbols.
        dtype: of the variables and the initial state, that of the scope by default.
        scope: variable scope or its name, "embedding_attention_seq2seq" by default.
        initial_state_attention: whether the first step attends by the initial state rather than to nothing.

    Returns:
        ``(list of outputs, final state)``.
    """
    with variable_scope.variable_scope(scope or "embedding_attention_seq2seq", dtype=dtype) as scope:
        dtype = scope.dtype
        encoder_cell = EmbeddingWrapper(copy.deepcopy(cell), num_encoder_symbols, embedding_size)
        encoder_outputs, encoder_state = rnn.static_rnn(encoder_cell, encoder_inputs, dtype=dtype)
        top_states = [array_ops.reshape(output, [-1, 1, cell.output_size]) for output in encoder_outputs]
        attention_states = array_ops.concat(top_states, 1)
        output_size = None
        if output_projection is None:
            cell = OutputProjectionWrapper(cell, num_decoder_symbols)
            output_size = num_decoder_symbols

        def decode(feed: bool, update_embedding: bool = False) -> Any:
            return embedding_attention_decoder(
                decoder_inputs,
                encoder_state,
                attention_states,
                cell,
                num_decoder_symbols,
                embedding_size,
                num_heads,
                output_size,
                output_projection,
                feed,
                update_embedding,
                initial_state_attention=initial_state_attention,
            )

        if isinstance(feed_previous, bool):
            return decode(feed_previous, True)
        return decode_on_condition(feed_previous, decode, len(decoder_inputs), lambda: encoder_state)
