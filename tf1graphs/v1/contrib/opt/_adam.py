"""Variants of Adam: Nesterov momentum, lazy slots for sparse gradients, and powers taken from the global step."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import (
    array_ops,
    control_flow_ops,
    gen_training_ops,
    math_ops,
    resource_variable_ops,
    state_ops,
)
from tensorflow.python.training import adam


def _hyperparameters(optimizer: Any, dtype: Any) -> tuple[Any, ...]:
    """Returns ``(beta1_power, beta2_power, lr, beta1, beta2, epsilon)`` in ``dtype``."""
    beta1_power, beta2_power = optimizer._get_beta_accumulators()
    values = (
        beta1_power,
        beta2_power,
        optimizer._lr_t,
        optimizer._beta1_t,
        optimizer._beta2_t,
        optimizer._epsilon_t,
    )
    return tuple(math_ops.cast(value, dtype) for value in values)


class NadamOptimizer(adam.AdamOptimizer):  # type: ignore[misc]
    """Adam with Nesterov momentum.

    Source: T. Dozat, "Incorporating Nesterov Momentum into Adam", http://cs229.stanford.edu/proj2015/054_report.pdf
    """

    def _apply_dense(self, grad: Any, var: Any) -> Any:
        return gen_training_ops.apply_adam(
            var,
            self.get_slot(var, "m"),
            self.get_slot(var, "v"),
            *_hyperparameters(self, var.dtype.base_dtype),
            grad,
            use_locking=self._use_locking,
            use_nesterov=True,
        ).op

    def _resource_apply_dense(self, grad: Any, var: Any) -> Any:
        return gen_training_ops.resource_apply_adam(
            var.handle,
            self.get_slot(var, "m").handle,
            self.get_slot(var, "v").handle,
            *_hyperparameters(self, grad.dtype.base_dtype),
            grad,
            use_locking=self._use_locking,
            use_nesterov=True,
        )

    def _apply_sparse_shared(self, grad: Any, var: Any, indices: Any, scatter_add: Any) -> Any:
        beta1_power, beta2_power, lr, beta1, beta2, epsilon = _hyperparameters(self, var.dtype.base_dtype)
        rate = lr * math_ops.sqrt(1 - beta2_power) / (1 - beta1_power)
        m, v = self.get_slot(var, "m"), self.get_slot(var, "v")
        new = grad * (1 - beta1)
        decayed = state_ops.assign(m, m * beta1, use_locking=self._use_locking)
        with ops.control_dependencies([decayed]):
            m_t = scatter_add(m, indices, new)
            ahead = new + beta1 * array_ops.gather(m_t, indices)
        new = grad * grad * (1 - beta2)
        decayed = state_ops.assign(v, v * beta2, use_locking=self._use_locking)
        with ops.control_dependencies([decayed]):
            v_t = scatter_add(v, indices, new)
        root = math_ops.sqrt(array_ops.gather(v_t, indices))
        update = scatter_add(var, indices, -rate * ahead / (root + epsilon))
        return control_flow_ops.group(update, ahead, v_t)


class AdamGSOptimizer(adam.AdamOptimizer):  # type: ignore[misc]
    """Adam that takes the powers of its betas from the global step, so that asynchronous workers agree on them.

    Args:
        global_step: The global step.
        learning_rate: As for Adam.
        beta1: As for Adam.
        beta2: As for Adam.
        epsilon: As for Adam.
        use_locking: Whether updates lock.
        name: The name of the slots and the name scope.
    """

    def __init__(
        self,
        global_step: Any = 0,
        learning_rate: Any = 0.001,
        beta1: Any = 0.9,
        beta2: Any = 0.999,
        epsilon: Any = 1e-8,
        use_locking: bool = False,
        name: str = "Adam",
    ) -> None:
        super().__init__(learning_rate, beta1, beta2, epsilon, use_locking, name)
        self._global_step = global_step
        self._global_step_on_worker: Any = None

    def _get_beta_accumulators(self) -> Any:
        step = self._global_step_on_worker
        return math_ops.pow(self._beta1_t, step), math_ops.pow(self._beta2_t, step)

    def _create_slots(self, var_list: Any) -> None:
        for var in var_list:
            self._zeros_slot(var, "m", self._name)
            self._zeros_slot(var, "v", self._name)

    def _prepare(self) -> None:
        super()._prepare()
        self._global_step_on_worker = math_ops.cast(array_ops.identity(self._global_step) + 1, dtypes.float32)

    def _finish(self, update_ops: Any, name_scope: str) -> Any:
        return control_flow_ops.group(*update_ops, name=name_scope)


class _LazySlots(adam.AdamOptimizer):  # type: ignore[misc]
    """Adam whose slots decay only for the rows that a sparse gradient touches."""

    def _apply_sparse(self, grad: Any, var: Any) -> Any:
        beta1_power, beta2_power, lr, beta1, beta2, epsilon = _hyperparameters(self, var.dtype.base_dtype)
        rate = lr * math_ops.sqrt(1 - beta2_power) / (1 - beta1_power)
        rows, values, lock = grad.indices, grad.values, self._use_locking
        m, v = self.get_slot(var, "m"), self.get_slot(var, "v")
        m_t = state_ops.scatter_update(
            m, rows, beta1 * array_ops.gather(m, rows) + (1 - beta1) * values, use_locking=lock
        )
        v_t = state_ops.scatter_update(
            v, rows, beta2 * array_ops.gather(v, rows) + (1 - beta2) * math_ops.square(values), use_locking=lock
        )
        step = rate * array_ops.gather(m_t, rows) / (math_ops.sqrt(array_ops.gather(v_t, rows)) + epsilon)
        return control_flow_ops.group(state_ops.scatter_sub(var, rows, step, use_locking=lock), m_t, v_t)

    def _resource_apply_sparse(self, grad: Any, var: Any, indices: Any) -> Any:
        beta1_power, beta2_power, lr, beta1, beta2, epsilon = _hyperparameters(self, var.dtype.base_dtype)
        rate = lr * math_ops.sqrt(1 - beta2_power) / (1 - beta1_power)
        m, v = self.get_slot(var, "m"), self.get_slot(var, "v")
        m_rows = beta1 * array_ops.gather(m, indices) + (1 - beta1) * grad
        v_rows = beta2 * array_ops.gather(v, indices) + (1 - beta2) * math_ops.square(grad)
        step = rate * m_rows / (math_ops.sqrt(v_rows) + epsilon)
        return control_flow_ops.group(
            resource_variable_ops.resource_scatter_sub(var.handle, indices, step),
            resource_variable_ops.resource_scatter_update(m.handle, indices, m_rows),
            resource_variable_ops.resource_scatter_update(v.handle, indices, v_rows),
        )


class LazyAdamOptimizer(_LazySlots):
    """Adam whose slots decay only for the rows that a sparse gradient touches."""


class LazyAdamGSOptimizer(_LazySlots, AdamGSOptimizer):
    """``LazyAdamOptimizer`` that takes the powers of its betas from the global step."""
