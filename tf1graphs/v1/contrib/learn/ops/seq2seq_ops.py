"""Sequences to sequences, as lists of tensors, one for each step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import array_ops, array_ops_stack, math_ops, nn_ops, variable_scope

from tf1graphs.v1.contrib import rnn

__all__ = ["rnn_decoder", "rnn_seq2seq", "seq2seq_inputs", "sequence_classifier"]


def sequence_classifier(
    decoding: Sequence[Any],
    labels: Sequence[Any],
    sampling_decoding: Sequence[Any] | None = None,
    name: str | None = None,
) -> tuple[Any, Any]:
    """Returns probabilities ``[batch, steps, classes]``, and the sum of the cross entropies of all steps.

    Args:
        decoding: The logits of each step, ``[batch, classes]``.
        labels: The labels of each step, one-hot or probabilities, ``[batch, classes]``.
        sampling_decoding: The logits that the probabilities are made of in place of ``decoding``.
        name: The name scope.
    """
    with ops.name_scope(name, "sequence_classifier", [decoding, labels]):
        predictions, losses = [], []
        for step, logits in enumerate(decoding):
            loss = nn_ops.softmax_cross_entropy_with_logits(
                labels=labels[step], logits=logits, name=f"sequence_loss/xent_raw{step}"
            )
            losses.append(loss)
            predictions.append(nn_ops.softmax(sampling_decoding[step] if sampling_decoding else logits))
        total = math_ops.add_n(losses, name="sequence_loss/xent")
        return array_ops_stack.stack(predictions, axis=1), math_ops.reduce_sum(total, name="sequence_loss")


def seq2seq_inputs(
    x: Any, y: Any, input_length: int, output_length: int, sentinel: Any = None, name: str | None = None
) -> tuple[list[Any], list[Any], list[Any]]:
    """Returns what the encoder takes, what the decoder takes, and what the decoder shall give, step by step.

    Args:
        x: Inputs ``[batch, input_length, size]``.
        y: Outputs ``[batch, output_length, size]``.
        input_length: Is not used; ``x`` has it.
        output_length: Is not used; ``y`` has it.
        sentinel: What the decoder takes first, and shall give last, ``[batch, size]``; zeros by default.
        name: The name scope.
    """
    with ops.name_scope(name, "seq2seq_inputs", [x, y]):
        inputs = array_ops_stack.unstack(x, axis=1)
        outputs = array_ops_stack.unstack(y, axis=1)
        if not sentinel:
            # There is no y while a model predicts: x says the size of the batch.
            sentinel = array_ops.zeros(array_ops_stack.stack([array_ops.shape(x)[0], outputs[0].get_shape()[1]]))
            sentinel.set_shape(outputs[0].get_shape())
        return inputs, [sentinel, *outputs], [*outputs, sentinel]


def rnn_decoder(
    decoder_inputs: Sequence[Any], initial_state: Any, cell: Any, scope: Any = None
) -> tuple[list[Any], list[Any], list[Any], list[Any]]:
    """Decodes twice with the same weights: from the inputs, to train, and from its own outputs, to sample.

    Args:
        decoder_inputs: The inputs of each step; sampling takes the first alone.
        initial_state: The state of the cell.
        cell: An ``RNNCell``, which for sampling gives outputs of the size of its inputs.
        scope: The variable scope, "dnn_decoder" by default.

    Returns:
        Outputs and states, with the initial one, of training; the same of sampling.
    """
    with variable_scope.variable_scope(scope or "dnn_decoder"):
        states, outputs = [initial_state], []
        with ops.name_scope("training", values=[decoder_inputs, initial_state]):
            for step, each in enumerate(decoder_inputs):
                if step > 0:
                    variable_scope.get_variable_scope().reuse_variables()
                output, state = cell(each, states[-1])
                outputs.append(output)
                states.append(state)
        with ops.name_scope("sampling", values=[initial_state]):
            # The first output is that of training; the state after it is taken from before it, as in 1.15.
            sampled, sampled_states = [outputs[0]], [initial_state, states[0]]
            for _ in decoder_inputs[1:]:
                output, state = cell(sampled[-1], sampled_states[-1])
                sampled.append(output)
                sampled_states.append(state)
    return outputs, states, sampled, sampled_states


def rnn_seq2seq(
    encoder_inputs: Sequence[Any],
    decoder_inputs: Sequence[Any],
    encoder_cell: Any,
    decoder_cell: Any = None,
    dtype: Any = dtypes.float32,
    scope: Any = None,
) -> tuple[list[Any], list[Any], list[Any], list[Any]]:
    """Encodes a sequence and decodes another from the last state; see ``rnn_decoder``.

    Args:
        encoder_inputs: The inputs of each step of the encoder.
        decoder_inputs: The inputs of each step of the decoder.
        encoder_cell: The ``RNNCell`` of the encoder.
        decoder_cell: The one of the decoder, the encoder's by default.
        dtype: The dtype of the first state.
        scope: The variable scope, "rnn_seq2seq" by default.
    """
    with variable_scope.variable_scope(scope or "rnn_seq2seq"):
        _, state = rnn.static_rnn(encoder_cell, encoder_inputs, dtype=dtype)
        return rnn_decoder(decoder_inputs, state, decoder_cell or encoder_cell)
