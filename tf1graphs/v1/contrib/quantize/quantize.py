"""``tf.contrib.quantize.python.quantize``: puts fake quantization behind weights and activations of a graph."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import Any

from tensorflow.python.framework import ops
from tensorflow.python.platform import tf_logging as logging

from tf1graphs.v1.contrib.quantize._insertion import insert_quantization
from tf1graphs.v1.contrib.quantize._layers import ACTIVATION_TYPES, RELU_TYPES, Layer, find_layers
from tf1graphs.v1.contrib.quantize._sums import needs_quantization
from tf1graphs.v1.contrib.quantize.input_to_ops import InputToOps

__all__ = ["Quantize"]

_Insert = Callable[..., None]


def Quantize(
    graph: Any,
    is_training: bool,
    weight_bits: int = 8,
    activation_bits: int = 8,
    symmetric: bool = False,
    ema_decay: float = 0.999,
    quant_delay: int | None = None,
    vars_collection: str = ops.GraphKeys.GLOBAL_VARIABLES,
    scope: str | None = None,
) -> None:
    """Quantizes the weights of convolutions and fully connected layers, and their activations, in place.

    Where a layer's output is added to another before or after its activation, both sides of the addition are
    quantized; so are sums and products of what is quantized.

    Args:
        graph: The graph.
        is_training: Whether ranges are updated.
        weight_bits: The bits of a weight.
        activation_bits: The bits of an activation.
        symmetric: Whether ranges are symmetric about 0.
        ema_decay: The decay of the moving averages of activations' ranges.
        quant_delay: After how many steps quantization begins.
        vars_collection: A collection for the ends of the ranges.
        scope: The name scope to quantize; without it all.

    Raises:
        ValueError: What is quantized is used by nothing that could use the quantized value.
    """
    if scope and not scope.endswith("/"):
        scope += "/"
    insert = functools.partial(
        insert_quantization,
        is_training=is_training,
        ema_decay=ema_decay,
        quant_delay=quant_delay,
        vars_collection=vars_collection,
    )
    consumers = InputToOps(graph).ConsumerOperations
    quantized: set[Any] = set()
    for layer in find_layers(graph):
        if layer.weight_tensor is not None:
            weights = layer.weight_tensor.op
            insert(
                _scope_of(layer.layer_op.name),
                "weights_quant",
                weights,
                consumers(weights),
                moving_avg=False,
                narrow_range=True,
                bits=weight_bits,
                symmetric=symmetric,
                consumer_scope=scope,
            )
        of_activations = functools.partial(insert, bits=activation_bits, symmetric=symmetric)
        quantized |= _quantize_outputs(layer, consumers, of_activations, scope)
    # What sums use was rewritten above, so their consumers are looked up anew.
    consumers = InputToOps(graph).ConsumerOperations
    for op in graph.get_operations():
        if needs_quantization(op, quantized):
            logging.info("Inserting fake quant op activation_%s_quant after %s", op.type, op.name)
            name = f"activation_{op.type}_quant"
            insert(op.name, name, op, consumers(op), bits=activation_bits, producer_scope=scope)


def _quantize_outputs(
    layer: Layer, consumers: Callable[[Any], set[Any]], insert: _Insert, scope: str | None
) -> set[Any]:
    """Quantizes what comes out of a layer, and returns the ops whose output was quantized."""
    quantized = set()

    def quantize(context: str, name: str, op: Any, **options: Any) -> None:
        insert(context, name, op, consumers(op), producer_scope=scope, **options)
        quantized.add(op)

    def is_before(op: Any, types: frozenset[str]) -> bool:
        """Whether an activation follows an addition, which is then one with it when the graph is run in 8 bits."""
        fused = any(consumer.type in types for consumer in consumers(op))
        if fused:
            logging.info("Skipping %s, because its followed by an activation.", op.name)
        return fused

    context = _scope_of(layer.layer_op.name)
    outer = _scope_of(context) if layer.bypass_op else context
    if layer.activation_op is not None:
        quantize(outer, "act_quant", layer.activation_op, init_min=0.0)
    if layer.bypass_op is not None:
        quantize(context, "conv_quant", layer.bias_add_op, consumer_scope=scope)
        if not is_before(layer.bypass_op, ACTIVATION_TYPES):
            quantize(outer, "add_quant", layer.bypass_op, consumer_scope=scope)
    after = layer.post_activation_bypass_op
    if after is not None and not is_before(after, RELU_TYPES):
        quantize(_scope_of(after.name), "post_activation_bypass_quant", after)
    return quantized


def _scope_of(name: str) -> str:
    """Returns the scope that a name stands in, empty for none."""
    match = re.search(r"^(.*)/([^/]+)", name)
    return match[1] if match else ""
