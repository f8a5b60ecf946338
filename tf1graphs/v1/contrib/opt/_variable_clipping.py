"""Clipping variables by their norm after each update."""

from __future__ import annotations

import contextlib
from typing import Any

from tensorflow.python.framework import indexed_slices, ops
from tensorflow.python.framework import tensor as tensors
from tensorflow.python.ops import array_ops, clip_ops, control_flow_ops
from tensorflow.python.platform import tf_logging
from tensorflow.python.training import optimizer


class VariableClippingOptimizer(optimizer.Optimizer):  # type: ignore[misc]
    """Clips variables by their norm after the wrapped optimizer has updated them.

    Args:
        opt: The optimizer.
        vars_to_clip_dims: For each variable to clip, the dimensions over which its norm is taken.
        max_norm: The largest norm.
        use_locking: Whether clipping locks.
        colocate_clip_ops_with_vars: Whether clipping runs on the device of the variable.
        name: The name scope.
    """

    def __init__(
        self,
        opt: Any,
        vars_to_clip_dims: Any,
        max_norm: Any,
        use_locking: bool = False,
        colocate_clip_ops_with_vars: bool = False,
        name: str = "VariableClipping",
    ) -> None:
        super().__init__(use_locking, name)
        self._opt = opt
        self._vars_to_clip_dims = {var: dims[:] for var, dims in vars_to_clip_dims.items()}
        self._max_norm = max_norm
        self._colocate_clip_ops_with_vars = colocate_clip_ops_with_vars

    def compute_gradients(self, *args: Any, **kwargs: Any) -> Any:
        """As for the wrapped optimizer."""
        return self._opt.compute_gradients(*args, **kwargs)

    def get_slot(self, *args: Any, **kwargs: Any) -> Any:
        """As for the wrapped optimizer."""
        return self._opt.get_slot(*args, **kwargs)

    def get_slot_names(self, *args: Any, **kwargs: Any) -> Any:
        """As for the wrapped optimizer."""
        return self._opt.get_slot_names(*args, **kwargs)

    def apply_gradients(self, grads_and_vars: Any, global_step: Any = None, name: str | None = None) -> Any:
        """Returns the op that applies gradients and then clips."""
        with ops.name_scope(name, self._name) as scope:
            update = self._opt.apply_gradients(grads_and_vars, global_step=global_step)
            clipped = []
            with ops.control_dependencies([update]):
                for grad, var in grads_and_vars:
                    if grad is not None and var in self._vars_to_clip_dims:
                        with ops.name_scope(f"clip_{var.op.name}"):
                            clipped.append(self._clip(grad, var))
            return control_flow_ops.group(update, *clipped, name=scope)

    def _clip(self, grad: Any, var: Any) -> Any:
        dims = self._vars_to_clip_dims[var]
        if isinstance(grad, tensors.Tensor):
            return self._clip_dense(var, dims)
        if 0 in dims:
            tf_logging.warning(f"Clipping {var.op.name} over {dims}, which has the rows in it, clips all rows: slow.")
            return self._clip_dense(var, dims)
        return self._clip_rows(grad, var, dims)

    def _clip_dense(self, var: Any, dims: Any) -> Any:
        with self._maybe_colocate_with(var):
            value = var.read_value()
            excess = value - clip_ops.clip_by_norm(value, self._max_norm, dims)
        with ops.colocate_with(var):
            return var.assign_sub(excess, use_locking=self._use_locking)

    def _clip_rows(self, grad: Any, var: Any, dims: Any) -> Any:
        with ops.colocate_with(var):
            rows = array_ops.gather(var, grad.indices)
        with self._maybe_colocate_with(var):
            excess = rows - clip_ops.clip_by_norm(rows, self._max_norm, dims)
            excess = indexed_slices.IndexedSlices(excess, grad.indices, grad.dense_shape)
        with ops.colocate_with(var):
            return var.scatter_sub(excess, use_locking=self._use_locking)

    def _maybe_colocate_with(self, var: Any) -> Any:
        return ops.colocate_with(var) if self._colocate_clip_ops_with_vars else contextlib.nullcontext()
