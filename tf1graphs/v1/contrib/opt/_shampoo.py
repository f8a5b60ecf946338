"""Shampoo: a preconditioner for each dimension of a variable."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import array_ops, cond, linalg_ops, math_ops, state_ops
from tensorflow.python.platform import tf_logging
from tensorflow.python.training import optimizer

from tf1graphs.v1.contrib.opt._matrix_functions import matrix_inverse_pth_root, matrix_square_root


def _at(value: Any, step: Any) -> Any:
    """Returns a hyperparameter that may be a function of the step."""
    return value(step) if callable(value) else value


class ShampooOptimizer(optimizer.Optimizer):  # type: ignore[misc]
    """Multiplies a gradient along each dimension with a root of its accumulated outer products.

    Source: V. Gupta, T. Koren, Y. Singer, "Shampoo: Preconditioned Stochastic Tensor Optimization",
    https://arxiv.org/abs/1802.09568

    Every value but the first two and the last three may be a function of the step.

    Args:
        global_step: The step.
        max_matrix_size: Above it a dimension has a diagonal preconditioner.
        gbar_decay: The decay of the gradients' average, 0 for none.
        gbar_weight: The weight of a gradient in it.
        mat_gbar_decay: The decay of the outer products' sum.
        mat_gbar_weight: The weight of an outer product in it.
        learning_rate: The learning rate.
        svd_interval: The number of steps between new preconditioners.
        precond_update_interval: The number of steps between new outer products.
        epsilon: Added to the diagonals.
        alpha: The exponent, shared by the dimensions.
        use_iterative_root: Whether roots are found by iteration rather than a singular value decomposition.
        use_locking: Whether updates lock.
        name: The name of the slots and the name scope.
    """

    def __init__(
        self,
        global_step: Any = 0,
        max_matrix_size: int = 768,
        gbar_decay: Any = 0.0,
        gbar_weight: Any = 1.0,
        mat_gbar_decay: Any = 1.0,
        mat_gbar_weight: Any = 1.0,
        learning_rate: Any = 1.0,
        svd_interval: Any = 1,
        precond_update_interval: Any = 1,
        epsilon: float = 1e-4,
        alpha: Any = 0.5,
        use_iterative_root: bool = False,
        use_locking: bool = False,
        name: str = "Shampoo",
    ) -> None:
        super().__init__(use_locking, name)
        self._global_step = math_ops.cast(global_step, dtypes.float32)
        self._max_matrix_size = max_matrix_size
        self._gbar_decay = gbar_decay
        self._gbar_weight = gbar_weight
        self._mat_gbar_decay = mat_gbar_decay
        self._mat_gbar_weight = mat_gbar_weight
        self._learning_rate = learning_rate
        self._svd_interval = svd_interval
        self._precond_update_interval = precond_update_interval
        self._epsilon = epsilon
        self._alpha = alpha
        self._use_iterative_root = use_iterative_root
        self._name = name

    def _create_slots(self, var_list: Any) -> None:
        for var in var_list:
            with ops.colocate_with(var):
                self._zeros_slot(var, "gbar", self._name)
                for axis, size in enumerate(var.get_shape().as_list()):
                    start = array_ops.zeros([size])
                    if size <= self._max_matrix_size:
                        start = array_ops.zeros([size, size])
                        if self._svd_interval > 1:
                            self._get_or_make_slot(var, linalg_ops.eye(size), f"H_{axis}", self._name)
                    self._get_or_make_slot(var, start, f"Gbar_{axis}", self._name)

    def _apply_dense(self, grad: Any, var: Any) -> Any:
        return self._apply_gradient(grad, var)

    def _resource_apply_dense(self, grad: Any, var: Any) -> Any:
        return self._apply_gradient(grad, var)

    def _apply_sparse(self, grad: Any, var: Any) -> Any:
        return self._apply_rows(grad.values, grad.indices, var)

    def _resource_apply_sparse(self, grad: Any, var: Any, indices: Any) -> Any:
        return self._apply_rows(grad, indices, var)

    def _apply_rows(self, values: Any, indices: Any, var: Any) -> Any:
        if var.get_shape().as_list()[0] > self._max_matrix_size and self._gbar_decay == 0.0:
            return self._apply_gradient(values, var, indices)
        shape = array_ops.shape(var, out_type=indices.dtype)
        dense = array_ops.scatter_nd(array_ops.expand_dims(indices, axis=1), values, shape)
        return self._apply_gradient(dense, var)

    def _weighted_average(self, average: Any, decay: Any, decay_now: Any, new: Any) -> Any:
        if decay == 0.0:
            return new
        if decay == 1.0:
            return state_ops.assign_add(average, new)
        return average.assign_add((decay_now - 1) * average + new)

    def _root(self, matrix: Any, size: int, exponent: Any) -> Any:
        with ops.name_scope("matrix_iterative_power"):
            if self._use_iterative_root:
                root = matrix_square_root(matrix, size, 100, self._epsilon)
                return matrix_inverse_pth_root(root, size, 2 * exponent, 100, 1e-6, ridge_epsilon=0.0)
            if size == 1:
                return math_ops.pow(matrix + self._epsilon, exponent)
            diagonal, u, v = linalg_ops.svd(matrix + self._epsilon * linalg_ops.eye(size), full_matrices=True)
            powers = math_ops.pow(math_ops.maximum(diagonal, self._epsilon), exponent)
            return math_ops.matmul(v * powers, array_ops.transpose(u))

    def _matrix_preconditioner(self, grad: Any, var: Any, axis: int, exponent: Any, step: Any) -> Any:
        size = var.get_shape().as_list()[axis]
        sums = self.get_slot(var, f"Gbar_{axis}")
        interval = _at(self._precond_update_interval, step)
        weight, decay = _at(self._mat_gbar_weight, step) * interval, _at(self._mat_gbar_decay, step)
        axes = [other for other in range(grad.shape.ndims) if other != axis]

        def updated() -> Any:
            outer = math_ops.tensordot(grad, grad, axes=(axes, axes), name=f"grad_outer_{axis}")
            return self._weighted_average(sums, self._mat_gbar_decay, decay, weight * outer)

        matrix = cond.cond(math_ops.mod(step, interval) < 1, updated, lambda: sums) / float(size)
        if self._svd_interval == 1:
            return self._root(matrix, size, exponent)
        kept = self.get_slot(var, f"H_{axis}")
        return cond.cond(
            math_ops.mod(step, _at(self._svd_interval, step)) < 1,
            lambda: state_ops.assign(kept, self._root(matrix, size, exponent)),
            lambda: kept,
        )

    def _diagonal_preconditioner(self, grad: Any, var: Any, axis: int, exponent: Any, step: Any, indices: Any) -> Any:
        sums = self.get_slot(var, f"Gbar_{axis}")
        weight, decay = _at(self._mat_gbar_weight, step), _at(self._mat_gbar_decay, step)
        outer = grad * grad
        axes = [other for other in range(grad.shape.ndims) if other != axis]
        if axes:
            size = 1.0 if indices is not None else float(var.get_shape().as_list()[axis])
            outer = math_ops.reduce_sum(outer, axis=axes) / size
        if axis == 0 and indices is not None:
            if self._mat_gbar_decay != 1.0:
                raise AssertionError("mat_gbar_decay must be 1.0 where a sparse gradient is applied")
            sums = array_ops.gather(state_ops.scatter_add(sums, indices, weight * outer), indices)
        else:
            sums = self._weighted_average(sums, self._mat_gbar_decay, decay, weight * outer)
        return array_ops.where(math_ops.greater(sums, 0), math_ops.pow(sums, exponent), array_ops.zeros_like(sums))

    def _average_gradient(self, grad: Any, var: Any, step: Any, indices: Any) -> Any:
        decay, weight = _at(self._gbar_decay, step), _at(self._gbar_weight, step)
        if indices is None:
            return self._weighted_average(self.get_slot(var, "gbar"), self._gbar_decay, decay, weight * grad)
        if self._gbar_decay != 0.0:
            tf_logging.warning(f"Not applying momentum for variable: {var.name}")
        return grad

    def _apply_gradient(self, grad: Any, var: Any, indices: Any = None) -> Any:
        step = self._global_step + 1
        direction = self._average_gradient(grad, var, step, indices)
        sizes = var.get_shape().as_list()
        rank = len(sizes)
        exponent = -_at(self._alpha, step) / rank
        # Each turn moves the first dimension to the end.
        for axis, size in enumerate(sizes):
            if size <= self._max_matrix_size:
                matrix = self._matrix_preconditioner(grad, var, axis, exponent, step)
                direction = math_ops.tensordot(direction, matrix, axes=([0], [0]), name=f"precond_{axis}")
            else:
                diagonal = self._diagonal_preconditioner(grad, var, axis, exponent, step, indices)
                direction = array_ops.transpose(direction, perm=[*range(1, rank), 0]) * diagonal
        rate = _at(self._learning_rate, step)
        if indices is not None:
            return state_ops.scatter_add(var, indices, -rate * direction)
        return state_ops.assign_sub(var, rate * direction)
