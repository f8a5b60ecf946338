"""Projections onto what states of constraints' players may be, and the eigenvector of a stochastic matrix."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tensorflow.python.framework import constant_op
from tensorflow.python.ops import array_ops, linalg_ops, math_ops, while_loop


def _require_float(tensor: Any) -> None:
    if not tensor.dtype.is_floating:
        raise ValueError("multipliers must have a floating-point dtype")


def _project(tensor: Any, dimension: int, scale: Callable[[Any, Any], Any]) -> Any:
    """Moves what is positive by ``scale`` and sets what is negative to zero, until nothing more becomes zero.

    Source: J. Duchi, S. Shalev-Shwartz, Y. Singer, T. Chandra, "Efficient Projections onto the l1-Ball for Learning
    in High Dimensions", 2008, whose sets these iterations find one after the other.
    """

    def is_open(iteration: Any, tensor: Any, positive: Any, before: Any) -> Any:
        changed = math_ops.reduce_any(math_ops.not_equal(positive, before))
        return math_ops.logical_and(iteration < dimension, changed)

    def step(iteration: Any, tensor: Any, positive: Any, before: Any) -> Any:
        iteration += 1
        tensor = tensor + scale(tensor, positive) * positive
        still_positive = math_ops.cast(tensor > 0, tensor.dtype)
        return iteration, tensor * still_positive, still_positive, positive

    ones = array_ops.ones_like(tensor, dtype=tensor.dtype)
    # The first step goes before the loop, as at first nothing has changed.
    first = step(constant_op.constant(0), tensor, ones, ones)
    _, projected, _, _ = while_loop.while_loop(is_open, step, loop_vars=first, name="euclidean_projection")
    return projected


def project_multipliers_wrt_euclidean_norm(multipliers: Any, radius: Any) -> Any:
    """Returns the nearest multipliers ``[number]`` that are not negative and sum to ``radius`` at most.

    Raises:
        ValueError: They are no floats, or not a vector of a known size.
    """
    _require_float(multipliers)
    shape = multipliers.get_shape()
    if shape.ndims is None:
        raise ValueError("multipliers must have known shape")
    if shape.ndims != 1:
        raise ValueError(f"multipliers must be one dimensional (instead is {shape.ndims}-dimensional)")
    dimension = shape.dims[0].value
    if dimension is None:
        raise ValueError("multipliers must have fully-known shape")

    def scale(multipliers: Any, positive: Any) -> Any:
        excess = radius - math_ops.reduce_sum(multipliers)
        return math_ops.minimum(0.0, excess / math_ops.maximum(1.0, math_ops.reduce_sum(positive)))

    return _project(multipliers, dimension, scale)


def project_stochastic_matrix_wrt_euclidean_norm(matrix: Any) -> Any:
    """Returns the nearest matrix ``[size, size]`` whose columns are distributions.

    Raises:
        ValueError: It holds no floats, or is not square of a known size.
    """
    _require_float(matrix)
    shape = matrix.get_shape()
    if shape.ndims is None:
        raise ValueError("matrix must have known shape")
    if shape.ndims != 2:
        raise ValueError(f"matrix must be two dimensional (instead is {shape.ndims}-dimensional)")
    rows, columns = shape.as_list()
    if rows is None or columns is None:
        raise ValueError("matrix must have fully-known shape")
    if rows != columns:
        raise ValueError(f"matrix must be square (instead has shape ({rows},{columns}))")

    def scale(matrix: Any, positive: Any) -> Any:
        excess = 1.0 - math_ops.reduce_sum(matrix, axis=0, keepdims=True)
        return excess / math_ops.maximum(1.0, math_ops.reduce_sum(positive, axis=0, keepdims=True))

    return _project(matrix, rows, scale)


def project_log_stochastic_matrix_wrt_kl_divergence(log_matrix: Any) -> Any:
    """Returns the logarithms ``[size, size]`` with columns of which the exponentials sum to 1."""
    log_matrix = log_matrix - math_ops.reduce_max(log_matrix, axis=0, keepdims=True)
    sums = math_ops.reduce_sum(math_ops.exp(log_matrix), axis=0, keepdims=True)
    return log_matrix - math_ops.log(sums)


def maximal_eigenvector_power_method(matrix: Any, epsilon: float = 1e-06, maximum_iterations: int = 100) -> Any:
    """Returns the eigenvector ``[size]``, of norm 1, of the largest eigenvalue of a matrix ``[size, size]``.

    Raises:
        ValueError: The matrix holds no floats, or a bound is not positive.
    """
    _require_float(matrix)
    if epsilon <= 0.0:
        raise ValueError("epsilon must be strictly positive")
    if maximum_iterations <= 0:
        raise ValueError("maximum_iterations must be strictly positive")

    def is_open(iteration: Any, vector: Any, before: Any) -> Any:
        is_far = linalg_ops.norm(vector - before) > epsilon
        return math_ops.logical_and(iteration < maximum_iterations, is_far)

    def step(iteration: Any, vector: Any, before: Any) -> Any:
        iteration += 1
        product = math_ops.matmul(matrix, array_ops.expand_dims(vector, 1))[:, 0]
        return iteration, product / linalg_ops.norm(product), vector

    start = array_ops.ones_like(matrix[:, 0])
    start /= linalg_ops.norm(start)
    first = step(constant_op.constant(0), start, start)
    _, vector, _ = while_loop.while_loop(is_open, step, loop_vars=first, name="power_method")
    return vector
