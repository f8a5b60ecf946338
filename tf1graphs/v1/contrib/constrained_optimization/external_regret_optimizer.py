"""``contrib.constrained_optimization.external_regret_optimizer``: the constraints' player has Lagrange multipliers."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import dtypes
from tensorflow.python.ops import array_ops, math_ops

from tf1graphs.v1.contrib.constrained_optimization import _projections
from tf1graphs.v1.contrib.constrained_optimization._regret_optimizer import RegretOptimizer

__all__ = ["AdditiveExternalRegretOptimizer"]


class AdditiveExternalRegretOptimizer(RegretOptimizer):
    """Minimizes the Lagrangian in the model's variables and maximizes it in the multipliers.

    Source: A. Cotter, H. Jiang, K. Sridharan, "Two-Player Games for Efficient Non-Convex Constrained Optimization",
    https://arxiv.org/abs/1804.06500, algorithm 3 (or 1, with an oracle).

    Args:
        optimizer: A ``tf.train.Optimizer`` of the model's variables.
        constraint_optimizer: One of the multipliers; None is ``optimizer``.
        maximum_multiplier_radius: The largest sum of the multipliers, or None for any.

    Raises:
        ValueError: The sum is negative.
    """

    _state_name = "external_regret_optimizer_state"

    def __init__(
        self, optimizer: Any, constraint_optimizer: Any = None, maximum_multiplier_radius: float | None = None
    ) -> None:
        super().__init__(optimizer=optimizer, constraint_optimizer=constraint_optimizer)
        if maximum_multiplier_radius and maximum_multiplier_radius <= 0.0:
            raise ValueError("maximum_multiplier_radius must be strictly positive")
        self._maximum_multiplier_radius = maximum_multiplier_radius

    def _initial_state(self, num_constraints: int) -> Any:
        return array_ops.zeros((num_constraints,), dtype=dtypes.float32)

    def _loss_and_gradient(self, objective: Any, constraints: Any, proxies: Any, state: Any) -> tuple[Any, Any]:
        loss = objective + math_ops.tensordot(math_ops.cast(state, proxies.dtype), proxies, 1)
        return loss, math_ops.cast(constraints, state.dtype)

    def _projected(self, state: Any) -> Any:
        if self._maximum_multiplier_radius:
            return _projections.project_multipliers_wrt_euclidean_norm(state, self._maximum_multiplier_radius)
        return math_ops.maximum(state, 0.0)
