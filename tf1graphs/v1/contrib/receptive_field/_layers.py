"""What a node of a graph does to the receptive field: its kernel, stride and padding, horizontally and vertically."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from tensorflow.python.framework import tensor_util
from tensorflow.python.platform import tf_logging as logging

_UNCHANGED = """
    Add AddV2 BiasAdd Cast Ceil ConcatV2 Const Floor FusedBatchNorm Identity Log Mul Pow RealDiv Relu Relu6 Round
    Rsqrt Softplus Sub VariableV2 LRN GreaterEqual
"""
_CONVOLUTIONS = ("Conv2D", "DepthwiseConv2dNative")
_POOLINGS = ("MaxPool", "MaxPoolV2", "AvgPool")
# The dimensions of NHWC.
_HORIZONTAL, _VERTICAL = 2, 1


class Axis(NamedTuple):
    """A layer in one direction; None is unknown."""

    kernel_size: int | None = 1
    stride: int | None = 1
    padding: int | None = 0
    total_padding: int | None = 0


def layer_axes(
    node: Any, nodes: Mapping[str, Any], resolution: Sequence[int] | None = None, force: bool = False
) -> tuple[Axis, Axis]:
    """Returns the horizontal and the vertical axis of a layer.

    Args:
        node: The ``NodeDef`` of the layer.
        nodes: All nodes by their names.
        resolution: The height and width of its input, if they are known.
        force: Whether an op that is not known has unknown axes.

    Raises:
        ValueError: The op is not known, or its sizes cannot be read from the graph.
    """
    if node.op in _UNCHANGED.split():
        return Axis(), Axis()
    if node.op == "Pad":
        return _of_pad(node, nodes)
    if node.op in _CONVOLUTIONS or node.op in _POOLINGS:
        kernel = _of_weights(node, nodes) if node.op in _CONVOLUTIONS else _of_window(node, nodes)
        strides = _strides(node, nodes)
        height, width = resolution if resolution is not None else (None, None)
        horizontal, vertical = (
            _padded(node, size, stride, length)
            for size, stride, length in zip(kernel, strides, (width, height), strict=True)
        )
        return horizontal, vertical
    if force:
        return Axis(None, None, None, None), Axis(None, None, None, None)
    raise ValueError(f"Unknown layer for operation '{node.name}': {node.op}")


def _constant(name: str, nodes: Mapping[str, Any], ending: str, what: str) -> Any:
    if not name.endswith(ending):
        raise ValueError(f"{what} name does not end with '{ending}'")
    return tensor_util.MakeNdarray(nodes[name].attr["value"].tensor)


def _strides(node: Any, nodes: Mapping[str, Any]) -> tuple[int, int]:
    if node.op == "MaxPoolV2":
        strides = _constant(node.input[2], nodes, "/strides", "Strides")
    else:
        strides = node.attr["strides"].list.i
    return strides[_HORIZONTAL], strides[_VERTICAL]


def _of_weights(node: Any, nodes: Mapping[str, Any]) -> tuple[int, int]:
    if not node.input[1].endswith("/read"):
        raise ValueError("Weight layer's name input to conv layer does not end with '/read'")
    name = node.input[1].removesuffix("/read")
    weights = nodes[name]
    if weights.op not in ("VariableV2", "Const"):
        raise ValueError(f"Weight layer {name} is not of type VariableV2 or Const: {weights.op}")
    shape = weights.attr["shape"].shape if weights.op == "VariableV2" else weights.attr["value"].tensor.tensor_shape
    if len(shape.dim) != 4:
        raise ValueError(f"Weight layer {name} does not have rank 4. Instead, it has: {len(shape.dim)}")
    return shape.dim[1].size, shape.dim[0].size


def _of_window(node: Any, nodes: Mapping[str, Any]) -> tuple[int, int]:
    if node.op == "MaxPoolV2":
        window = _constant(node.input[1], nodes, "/ksize", "Kernel size")
    else:
        window = node.attr["ksize"].list.i
    for dimension, which in ((0, "first"), (3, "last")):
        if window[dimension] != 1:
            raise ValueError(f"pool ksize for {which} dim is not 1")
    return window[_HORIZONTAL], window[_VERTICAL]


def _of_pad(node: Any, nodes: Mapping[str, Any]) -> tuple[Axis, Axis]:
    paddings = _constant(node.input[1], nodes, "/paddings", "Padding layer")
    if nodes[node.input[1]].op != "Const":
        raise ValueError("Padding op is not Const")
    for dimension, which in ((0, "first"), (3, "last")):
        if paddings[dimension].any():
            raise ValueError(f"padding is not zero for {which} tensor dim")
    horizontal, vertical = (
        Axis(1, 1, paddings[dimension][0], paddings[dimension].sum()) for dimension in (_HORIZONTAL, _VERTICAL)
    )
    return horizontal, vertical


def _padded(node: Any, kernel_size: int, stride: int, length: int | None) -> Axis:
    """Returns the axis of a convolution or pooling, whose padding depends on the size of the input."""
    padding = node.attr["padding"].s
    if padding == b"VALID":
        return Axis(kernel_size, stride)
    if padding != b"SAME":
        raise ValueError(f"Invalid padding operation {padding}")
    if length is not None:
        total = max(kernel_size - (length % stride or stride), 0)
        return Axis(kernel_size, stride, total // 2, total)
    if kernel_size == 1:
        return Axis(kernel_size, stride)
    if stride == 1:
        return Axis(kernel_size, stride, (kernel_size - 1) // 2, kernel_size - 1)
    if stride == 2 and kernel_size % 2 == 0:
        return Axis(kernel_size, stride, (kernel_size - 1) // 2, None)
    logging.warning("The padding of %s depends on the size of its input: alignment is not checked", node.name)
    return Axis(kernel_size, stride, None, None)
