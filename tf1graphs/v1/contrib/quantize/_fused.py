"""Folds the op ``FusedBatchNorm`` into the layer before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tensorflow.core.framework import attr_value_pb2
from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import array_ops, math_ops

from tf1graphs.v1.contrib.quantize import common
from tf1graphs.v1.contrib.quantize._clones import clone, clone_batch_to_space
from tf1graphs.v1.contrib.quantize._corrections import Statistics, corrections
from tf1graphs.v1.contrib.quantize.graph_matcher import GraphMatcher, MatchResult, OneofPattern, OpTypePattern

_GRADIENT = "FoldFusedBatchNormGrad"


@dataclass
class _Normalization:
    """A layer that fused batch normalization follows."""

    op: Any
    layer: Any
    inputs: Any
    weights: Any
    beta: Any
    output: Any
    batch_to_space: Any
    statistics: Statistics


class _Patterns:
    """A layer, perhaps behind reshapes and an identity, and its normalization."""

    def __init__(self) -> None:
        self.inputs, self.weights = OpTypePattern("*"), OpTypePattern("*")
        self.gamma, self.beta, self.mean, self.variance = (OpTypePattern("*") for _ in range(4))
        self.layer = OpTypePattern("Conv2D|DepthwiseConv2dNative|MatMul", inputs=[self.inputs, self.weights])
        self.batch_to_space = OpTypePattern("BatchToSpaceND", inputs=[self.layer, "*", "*"])
        same = OpTypePattern("Identity", inputs=[OneofPattern([self.batch_to_space, self.layer])])
        output = OneofPattern([same, self.layer, self.batch_to_space])
        reshaped = OpTypePattern("Reshape", inputs=[output, "*"])
        parameters = [self.gamma, self.beta, self.mean, self.variance]
        self.norm = OpTypePattern(
            "FusedBatchNorm|FusedBatchNormV3", inputs=[OneofPattern([reshaped, output]), *parameters]
        )
        # The product of a matrix is reshaped to 4 dimensions, and back.
        self.reshaped_back = OpTypePattern("Reshape", inputs=[self.norm, "*"])
        self.moving, self.decay = OpTypePattern("*"), OpTypePattern("*")
        self.difference = OpTypePattern("Sub", inputs=[self.moving, self.norm])
        self.update = OpTypePattern("Mul", inputs=[self.difference, self.decay])


def fold_fused(graph: Any, freeze_delay: int | None) -> None:
    """Folds each fused batch normalization; one that trains uses the statistics of the batch.

    Raises:
        ValueError: Nothing uses the output of one.
    """
    for found in _find(graph):
        scope, slash, _ = found.layer.name.rpartition("/")
        with graph.as_default(), graph.name_scope(scope + slash):
            folded = _folded(found, f"{scope}{slash}BatchNorm_Fold{slash}", freeze_delay)
            if common.RerouteTensor(folded, found.output) == 0:
                raise ValueError(f"Folding batch norms failed, {found.output.name} had no outputs.")


def _folded(found: _Normalization, scope: str, freeze_delay: int | None) -> Any:
    """Returns the output of the layer with the normalization in it."""
    of, weights = found.statistics, found.weights
    scale = factor = summand = None
    with ops.get_default_graph().name_scope(scope):
        multiplier = of.gamma * math_ops.rsqrt(of.variance + of.epsilon)
        bias = math_ops.subtract(found.beta, of.mean * multiplier, name="bias")
        if found.op.get_attr("is_training"):
            scale, factor, summand = corrections("", of, freeze_delay)
        if found.layer.type == "DepthwiseConv2dNative":
            shape = weights.get_shape().as_list()[2:]
            multiplier = array_ops.reshape(multiplier, shape, name="scale_reshape")
            if scale is not None:
                scale = array_ops.reshape(scale, shape, name="correction_reshape")
    if scale is not None:
        weights = math_ops.multiply(scale, weights, name="correction_mult")
    weights = math_ops.multiply(weights, multiplier, name="mul_fold")
    output = clone(found.layer, found.inputs, weights, f"{found.layer.name.split('/')[-1]}_Fold")
    if found.batch_to_space is not None and found.layer.type == "DepthwiseConv2dNative":
        output = clone_batch_to_space(found.batch_to_space, output, found.batch_to_space.name.split("/")[-1])
    if factor is not None:
        output = math_ops.multiply(factor, output, name="post_conv_mul")
        output = math_ops.add(output, summand, "correction_add")
    return math_ops.add(output, bias, name="add_fold")


def _find(graph: Any) -> list[_Normalization]:
    patterns = _Patterns()
    matcher = GraphMatcher(OneofPattern([patterns.reshaped_back, patterns.norm]))
    found: dict[Any, _Normalization] = {}
    for result in matcher.match_graph(graph):
        layer, norm = result.get_op(patterns.layer), result.get_op(patterns.norm)
        last = result.get_op(patterns.reshaped_back) if layer.type == "MatMul" else norm
        if last is None or not last.outputs[0].consumers():
            continue
        normalization = _Normalization(
            norm,
            layer,
            result.get_tensor(patterns.inputs),
            result.get_tensor(patterns.weights),
            result.get_tensor(patterns.beta),
            last.outputs[0],
            result.get_op(patterns.batch_to_space),
            _statistics(graph, result, patterns),
        )
        found.setdefault(layer, normalization)
    return list(found.values())


def _statistics(graph: Any, result: MatchResult, patterns: _Patterns) -> Statistics:
    norm, gamma = result.get_op(patterns.norm), result.get_tensor(patterns.gamma)
    epsilon = norm.get_attr("epsilon")
    if not norm.get_attr("is_training"):
        return Statistics(gamma, result.get_tensor(patterns.mean), result.get_tensor(patterns.variance), epsilon)
    # Gradients of the batch's statistics flow through the folded layer, which replaces the op's own output.
    norm._set_attr("_gradient_op_type", attr_value_pb2.AttrValue(s=_GRADIENT.encode()))
    scope, slash, _ = norm.name.rpartition("/")
    with ops.get_default_graph().name_scope(scope + slash):
        count = array_ops.size(result.get_tensor(patterns.layer)) / array_ops.size(norm.outputs[1])
        count = math_ops.cast(count, dtypes.float32)
        variance = math_ops.multiply(norm.outputs[2], (count - 1) / count, name="Undo_Bessel_Correction")
    statistics = Statistics(gamma, norm.outputs[1], variance, epsilon)
    for update in GraphMatcher(patterns.update).match_graph(graph):
        difference, decay = update.get_op(patterns.difference), update.get_tensor(patterns.decay)
        if difference.inputs[1] is norm.outputs[1]:
            statistics.moving_mean, statistics.mean_decay = difference.inputs[0], decay
        if difference.inputs[1] is norm.outputs[2]:
            statistics.moving_variance, statistics.variance_decay = difference.inputs[0], decay
    return statistics


@ops.RegisterGradient(_GRADIENT)  # type: ignore[untyped-decorator, unused-ignore]
def _gradient(op: Any, _: Any, mean_gradient: Any, variance_gradient: Any, *__: Any) -> tuple[Any, ...]:
    """Returns the gradient by the inputs of the mean and the variance (with Bessel's correction) alone."""
    inputs = op.inputs[0]
    count = math_ops.cast(array_ops.size(inputs) / array_ops.size(mean_gradient), dtypes.float32)
    by_variance = 2 * variance_gradient * (inputs - op.outputs[1]) / (count - 1)
    return mean_gradient / count + by_variance, None, None, None, None
