"""Decays of the sign's influence for ``AddSignOptimizer`` and ``PowerSignOptimizer``."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from tensorflow.python.framework import constant_op, dtypes
from tensorflow.python.ops import array_ops, math_ops


def _step_up_to(decay_steps: Any, global_step: Any) -> Any:
    if global_step is None:
        raise ValueError("global_step is required for a sign decay.")
    return math_ops.minimum(global_step, decay_steps)


def _half_cosine(fraction: Any) -> Any:
    return 0.5 * (1.0 + math_ops.cos(constant_op.constant(math.pi) * fraction))


def get_linear_decay_fn(decay_steps: Any) -> Callable[[Any], Any]:
    """Returns a function of the global step that falls from 1 to 0 over ``decay_steps``."""

    def linear_decay_fn(global_step: Any) -> Any:
        step = _step_up_to(decay_steps, global_step)
        left = math_ops.cast(decay_steps, dtypes.int32) - math_ops.cast(step, dtypes.int32)
        decayed = math_ops.cast(left, dtypes.float32) / math_ops.cast(decay_steps, dtypes.float32)
        return math_ops.maximum(0.0, decayed)

    return linear_decay_fn


def get_cosine_decay_fn(decay_steps: Any, num_periods: float = 0.5, zero_after: Any = None) -> Callable[[Any], Any]:
    """Returns a function of the global step: ``num_periods`` of a cosine, and 0 from ``zero_after`` on."""

    def cosine_decay_fn(global_step: Any) -> Any:
        step = _step_up_to(decay_steps, global_step)
        done = math_ops.cast(step, dtypes.float32) / math_ops.cast(decay_steps, dtypes.float32)
        fraction = 2.0 * num_periods * done
        decayed = _half_cosine(fraction)
        if zero_after is None:
            return decayed
        return array_ops.where(math_ops.greater_equal(fraction, 2 * zero_after), 0.0, decayed)

    return cosine_decay_fn


def get_restart_decay_fn(decay_steps: Any, num_periods: Any = 1, zero_after: Any = None) -> Callable[[Any], Any]:
    """Returns a function of the global step: ``num_periods`` falls from 1 to 0, and 0 from ``zero_after`` on."""

    def restart_decay_fn(global_step: Any) -> Any:
        step = _step_up_to(decay_steps, global_step)
        steps = math_ops.cast(decay_steps, dtypes.float32)
        position = math_ops.mod(num_periods * math_ops.cast(step, dtypes.float32), decay_steps)
        decayed = _half_cosine(position / steps)
        if zero_after is None:
            return decayed
        done = math_ops.cast(num_periods * step, dtypes.float32) / steps
        return array_ops.where(math_ops.greater_equal(done, zero_after), 0.0, decayed)

    return restart_decay_fn
