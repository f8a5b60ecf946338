"""Keeps the weights that train from jumping with each batch's statistics.

Weights are folded with the moving averages, which is what is quantized, and the output is corrected to what the
batch's statistics would have given, until they are frozen. With ``sigma`` of the batch, ``sigma_mv`` the moving one::

    scale = sigma / sigma_mv,  reciprocal = 1 / scale,  offset = gamma (mean / sigma - mean_mv / sigma_mv)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tensorflow.python.framework import ops, smart_cond
from tensorflow.python.ops import array_ops, math_ops

from tf1graphs.v1.contrib.quantize import common


@dataclass
class Statistics:
    """The tensors of one batch normalization; the moving ones and their decays are None if it does not train."""

    gamma: Any
    mean: Any
    variance: Any
    epsilon: Any
    moving_mean: Any = None
    moving_variance: Any = None
    mean_decay: Any = None
    variance_decay: Any = None


def corrections(prefix: str, of: Statistics, freeze_delay: int | None) -> tuple[Any, Any, Any]:
    """Returns the scale of the weights, and the factor and the summand of the output, all [channels].

    Args:
        prefix: The prefix of the scope of the new ops.
        of: The batch normalization.
        freeze_delay: After how many steps its moving averages stay as they are and are used; never without it.
    """
    with ops.get_default_graph().name_scope(f"{prefix}batch_norm_correction"):
        moving_rsqrt = math_ops.rsqrt(of.moving_variance + of.epsilon)
        batch_rsqrt = math_ops.rsqrt(of.variance + of.epsilon)
        scale = math_ops.divide(moving_rsqrt, batch_rsqrt, name="scale_compute")
        scale = array_ops.identity(scale, name="correction_scale")
        reciprocal = math_ops.reciprocal(scale, name="reciprocal_compute")
        shift = of.mean * batch_rsqrt - of.moving_mean * moving_rsqrt
        offset = math_ops.multiply(of.gamma, shift, name="offset_compute")
        frozen: Any = False
        if freeze_delay is not None:
            step = common.CreateOrGetQuantizationStep()
            frozen = math_ops.greater_equal(step, freeze_delay, name="use_moving_average")
        _freeze(of.mean_decay, frozen, "freeze_moving_mean")
        _freeze(of.variance_decay, frozen, "freeze_moving_var")
        factor = smart_cond.smart_cond(
            frozen, lambda: array_ops.ones(scale.shape), lambda: reciprocal, name="correction_recip"
        )
        summand = smart_cond.smart_cond(
            frozen, lambda: offset, lambda: array_ops.zeros(offset.shape), name="correction_offset"
        )
    return scale, factor, summand


def _freeze(decay: Any, frozen: Any, name: str) -> None:
    """Lets a moving average stay as it is once it is frozen."""
    consumers = list(decay.consumers())
    switched = smart_cond.smart_cond(frozen, lambda: 0.0, lambda: decay, name=name)
    common.RerouteTensor(switched, decay, can_modify=consumers)
