"""``tf.contrib.model_pruning.python.layers.layers``: layers with masked weights, as functions."""

# ruff: noqa: I001 (tf_slim is importable once _tf_slim is)
from __future__ import annotations

from typing import Any

from tf1graphs.v1 import _tf_slim  # noqa: F401
from tensorflow.python.framework import ops
from tensorflow.python.ops import init_ops, nn_ops, variable_scope
from tf_slim.layers import initializers, utils
from tf_slim.layers.layers import _add_variable_to_collections, _build_variable_getter
from tf_slim.ops.arg_scope import add_arg_scope

from tf1graphs.v1.contrib.model_pruning.layers import core_layers

__all__ = ["masked_conv2d", "masked_convolution", "masked_fully_connected"]

# Data formats -> the word for them of a layer for images.
_IMAGE_FORMATS = {None: "channels_last", "NHWC": "channels_last", "NCHW": "channels_first"}
_OTHER_FORMATS = ("NWC", "NCW", "NDHWC", "NCDHW")
_IMAGE_RANK = 4
_XAVIER, _ZEROS = initializers.xavier_initializer(), init_ops.zeros_initializer()


def _scope(scope: Any, default: str, inputs: Any, reuse: bool | None) -> Any:
    getter = _build_variable_getter({"bias": "biases", "kernel": "weights"})
    return variable_scope.variable_scope(scope, default, [inputs], reuse=reuse, custom_getter=getter)


def _finished(
    layer: Any,
    inputs: Any,
    scope: Any,
    collections: tuple[Any, Any],
    normalizer: tuple[Any, dict[str, Any] | None],
    activation_fn: Any,
) -> Any:
    """Returns the output of a layer, normalized and activated; variables and output go into their collections."""
    outputs = layer.apply(inputs)
    for_variables, for_outputs = collections
    _add_variable_to_collections(layer.kernel, for_variables, "weights")
    if layer.bias is not None:
        _add_variable_to_collections(layer.bias, for_variables, "biases")
    normalizer_fn, params = normalizer
    if normalizer_fn is not None:
        outputs = normalizer_fn(outputs, **(params or {}))
    if activation_fn is not None:
        outputs = activation_fn(outputs)
    return utils.collect_named_outputs(for_outputs, scope.original_name_scope, outputs)


@add_arg_scope  # type: ignore[untyped-decorator, unused-ignore]
def masked_convolution(
    inputs: Any,
    num_outputs: int,
    kernel_size: Any,
    stride: Any = 1,
    padding: str = "SAME",
    data_format: str | None = None,
    rate: Any = 1,
    activation_fn: Any = nn_ops.relu,
    normalizer_fn: Any = None,
    normalizer_params: dict[str, Any] | None = None,
    weights_initializer: Any = _XAVIER,
    weights_regularizer: Any = None,
    biases_initializer: Any = _ZEROS,
    biases_regularizer: Any = None,
    reuse: bool | None = None,
    variables_collections: Any = None,
    outputs_collections: Any = None,
    trainable: bool = True,
    scope: Any = None,
) -> Any:
    """Returns the convolution of images, 4-D, with masked weights; the options are those of ``contrib.layers.conv2d``.

    Raises:
        ValueError: The inputs or the data format are not those of images.
    """
    if data_format not in _IMAGE_FORMATS and data_format not in _OTHER_FORMATS:
        raise ValueError(f"Invalid data_format: {data_format!r}")
    with _scope(scope, "Conv", inputs, reuse) as opened:
        inputs = ops.convert_to_tensor(inputs)
        if inputs.get_shape().ndims != _IMAGE_RANK:
            raise ValueError("Sparse Convolution not supported for input with rank", inputs.get_shape().ndims)
        if data_format not in _IMAGE_FORMATS:
            raise ValueError("Unsupported data format", data_format)
        layer = core_layers.MaskedConv2D(
            filters=num_outputs,
            kernel_size=kernel_size,
            strides=stride,
            padding=padding,
            data_format=_IMAGE_FORMATS[data_format],
            dilation_rate=rate,
            use_bias=not normalizer_fn and biases_initializer,
            kernel_initializer=weights_initializer,
            bias_initializer=biases_initializer,
            kernel_regularizer=weights_regularizer,
            bias_regularizer=biases_regularizer,
            trainable=trainable,
            name=opened.name,
            dtype=inputs.dtype.base_dtype,
            _scope=opened,
            _reuse=reuse,
        )
        collections, normalizer = (variables_collections, outputs_collections), (normalizer_fn, normalizer_params)
        return _finished(layer, inputs, opened, collections, normalizer, activation_fn)


masked_conv2d = masked_convolution


@add_arg_scope  # type: ignore[untyped-decorator, unused-ignore]
def masked_fully_connected(
    inputs: Any,
    num_outputs: int,
    activation_fn: Any = nn_ops.relu,
    normalizer_fn: Any = None,
    normalizer_params: dict[str, Any] | None = None,
    weights_initializer: Any = _XAVIER,
    weights_regularizer: Any = None,
    biases_initializer: Any = _ZEROS,
    biases_regularizer: Any = None,
    reuse: bool | None = None,
    variables_collections: Any = None,
    outputs_collections: Any = None,
    trainable: bool = True,
    scope: Any = None,
) -> Any:
    """Returns ``inputs`` times masked weights; the options are those of ``contrib.layers.fully_connected``.

    Raises:
        ValueError: ``num_outputs`` is no integer.
    """
    if not isinstance(num_outputs, int):
        raise ValueError(f"num_outputs should be int or long, got {num_outputs}.")
    with _scope(scope, "fully_connected", inputs, reuse) as opened:
        inputs = ops.convert_to_tensor(inputs)
        layer = core_layers.MaskedFullyConnected(
            units=num_outputs,
            use_bias=not normalizer_fn and biases_initializer,
            kernel_initializer=weights_initializer,
            bias_initializer=biases_initializer,
            kernel_regularizer=weights_regularizer,
            bias_regularizer=biases_regularizer,
            trainable=trainable,
            name=opened.name,
            dtype=inputs.dtype.base_dtype,
            _scope=opened,
            _reuse=reuse,
        )
        collections, normalizer = (variables_collections, outputs_collections), (normalizer_fn, normalizer_params)
        return _finished(layer, inputs, opened, collections, normalizer, activation_fn)
