"""Losses and a decoder of sequence-to-sequence models: functions of the same names, in the migrated file itself."""

from __future__ import annotations

from tf1graphs.migrate.calls import Call, Outcome, Refuse, Replace
from tf1graphs.migrate.definitions import seq2seq
from tf1graphs.migrate.rules import rule

_LOSS = ("logits", "targets", "weights")
_OPTIONS = {"average_across_timesteps": True, "average_across_batch": True, "softmax_loss_function": None}


def _arguments(call: Call, required: tuple[str, ...], options: dict[str, bool | None]) -> str:
    """Returns the arguments of the new call: all required ones, and those options that are not the default."""
    given = [name for name, default in options.items() if call.value(name, default) != default]
    return ", ".join([*(call.text(name) for name in required), *(f"{name}={call.text(name)}" for name in given)])


@rule(
    "tf.contrib.seq2seq.sequence_loss",
    signature=(
        "logits, targets, weights, average_across_timesteps=True, average_across_batch=True, sum_over_timesteps=False, "
        "sum_over_batch=False, softmax_loss_function=None, name=None"
    ),
    becomes="a function `sequence_cross_entropy` in the file",
)
def _sequence_loss(call: Call) -> Outcome:
    for parameter in ("sum_over_timesteps", "sum_over_batch"):
        if call.value(parameter, False) is not False:
            return Refuse(f"its {parameter} divides by a number of weights", "divide by it in the program")
    return Replace(f"sequence_cross_entropy({_arguments(call, _LOSS, _OPTIONS)})", (seq2seq.SEQUENCE_CROSS_ENTROPY,))


@rule(
    "tf.contrib.legacy_seq2seq.sequence_loss_by_example",
    "tf.nn.seq2seq.sequence_loss_by_example",
    signature="logits, targets, weights, average_across_timesteps=True, softmax_loss_function=None, name=None",
    becomes="a function `sequence_loss_by_example` in the file",
)
def _sequence_loss_by_example(call: Call) -> Outcome:
    text = f"sequence_loss_by_example({_arguments(call, _LOSS, _OPTIONS)})"
    return Replace(text, (seq2seq.SEQUENCE_LOSS_BY_EXAMPLE,))


@rule(
    "tf.contrib.legacy_seq2seq.rnn_decoder",
    "tf.nn.seq2seq.rnn_decoder",
    signature="decoder_inputs, initial_state, cell, loop_function=None, scope=None",
    becomes="a function `rnn_decoder` in the file: a Python loop",
)
def _rnn_decoder(call: Call) -> Outcome:
    required = ("decoder_inputs", "initial_state", "cell")
    return Replace(f"rnn_decoder({_arguments(call, required, {'loop_function': None})})", (seq2seq.RNN_DECODER,))
