"""The layer once more, with folded weights."""

from __future__ import annotations

from typing import Any

from tensorflow.python.ops import array_ops, math_ops, nn_impl, nn_ops


def clone(layer: Any, inputs: Any, weights: Any, name: str) -> Any:
    """Returns the output of a convolution or product like ``layer``, of other inputs and weights.

    Raises:
        ValueError: It is another op.
    """
    if layer.type == "MatMul":
        transposed = {side: layer.get_attr(side) for side in ("transpose_a", "transpose_b")}
        return math_ops.matmul(inputs, weights, name=name, **transposed)
    if layer.type not in ("Conv2D", "DepthwiseConv2dNative"):
        raise ValueError(f"Cannot handle operation of type: {layer.type}")
    options = {"strides": layer.get_attr("strides"), "padding": layer.get_attr("padding"), "name": name}
    if layer.type == "DepthwiseConv2dNative":
        return nn_impl.depthwise_conv2d(inputs, weights, **options)
    options["data_format"] = layer.get_attr("data_format").decode()
    options["use_cudnn_on_gpu"] = layer.get_attr("use_cudnn_on_gpu")
    # 1.15 made an atrous convolution of other ops, where today's has an attribute.
    return nn_ops.conv2d(inputs, weights, dilations=layer.get_attr("dilations"), **options)


def clone_batch_to_space(op: Any, inputs: Any, name: str) -> Any:
    """Returns the output of a ``BatchToSpaceND`` like ``op``, which ends an atrous convolution."""
    return array_ops.batch_to_space_nd(inputs, op.inputs[1], op.inputs[2], name=f"{name}_Fold")
