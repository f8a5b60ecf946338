"""Finds the layers to quantize: convolutions and products of matrices with weights, and what follows them.

From top to bottom, what stands in brackets may be missing::

    weights | folded weights
    convolution | product
    [batch_to_space_nd]
    [correction of folded batch normalization]
    [bias | folded bias]
    [bypass]
    activation
    [bypass after the activation]
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tensorflow.python.platform import tf_logging as logging

from tf1graphs.v1.contrib.quantize.graph_matcher import GraphMatcher, MatchResult, OneofPattern, OpTypePattern

RELU_TYPES = frozenset({"Relu", "Relu6"})
ACTIVATION_TYPES = RELU_TYPES | {"Identity"}

_LAYERS = "Conv2D|MatMul|DepthwiseConv2dNative"
_ADD = "Add|AddV2"


@dataclass
class Layer:
    """A layer: the op that computes with weights, and those around it that the rewriting needs, None if missing."""

    layer_op: Any
    weight_tensor: Any
    activation_op: Any
    bypass_op: Any = None
    post_activation_bypass_op: Any = None
    bias_add_op: Any = None


def _either_order(types: str, *inputs: Any) -> OpTypePattern:
    return OpTypePattern(types, inputs=inputs, ordered_inputs=False)


class _Patterns:
    """The patterns of a layer, each made of those before it."""

    def __init__(self) -> None:
        variable = OpTypePattern("Variable|VariableV2")
        part = OpTypePattern("Identity", inputs=[variable])
        parts = OpTypePattern("ConcatV2", inputs=[part, "*", "*"])
        read = OpTypePattern("Identity", inputs=[OneofPattern([part, parts, variable])])
        self.folded = OpTypePattern("Mul")
        self.weights = [read, OpTypePattern("ReadVariableOp"), self.folded]
        self.layer = _either_order(_LAYERS, "*", OneofPattern(self.weights))
        output = OneofPattern([OpTypePattern("BatchToSpaceND", inputs=[self.layer, "*", "*"]), self.layer])
        self.next_layer = _either_order(_LAYERS, output, "*")
        correction = _either_order(_ADD, _either_order("Mul", "*", output), "*")
        folded_bias = _either_order(_ADD, correction, "*")
        normalized = OpTypePattern("Identity", inputs=[folded_bias])
        bias = _either_order(f"{_ADD}|BiasAdd", output, "*")
        self.biases = [bias, folded_bias]
        biased = [bias, folded_bias, normalized]
        self.bypass = _either_order(_ADD, OneofPattern(biased), "*")
        before_activation = OneofPattern([*biased, self.bypass, self.layer])
        # The set has no order, the types that match have none either.
        self.activation = OpTypePattern("|".join(sorted(ACTIVATION_TYPES)), inputs=[before_activation])
        self.bypass_after = _either_order(_ADD, "*", self.activation)

    def layer_in(self, result: MatchResult, activation: Any, *others: Any) -> Layer:
        """Returns the layer that matched, with what stands around it."""
        weights = _first(result.get_tensor(pattern) for pattern in self.weights)
        return Layer(result.get_op(self.layer), weights, activation, *others)

    def bias_add(self, result: MatchResult) -> Any:
        """Returns the op that adds the bias of the layer that matched, None without a bias."""
        return _first(result.get_op(pattern) for pattern in self.biases)


def _first(found: Iterator[Any]) -> Any:
    return next((each for each in found if each is not None), None)


def find_layers(graph: Any) -> list[Layer]:
    """Returns the layers of a graph, each once: those with most around them first."""
    layers: dict[Any, Layer] = {}
    for layer in _candidates(graph, _Patterns()):
        layers.setdefault(layer.layer_op, layer)
    return list(layers.values())


def _candidates(graph: Any, patterns: _Patterns) -> Iterator[Layer]:
    for pattern in (patterns.bypass_after, patterns.activation):
        for result in GraphMatcher(pattern).match_graph(graph):
            activation = result.get_op(patterns.activation)
            after = result.get_op(patterns.bypass_after)
            if after is not None or not _is_normalized_next(activation):
                bypass, bias = result.get_op(patterns.bypass), patterns.bias_add(result)
                yield patterns.layer_in(result, activation, bypass, after, bias)
    # The last layer may have no activation.
    for result in GraphMatcher(OneofPattern(patterns.biases)).match_graph(graph):
        yield patterns.layer_in(result, patterns.bias_add(result))
    # Of a separable convolution the depthwise part has none; folded, it has been found above.
    for result in GraphMatcher(patterns.next_layer).match_graph(graph):
        weights = _first(result.get_tensor(pattern) for pattern in patterns.weights if pattern is not patterns.folded)
        layer = result.get_op(patterns.layer)
        yield Layer(layer, weights, layer)


def _is_normalized_next(activation: Any) -> bool:
    """Whether an identity leads to fused batch normalization only, which is no activation."""
    consumers = activation.outputs[0].consumers()
    is_next = (
        activation.type == "Identity"
        and len(consumers) == 1
        and consumers[0].type in ("FusedBatchNorm", "FusedBatchNormV3")
    )
    if is_next:
        logging.info("Skipping quantizing %s, because it feeds a fused batch norm.", activation.name)
    return is_next
