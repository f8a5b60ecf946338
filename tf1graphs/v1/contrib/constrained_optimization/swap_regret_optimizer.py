"""``contrib.constrained_optimization.swap_regret_optimizer``: the constraints' player has a stochastic matrix."""

from __future__ import annotations

import abc
import math
from typing import Any

from tensorflow.python.framework import constant_op, dtypes
from tensorflow.python.ops import array_ops, math_ops

from tf1graphs.v1.contrib.constrained_optimization import _projections
from tf1graphs.v1.contrib.constrained_optimization._regret_optimizer import RegretOptimizer

__all__ = ["AdditiveSwapRegretOptimizer", "MultiplicativeSwapRegretOptimizer"]


class _SwapRegretOptimizer(RegretOptimizer):
    """Weighs objective and constraints by the stationary distribution of a stochastic matrix."""

    _state_name = "swap_regret_optimizer_state"

    @abc.abstractmethod
    def _stochastic_matrix(self, state: Any) -> Any:
        """Returns the matrix, ``[1 + constraints, 1 + constraints]``, of a state."""

    def _distribution(self, state: Any) -> Any:
        vector = _projections.maximal_eigenvector_power_method(self._stochastic_matrix(state))
        weights = math_ops.abs(vector)
        return weights / math_ops.reduce_sum(weights)

    def _loss_and_gradient(self, objective: Any, constraints: Any, proxies: Any, state: Any) -> tuple[Any, Any]:
        zero = array_ops.zeros((1,), dtype=constraints.dtype)
        values = array_ops.concat((zero, constraints), axis=0)
        losses = array_ops.concat((array_ops.expand_dims(objective, 0), proxies), axis=0)
        distribution = self._distribution(state)
        loss = math_ops.tensordot(math_ops.cast(distribution, losses.dtype), losses, 1)
        column = array_ops.expand_dims(math_ops.cast(values, distribution.dtype), 1)
        return loss, math_ops.matmul(column, array_ops.expand_dims(distribution, 0))


class AdditiveSwapRegretOptimizer(_SwapRegretOptimizer):
    """Updates the stochastic matrix by adding to it.

    Source: A. Cotter, H. Jiang, K. Sridharan, "Two-Player Games for Efficient Non-Convex Constrained Optimization",
    https://arxiv.org/abs/1804.06500, with additive in the place of multiplicative updates.

    Args:
        optimizer: A ``tf.train.Optimizer`` of the model's variables.
        constraint_optimizer: One of the matrix; None is ``optimizer``.
    """

    def _initial_state(self, num_constraints: int) -> Any:
        size = num_constraints + 1
        return array_ops.concat((array_ops.ones((1, size)), array_ops.zeros((size - 1, size))), axis=0)

    def _stochastic_matrix(self, state: Any) -> Any:
        return state

    def _projected(self, state: Any) -> Any:
        return _projections.project_stochastic_matrix_wrt_euclidean_norm(state)


class MultiplicativeSwapRegretOptimizer(_SwapRegretOptimizer):
    """Updates the logarithms of the stochastic matrix.

    Source: A. Cotter, H. Jiang, K. Sridharan, "Two-Player Games for Efficient Non-Convex Constrained Optimization",
    https://arxiv.org/abs/1804.06500, algorithm 2.

    Args:
        optimizer: A ``tf.train.Optimizer`` of the model's variables.
        constraint_optimizer: One of the matrix; None is ``optimizer``.
        minimum_multiplier_radius: The least weight of the constraints, over their number, between 0 and 1.
        initial_multiplier_radius: The first one; None is the least.

    Raises:
        ValueError: A weight is not between its bounds.
    """

    def __init__(
        self,
        optimizer: Any,
        constraint_optimizer: Any = None,
        minimum_multiplier_radius: float = 0.001,
        initial_multiplier_radius: float | None = None,
    ) -> None:
        super().__init__(optimizer=optimizer, constraint_optimizer=constraint_optimizer)
        if minimum_multiplier_radius <= 0.0 or minimum_multiplier_radius >= 1.0:
            raise ValueError("minimum_multiplier_radius must be in the range (0,1)")
        if initial_multiplier_radius is None:
            initial_multiplier_radius = minimum_multiplier_radius
        elif initial_multiplier_radius < minimum_multiplier_radius:
            raise ValueError("initial_multiplier_radius must be in the range [minimum_multiplier_radius,1]")
        self._minimum_multiplier_radius = minimum_multiplier_radius
        self._initial_multiplier_radius = initial_multiplier_radius

    def _initial_state(self, num_constraints: int) -> Any:
        size, radius = num_constraints + 1, self._initial_multiplier_radius
        one, other = math.log(1.0 - radius * (size - 1) / size), math.log(radius / size)
        parts = [
            constant_op.constant(value, dtype=dtypes.float32, shape=(rows, size))
            for value, rows in ((one, 1), (other, size - 1))
        ]
        return array_ops.concat(parts, axis=0)

    def _stochastic_matrix(self, state: Any) -> Any:
        return math_ops.exp(state)

    def _projected(self, state: Any) -> Any:
        size = state.get_shape().dims[0].value
        least = math_ops.log(self._minimum_multiplier_radius / math_ops.to_float(size))
        return math_ops.maximum(_projections.project_log_stochastic_matrix_wrt_kl_divergence(state), least)
