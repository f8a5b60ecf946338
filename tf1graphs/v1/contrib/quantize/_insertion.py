"""Puts one fake quantization between an op and those that use it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from tensorflow.python.framework import ops
from tensorflow.python.ops import cond, math_ops
from tensorflow.python.platform import tf_logging as logging

from tf1graphs.v1.contrib.quantize import common, quant_ops

_FAKE_QUANTIZATION = ("FakeQuantWithMinMaxVars", "FakeQuantWithMinMaxArgs", "FakeQuantWithMinMaxVarsPerChannel")
_PASSING = ("Reshape", "Identity")


def insert_quantization(
    context: str,
    name: str,
    producer: Any,
    consumers: Collection[Any],
    is_training: bool,
    moving_avg: bool = True,
    init_min: float = -6.0,
    bits: int = 8,
    symmetric: bool = False,
    ema_decay: float = 0.999,
    quant_delay: int | None = None,
    vars_collection: str = ops.GraphKeys.GLOBAL_VARIABLES,
    narrow_range: bool = False,
    producer_scope: str | None = None,
    consumer_scope: str | None = None,
) -> None:
    """Lets ``consumers`` use the quantized output of ``producer``, unless it is quantized or stands elsewhere.

    Args:
        context: The scope of the new ops.
        name: Their name there.
        producer: The op to quantize.
        consumers: The ops that use it.
        is_training: Whether the range is updated.
        moving_avg: Whether it is a moving average, or that of the last value.
        init_min: Where it begins until it is known.
        bits: The bits of a value.
        symmetric: Whether the range is symmetric about 0.
        ema_decay: The decay of the moving average.
        quant_delay: After how many steps quantization begins.
        vars_collection: A collection for the ends of the range.
        narrow_range: Whether the lowest value stays unused.
        producer_scope: The scope that ``producer`` must stand in.
        consumer_scope: The scope that all ``consumers`` must stand in.

    Raises:
        ValueError: A consumer does not use the output.
    """
    if not _in_scope(context, name, [producer], producer_scope) or not _in_scope(
        context, name, consumers, consumer_scope
    ):
        return
    inputs = producer.outputs[0]
    if _is_quantized(inputs):
        return
    prefix = f"{context}/{name}" if context else name
    if ops.get_name_scope():
        prefix = common.DropStringPrefix(prefix, f"{ops.get_name_scope()}/")
    options: dict[str, Any] = {
        "init_min": init_min,
        "is_training": is_training,
        "num_bits": bits,
        "symmetric": symmetric,
        "narrow_range": narrow_range,
        "vars_collection": vars_collection,
        "name_prefix": prefix,
    }
    if moving_avg:
        quantized = quant_ops.MovingAvgQuantize(inputs, ema_decay=ema_decay, **options)
    else:
        quantized = quant_ops.LastValueQuantize(inputs, **options)
    if quant_delay and quant_delay > 0:
        step = common.CreateOrGetQuantizationStep()
        activate = math_ops.greater_equal(step, quant_delay, name=f"{prefix}/activate_quant")
        values = quantized
        quantized = cond.cond(activate, lambda: values, lambda: inputs, name=f"{prefix}/delayed_quant")
    if consumers and common.RerouteTensor(quantized, inputs, can_modify=consumers) < len(consumers):
        raise ValueError(f"No inputs quantized for ops: [{', '.join(op.name for op in consumers)}]")


def _in_scope(context: str, name: str, operations: Collection[Any], scope: str | None) -> bool:
    outside = [op.name for op in operations if scope and not op.name.startswith(scope)]
    if outside:
        logging.info("%s/%s is not inserted: %s is not in the scope %s", context, name, outside[0], scope)
    return not outside


def _is_quantized(tensor: Any) -> bool:
    """Whether fake quantization follows a tensor, perhaps behind reshapes and identities."""
    consumers = list(tensor.consumers())
    while consumers:
        op = consumers.pop()
        if op.type in _FAKE_QUANTIZATION:
            return True
        if op.type in _PASSING:
            consumers += [consumer for output in op.outputs for consumer in output.consumers()]
    return False
