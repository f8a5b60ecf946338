"""``contrib.constrained_optimization.constrained_optimizer``: the base class of optimizers of such problems."""

from __future__ import annotations

import abc
from collections.abc import Callable
from typing import Any

from tensorflow.python.framework import ops
from tensorflow.python.ops import cond, math_ops
from tensorflow.python.training import optimizer as optimizer_lib

__all__ = ["ConstrainedOptimizer"]

_GATE_OP = optimizer_lib.Optimizer.GATE_OP


def _after(pre_train_ops: Any, make: Callable[[], Any]) -> Any:
    if not pre_train_ops:
        return make()
    with ops.control_dependencies(pre_train_ops):
        return make()


class ConstrainedOptimizer(abc.ABC):
    """Minimizes a ``ConstrainedMinimizationProblem``.

    Args:
        optimizer: A ``tf.train.Optimizer``.
    """

    def __init__(self, optimizer: Any) -> None:
        self._optimizer = optimizer

    @property
    def optimizer(self) -> Any:
        """The optimizer of the model's variables."""
        return self._optimizer

    @abc.abstractmethod
    def _minimize_constrained(
        self,
        minimization_problem: Any,
        global_step: Any = None,
        var_list: Any = None,
        gate_gradients: int = _GATE_OP,
        aggregation_method: Any = None,
        colocate_gradients_with_ops: bool = False,
        name: str | None = None,
        grad_loss: Any = None,
    ) -> Any: ...

    def minimize_constrained(
        self,
        minimization_problem: Any,
        global_step: Any = None,
        var_list: Any = None,
        gate_gradients: int = _GATE_OP,
        aggregation_method: Any = None,
        colocate_gradients_with_ops: bool = False,
        name: str | None = None,
        grad_loss: Any = None,
    ) -> Any:
        """Returns the op of a step that heeds the constraints; see ``tf.train.Optimizer.minimize``."""

        def step() -> Any:
            return self._minimize_constrained(
                minimization_problem,
                global_step=global_step,
                var_list=var_list,
                gate_gradients=gate_gradients,
                aggregation_method=aggregation_method,
                colocate_gradients_with_ops=colocate_gradients_with_ops,
                name=name,
                grad_loss=grad_loss,
            )

        return _after(minimization_problem.pre_train_ops, step)

    def minimize_unconstrained(
        self,
        minimization_problem: Any,
        global_step: Any = None,
        var_list: Any = None,
        gate_gradients: int = _GATE_OP,
        aggregation_method: Any = None,
        colocate_gradients_with_ops: bool = False,
        name: str | None = None,
        grad_loss: Any = None,
    ) -> Any:
        """Returns the op of a step that does not; see ``tf.train.Optimizer.minimize``."""

        def step() -> Any:
            return self.optimizer.minimize(
                minimization_problem.objective,
                global_step=global_step,
                var_list=var_list,
                gate_gradients=gate_gradients,
                aggregation_method=aggregation_method,
                colocate_gradients_with_ops=colocate_gradients_with_ops,
                name=name,
                grad_loss=grad_loss,
            )

        return _after(minimization_problem.pre_train_ops, step)

    def minimize(
        self,
        minimization_problem: Any,
        unconstrained_steps: Any = None,
        global_step: Any = None,
        var_list: Any = None,
        gate_gradients: int = _GATE_OP,
        aggregation_method: Any = None,
        colocate_gradients_with_ops: bool = False,
        name: str | None = None,
        grad_loss: Any = None,
    ) -> Any:
        """Returns the op of a step, which heeds the constraints after ``unconstrained_steps`` steps, or always.

        Raises:
            ValueError: There are ``unconstrained_steps`` and no ``global_step``.
        """
        arguments = {
            "minimization_problem": minimization_problem,
            "global_step": global_step,
            "var_list": var_list,
            "gate_gradients": gate_gradients,
            "aggregation_method": aggregation_method,
            "colocate_gradients_with_ops": colocate_gradients_with_ops,
            "name": name,
            "grad_loss": grad_loss,
        }
        if unconstrained_steps is None:
            return self.minimize_constrained(**arguments)
        if global_step is None:
            raise ValueError("global_step cannot be None if unconstrained_steps is provided")
        steps = ops.convert_to_tensor(unconstrained_steps)
        return cond.cond(
            math_ops.cast(global_step, steps.dtype) < steps,
            true_fn=lambda: self.minimize_unconstrained(**arguments),
            false_fn=lambda: self.minimize_constrained(**arguments),
        )
