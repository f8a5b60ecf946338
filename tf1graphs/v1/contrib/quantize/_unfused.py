"""Folds batch normalization that is made of single ops, which are known by their names, into the layer before it."""

from __future__ import annotations

import re
from typing import Any

from tensorflow.python.framework import ops
from tensorflow.python.ops import array_ops, math_ops, variable_scope

from tf1graphs.v1.contrib.quantize import common
from tf1graphs.v1.contrib.quantize._clones import clone, clone_batch_to_space
from tf1graphs.v1.contrib.quantize._corrections import Statistics, corrections
from tf1graphs.v1.contrib.quantize.input_to_ops import InputToOps

# What a normalization computes with -> the end of the name of its op.
_NAMES = {
    "mean": "BatchNorm/moments/Squeeze",
    "variance": "BatchNorm/moments/Squeeze_1",
    "epsilon": "BatchNorm/batchnorm_1/add/y",
    "mean_decay": "BatchNorm/AssignMovingAvg/decay",
    "variance_decay": "BatchNorm/AssignMovingAvg_1/decay",
}
_REFERENCE_NAMES = {
    "gamma": "BatchNorm/gamma",
    "moving_mean": "BatchNorm/moving_mean/read",
    "moving_variance": "BatchNorm/moving_variance/read",
}
_RESOURCE_NAMES = {
    name: f"BatchNorm/{name}/Read/ReadVariableOp" for name in ("gamma", "moving_mean", "moving_variance")
}


def fold_unfused(graph: Any, is_training: bool, freeze_delay: int | None) -> None:
    """Folds each unfused batch normalization whose output is used.

    Raises:
        ValueError: It follows no convolution and no product, or what follows it does not use it.
    """
    input_to_ops = InputToOps(graph)
    for prefix in common.BatchNormGroups(graph):
        scaled = _is_scaled(graph, input_to_ops, prefix)
        normalized = graph.get_operation_by_name(f"{prefix}BatchNorm/batchnorm_1/add_1").outputs[0]
        if not normalized.consumers():
            continue
        folded = _folded(graph, prefix, scaled, is_training, freeze_delay)
        user = common.GetEndpointActivationOp(graph, prefix)
        if user is None:
            outer = re.search(r"^(.*)/([^/]+)", prefix)
            user = graph.get_operation_by_name(f"{outer[1]}/AddV2" if outer and outer[1] else "AddV2")
        if common.RerouteTensor(folded, normalized, can_modify=[user]) != 1:
            raise ValueError(f"Unexpected inputs to op: {user.name}")


def _is_scaled(graph: Any, input_to_ops: InputToOps, prefix: str) -> bool:
    """Whether there is a gamma, with which the inverse of the deviation is then multiplied alone."""
    rsqrt = graph.get_operation_by_name(f"{prefix}BatchNorm/batchnorm_1/Rsqrt")
    return [op.type for op in input_to_ops.ConsumerOperations(rsqrt)].count("Mul") == 1


def _folded(graph: Any, prefix: str, scaled: bool, is_training: bool, freeze_delay: int | None) -> Any:
    """Returns the output of the layer with the normalization in it."""
    inner = f"{prefix}BatchNorm/batchnorm_1/"
    product = graph.get_operation_by_name(inner + ("mul_1" if scaled else "mul"))
    scale = product.inputs[1]
    layer, batch_to_space = product.inputs[0].op, None
    if layer.type == "BatchToSpaceND":
        layer, batch_to_space = layer.inputs[0].op, layer
    weights = layer.inputs[1]
    statistics = _statistics(graph, prefix, scaled)
    correction = factor = summand = None
    if is_training:
        correction, factor, summand = corrections(prefix, statistics, freeze_delay)
    if layer.type == "DepthwiseConv2dNative":
        shape = weights.get_shape().as_list()[2:]
        scale = graph.get_operation_by_name(inner + ("mul" if scaled else "Rsqrt")).outputs[0]
        scale = array_ops.reshape(scale, shape, f"{prefix}scale_reshape")
        if correction is not None:
            correction = array_ops.reshape(correction, shape, f"{prefix}correction_reshape")
    elif layer.type not in ("Conv2D", "MatMul"):
        raise ValueError(f"Cannot handle operation of type: {layer.type}")
    if correction is not None:
        with ops.device(product.device):
            weights = math_ops.multiply(correction, weights, f"{prefix}correction_mult")
    weights = _same_shape(weights, math_ops.multiply(weights, scale, name=f"{prefix}mul_fold"), "mul_fold")
    _check(layer, weights)
    output = clone(layer, layer.inputs[0], weights, f"{layer.name}_Fold")
    if batch_to_space is not None:
        output = clone_batch_to_space(batch_to_space, output, batch_to_space.name)
    if factor is not None:
        with ops.device(output.op.device):
            output = math_ops.multiply(factor, output, f"{prefix}post_conv_mul")
            output = math_ops.add(output, summand, f"{prefix}correction_add")
    shift = graph.get_operation_by_name(f"{inner}add_1").inputs[1]
    return _same_shape(output, math_ops.add(output, shift, name=f"{prefix}add_fold"), "add_fold")


def _same_shape(before: Any, after: Any, name: str) -> Any:
    shapes = before.get_shape(), after.get_shape()
    if not shapes[0].is_compatible_with(shapes[1]):
        raise ValueError(f"{name} should not change tensor shape: input {shapes[0]}, output {shapes[1]}")
    return after


def _check(layer: Any, weights: Any) -> None:
    first, second = layer.inputs[0].get_shape(), weights.get_shape()
    rank, channels = (2, (1, 0)) if layer.type == "MatMul" else (4, (3, 2))
    if len(first) != rank or len(second) != rank or first[channels[0]] != second[channels[1]]:
        raise ValueError(f"Incompatible shapes for op {layer.name} inputs: {first} and {second}")


def _statistics(graph: Any, prefix: str, scaled: bool) -> Statistics:
    of_variables = _RESOURCE_NAMES if variable_scope.get_variable_scope().use_resource else _REFERENCE_NAMES
    found = {part: _find_tensor(graph, name, prefix) for part, name in (_NAMES | of_variables).items()}
    if not scaled:
        found["gamma"] = array_ops.ones(found["moving_mean"].shape)
    return Statistics(**found)


def _find_tensor(graph: Any, ending: str, prefix: str) -> Any:
    """Returns the output of the op with a name that ends so and shares most scopes with the prefix, None without."""
    scopes = set(prefix.split("/"))
    shared = {
        op.name: len(set(op.name.split("/")) & scopes) for op in graph.get_operations() if op.name.endswith(ending)
    }
    shared = {name: number for name, number in shared.items() if number or not prefix}
    return graph.get_tensor_by_name(f"{max(shared, key=shared.__getitem__)}:0") if shared else None
