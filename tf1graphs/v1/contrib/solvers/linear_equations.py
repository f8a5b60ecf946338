"""``tf.contrib.solvers.linear_equations``: the method of conjugate gradients.

Source: Hestenes and Stiefel, Methods of Conjugate Gradients for Solving Linear Systems, 1952, section 3.
"""

from __future__ import annotations

import collections
from typing import Any

from tensorflow.python.framework import constant_op, dtypes, ops
from tensorflow.python.ops import array_ops, linalg_ops, math_ops, while_loop

from tf1graphs.v1.contrib.solvers import util

__all__ = ["conjugate_gradient"]

CGState = collections.namedtuple("CGState", ["i", "x", "r", "p", "gamma"])


def conjugate_gradient(
    operator: Any,
    rhs: Any,
    preconditioner: Any = None,
    x: Any = None,
    tol: float = 1e-4,
    max_iter: int = 20,
    name: str = "conjugate_gradient",
) -> CGState:
    """Solves ``A x = rhs`` for a matrix that is self-adjoint and positive definite.

    Args:
        operator: ``A``, as ``util.create_operator`` gives it, [n, n].
        rhs: [n].
        preconditioner: An operator near the inverse of ``A``.
        x: Where to begin, [n]; 0 without it.
        tol: The residual is small enough at this fraction of the first one.
        max_iter: The most iterations.
        name: The name scope.

    Returns:
        The iterations ``i``, the solution ``x`` [n], the residual ``r`` [n], the last direction ``p`` [n], and
        ``gamma``, the inner product of the residual and the preconditioned residual.
    """
    with ops.name_scope(name):
        size = operator.shape[1:]
        rhs = array_ops.expand_dims(rhs, -1)
        if x is None:
            x = array_ops.expand_dims(array_ops.zeros(size, dtype=rhs.dtype.base_dtype), -1)
            residual = rhs
        else:
            x = array_ops.expand_dims(x, -1)
            residual = rhs - operator.apply(x)
        direction = residual if preconditioner is None else preconditioner.apply(residual)
        gamma = util.dot(residual, direction)
        tol *= linalg_ops.norm(residual)
        i = constant_op.constant(0, dtype=dtypes.int32)

        def goes_on(i: Any, state: CGState) -> Any:
            return math_ops.logical_and(i < max_iter, linalg_ops.norm(state.r) > tol)

        def step(i: Any, state: CGState) -> Any:
            return i + 1, _step(operator, preconditioner, i, state)

        _, state = while_loop.while_loop(goes_on, step, [i, CGState(i, x, residual, direction, gamma)])
        x, r, p = (array_ops.squeeze(vector) for vector in (state.x, state.r, state.p))
        return CGState(state.i, x, r, p, state.gamma)


def _step(operator: Any, preconditioner: Any, i: Any, state: CGState) -> CGState:
    z = operator.apply(state.p)
    alpha = state.gamma / util.dot(state.p, z)
    x = state.x + alpha * state.p
    r = state.r - alpha * z
    preconditioned = r if preconditioner is None else preconditioner.apply(r)
    gamma = util.dot(r, preconditioned)
    beta = gamma / state.gamma
    return CGState(i + 1, x, r, preconditioned + beta * state.p, gamma)
