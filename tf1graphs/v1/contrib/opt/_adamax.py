"""AdaMax: Adam with the infinity norm."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import ops
from tensorflow.python.ops import (
    array_ops,
    control_flow_ops,
    gen_training_ops,
    math_ops,
    resource_variable_ops,
    state_ops,
)
from tensorflow.python.training import adam


class AdaMaxOptimizer(adam.AdamOptimizer):  # type: ignore[misc]
    """AdaMax.

    Source: D. P. Kingma, J. Ba, "Adam: A Method for Stochastic Optimization", section 7.1,
    https://arxiv.org/abs/1412.6980

    Args:
        learning_rate: The learning rate.
        beta1: The decay of the first moment.
        beta2: The decay of the infinity norm.
        epsilon: Added to the norm.
        use_locking: Whether updates lock.
        name: The name of the slots and the name scope.
    """

    def __init__(
        self,
        learning_rate: Any = 0.001,
        beta1: Any = 0.9,
        beta2: Any = 0.999,
        epsilon: Any = 1e-8,
        use_locking: bool = False,
        name: str = "AdaMax",
    ) -> None:
        super().__init__(learning_rate, beta1, beta2, epsilon, use_locking, name)

    def _get_beta_accumulators(self) -> Any:
        return self._get_non_slot_variable("beta1_power", graph=ops.get_default_graph())

    def _create_slots(self, var_list: Any) -> None:
        first = min(var_list, key=lambda var: var.name)
        self._create_non_slot_variable(initial_value=self._beta1, name="beta1_power", colocate_with=first)
        for var in var_list:
            self._zeros_slot(var, "m", self._name)
            self._zeros_slot(var, "v", self._name)

    def _hyperparameters(self, dtype: Any) -> list[Any]:
        values = [self._get_beta_accumulators(), self._lr_t, self._beta1_t, self._beta2_t, self._epsilon_t]
        return [math_ops.cast(value, dtype) for value in values]

    def _apply_dense(self, grad: Any, var: Any) -> Any:
        slots = self.get_slot(var, "m"), self.get_slot(var, "v")
        values = self._hyperparameters(var.dtype.base_dtype)
        return gen_training_ops.apply_ada_max(var, *slots, *values, grad, use_locking=self._use_locking).op

    def _resource_apply_dense(self, grad: Any, var: Any) -> Any:
        slots = self.get_slot(var, "m").handle, self.get_slot(var, "v").handle
        values = self._hyperparameters(grad.dtype.base_dtype)
        return gen_training_ops.resource_apply_ada_max(var.handle, *slots, *values, grad, use_locking=self._use_locking)

    def _apply_rows(self, grad: Any, var: Any, indices: Any, scatter_add: Any, scatter_update: Any) -> Any:
        beta1_power, lr, beta1, beta2, epsilon = self._hyperparameters(var.dtype.base_dtype)
        m, v = self.get_slot(var, "m"), self.get_slot(var, "v")
        m_rows = array_ops.gather(m, indices) * beta1 + grad * (1 - beta1)
        with ops.control_dependencies([m_rows]):
            m_t = scatter_update(m, indices, m_rows)
        v_rows = math_ops.maximum(array_ops.gather(v, indices) * beta2, math_ops.abs(grad))
        with ops.control_dependencies([v_rows]):
            v_t = scatter_update(v, indices, v_rows)
        step = -lr / (1 - beta1_power) * (m_rows / (v_rows + epsilon))
        with ops.control_dependencies([step]):
            update = scatter_add(var, indices, step)
        return control_flow_ops.group(update, m_t, v_t)

    def _apply_sparse(self, grad: Any, var: Any) -> Any:
        lock = self._use_locking
        return self._apply_rows(
            grad.values,
            var,
            grad.indices,
            lambda *args: state_ops.scatter_add(*args, use_locking=lock),
            lambda *args: state_ops.scatter_update(*args, use_locking=lock),
        )

    def _resource_scatter_update(self, var: Any, indices: Any, rows: Any) -> Any:
        with ops.control_dependencies([resource_variable_ops.resource_scatter_update(var.handle, indices, rows)]):
            return var.value()

    def _resource_apply_sparse(self, grad: Any, var: Any, indices: Any) -> Any:
        return self._apply_rows(grad, var, indices, self._resource_scatter_add, self._resource_scatter_update)

    def _finish(self, update_ops: Any, name_scope: str) -> Any:
        with ops.control_dependencies(update_ops):
            power = self._get_beta_accumulators()
            with ops.colocate_with(power):
                update = power.assign(power * self._beta1_t, use_locking=self._use_locking)
        return control_flow_ops.group(*update_ops, update, name=name_scope)
