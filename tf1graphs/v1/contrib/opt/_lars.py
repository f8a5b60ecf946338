"""LARS: momentum with a learning rate for each layer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tensorflow.python.framework import ops
from tensorflow.python.ops import array_ops, gen_training_ops, linalg_ops, math_ops
from tensorflow.python.training import optimizer


class LARSOptimizer(optimizer.Optimizer):  # type: ignore[misc]
    """Layer-wise adaptive rate scaling.

    Source: Y. You, I. Gitman, B. Ginsburg, "Large Batch Training of Convolutional Networks",
    https://arxiv.org/abs/1708.03888

    Args:
        learning_rate: The learning rate.
        momentum: The momentum.
        weight_decay: The weight decay.
        eeta: The coefficient of the layers' rates.
        epsilon: Added to the norms.
        name: The name of the slots and the name scope.
        skip_list: Variables with one of these texts in their names have the plain learning rate and no decay.
        use_nesterov: Whether the momentum is Nesterov's.

    Raises:
        ValueError: ``momentum`` or ``weight_decay`` is negative.
    """

    def __init__(
        self,
        learning_rate: Any,
        momentum: Any = 0.9,
        weight_decay: float = 0.0001,
        eeta: float = 0.001,
        epsilon: float = 0.0,
        name: str = "LARSOptimizer",
        skip_list: Sequence[str] | None = None,
        use_nesterov: bool = False,
    ) -> None:
        for kind, value in [("momentum", momentum), ("weight_decay", weight_decay)]:
            if value < 0.0:
                raise ValueError(f"{kind} should be positive: {value}")
        super().__init__(use_locking=False, name=name)
        self._learning_rate = learning_rate
        self._momentum = momentum
        self._weight_decay = weight_decay
        self._eeta = eeta
        self._epsilon = epsilon
        self._name = name
        self._skip_list = skip_list
        self._use_nesterov = use_nesterov

    def _create_slots(self, var_list: Any) -> None:
        for var in var_list:
            self._zeros_slot(var, "momentum", self._name)

    def compute_lr(self, grad: Any, var: Any) -> Any:
        """Returns the learning rate of a variable, and its gradient with the weight decay."""
        if self._skip_list is not None and any(text in var.name for text in self._skip_list):
            return self._learning_rate, grad
        weights, slope = linalg_ops.norm(var, ord=2), linalg_ops.norm(grad, ord=2)
        ratio = self._eeta * weights / (slope + self._weight_decay * weights + self._epsilon)
        ratio = array_ops.where(math_ops.greater(slope, 0), ratio, 1.0)
        ratio = array_ops.where(math_ops.greater(weights, 0), ratio, 1.0)
        return self._learning_rate * ratio, grad + self._weight_decay * var

    def _apply_dense(self, grad: Any, var: Any) -> Any:
        rate, grad = self.compute_lr(grad, var)
        return gen_training_ops.apply_momentum(
            var,
            self.get_slot(var, "momentum"),
            math_ops.cast(1.0, var.dtype.base_dtype),
            grad * rate,
            self._momentum,
            use_locking=False,
            use_nesterov=self._use_nesterov,
        )

    def _resource_apply_dense(self, grad: Any, var: Any) -> Any:
        rate, grad = self.compute_lr(grad, var)
        return gen_training_ops.resource_apply_momentum(
            var.handle,
            self.get_slot(var, "momentum").handle,
            math_ops.cast(1.0, var.dtype.base_dtype),
            grad * rate,
            self._momentum,
            use_locking=False,
            use_nesterov=self._use_nesterov,
        )

    def _apply_sparse(self, grad: Any, var: Any) -> Any:
        # As in 1.15, rows of a sparse gradient have plain momentum.
        dtype = var.dtype.base_dtype
        return gen_training_ops.sparse_apply_momentum(
            var,
            self.get_slot(var, "momentum"),
            math_ops.cast(self._learning_rate_tensor, dtype),
            grad.values,
            grad.indices,
            math_ops.cast(self._momentum_tensor, dtype),
            use_locking=self._use_locking,
            use_nesterov=self._use_nesterov,
        ).op

    def _resource_apply_sparse(self, grad: Any, var: Any, indices: Any) -> Any:
        return gen_training_ops.resource_sparse_apply_momentum(
            var.handle,
            self.get_slot(var, "momentum").handle,
            math_ops.cast(self._learning_rate_tensor, grad.dtype),
            grad,
            indices,
            math_ops.cast(self._momentum_tensor, grad.dtype),
            use_locking=self._use_locking,
            use_nesterov=self._use_nesterov,
        )

    def _prepare(self) -> None:
        rate = self._call_if_callable(self._learning_rate)
        self._learning_rate_tensor = ops.convert_to_tensor(rate, name="learning_rate")
        self._momentum_tensor = ops.convert_to_tensor(self._call_if_callable(self._momentum), name="momentum")
