"""Dropping gradients that other workers have overtaken."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import dtypes, ops
from tensorflow.python.framework import tensor as tensors
from tensorflow.python.ops import cond, gen_array_ops, gen_math_ops, init_ops, math_ops, variable_scope
from tensorflow.python.summary import summary
from tensorflow.python.training import optimizer, training_util


class DropStaleGradientOptimizer(optimizer.Optimizer):  # type: ignore[misc]
    """Applies gradients only if the global step has moved on by at most ``staleness`` since they were computed.

    Args:
        opt: The optimizer.
        staleness: The largest difference in global steps.
        use_locking: Whether updates lock.
        name: The name of the optimizer.
    """

    def __init__(self, opt: Any, staleness: int, use_locking: bool = False, name: str = "DropStaleGradient") -> None:
        super().__init__(use_locking, name)
        self._opt = opt
        self._staleness = staleness

    def compute_gradients(self, loss: Any, *args: Any, **kwargs: Any) -> Any:
        """As for the wrapped optimizer; remembers the global step."""
        with ops.colocate_with(loss):
            self._local_step = training_util.get_global_step() + 0
        with ops.control_dependencies([self._local_step]):
            return self._opt.compute_gradients(gen_array_ops.identity(loss), *args, **kwargs)

    def get_slot(self, *args: Any, **kwargs: Any) -> Any:
        """As for the wrapped optimizer."""
        return self._opt.get_slot(*args, **kwargs)

    def get_slot_names(self, *args: Any, **kwargs: Any) -> Any:
        """As for the wrapped optimizer."""
        return self._opt.get_slot_names(*args, **kwargs)

    def apply_gradients(self, grads_and_vars: Any, global_step: Any = None, name: str | None = None) -> Any:
        """Returns the op that applies gradients or drops them; it gives the number of those dropped so far."""
        with ops.colocate_with(global_step):
            dropped = variable_scope.get_variable(
                "stale_counter", [], initializer=init_ops.zeros_initializer(), trainable=False
            )

        def accept() -> Any:
            update = self._opt.apply_gradients(grads_and_vars, global_step=global_step, name=name)
            with ops.control_dependencies([update]):
                return gen_array_ops.identity(0.0)

        computed = [
            grad if isinstance(grad, tensors.Tensor) else grad.op for grad, _ in grads_and_vars if grad is not None
        ]
        with ops.control_dependencies(computed), ops.colocate_with(global_step):
            staleness = gen_array_ops.reshape(global_step - self._local_step, shape=())
        update = dropped.assign_add(
            cond.cond(gen_math_ops.less_equal(staleness, self._staleness), accept, lambda: gen_array_ops.identity(1.0))
        )
        steps = math_ops.cast(global_step + 1, dtypes.float32)
        summary.scalar("Gradient staleness percentage", dropped / steps)
        return update
