"""``tf.contrib.fused_conv``: a convolution with bias and activation, of today's ops; 1.15 had it for GPUs alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tensorflow.python.framework import dtypes, ops, tensor_util
from tensorflow.python.ops import array_ops, check_ops, math_ops, nn_ops

from tf1graphs.v1 import _gone

__all__ = ["fused_conv2d_bias_activation"]

_ORDERS = {"NHWC": (0, 1, 2, 3), "NCHW": (0, 2, 3, 1)}
_FILTER_ORDERS = {"HWIO": (0, 1, 2, 3), "OIHW": (2, 3, 1, 0)}
_ACTIVATIONS = {"Relu": nn_ops.relu, "None": lambda features: features}
_QUANTIZED = {"NCHW_VECT_C", "OIHW_VECT_I"}


def _checked(argument: str, value: str, known: dict[str, Any]) -> Any:
    if value in _QUANTIZED:
        raise _gone.UnsupportedError(
            f"tf.contrib.fused_conv.fused_conv2d_bias_activation is not supported with {argument}={value}: its kernel "
            "for qint8 is gone; use floats in NCHW or NHWC"
        )
    if value not in known:
        allowed = ", ".join(f'"{each}"' for each in known)
        raise ValueError(f"Value for attr '{argument}' of \"{value}\" is not in the list of allowed values: {allowed}")
    return known[value]


def _moved(tensor: Any, order: Sequence[int]) -> Any:
    return tensor if tuple(order) == (0, 1, 2, 3) else array_ops.transpose(tensor, order)


def _with_side_input(result: Any, side_input: Any, scale: Any) -> Any:
    """Returns the sum of the convolution and the scaled side input, which is not looked at where the scale is 0."""
    if tensor_util.constant_value(scale) == 0.0:
        return result
    if side_input is None:
        with ops.control_dependencies([check_ops.assert_equal(scale, 0.0, message="side_input is missing")]):
            return array_ops.identity(result)
    return result + math_ops.cast(scale, result.dtype) * side_input


def fused_conv2d_bias_activation(
    conv_input: Any,
    filter: Any,
    bias: Any,
    strides: Sequence[int] | None = None,
    padding: str | None = None,
    conv_input_scale: Any = 1.0,
    side_input_scale: Any = 0.0,
    side_input: Any = None,
    activation_mode: str = "Relu",
    data_format: str | None = None,
    filter_format: str | None = None,
    name: str | None = None,
) -> Any:
    """Returns ``activation(conv_input_scale * conv(conv_input, filter) + side_input_scale * side_input + bias)``.

    Args:
        conv_input: ``[batch, height, width, channels]``, or as ``data_format`` says; float32 or half.
        filter: ``[height, width, channels, out channels]``, or as ``filter_format`` says.
        bias: ``[out channels]``.
        strides: One for each dimension of ``data_format``, 1 by default.
        padding: "SAME" or "VALID".
        conv_input_scale: A scalar of float32.
        side_input_scale: A scalar of float32; where it is 0 the side input is ignored.
        side_input: A tensor of the output's shape.
        activation_mode: "Relu" or "None".
        data_format: "NHWC", the default, or "NCHW".
        filter_format: "HWIO", the default, or "OIHW".
        name: The name of the scope of the ops.

    Raises:
        TypeError: ``padding`` is missing.
        ValueError: An option has none of its values.
        UnsupportedError: A format is one of qint8.
        InvalidArgumentError: ``side_input_scale`` is not 0, and there is no side input.
    """
    if padding is None:
        raise TypeError("Expected string for argument 'padding' not None.")
    order = _checked("data_format", data_format or "NHWC", _ORDERS)
    filter_order = _checked("filter_format", filter_format or "HWIO", _FILTER_ORDERS)
    activation = _checked("activation_mode", activation_mode, _ACTIVATIONS)
    with ops.name_scope(name, "FusedConv2DBiasActivation") as scope:
        scale, side_scale = (
            ops.convert_to_tensor(each, dtypes.float32) for each in (conv_input_scale, side_input_scale)
        )
        conv_input = _moved(ops.convert_to_tensor(conv_input), order)
        ordered_strides = [(strides or [1, 1, 1, 1])[place] for place in order]
        result = nn_ops.conv2d(conv_input, _moved(filter, filter_order), ordered_strides, padding)
        result = result * math_ops.cast(scale, result.dtype)
        side_input = None if side_input is None else _moved(ops.convert_to_tensor(side_input, result.dtype), order)
        result = nn_ops.bias_add(_with_side_input(result, side_input, side_scale), bias)
        back = [order.index(place) for place in range(4)]
        return array_ops.identity(_moved(activation(result), back), name=scope)
