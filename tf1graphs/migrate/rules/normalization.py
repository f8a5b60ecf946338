"""Batch normalization of ``tf.layers`` and ``tf.contrib.layers``, and layer normalization."""

from __future__ import annotations

from dataclasses import replace

from tf1graphs.migrate.calls import Argument, Call, Outcome, Refuse, Split
from tf1graphs.migrate.definitions.normalization import BATCH_NORMALIZATION, LAYER_NORM
from tf1graphs.migrate.keras_layers import Layer, called, create, enclosed
from tf1graphs.migrate.rules import rule

_BATCH = Layer(
    "batch_normalization",
    "BatchNormalization",
    (),
    ("gamma", "beta", "moving_mean", "moving_variance"),
    BATCH_NORMALIZATION,
)
_OPTIONS = (
    "axis=-1, momentum=0.99, epsilon=1e-3, center=True, scale=True, beta_initializer=zeros, gamma_initializer=ones, "
    "moving_mean_initializer=zeros, moving_variance_initializer=ones, beta_regularizer=None, gamma_regularizer=None, "
    "beta_constraint=None, gamma_constraint=None"
)
_RENORM = "renorm=False, renorm_clipping=None, renorm_momentum=0.99, fused=None"
_BECOMES = "`BatchNormalization`, Keras's with the moving variance of TensorFlow 1"
# What has no counterpart, with the values that ask for nothing.
_WITHOUT = {
    "renorm": (False, None),
    "virtual_batch_size": (None,),
    "adjustment": (None,),
    "param_initializers": (None,),
    "param_regularizers": (None,),
    "batch_weights": (None,),
    "zero_debias_moving_mean": (False, None),
    "trainable": (True,),
}
# 1.15's fused op takes them; along another it computes as Keras does.
_FUSED_AXES = (-3, -1, 1, 3)
_DROPPED = (*_WITHOUT, "renorm_clipping", "renorm_momentum", "renorm_decay", "fused")


@rule(
    "tf.layers.batch_normalization",
    signature=f"inputs, {_OPTIONS}, training=False, trainable=True, name=None, reuse=None, {_RENORM}, "
    "virtual_batch_size=None, adjustment=None",
    becomes=_BECOMES,
)
def batch_normalization(call: Call) -> Outcome:
    """Normalizes by the moving averages by default, for ``training`` is False."""
    return _called(call, _batch(call, (4,)), "training", False)


@rule(
    "tf.layers.BatchNormalization",
    "tf.keras.layers.BatchNormalization",
    signature=f"{_OPTIONS}, {_RENORM}, trainable=True, virtual_batch_size=None, adjustment=None, name=None, "
    "dtype=None, input_shape=None",
    becomes=_BECOMES,
)
def batch_normalization_layer(call: Call) -> Outcome:
    """Returns the layer, which as in 1.15 trains only where it is called with ``training=True``."""
    created = _batch(call, (4,))
    return created if isinstance(created, Refuse) else replace(created, has_updates=True)


@rule(
    "tf.contrib.layers.batch_norm",
    "tf.contrib.slim.batch_norm",
    signature="inputs, decay=0.999, center=True, scale=False, epsilon=0.001, activation_fn=None, "
    "param_initializers=None, param_regularizers=None, updates_collections='update_ops', is_training=True, reuse=None, "
    "variables_collections=None, outputs_collections=None, trainable=True, batch_weights=None, fused=None, "
    "data_format='NHWC', zero_debias_moving_mean=False, scope=None, renorm=False, renorm_clipping=None, "
    "renorm_decay=0.99, adjustment=None",
    becomes=_BECOMES,
)
def batch_norm(call: Call) -> Outcome:
    """Normalizes by the batch by default, and has no gamma."""
    collections = call.value("updates_collections", "update_ops")
    if collections is ... and call.text("updates_collections").endswith("GraphKeys.UPDATE_OPS"):
        collections = "update_ops"
    if collections not in ("update_ops", None):
        return Refuse("its updates go to a collection of their own", "leave updates_collections out")
    if call.value("data_format", "NHWC") not in ("NHWC", "NCHW"):
        return Refuse("data_format must be a literal", "write it as a string")
    arguments: dict[str, Argument] = {}
    if call.value("data_format") == "NCHW":
        arguments["axis"] = Argument("1", 1)
    arguments["momentum"] = call.arguments.get("decay", Argument("0.999", 0.999))
    arguments["scale"] = Argument("False", False)
    arguments |= {
        name: argument
        for name, argument in call.arguments.items()
        if name not in ("decay", "activation_fn", "updates_collections", "is_training", "data_format")
    }
    # 1.15 runs the fused op on matrices too, as images of one pixel.
    split = _called(call, _batch(replace(call, arguments=arguments), (2, 4)), "is_training", True)
    if isinstance(split, Refuse):
        return split
    activated = _activated(call, split)
    return activated if collections else replace(activated, has_updates=False)


@rule(
    "tf.contrib.layers.layer_norm",
    "tf.contrib.slim.layer_norm",
    signature="inputs, center=True, scale=True, activation_fn=None, reuse=None, variables_collections=None, "
    "outputs_collections=None, trainable=True, begin_norm_axis=1, begin_params_axis=-1, scope=None",
    becomes="`tf.keras.layers.LayerNormalization` of the last axis, else a `LayerNorm`",
)
def layer_norm(call: Call) -> Outcome:
    """Normalizes each example as a whole by default."""
    arguments = {name: value for name, value in call.arguments.items() if name != "activation_fn"}
    layer = Layer("layer_norm", "LayerNorm", (), ("beta", "gamma"), LAYER_NORM)
    if call.value("begin_norm_axis") == call.value("begin_params_axis", -1) == -1:
        layer = Layer("layer_norm", "tf.keras.layers.LayerNormalization", (), ("beta", "gamma"))
        arguments = {"epsilon": Argument("1e-12", 1e-12), **arguments}
        del arguments["begin_norm_axis"]
        arguments.pop("begin_params_axis", None)
    created = create(replace(call, arguments=arguments), layer)
    if isinstance(created, Refuse):
        return created
    return _activated(call, replace(created, use=called(call.text("inputs"))))


def _batch(call: Call, fused_ranks: tuple[int, ...]) -> Split | Refuse:
    """Returns the layer; inputs of the ranks go through the fused op of 1.15 unless ``fused`` is False."""
    for name, idle in _WITHOUT.items():
        if name in call.arguments and call.value(name) not in idle:
            return Refuse(f"Keras has no batch normalization with this {name}", f"leave {name} out")
    if call.value("fused") is ... or not isinstance(call.value("axis", -1), int):
        return Refuse("fused and axis must be literals", "write fused as True or False and axis as a number")
    arguments = {name: value for name, value in call.arguments.items() if name not in _DROPPED}
    is_fused = call.value("fused") is not False and call.value("axis", -1) in _FUSED_AXES
    ranks = fused_ranks if is_fused else ()
    if ranks != (4,):
        arguments["sample_ranks"] = Argument(repr(ranks), ranks)
    return create(replace(call, arguments=arguments), _BATCH)


def _called(call: Call, created: Split | Refuse, parameter: str, default: bool) -> Split | Refuse:
    """Returns the layer called with the inputs, and with ``training`` where it may be true."""
    if isinstance(created, Refuse):
        return created
    training = call.value(parameter, default)
    if training is not ... and not training:
        return replace(created, use=called(call.text("inputs")))
    text = call.text(parameter, repr(default))
    return replace(created, use=called(call.text("inputs"), f"training={text}"), has_updates=True)


def _activated(call: Call, split: Split) -> Split:
    if call.value("activation_fn") is None:
        return split
    function = enclosed(call.text("activation_fn")).replace("{", "{{").replace("}", "}}")
    return replace(split, use=f"{function}({split.use})")
