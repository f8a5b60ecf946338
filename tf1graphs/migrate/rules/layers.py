"""``tf.layers``: dense and convolutional layers and flatten, as functions and as classes."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from tf1graphs.migrate.calls import Call, Outcome, Refuse, Split
from tf1graphs.migrate.keras_layers import Layer, called, create
from tf1graphs.migrate.rules import rule

_WEIGHTS = (
    "activation=None, use_bias=True, kernel_initializer=None, bias_initializer=zeros, kernel_regularizer=None, "
    "bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, bias_constraint=None, trainable=True"
)
_SEPARABLE_WEIGHTS = (
    "depth_multiplier=1, activation=None, use_bias=True, depthwise_initializer=None, pointwise_initializer=None, "
    "bias_initializer=zeros, depthwise_regularizer=None, pointwise_regularizer=None, bias_regularizer=None, "
    "activity_regularizer=None, depthwise_constraint=None, pointwise_constraint=None, bias_constraint=None, "
    "trainable=True"
)
_WINDOW = "filters, kernel_size, strides=1, padding='valid', data_format='channels_last'"
_KERNEL = ("kernel", "bias")
_SEPARABLE_KERNELS = ("depthwise_kernel", "pointwise_kernel", "bias")

# Function, class, parameters behind ``inputs``, variables.
_TABLE = (
    ("dense", "Dense", f"units, {_WEIGHTS}", _KERNEL),
    ("conv1d", "Conv1D", f"{_WINDOW}, dilation_rate=1, {_WEIGHTS}", _KERNEL),
    ("conv2d", "Conv2D", f"{_WINDOW}, dilation_rate=1, {_WEIGHTS}", _KERNEL),
    ("conv3d", "Conv3D", f"{_WINDOW}, dilation_rate=1, {_WEIGHTS}", _KERNEL),
    ("conv2d_transpose", "Conv2DTranspose", f"{_WINDOW}, {_WEIGHTS}", _KERNEL),
    ("conv3d_transpose", "Conv3DTranspose", f"{_WINDOW}, {_WEIGHTS}", _KERNEL),
    ("separable_conv1d", "SeparableConv1D", f"{_WINDOW}, dilation_rate=1, {_SEPARABLE_WEIGHTS}", _SEPARABLE_KERNELS),
    ("separable_conv2d", "SeparableConv2D", f"{_WINDOW}, dilation_rate=1, {_SEPARABLE_WEIGHTS}", _SEPARABLE_KERNELS),
)
LAYERS = {
    function: Layer(
        function,
        f"tf.keras.layers.{keras}",
        ("units",) if function == "dense" else ("filters", "kernel_size"),
        variables,
    )
    for function, keras, _, variables in _TABLE
}


def apply(function: str, call: Call) -> Split | Refuse:
    """Returns a Keras layer, called with the inputs, for a call with the parameters of a function of ``tf.layers``."""
    created = create(call, LAYERS[function])
    if isinstance(created, Refuse):
        return created
    return replace(created, use=called(call.text("inputs")))


def _construct(function: str, call: Call) -> Outcome:
    return create(call, LAYERS[function])


for _function, _class, _parameters, _ in _TABLE:
    _becomes = f"a `tf.keras.layers.{_class}`, created once"
    rule(f"tf.layers.{_function}", signature=f"inputs, {_parameters}, name=None, reuse=None", becomes=_becomes)(
        partial(apply, _function)
    )
    rule(f"tf.layers.{_class}", signature=f"{_parameters}, name=None, dtype=None", becomes=_becomes)(
        partial(_construct, _function)
    )


@rule(
    "tf.layers.flatten",
    signature="inputs, name=None, data_format='channels_last'",
    becomes="a `tf.keras.layers.Flatten`",
)
def flatten(call: Call) -> Outcome:
    """Flattens all but the batch."""
    created = flatten_layer(call)
    if isinstance(created, Refuse):
        return created
    return replace(created, use=called(call.text("inputs")))


@rule("tf.layers.Flatten", signature="data_format=None, name=None", becomes="a `tf.keras.layers.Flatten`")
def flatten_layer(call: Call) -> Split | Refuse:
    """Returns the layer, which has no variables and so needs no name."""
    return create(replace(call, graph_name=None), Layer("flatten", "tf.keras.layers.Flatten", ()))
