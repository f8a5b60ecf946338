"""``tf.contrib.solvers.least_squares``: conjugate gradients for least squares.

Source: Hestenes and Stiefel, Methods of Conjugate Gradients for Solving Linear Systems, 1952, section 10.
"""

from __future__ import annotations

import collections
from typing import Any

from tensorflow.python.framework import constant_op, dtypes, ops
from tensorflow.python.ops import array_ops, math_ops, while_loop

from tf1graphs.v1.contrib.solvers import util

__all__ = ["cgls"]

CGLSState = collections.namedtuple("CGLSState", ["i", "x", "r", "p", "gamma"])


def cgls(operator: Any, rhs: Any, tol: float = 1e-6, max_iter: int = 20, name: str = "cgls") -> CGLSState:
    """Finds the ``x`` for which ``A x`` is nearest to ``rhs``.

    Args:
        operator: ``A``, as ``util.create_operator`` gives it, [m, n].
        rhs: [m].
        tol: The adjoint of ``A`` times the residual is small enough at this fraction of the first one.
        max_iter: The most iterations.
        name: The name scope.

    Returns:
        The iterations ``i``, the solution ``x`` [n], the residual ``r`` [m], the last direction ``p`` [n], and
        ``gamma``, the square of the norm that ``tol`` is about.
    """
    with ops.name_scope(name):
        size = operator.shape[1:]
        rhs = array_ops.expand_dims(rhs, -1)
        direction = operator.apply_adjoint(rhs)
        gamma = util.l2norm_squared(direction)
        tol = tol * tol * gamma
        x = array_ops.expand_dims(array_ops.zeros(size, dtype=rhs.dtype.base_dtype), -1)
        i = constant_op.constant(0, dtype=dtypes.int32)

        def goes_on(i: Any, state: CGLSState) -> Any:
            return math_ops.logical_and(i < max_iter, state.gamma > tol)

        def step(i: Any, state: CGLSState) -> Any:
            return i + 1, _step(operator, i, state)

        _, state = while_loop.while_loop(goes_on, step, [i, CGLSState(i, x, rhs, direction, gamma)])
        x, r, p = (array_ops.squeeze(vector) for vector in (state.x, state.r, state.p))
        return CGLSState(state.i, x, r, p, state.gamma)


def _step(operator: Any, i: Any, state: CGLSState) -> CGLSState:
    q = operator.apply(state.p)
    alpha = state.gamma / util.l2norm_squared(q)
    x = state.x + alpha * state.p
    r = state.r - alpha * q
    s = operator.apply_adjoint(r)
    gamma = util.l2norm_squared(s)
    beta = gamma / state.gamma
    return CGLSState(i + 1, x, r, s + beta * state.p, gamma)
