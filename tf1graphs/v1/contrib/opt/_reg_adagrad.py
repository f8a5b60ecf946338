"""Adagrad that can leave its accumulators alone, for the gradients of regularization."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from tensorflow.python.ops import gen_training_ops, math_ops
from tensorflow.python.training import adagrad


class RegAdagradOptimizer(adagrad.AdagradOptimizer):  # type: ignore[misc]
    """Adagrad with ``avoid_updating_slots``.

    Args:
        learning_rate: The learning rate.
        initial_accumulator_value: The accumulators' start, above 0.
        use_locking: Whether updates lock.
        name: The name of the slots and the name scope.
    """

    def __init__(
        self,
        learning_rate: Any,
        initial_accumulator_value: float = 0.1,
        use_locking: bool = False,
        name: str = "RegAdagrad",
    ) -> None:
        super().__init__(learning_rate, initial_accumulator_value, use_locking, name)
        self._should_update_slots = True

    @contextlib.contextmanager
    def avoid_updating_slots(self) -> Iterator[None]:
        """Gradients applied in this context do not add to the accumulators."""
        before, self._should_update_slots = self._should_update_slots, False
        try:
            yield
        finally:
            self._should_update_slots = before

    def _options(self) -> dict[str, bool]:
        return {"use_locking": self._use_locking, "update_slots": self._should_update_slots}

    def _apply_dense(self, grad: Any, var: Any) -> Any:
        rate = math_ops.cast(self._learning_rate_tensor, var.dtype.base_dtype)
        return gen_training_ops.apply_adagrad(var, self.get_slot(var, "accumulator"), rate, grad, **self._options())

    def _resource_apply_dense(self, grad: Any, var: Any, update_slots: bool = True) -> Any:
        rate = math_ops.cast(self._learning_rate_tensor, grad.dtype.base_dtype)
        return gen_training_ops.resource_apply_adagrad(
            var.handle, self.get_slot(var, "accumulator").handle, rate, grad, **self._options()
        )

    def _apply_sparse(self, grad: Any, var: Any, update_slots: bool = True) -> Any:
        rate = math_ops.cast(self._learning_rate_tensor, var.dtype.base_dtype)
        return gen_training_ops.sparse_apply_adagrad(
            var, self.get_slot(var, "accumulator"), rate, grad.values, grad.indices, **self._options()
        )

    def _resource_apply_sparse(self, grad: Any, var: Any, indices: Any, update_slots: bool = True) -> Any:
        rate = math_ops.cast(self._learning_rate_tensor, grad.dtype)
        return gen_training_ops.resource_sparse_apply_adagrad(
            var.handle, self.get_slot(var, "accumulator").handle, rate, grad, indices, **self._options()
        )
