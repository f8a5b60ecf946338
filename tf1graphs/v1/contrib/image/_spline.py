"""Polyharmonic splines: https://en.wikipedia.org/wiki/Polyharmonic_spline."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import ops, tensor_shape
from tensorflow.python.ops import array_ops, linalg_ops, math_ops

_SMALLEST = 1e-10


def _squared_distances(one: Any, other: Any) -> Any:
    """Returns the squared distance of each point of the first to each of the second, ``[batch, n, m]``."""
    of_one = array_ops.expand_dims(math_ops.reduce_sum(math_ops.square(one), 2), 2)
    of_other = array_ops.expand_dims(math_ops.reduce_sum(math_ops.square(other), 2), 1)
    return of_one - 2 * math_ops.matmul(one, other, adjoint_b=True) + of_other


def _basis(squared: Any, order: int) -> Any:
    """Returns ``r ** order``, for even orders times ``ln r``, of squared distances."""
    with ops.name_scope("phi"):
        positive = math_ops.maximum(squared, _SMALLEST)
        if order == 1:
            return math_ops.sqrt(positive)
        if order == 2:
            return 0.5 * squared * math_ops.log(positive)
        if order == 4:
            return 0.5 * math_ops.square(squared) * math_ops.log(positive)
        power = math_ops.pow(positive, 0.5 * order)
        return 0.5 * power * math_ops.log(positive) if order % 2 == 0 else power


def _with_one(points: Any) -> Any:
    return array_ops.concat([points, array_ops.ones_like(points[..., :1])], 2)


def _solve(points: Any, values: Any, order: int, regularization_weight: float) -> tuple[Any, Any]:
    """Returns the weights of the basis functions and of the linear part."""
    depth, width = (tensor_shape.dimension_value(each.shape[-1]) for each in (points, values))
    if depth is None or width is None:
        raise ValueError("The dimensionality of the points and of the values must be statically-inferrable.")
    batch, number = array_ops.shape(points)[0], array_ops.shape(points)[1]
    with ops.name_scope("construct_linear_system"):
        basis = _basis(_squared_distances(points, points), order)
        if regularization_weight > 0:
            basis += regularization_weight * array_ops.expand_dims(linalg_ops.eye(number, dtype=points.dtype), 0)
        linear = _with_one(points)
        left = array_ops.concat([basis, array_ops.transpose(linear, [0, 2, 1])], 1)
        corner = array_ops.zeros([batch, depth + 1, depth + 1], points.dtype)
        system = array_ops.concat([left, array_ops.concat([linear, corner], 1)], 2)
        wanted = array_ops.concat([values, array_ops.zeros([batch, depth + 1, width], points.dtype)], 1)
    with ops.name_scope("solve_linear_system"):
        solution = linalg_ops.matrix_solve(system, wanted)
        return solution[:, :number, :], solution[:, number:, :]


def interpolate_spline(
    train_points: Any,
    train_values: Any,
    query_points: Any,
    order: int,
    regularization_weight: float = 0.0,
    name: str = "interpolate_spline",
) -> Any:
    """Returns the values at some points of the spline through others, ``[batch, m, k]``.

    Args:
        train_points: ``[batch, n, d]``.
        train_values: ``[batch, n, k]``.
        query_points: ``[batch, m, d]``.
        order: The order; 1 is linear, 2 thin plates.
        regularization_weight: The weight of smoothness against passing through the points.
        name: The name scope.

    Raises:
        ValueError: ``d`` or ``k`` is unknown.
    """
    with ops.name_scope(name):
        points, values = ops.convert_to_tensor(train_points), ops.convert_to_tensor(train_values)
        queries = ops.convert_to_tensor(query_points)
        with ops.name_scope("solve"):
            weights, linear = _solve(points, values, order, regularization_weight)
        with ops.name_scope("predict"):
            basis = _basis(_squared_distances(queries, points), order)
            return math_ops.matmul(basis, weights) + math_ops.matmul(_with_one(queries), linear)
