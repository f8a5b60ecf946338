"""``tf.contrib.layers``, which are those of ``tf.layers`` with other defaults; ``tf.contrib.slim`` has them too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from tf1graphs.migrate.calls import Argument, Call, Normalizer, Outcome, Refuse, Replace, Split
from tf1graphs.migrate.keras_layers import Layer, called, create, named, spelled, unsupported
from tf1graphs.migrate.rules import all_rules, layers, rule

_MODULES = ("tf.contrib.layers", "tf.contrib.slim")
_WEIGHTS = (
    "normalizer_fn=None, normalizer_params=None, weights_initializer=xavier, {pointwise}weights_regularizer=None, "
    "biases_initializer=zeros, biases_regularizer=None, reuse=None, variables_collections=None, "
    "outputs_collections=None, trainable=True, scope=None"
)
_DENSE = f"inputs, num_outputs, activation_fn=relu, {_WEIGHTS.format(pointwise='')}"
_WINDOW = "inputs, num_outputs, kernel_size, stride=1, padding='SAME', data_format=None"
_CONV = f"{_WINDOW}, rate=1, activation_fn=relu, {_WEIGHTS.format(pointwise='')}"
_CONV_TRANSPOSE = f"{_WINDOW}, activation_fn=relu, {_WEIGHTS.format(pointwise='')}"
_SEPARABLE = (
    "inputs, num_outputs, kernel_size, depth_multiplier=1, stride=1, padding='SAME', data_format='NHWC', rate=1, "
    f"activation_fn=relu, {_WEIGHTS.format(pointwise='pointwise_initializer=None, ')}"
)

# Names, function of ``tf.layers``, parameters, activation.
_TABLE = (
    (("fully_connected", "relu"), "dense", _DENSE, "tf.nn.relu"),
    (("relu6",), "dense", _DENSE, "tf.nn.relu6"),
    (("elu",), "dense", _DENSE, "tf.nn.elu"),
    (("linear",), "dense", _DENSE, None),
    (("conv1d", "convolution1d"), "conv1d", _CONV, "tf.nn.relu"),
    (("conv2d", "convolution2d"), "conv2d", _CONV, "tf.nn.relu"),
    (("conv3d", "convolution3d"), "conv3d", _CONV, "tf.nn.relu"),
    (("conv2d_transpose", "convolution2d_transpose"), "conv2d_transpose", _CONV_TRANSPOSE, "tf.nn.relu"),
    (("conv3d_transpose", "convolution3d_transpose"), "conv3d_transpose", _CONV_TRANSPOSE, "tf.nn.relu"),
    (("separable_conv2d", "separable_convolution2d"), "separable_conv2d", _SEPARABLE, "tf.nn.relu"),
)
_PARAMETERS = {
    "num_outputs": "filters",
    "stride": "strides",
    "rate": "dilation_rate",
    "activation_fn": "activation",
    "weights_initializer": "kernel_initializer",
    "biases_initializer": "bias_initializer",
    "weights_regularizer": "kernel_regularizer",
    "biases_regularizer": "bias_regularizer",
}
_WITH_BIAS = ("use_bias", "bias_initializer", "bias_regularizer")
# 1.15's names of the variables, by those in ``tf.layers``.
_VARIABLES = {
    "kernel": "weights",
    "depthwise_kernel": "depthwise_weights",
    "pointwise_kernel": "pointwise_weights",
    "bias": "biases",
}

_NORMALIZER = Refuse(
    "its normalizer_fn makes no layer",
    "call it on the result: biases_initializer=None, activation_fn=None, then the normalizer, then the activation",
)


def _apply(function: str, parameters: tuple[str, ...], activation: str | None, call: Call) -> Outcome:
    """Returns the Keras layer for a call of a function that is one of ``tf.layers`` with other defaults."""
    if call.value("data_format") is ...:
        return Refuse("data_format must be a literal", "write it as a string")
    if call.value("num_outputs", ...) is None:
        return Refuse("without num_outputs it is no separable convolution", "use tf.nn.depthwise_conv2d")
    defaults = {"activation_fn": Argument(spelled(call, activation)) if activation else Argument("None", None)}
    if function != "dense":
        defaults["padding"] = Argument("'SAME'", "SAME")
    given = {**defaults, **call.arguments}
    arguments: dict[str, Argument] = {}
    for name in parameters:
        if name in given:
            arguments |= _translated(function, name, given[name])
    if "pointwise_initializer" not in arguments and "depthwise_initializer" in arguments:
        arguments["pointwise_initializer"] = arguments["depthwise_initializer"]
    if call.normalizer:
        return _normalized(function, replace(call, arguments=arguments), call.normalizer)
    return _layer(function, replace(call, arguments=arguments))


def _layer(function: str, call: Call) -> Split | Refuse:
    """Returns the layer for a call with the parameters of a function of ``tf.layers``."""
    split = layers.apply(function, call)
    if isinstance(split, Refuse):
        return split
    variables = {name: _VARIABLES[name] for name in split.variables}
    return replace(split, name=call.name.rpartition(".")[2], variables=variables)


def _normalized(function: str, call: Call, normalizer: Normalizer) -> Split | Refuse:
    """Returns a layer, which then has no bias, its normalizer and its activation as one."""
    arguments = {name: each for name, each in call.arguments.items() if name not in _WITH_BIAS}
    activation = arguments.pop("activation")
    arguments["use_bias"] = Argument("False", False)
    layer = _layer(function, replace(call, arguments=arguments, graph_name=None))
    if isinstance(layer, Refuse):
        return layer
    if call.dtype == "float64":
        return Refuse("Keras puts layers together in float32", "call the normalizer on the result")
    rule = all_rules().get(normalizer.name)
    given = {"inputs": call.arguments["inputs"], **normalizer.arguments}
    second = rule.apply(replace(call, name=rule.name, arguments=given, graph_name=None)) if rule else _NORMALIZER
    if isinstance(second, Refuse):
        return second
    if not isinstance(second, Split) or "activation_fn" in given:
        return _NORMALIZER
    parts = [layer.create, second.create]
    if activation.value is not None:
        parts.append(f"{call.tf}.keras.layers.Activation({activation.text})")
    return replace(
        second,
        create=f"{call.tf}.keras.Sequential([\n{''.join(f'    {part},{chr(10)}' for part in parts)}]{named(call)})",
        name=layer.name,
        variables={
            **{f"layers[0].{name}": old for name, old in layer.variables.items()},
            **{f"layers[1].{name}": f"{normalizer.scope}/{old}" for name, old in second.variables.items()},
        },
    )


def _translated(function: str, name: str, argument: Argument) -> Mapping[str, Argument]:
    """Returns what an argument is in ``tf.layers``."""
    if name == "num_outputs" and function == "dense":
        return {"units": argument}
    if name == "data_format":
        first = isinstance(argument.value, str) and argument.value.startswith("NC")
        return {name: Argument('"channels_first"', "channels_first")} if first else {}
    if name == "biases_initializer" and argument.value is None:
        return {"use_bias": Argument("False", False)}
    if name in ("weights_initializer", "weights_regularizer") and function == "separable_conv2d":
        kind = name.rpartition("_")[2]
        # 1.15 takes the initializer of the depthwise kernel for the pointwise one where it has none of its own.
        kernels = ("depthwise",) if kind == "initializer" else ("depthwise", "pointwise")
        return {f"{kernel}_{kind}": argument for kernel in kernels}
    return {_PARAMETERS.get(name, name): argument}


for _names, _function, _signature, _activation in _TABLE:
    _parameters = tuple(part.partition("=")[0].strip() for part in _signature.split(","))
    rule(
        *(f"{module}.{name}" for module in _MODULES for name in _names),
        signature=_signature,
        becomes=f"a `{layers.LAYERS[_function].name}`, created once",
    )(partial(_apply, _function, _parameters, _activation))


@rule(
    *(f"{module}.convolution" for module in _MODULES),
    signature=f"{_CONV}, conv_dims=None",
    becomes="a `tf.keras.layers.Conv2D` or that of another rank, created once",
)
def convolution(call: Call) -> Outcome:
    """Takes the rank from the size of the kernel."""
    size = call.value("kernel_size")
    rank = len(size) if isinstance(size, (tuple, list)) else call.value("conv_dims")
    if rank not in (1, 2, 3):
        return Refuse("it hangs on the inputs how many axes are convolved", "use conv1d, conv2d or conv3d")
    arguments = {name: argument for name, argument in call.arguments.items() if name != "conv_dims"}
    same = all_rules()[f"tf.contrib.layers.conv{rank}d"]
    return same.apply(replace(call, name=same.name, arguments=arguments))


@rule(
    *(f"{module}.flatten" for module in _MODULES),
    signature="inputs, outputs_collections=None, scope=None",
    becomes="a `tf.keras.layers.Flatten`",
)
def flatten(call: Call) -> Outcome:
    """Flattens all but the batch."""
    return layers.flatten(call)


@rule(*(f"{module}.softmax" for module in _MODULES), signature="logits, scope=None", becomes="`tf.nn.softmax`")
def softmax(call: Call) -> Outcome:
    """Softmax of the last axis."""
    return Replace(f"{call.tf}.nn.softmax({call.text('logits')})")


@rule(
    *(f"{module}.one_hot_encoding" for module in _MODULES),
    signature="labels, num_classes, on_value=1.0, off_value=0.0, outputs_collections=None, scope=None",
    becomes="`tf.one_hot`",
)
def one_hot_encoding(call: Call) -> Outcome:
    """One-hot rows of floats by default."""
    texts = [call.text("labels"), call.text("num_classes")]
    if "on_value" in call.arguments or "off_value" in call.arguments:
        texts += [call.text("on_value", "1.0"), call.text("off_value", "0.0")]
    return unsupported(call) or Replace(f"{call.tf}.one_hot({', '.join(texts)})")


@rule(
    *(f"{module}.embed_sequence" for module in _MODULES),
    signature="ids, vocab_size=None, embed_dim=None, unique=False, initializer=None, regularizer=None, trainable=True, "
    "scope=None, reuse=None",
    becomes="a `tf.keras.layers.Embedding`, created once",
)
def embed_sequence(call: Call) -> Outcome:
    """Looks rows up in a table that starts with the values of ``get_variable``."""
    if call.value("vocab_size") is None or call.value("embed_dim") is None:
        return Refuse("the size of the table is that of another call", "give vocab_size and embed_dim")
    # Whether each row is looked up once or as often as it occurs changes nothing that is computed.
    given = {name: argument for name, argument in call.arguments.items() if name not in ("ids", "unique")}
    initializer = given.pop("initializer", Argument("None", None))
    if initializer.value is None:
        initializer = Argument('"glorot_uniform"', "glorot_uniform")
    regularizer = given.pop("regularizer", Argument("None", None))
    arguments = {**given, "embeddings_initializer": initializer, "embeddings_regularizer": regularizer}
    layer = Layer("embedding", "tf.keras.layers.Embedding", ("vocab_size", "embed_dim"), ("embeddings",))
    created = create(replace(call, arguments=arguments), layer)
    return created if isinstance(created, Refuse) else replace(created, use=called(call.text("ids")))
