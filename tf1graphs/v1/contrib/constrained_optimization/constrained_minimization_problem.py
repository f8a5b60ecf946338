"""``contrib.constrained_optimization.constrained_minimization_problem``: what is minimized, and under what."""

from __future__ import annotations

import abc
import math
from typing import Any

__all__ = ["ConstrainedMinimizationProblem"]


class ConstrainedMinimizationProblem(abc.ABC):
    """An objective to minimize while constraints are not positive; subclasses give their tensors."""

    @property
    @abc.abstractmethod
    def objective(self) -> Any:
        """The objective, a scalar."""

    @property
    @abc.abstractmethod
    def constraints(self) -> Any:
        """The constraints, of a known shape."""

    @property
    def proxy_constraints(self) -> Any:
        """What stands for constraints that have no gradients, of the same shape; None for themselves."""
        return None

    @property
    def pre_train_ops(self) -> Any:
        """Ops to run before each step, or None."""
        return None

    @property
    def num_constraints(self) -> int:
        """The number of constraints.

        Raises:
            ValueError: Their shape is not known, or is not that of the proxies.
        """
        # The properties are asked as often as 1.15 asks them: each time may make ops, which seeds count.
        shape = self.constraints.get_shape()
        proxies = shape if self.proxy_constraints is None else self.proxy_constraints.get_shape()
        if not shape.is_fully_defined() or not proxies.is_fully_defined():
            raise ValueError("constraints and proxy_constraints must have fully-known shapes")
        if shape != proxies:
            raise ValueError("constraints and proxy_constraints must have the same shape")
        return math.prod(shape.as_list())
