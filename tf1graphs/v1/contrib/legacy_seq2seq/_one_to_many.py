"""A sequence-to-sequence model of one encoder and several decoders."""

from __future__ import annotations

from typing import Any

from tensorflow.python.ops import rnn, variable_scope

from tf1graphs.v1.contrib.legacy_seq2seq._decoders import decode_on_condition, embedding_rnn_decoder
from tf1graphs.v1.contrib.rnn import EmbeddingWrapper, OutputProjectionWrapper, RNNCell


def one2many_rnn_seq2seq(
    encoder_inputs: Any,
    decoder_inputs_dict: dict[Any, Any],
    enc_cell: Any,
    dec_cells_dict: dict[Any, Any],
    num_encoder_symbols: int,
    num_decoder_symbols_dict: dict[Any, int],
    embedding_size: int,
    feed_previous: Any = False,
    dtype: Any = None,
    scope: Any = None,
) -> Any:
    """``embedding_rnn_seq2seq`` with several decoders, each by its name in three dicts.

    Args:
        encoder_inputs: a list of integer tensors ``[batch]``.
        decoder_inputs_dict: for each decoder a list of integer tensors ``[batch]``.
        enc_cell: the cell of the encoder.
        dec_cells_dict: the cell of each decoder.
        num_encoder_symbols: the number of symbols of the encoder.
        num_decoder_symbols_dict: the number of symbols of each decoder.
        embedding_size: the size of the embeddings.
        feed_previous: a bool or a boolean scalar: whether the decoders get their own likeliest symbols.
        dtype: of the variables and the initial state, that of the scope by default.
        scope: variable scope or its name, "one2many_rnn_seq2seq" by default.

    Returns:
        ``(outputs, states)``, dicts of the lists of outputs and the final states.

    Raises:
        TypeError: a cell is no ``RNNCell``.
        ValueError: the dicts of inputs and cells have different keys.
    """
    for kind, cells in (("enc_cell", [enc_cell]), ("dec_cell", dec_cells_dict.values())):
        for cell in cells:
            if not isinstance(cell, RNNCell):
                raise TypeError(f"{kind} is not an RNNCell: {type(cell)}")
    if set(dec_cells_dict) != set(decoder_inputs_dict):
        raise ValueError("keys of dec_cells_dict != keys of decoder_inputs_dict")
    outputs, states = {}, {}
    with variable_scope.variable_scope(scope or "one2many_rnn_seq2seq", dtype=dtype) as scope:
        encoder_cell = EmbeddingWrapper(enc_cell, num_encoder_symbols, embedding_size)
        _, encoder_state = rnn.static_rnn(encoder_cell, encoder_inputs, dtype=scope.dtype)
        for name, decoder_inputs in decoder_inputs_dict.items():
            with variable_scope.variable_scope(f"one2many_decoder_{name}"):
                outputs[name], states[name] = _decode_symbols(
                    decoder_inputs,
                    encoder_state,
                    dec_cells_dict[name],
                    num_decoder_symbols_dict[name],
                    embedding_size,
                    feed_previous,
                )
    return outputs, states


def _decode_symbols(
    inputs: Any, encoder_state: Any, cell: Any, num_symbols: int, embedding_size: int, feed_previous: Any
) -> Any:
    """Returns ``(logits, final state)`` of one decoder."""
    projected = OutputProjectionWrapper(cell, num_symbols)

    def decode(feed: bool) -> Any:
        return embedding_rnn_decoder(inputs, encoder_state, projected, num_symbols, embedding_size, feed_previous=feed)

    if isinstance(feed_previous, bool):
        return decode(feed_previous)
    return decode_on_condition(feed_previous, decode, len(inputs), lambda: encoder_state)
