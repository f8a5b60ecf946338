"""AddSign and PowerSign, which go further where gradient and momentum agree in sign.

Source: I. Bello, B. Zoph, V. Vasudevan, Q. V. Le, "Neural Optimizer Search with Reinforcement Learning",
https://arxiv.org/abs/1709.07417
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from tensorflow.python.framework import ops
from tensorflow.python.ops import array_ops, control_flow_ops, gen_training_ops, math_ops, state_ops
from tensorflow.python.training import optimizer


class _SignOptimizer(optimizer.Optimizer):  # type: ignore[misc]
    """What both have in common: the momentum, and the decay of the sign's influence."""

    def __init__(self, learning_rate: Any, beta: Any, sign_decay_fn: Any, use_locking: bool, name: str) -> None:
        super().__init__(use_locking, name)
        self._lr = learning_rate
        self._beta = beta
        self._sign_decay_fn = sign_decay_fn

    def apply_gradients(self, grads_and_vars: Any, global_step: Any = None, name: str | None = None) -> Any:
        """Returns the op that applies gradients; the sign's influence is that at ``global_step``."""
        if self._sign_decay_fn is not None:
            self._sign_decay_t = ops.convert_to_tensor(self._sign_decay_fn(global_step), name="sign_decay")
        return super().apply_gradients(grads_and_vars, global_step=global_step, name=name)

    def _create_slots(self, var_list: Any) -> None:
        for var in var_list:
            self._zeros_slot(var, "m", self._name)

    def _prepare_value(self) -> None:
        """Converts the one value that the subclasses do not share."""
        raise NotImplementedError

    def _prepare(self) -> None:
        self._lr_t = ops.convert_to_tensor(self._lr, name="learning_rate")
        self._beta_t = ops.convert_to_tensor(self._beta, name="beta")
        self._prepare_value()
        if self._sign_decay_fn is None:
            self._sign_decay_t = ops.convert_to_tensor(1.0, name="sign_decay")

    def _apply_rows(self, grad: Any, var: Any, factor: Callable[[Any], Any]) -> Any:
        lr, beta, decay = (
            math_ops.cast(x, var.dtype.base_dtype) for x in (self._lr_t, self._beta_t, self._sign_decay_t)
        )
        m = self.get_slot(var, "m")
        m_t = state_ops.assign(m, m * beta + grad * (1 - beta), use_locking=self._use_locking)
        agreement = array_ops.gather(math_ops.sign(m_t), grad.indices) * math_ops.sign(grad.values)
        step = lr * factor(decay * agreement) * grad.values
        return control_flow_ops.group(
            state_ops.scatter_sub(var, grad.indices, step, use_locking=self._use_locking), m_t
        )


class AddSignOptimizer(_SignOptimizer):
    """Scales a gradient by ``alpha + decay * sign(gradient) * sign(momentum)``.

    Args:
        learning_rate: The learning rate.
        alpha: The factor where the signs do not matter.
        beta: The decay of the momentum.
        sign_decay_fn: Gives the decay of the sign's influence for a global step; 1 by default.
        use_locking: Whether updates lock.
        name: The name of the slots and the name scope.
    """

    def __init__(
        self,
        learning_rate: Any = 0.1,
        alpha: Any = 1.0,
        beta: Any = 0.9,
        sign_decay_fn: Callable[[Any], Any] | None = None,
        use_locking: bool = False,
        name: str = "AddSignOptimizer",
    ) -> None:
        super().__init__(learning_rate, beta, sign_decay_fn, use_locking, name)
        self._alpha = alpha

    def _prepare_value(self) -> None:
        self._alpha_t = ops.convert_to_tensor(self._alpha, name="alpha")

    def _hyperparameters(self, dtype: Any) -> list[Any]:
        values = [self._lr_t, self._alpha_t, self._sign_decay_t, self._beta_t]
        return [math_ops.cast(value, dtype) for value in values]

    def _apply_dense(self, grad: Any, var: Any) -> Any:
        values = self._hyperparameters(var.dtype.base_dtype)
        return gen_training_ops.apply_add_sign(
            var, self.get_slot(var, "m"), *values, grad, use_locking=self._use_locking
        ).op

    def _resource_apply_dense(self, grad: Any, var: Any) -> Any:
        values = self._hyperparameters(var.dtype.base_dtype)
        return gen_training_ops.resource_apply_add_sign(
            var.handle, self.get_slot(var, "m").handle, *values, grad, use_locking=self._use_locking
        )

    def _apply_sparse(self, grad: Any, var: Any) -> Any:
        alpha = math_ops.cast(self._alpha_t, var.dtype.base_dtype)
        return self._apply_rows(grad, var, lambda agreement: alpha + agreement)


class PowerSignOptimizer(_SignOptimizer):
    """Scales a gradient by ``base ** (decay * sign(gradient) * sign(momentum))``.

    Args:
        learning_rate: The learning rate.
        base: The base of the factor.
        beta: The decay of the momentum.
        sign_decay_fn: Gives the decay of the sign's influence for a global step; 1 by default.
        use_locking: Whether updates lock.
        name: The name of the slots and the name scope.
    """

    def __init__(
        self,
        learning_rate: Any = 0.1,
        base: float = math.e,
        beta: Any = 0.9,
        sign_decay_fn: Callable[[Any], Any] | None = None,
        use_locking: bool = False,
        name: str = "PowerSignOptimizer",
    ) -> None:
        super().__init__(learning_rate, beta, sign_decay_fn, use_locking, name)
        self._logbase = math.log(base)

    def _prepare_value(self) -> None:
        self._logbase_t = ops.convert_to_tensor(self._logbase, name="logbase")

    def _hyperparameters(self, dtype: Any) -> list[Any]:
        values = [self._lr_t, self._logbase_t, self._sign_decay_t, self._beta_t]
        return [math_ops.cast(value, dtype) for value in values]

    def _apply_dense(self, grad: Any, var: Any) -> Any:
        values = self._hyperparameters(var.dtype.base_dtype)
        return gen_training_ops.apply_power_sign(
            var, self.get_slot(var, "m"), *values, grad, use_locking=self._use_locking
        ).op

    def _resource_apply_dense(self, grad: Any, var: Any) -> Any:
        values = self._hyperparameters(var.dtype.base_dtype)
        return gen_training_ops.resource_apply_power_sign(
            var.handle, self.get_slot(var, "m").handle, *values, grad, use_locking=self._use_locking
        )

    def _apply_sparse(self, grad: Any, var: Any) -> Any:
        log_of_base = math_ops.cast(self._logbase_t, var.dtype.base_dtype)
        e = math_ops.cast(math.e, var.dtype.base_dtype)
        return self._apply_rows(grad, var, lambda agreement: math_ops.pow(e, log_of_base * agreement))
