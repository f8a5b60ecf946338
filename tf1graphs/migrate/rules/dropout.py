"""Dropout of ``tf.layers`` and ``tf.contrib.layers``: a random function only where it trains."""

from __future__ import annotations

import ast
from dataclasses import replace

from tf1graphs.migrate.calls import Argument, Call, Definition, Outcome, Replace
from tf1graphs.migrate.keras_layers import Layer, create, enclosed, unsupported
from tf1graphs.migrate.rules import rule

# For inputs that are more than a name, which would be written twice.
DROPOUT = Definition(
    "dropout",
    '''\
def dropout(inputs, rate, training, noise_shape=None, seed=None):
    """Drops a share of the inputs if training, which may be a tensor."""
    return tf.nn.dropout(inputs, rate, noise_shape, seed) if training else inputs
''',
)


@rule(
    "tf.layers.dropout",
    signature="inputs, rate=0.5, noise_shape=None, seed=None, training=False, name=None",
    becomes="`tf.nn.dropout` where it trains",
)
def dropout(call: Call) -> Outcome:
    """Drops nothing by default, for ``training`` is False."""
    return _dropout(call, call.text("rate", "0.5"), "training", False)


@rule(
    "tf.contrib.layers.dropout",
    "tf.contrib.slim.dropout",
    signature="inputs, keep_prob=0.5, noise_shape=None, is_training=True, outputs_collections=None, scope=None, "
    "seed=None",
    becomes="`tf.nn.dropout` where it trains",
)
def contrib_dropout(call: Call) -> Outcome:
    """Drops by default."""
    return _dropout(call, f"1 - {enclosed(call.text('keep_prob', '0.5'))}", "is_training", True)


@rule(
    "tf.layers.Dropout",
    signature="rate=0.5, noise_shape=None, seed=None, name=None",
    becomes="`tf.keras.layers.Dropout`",
)
def dropout_layer(call: Call) -> Outcome:
    """Returns Keras's layer, which as in 1.15 drops nothing unless it is called with ``training=True``."""
    arguments = {"rate": Argument("0.5", 0.5), **call.arguments}
    layer = Layer("dropout", "tf.keras.layers.Dropout", ("rate",))
    return create(replace(call, arguments=arguments, graph_name=None), layer)


def _dropout(call: Call, rate: str, parameter: str, default: bool) -> Outcome:
    refusal = unsupported(call)
    if refusal:
        return refusal
    inputs = call.text("inputs")
    training = call.value(parameter, default)
    if training is not ... and not training:
        return Replace(enclosed(inputs))
    options = [f"{name}={call.text(name)}" for name in ("noise_shape", "seed") if call.value(name) is not None]
    drop = f"{call.tf}.nn.dropout({', '.join([inputs, rate, *options])})"
    if training is not ...:
        return Replace(drop)
    if inputs.isidentifier():
        condition = enclosed(call.text(parameter), ast.Compare, ast.BoolOp, ast.BinOp, ast.UnaryOp)
        return Replace(f"({drop} if {condition} else {inputs})")
    return Replace(f"dropout({', '.join([inputs, rate, call.text(parameter), *options])})", (DROPOUT,))
