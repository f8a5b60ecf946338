"""GGT: full-matrix adaptive regularization from a window of gradients."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import array_ops, cond, control_flow_ops, linalg_ops, math_ops, state_ops
from tensorflow.python.training import optimizer


class GGTOptimizer(optimizer.Optimizer):  # type: ignore[misc]
    """Preconditions with the inverse root of the sum of the last gradients' outer products.

    Source: N. Agarwal et al., "The Case for Full-Matrix Adaptive Regularization", https://arxiv.org/abs/1806.02958

    Args:
        learning_rate: The learning rate.
        beta1: The decay of the gradients' average.
        use_locking: Whether updates lock.
        name: The name scope.
        window: The number of gradients that are kept.
        eps: The smallest singular value above which the rest of the gradient is used too.
        svd_eps: Added to the diagonal before the decomposition.
        sigma_eps: Added to the singular values.
    """

    def __init__(
        self,
        learning_rate: Any = 0.001,
        beta1: Any = 0.9,
        use_locking: bool = False,
        name: str = "GGT",
        window: int = 10,
        eps: float = 1e-4,
        svd_eps: float = 1e-6,
        sigma_eps: float = 1e-2,
    ) -> None:
        super().__init__(use_locking, name)
        self._lr = learning_rate
        self._beta1 = beta1
        self._window = window
        self._eps = eps
        self._svd_eps = svd_eps
        self._sigma_eps = sigma_eps

    def _create_slots(self, var_list: Any) -> None:
        sizes = {var.name: var.get_shape().num_elements() for var in var_list}
        self._ranges: dict[str, tuple[int, int]] = {}
        total = 0
        for name in sorted(sizes):
            self._ranges[name] = total, total + sizes[name]
            total += sizes[name]
        dtype = var_list[0].dtype.base_dtype
        shapes = {"global_step": [], "grad_buffer": [self._window, total], "moment1": [total], "flat_grad": [total]}
        for name, shape in shapes.items():
            start = array_ops.zeros(shape, dtype=dtype)
            self._create_non_slot_variable(initial_value=start, name=name, colocate_with=var_list[0])

    def _own(self, name: str) -> Any:
        return self._get_non_slot_variable(name, graph=ops.get_default_graph())

    def _prepare(self) -> None:
        self._updated: list[Any] = []

    def _apply_dense(self, grad: Any, var: Any) -> Any:
        self._updated.append(var)
        start, end = self._ranges[var.name]
        return state_ops.scatter_update(
            self._own("flat_grad"), math_ops.range(start, end), array_ops.reshape(grad, [-1])
        )

    def _resource_apply_dense(self, grad: Any, var: Any) -> Any:
        return self._apply_dense(grad, var)

    def _apply_sparse(self, grad: Any, var: Any) -> Any:
        raise TypeError("Sparse gradient updates are not supported.")

    def _direction(self, moment: Any, buffer: Any, step: Any) -> Any:
        """Returns the preconditioned moment, ``[size, 1]``."""
        dtype = moment.dtype.base_dtype
        moment = array_ops.expand_dims(moment, -1)
        known = math_ops.sqrt(math_ops.minimum(step, math_ops.cast(self._window, dtype)))
        m = array_ops.transpose(math_ops.divide(buffer, known))
        damping = linalg_ops.eye(self._window, dtype=dtype) * self._svd_eps
        sigma, u, _ = linalg_ops.svd(math_ops.matmul(m, m, transpose_a=True) + damping)
        root = math_ops.sqrt(sigma)
        projected = math_ops.matmul(u, math_ops.matmul(m, moment, transpose_a=True), transpose_a=True)

        def lift(diagonal: Any) -> Any:
            scaled = math_ops.matmul(array_ops.diag(diagonal), projected)
            return math_ops.matmul(m, math_ops.matmul(u, scaled))

        head = lift(math_ops.divide(math_ops.cast(1.0, dtype), math_ops.pow(root + self._sigma_eps, 3)))
        tail = moment - lift(math_ops.divide(math_ops.cast(1.0, dtype), sigma))
        smallest = math_ops.reduce_min(root)
        tail = math_ops.divide(tail, smallest)
        return cond.cond(smallest > self._eps, lambda: head + tail, lambda: array_ops.identity(head))

    def _finish(self, update_ops: Any, name_scope: str) -> Any:
        with ops.control_dependencies(update_ops):
            dtype = self._updated[0].dtype.base_dtype
            step = state_ops.assign_add(self._own("global_step"), 1.0)
            beta1 = math_ops.cast(self._call_if_callable(self._beta1), dtype)
            moment = self._own("moment1")
            moment = moment.assign(beta1 * moment + (1.0 - beta1) * self._own("flat_grad"))
            row = math_ops.floormod(math_ops.cast(step - 1.0, dtypes.int32), self._window)
            buffer = state_ops.scatter_update(self._own("grad_buffer"), row, moment)
            direction = self._direction(moment, buffer, step)
            rate = math_ops.cast(self._call_if_callable(self._lr), dtype)
            updates = []
            for var in self._updated:
                start, end = self._ranges[var.name]
                updates.append(state_ops.assign_sub(var, rate * array_ops.reshape(direction[start:end], var.shape)))
        return control_flow_ops.group(*updates, name=name_scope)
