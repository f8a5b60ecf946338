"""Which sums and products compute with what is quantized, so that they are quantized too."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from tensorflow.python.platform import tf_logging as logging

from tf1graphs.v1.contrib.quantize._layers import RELU_TYPES

_COMBINING = ("Add", "AddV2", "Mul")
_PASSING = ("Reshape", "Identity", "BatchToSpaceND", "SpaceToBatchND", "MaxPool", "Max")


def needs_quantization(op: Any, quantized: Container[Any]) -> bool:
    """Whether an op adds or multiplies what is quantized, and is not quantized itself, nor by its activation."""
    if op in quantized or op.type not in _COMBINING:
        return False
    consumers = op.outputs[0].consumers()
    if len(consumers) == 1 and consumers[0].type in RELU_TYPES:
        logging.info("Skipping quant after %s", op.name)
        return False
    return any(_is_quantized(_source(tensor.op), quantized) for tensor in op.inputs)


def _source(op: Any) -> Any:
    """Returns the first op, going back, that does more than to move values."""
    while op.type in _PASSING:
        op = op.inputs[0].op
    return op


def _is_quantized(op: Any, quantized: Container[Any]) -> bool:
    if op.type == "FakeQuantWithMinMaxVars" or op.name.find("delayed_quant/Merge") > 0:
        return True
    return op.type in _COMBINING and any(needs_quantization(tensor.op, quantized) for tensor in op.inputs)
