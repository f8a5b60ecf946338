"""Optimizers that change the gradients of another optimizer."""

from __future__ import annotations

from typing import Any

from tensorflow.python.ops import clip_ops
from tensorflow.python.training import optimizer as optimizer_lib


def clip_gradients_by_norm(optimizer: Any, clip_norm: float) -> Any:
    """Returns an optimizer that clips the gradients to a global norm and hands them to ``optimizer``."""
    return _ClippedByNorm(optimizer, clip_norm)


class _ClippedByNorm(optimizer_lib.Optimizer):  # type: ignore[misc]
    """What ``clip_gradients_by_norm`` returns."""

    def __init__(self, optimizer: Any, clip_norm: float) -> None:
        super().__init__(use_locking=False, name="ClipByNorm" + optimizer.get_name())
        self._optimizer = optimizer
        self._clip_norm = clip_norm

    def compute_gradients(self, *arguments: Any, **options: Any) -> Any:
        """Returns the gradients of the wrapped optimizer."""
        return self._optimizer.compute_gradients(*arguments, **options)

    def apply_gradients(self, grads_and_vars: Any, global_step: Any = None, name: str | None = None) -> Any:
        """Clips the gradients, and has the wrapped optimizer apply them."""
        gradients, variables = zip(*grads_and_vars, strict=True)
        clipped, _ = clip_ops.clip_by_global_norm(gradients, self._clip_norm)
        return self._optimizer.apply_gradients(list(zip(clipped, variables, strict=True)), global_step, name)

    def get_slot(self, *arguments: Any, **options: Any) -> Any:
        """Returns a slot of the wrapped optimizer."""
        return self._optimizer.get_slot(*arguments, **options)

    def get_slot_names(self, *arguments: Any, **options: Any) -> Any:
        """Returns the slot names of the wrapped optimizer."""
        return self._optimizer.get_slot_names(*arguments, **options)
