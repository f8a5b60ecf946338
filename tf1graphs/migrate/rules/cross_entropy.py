"""Cross entropies of logits: their arguments in the order of 0.x, and gradients that end at the labels."""

from __future__ import annotations

import ast
from dataclasses import replace

from tf1graphs.migrate.calls import Argument, Call, Outcome
from tf1graphs.migrate.forms import Form
from tf1graphs.migrate.rules import rule

_SIGNATURE = "_sentinel=None, labels=None, logits=None, name=None"
_SOFTMAX_SIGNATURE = "_sentinel=None, labels=None, logits=None, dim=-1, name=None, axis=None"


def constant_labels(call: Call, parameter: str) -> Call:
    """Lets no gradient flow to the labels: TensorFlow 1 stopped it, TensorFlow 2 does not."""
    labels = call.arguments.get(parameter)
    if labels is None or not labels.is_later:
        return call
    stopped = replace(labels, text=f"{call.tf}.stop_gradient({labels.text})")
    return replace(call, arguments={**call.arguments, parameter: stopped})


def _in_order(call: Call) -> Call:
    """Gives the arguments of a call by place, which 1.15 refuses, their keywords: until 1.0 the logits came first."""
    arguments = dict(call.arguments)
    logits: Argument | None = arguments.pop("_sentinel", None)
    if logits is None or logits.value is None:
        return call
    return replace(call, arguments={"logits": logits, **arguments}, node=ast.Call(call.node.func, [], []))


@rule(
    "tf.nn.softmax_cross_entropy_with_logits",
    signature=_SOFTMAX_SIGNATURE,
    becomes="the same, of `tf.stop_gradient(labels)` if they are computed",
)
def softmax(call: Call) -> Outcome:
    """Without a gradient for the labels, unlike ``softmax_cross_entropy_with_logits_v2``."""
    form = Form.parse(_SOFTMAX_SIGNATURE, f"{call.name}(labels, logits, axis | dim, name)")
    return form.apply(constant_labels(_in_order(call), "labels"))


@rule(
    "tf.nn.sigmoid_cross_entropy_with_logits",
    "tf.nn.sparse_softmax_cross_entropy_with_logits",
    signature=_SIGNATURE,
    becomes="the same",
)
def others(call: Call) -> Outcome:
    """The same, for these have no other arguments."""
    return Form.parse(_SIGNATURE, f"{call.name}(labels, logits, name)").apply(_in_order(call))
