"""``GradientDescentOptimizer``."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import indexed_slices
from tensorflow.python.ops import gen_resource_variable_ops

from tf1graphs.v1.contrib.optimizer_v2._kernels import KernelOptimizer
from tf1graphs.v1.contrib.optimizer_v2._state import State


class GradientDescentOptimizer(KernelOptimizer):
    """``variable -= learning_rate * gradient``.

    Args:
        learning_rate: the learning rate: a number, a tensor, or a function called each step.
        use_locking: whether updates take locks.
        name: of the ops.
    """

    _kernel = "gradient_descent"
    _slot_inputs = {}
    _hyper_inputs = {"alpha": "learning_rate"}
    _gradient_input = "delta"
    _attributes = {}

    def __init__(self, learning_rate: Any, use_locking: bool = False, name: str = "GradientDescent") -> None:
        super().__init__(use_locking, name)
        self._set_hyper("learning_rate", learning_rate)

    def _apply_sparse_duplicate_indices(self, grad: Any, var: Any, state: State) -> Any:
        values = grad.values * state.get_hyper("learning_rate", var.dtype.base_dtype)
        delta = indexed_slices.IndexedSlices(values, grad.indices, grad.dense_shape)
        return var.scatter_sub(delta, use_locking=self._use_locking)

    def _resource_apply_sparse_duplicate_indices(self, grad: Any, handle: Any, indices: Any, state: State) -> Any:
        rate = state.get_hyper("learning_rate", grad.dtype.base_dtype)
        return gen_resource_variable_ops.resource_scatter_add(handle.handle, indices, -grad * rate)
