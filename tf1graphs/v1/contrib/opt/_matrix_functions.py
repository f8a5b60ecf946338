"""Roots of symmetric positive semi-definite matrices by iteration."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import dtypes
from tensorflow.python.ops import linalg_ops, math_ops, while_loop


def _identity(size: Any) -> Any:
    return linalg_ops.eye(math_ops.cast(size, dtypes.int32))


def matrix_square_root(mat_a: Any, mat_a_size: Any, iter_count: int = 100, ridge_epsilon: float = 1e-4) -> Any:
    """Returns the square root of ``mat_a + ridge_epsilon * identity`` by Newton's iteration.

    Source: N. J. Higham, "Stable iterations for the matrix square root", Numerical Algorithms 15 (1997).

    Args:
        mat_a: The matrix.
        mat_a_size: Its size.
        iter_count: The largest number of iterations; they end where the error stops falling.
        ridge_epsilon: Added to the diagonal.
    """
    identity = _identity(mat_a_size)
    mat_a = mat_a + ridge_epsilon * identity
    norm = math_ops.sqrt(math_ops.reduce_sum(mat_a * mat_a))

    def body(i: Any, y: Any, last_y: Any, z: Any, last_z: Any, error: Any, last_error: Any) -> Any:
        correction = 0.5 * (3.0 * identity - math_ops.matmul(z, y))
        next_y, next_z = math_ops.matmul(y, correction), math_ops.matmul(correction, z)
        root = next_y * math_ops.sqrt(norm)
        residual = mat_a - math_ops.matmul(root, root)
        next_error = math_ops.sqrt(math_ops.reduce_sum(residual * residual)) / norm
        return i + 1, next_y, y, next_z, z, next_error, error

    start = mat_a / norm
    found = while_loop.while_loop(
        lambda i, y, last_y, z, last_z, error, last_error: math_ops.logical_and(i < iter_count, error < last_error),
        body,
        [0, start, start, identity, identity, norm, norm + 1.0],
    )
    return found[2] * math_ops.sqrt(norm)


def _power(matrix: Any, exponent: float) -> Any:
    power = None
    while exponent > 0:
        if exponent % 2 == 1:
            power = matrix if power is None else math_ops.matmul(matrix, power)
        exponent //= 2
        matrix = math_ops.matmul(matrix, matrix)
    return power


def matrix_inverse_pth_root(
    mat_g: Any,
    mat_g_size: Any,
    alpha: float,
    iter_count: int = 100,
    epsilon: float = 1e-6,
    ridge_epsilon: float = 1e-6,
) -> Any:
    """Returns ``(mat_g + ridge_epsilon * identity) ** alpha`` for ``alpha = -1 / p`` with a positive integer ``p``.

    Source: C.-H. Guo, N. J. Higham, "A Schur-Newton method for the matrix p'th root and its inverse", SIAM J. Matrix
    Anal. Appl. 28 (2006).

    Args:
        mat_g: The matrix.
        mat_g_size: Its size.
        alpha: The exponent, below 0.
        iter_count: The largest number of iterations.
        epsilon: The error at which iterations end.
        ridge_epsilon: Added to the diagonal.
    """
    if mat_g_size == 1:
        return math_ops.pow(mat_g + ridge_epsilon, alpha)
    identity = _identity(mat_g_size)
    damped = mat_g + ridge_epsilon * identity
    scale = (1 - 1 / alpha) / (2 * linalg_ops.norm(damped))

    def body(i: Any, m: Any, x: Any) -> Any:
        step = (1 - alpha) * identity + alpha * m
        return i + 1, math_ops.matmul(_power(step, -1.0 / alpha), m), math_ops.matmul(x, step)

    found = while_loop.while_loop(
        lambda i, m, x: math_ops.logical_and(i < iter_count, math_ops.reduce_max(math_ops.abs(m - identity)) > epsilon),
        body,
        [0, damped * scale, identity * math_ops.pow(scale, -alpha)],
    )
    return found[2]
