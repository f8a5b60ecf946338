"""``tf.contrib.quantize.python.quant_ops``: fake quantization whose range is fixed, the last one, or an average.

A range always holds 0, which zero padding must hit exactly.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tensorflow.python.framework import ops
from tensorflow.python.ops import array_ops, init_ops, math_ops, state_ops, variable_scope, variables
from tensorflow.python.training import moving_averages

__all__ = ["FixedQuantize", "LastValueQuantize", "MovingAvgQuantize"]

# Rank of the input -> the dimensions that one channel's range is taken over; a vector has one value for each channel.
_REDUCED = {1: None, 2: [0], 4: [0, 1, 2]}


def FixedQuantize(inputs: Any, init_min: float = -6.0, init_max: float = 6.0, scope: str | None = None) -> Any:
    """Returns ``inputs`` quantized to the given range."""
    with ops.name_scope(scope, "FixedQuantize", values=[inputs]):
        return array_ops.fake_quant_with_min_max_args(inputs, min=init_min, max=init_max)


def LastValueQuantize(
    inputs: Any,
    per_channel: bool = False,
    init_min: float = -6.0,
    init_max: float = 6.0,
    vars_collection: str | None = None,
    name_prefix: str = "LastValueQuant",
    reuse: bool | None = None,
    is_training: bool = True,
    num_bits: int = 8,
    narrow_range: bool = False,
    symmetric: bool = False,
) -> Any:
    """Returns ``inputs`` quantized to the range of this batch or, when not training, of the last one that trained.

    Args:
        inputs: float32; of rank 1, 2 or 4 if ``per_channel``.
        per_channel: Whether each channel, the last dimension, has a range.
        init_min: Where the range begins until it is known.
        init_max: Where it ends.
        vars_collection: A collection for the variables ``min`` and ``max``, beside that of global variables.
        name_prefix: The variable scope, made unique.
        reuse: That of the variable scope.
        is_training: Whether to update the range.
        num_bits: 2 to 16.
        narrow_range: Whether the lowest of the values stays unused, so that there are as many below 0 as above.
        symmetric: Whether the range is symmetric about 0.
    """

    def update(variable: Any, value: Any, which: str) -> Any:
        return state_ops.assign(variable, value, name=f"Assign{which}Last")

    ends, scope = (init_min, init_max), (name_prefix, reuse)
    return _quantize(
        inputs, update, scope, ends, vars_collection, per_channel, is_training, num_bits, narrow_range, symmetric
    )


def MovingAvgQuantize(
    inputs: Any,
    per_channel: bool = False,
    init_min: float = -6.0,
    init_max: float = 6.0,
    ema_decay: float = 0.999,
    vars_collection: str | None = ops.GraphKeys.MOVING_AVERAGE_VARIABLES,
    name_prefix: str = "MovingAvgQuantize",
    reuse: bool | None = None,
    is_training: bool = True,
    num_bits: int = 8,
    narrow_range: bool = False,
    symmetric: bool = False,
) -> Any:
    """Returns ``inputs`` quantized to the moving average, with the decay ``ema_decay``, of the batches' ranges.

    The other arguments are those of ``LastValueQuantize``.
    """

    def update(variable: Any, value: Any, which: str) -> Any:
        return moving_averages.assign_moving_average(variable, value, ema_decay, name=f"Assign{which}Ema")

    ends, scope = (init_min, init_max), (name_prefix, reuse)
    return _quantize(
        inputs, update, scope, ends, vars_collection, per_channel, is_training, num_bits, narrow_range, symmetric
    )


def _quantize(
    inputs: Any,
    update: Callable[[Any, Any, str], Any],
    scope: tuple[str, bool | None],
    initial: tuple[float, float],
    collection: str | None,
    per_channel: bool,
    is_training: bool,
    num_bits: int,
    narrow_range: bool,
    symmetric: bool,
) -> Any:
    name_prefix, reuse = scope
    shape = inputs.get_shape()
    quantize = array_ops.fake_quant_with_min_max_vars
    if per_channel:
        assert len(shape) in _REDUCED, f"Expected 1D, 2D or 4D input, was: {shape} in  scope: {name_prefix}"
        quantize = array_ops.fake_quant_with_min_max_vars_per_channel
    with variable_scope.variable_scope(None, default_name=name_prefix, values=[inputs], reuse=reuse) as opened:
        opened.set_partitioner(None)
        ends = _variables([shape[-1]] if per_channel else [], initial, collection)
        if is_training:
            bounds = _bounds(inputs, per_channel, num_bits, narrow_range, symmetric)
            ends = [update(*each) for each in zip(ends, bounds, ("Min", "Max"), strict=True)]
        return quantize(inputs, *ends, num_bits=num_bits, narrow_range=narrow_range)


def _variables(shape: list[Any], initial: tuple[float, float], collection: str | None) -> list[Any]:
    """Returns the variables ``min`` and ``max``."""
    collections = [collection] if collection else []
    return [
        variable_scope.get_variable(
            name,
            shape=shape,
            initializer=init_ops.constant_initializer(value),
            collections=[*collections, ops.GraphKeys.GLOBAL_VARIABLES],
            trainable=False,
            aggregation=variables.VariableAggregation.MEAN,
        )
        for name, value in zip(("min", "max"), initial, strict=True)
    ]


def _bounds(inputs: Any, per_channel: bool, num_bits: int, narrow_range: bool, symmetric: bool) -> tuple[Any, Any]:
    """Returns the ends of the range of ``inputs``."""
    low = high = inputs
    axis = _REDUCED[len(inputs.get_shape())] if per_channel else None
    if axis or not per_channel:
        low = math_ops.reduce_min(inputs, axis=axis, name="BatchMin")
        high = math_ops.reduce_max(inputs, axis=axis, name="BatchMax")
    if not symmetric:
        return math_ops.minimum(low, 0.0), math_ops.maximum(high, 0.0)
    # In two's complement the negative range is one value longer, unless the range is narrow.
    ratio = -1 if narrow_range else -((1 << num_bits) - 2) / (1 << num_bits)
    return math_ops.minimum(low, high / ratio), math_ops.maximum(high, low * ratio)
