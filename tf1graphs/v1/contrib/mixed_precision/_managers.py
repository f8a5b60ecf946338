"""What a loss is scaled by, and how that changes with gradients that are finite or not.

Source: NVIDIA, Training with Mixed Precision, "Choosing a scaling factor".
"""

from __future__ import annotations

import abc
from collections.abc import Callable
from typing import Any

from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import (
    cond,
    control_flow_ops,
    gen_control_flow_ops,
    gen_math_ops,
    state_ops,
    variable_v1,
)


class LossScaleManager(abc.ABC):
    """Knows what losses are to be scaled by."""

    @abc.abstractmethod
    def get_loss_scale(self) -> Any:
        """Returns the scale, a float32 scalar."""

    @abc.abstractmethod
    def update_loss_scale(self, finite_grads: Any) -> Any:
        """Returns an op that changes the scale after a step.

        Args:
            finite_grads: whether all gradients of the step are finite, a bool scalar.
        """


class FixedLossScaleManager(LossScaleManager):
    """Scales by one number.

    Args:
        loss_scale: the number.

    Raises:
        ValueError: ``loss_scale`` is less than 1.
    """

    def __init__(self, loss_scale: float) -> None:
        if loss_scale < 1:
            raise ValueError("loss scale must be at least 1.")
        self._loss_scale = ops.convert_to_tensor(loss_scale, dtype=dtypes.float32)

    def get_loss_scale(self) -> Any:
        """Returns the number, a float32 scalar."""
        return self._loss_scale

    def update_loss_scale(self, finite_grads: Any) -> Any:
        """Returns an op that does nothing."""
        return gen_control_flow_ops.no_op()


class ExponentialUpdateLossScaleManager(LossScaleManager):
    """Scales by more after steps in a row with finite gradients, and by less after steps with others.

    The scale never falls below 1 and never overflows. Steps are counted anew after each change.

    Args:
        init_loss_scale: the first scale.
        incr_every_n_steps: after how many steps in a row the scale grows.
        decr_every_n_nan_or_inf: after how many steps with infinite gradients it shrinks.
        incr_ratio: what it is multiplied by when it grows.
        decr_ratio: what it is multiplied by when it shrinks.
    """

    def __init__(
        self,
        init_loss_scale: float,
        incr_every_n_steps: int,
        decr_every_n_nan_or_inf: int = 2,
        incr_ratio: float = 2,
        decr_ratio: float = 0.8,
    ) -> None:
        self._incr_every_n_steps = incr_every_n_steps
        self._decr_every_n_nan_or_inf = decr_every_n_nan_or_inf
        self._incr_ratio = incr_ratio
        self._decr_ratio = decr_ratio
        initial = ops.convert_to_tensor(init_loss_scale, dtypes.float32)
        self._loss_scale = _variable("loss_scale", initial, dtypes.float32)
        self._num_good_steps = _variable("good_steps", 0, dtypes.int32)
        self._num_bad_steps = _variable("bad_steps", 0, dtypes.int32)

    def get_loss_scale(self) -> Any:
        """Returns the variable ``loss_scale``, a float32 scalar."""
        return self._loss_scale

    def update_loss_scale(self, finite_grads: Any) -> Any:
        """Returns an op that counts the step, and changes the scale if it is time for it."""
        return cond.cond(finite_grads, self._after_good_step, self._after_bad_step)

    def _after_good_step(self) -> Any:
        is_time = self._num_good_steps + 1 >= self._incr_every_n_steps
        return cond.cond(is_time, self._increase, lambda: state_ops.assign_add(self._num_good_steps, 1).op)

    def _after_bad_step(self) -> Any:
        is_time = self._num_bad_steps + 1 >= self._decr_every_n_nan_or_inf
        return cond.cond(is_time, lambda: self._set(self._decreased), self._count_bad_step)

    def _count_bad_step(self) -> Any:
        counted = state_ops.assign_add(self._num_bad_steps, 1)
        return control_flow_ops.group(counted, state_ops.assign(self._num_good_steps, 0))

    def _increase(self) -> Any:
        return self._set(
            lambda: cond.cond(
                gen_math_ops.is_finite(self._loss_scale * self._incr_ratio),
                lambda: self._loss_scale * self._incr_ratio,
                lambda: self._loss_scale,
            )
        )

    def _decreased(self) -> Any:
        return gen_math_ops.maximum(1.0, self._loss_scale * self._decr_ratio)

    def _set(self, scale: Callable[[], Any]) -> Any:
        assigned = state_ops.assign(self._loss_scale, scale())
        counters = [state_ops.assign(each, 0) for each in (self._num_good_steps, self._num_bad_steps)]
        return control_flow_ops.group(assigned, control_flow_ops.group(*counters))


def _variable(name: str, initial_value: Any, dtype: Any) -> Any:
    return variable_v1.VariableV1(initial_value, name=name, dtype=dtype, trainable=False)
