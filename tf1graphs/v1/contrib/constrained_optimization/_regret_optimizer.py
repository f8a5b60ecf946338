"""The step of both players: the model's variables, and a state of the constraints' player."""

from __future__ import annotations

import abc
from typing import Any

from tensorflow.python.framework import ops
from tensorflow.python.ops import array_ops, control_flow_ops, state_ops, variables
from tensorflow.python.training import optimizer as optimizer_lib

from tf1graphs.v1.contrib.constrained_optimization.constrained_optimizer import ConstrainedOptimizer


class RegretOptimizer(ConstrainedOptimizer):
    """An optimizer whose constraints' player has a state that is trained to maximize the loss, and projected.

    Args:
        optimizer: A ``tf.train.Optimizer`` of the model's variables.
        constraint_optimizer: One of the state; None is ``optimizer``.
    """

    _state_name: str

    def __init__(self, optimizer: Any, constraint_optimizer: Any = None) -> None:
        super().__init__(optimizer=optimizer)
        self._constraint_optimizer = constraint_optimizer

    @property
    def constraint_optimizer(self) -> Any:
        """The optimizer of the constraints' player, or None."""
        return self._constraint_optimizer

    @abc.abstractmethod
    def _initial_state(self, num_constraints: int) -> Any:
        """Returns the initial value of the state."""

    @abc.abstractmethod
    def _loss_and_gradient(self, objective: Any, constraints: Any, proxies: Any, state: Any) -> tuple[Any, Any]:
        """Returns the loss of the model's player, a scalar, and what raises it, of the shape of the state."""

    @abc.abstractmethod
    def _projected(self, state: Any) -> Any:
        """Returns the state that is allowed and nearest."""

    def _constraint_grad_and_var(self, state: Any, gradient: Any) -> tuple[Any, Any]:
        return -gradient, state

    def _projection_op(self, state: Any, name: str | None = None) -> Any:
        with ops.colocate_with(state):
            return state_ops.assign(state, self._projected(state), name=name)

    def _minimize_constrained(
        self,
        minimization_problem: Any,
        global_step: Any = None,
        var_list: Any = None,
        gate_gradients: int = optimizer_lib.Optimizer.GATE_OP,
        aggregation_method: Any = None,
        colocate_gradients_with_ops: bool = False,
        name: str | None = None,
        grad_loss: Any = None,
    ) -> Any:
        objective = minimization_problem.objective
        constraints = minimization_problem.constraints
        proxies = minimization_problem.proxy_constraints
        if proxies is None:
            proxies = constraints
        if len({tensor.dtype.base_dtype for tensor in (objective, constraints, proxies)}) > 1:
            raise ValueError("objective, constraints and proxy_constraints must have the same dtype")
        number = minimization_problem.num_constraints
        constraints = array_ops.reshape(constraints, shape=(number,))
        proxies = array_ops.reshape(proxies, shape=(number,))
        state = variables.Variable(lambda: self._initial_state(number), trainable=False, name=self._state_name)
        loss, gradient = self._loss_and_gradient(objective, constraints, proxies, state)
        grads_and_vars = self.optimizer.compute_gradients(
            loss,
            var_list=var_list,
            gate_gradients=gate_gradients,
            aggregation_method=aggregation_method,
            colocate_gradients_with_ops=colocate_gradients_with_ops,
            grad_loss=grad_loss,
        )
        updates = self._updates(grads_and_vars, self._constraint_grad_and_var(state, gradient))
        with ops.control_dependencies(updates):
            if global_step is None:
                return self._projection_op(state, name=name)
            projection = self._projection_op(state, name="project")
            with ops.colocate_with(global_step):
                counted = state_ops.assign_add(global_step, 1, name="global_step_increment")
            return control_flow_ops.group(projection, counted, name=name)

    def _updates(self, grads_and_vars: list[Any], of_state: tuple[Any, Any]) -> list[Any]:
        if self.constraint_optimizer is None:
            return [self.optimizer.apply_gradients([*grads_and_vars, of_state], name="update")]
        gradients = [gradient for gradient, _ in [*grads_and_vars, of_state] if gradient is not None]
        # Neither player sees the other's move.
        with ops.control_dependencies(gradients):
            return [
                self.optimizer.apply_gradients(grads_and_vars, name="update"),
                self.constraint_optimizer.apply_gradients([of_state], name="optimizer_state_update"),
            ]
