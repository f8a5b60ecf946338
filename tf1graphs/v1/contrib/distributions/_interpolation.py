"""What ``VectorDiffeomixture`` computes from its linear operators: those between two, and their covariances."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tensorflow.python.framework import ops, tensor_shape
from tensorflow.python.ops import array_ops, math_ops
from tensorflow.python.ops.linalg import linalg, linear_operator_addition


def _size(grid: Any) -> int:
    size: int | None = tensor_shape.dimension_value(grid.shape.with_rank_at_least(1)[-1])
    if size is None:
        raise ValueError("Num quadrature grid points must be known prior to graph execution.")
    return size


def locs(grid: Any, loc: Sequence[Any]) -> list[Any]:
    """Returns what is added at each point of a grid ``[..., 2, size]``: ``[..., k]``, or None if both ends are None.

    Raises:
        ValueError: ``size`` is not known.
    """
    size = _size(grid)
    with ops.name_scope("interpolate_loc", values=[grid, loc]):
        if loc[0] is None and loc[1] is None:
            return [None] * size
        weights = grid[..., array_ops.newaxis, :, :]
        first, second = (None if each is None else each[..., array_ops.newaxis] for each in loc)
        if first is None:
            between = weights[..., 1, :] * second
        elif second is None:
            between = weights[..., 0, :] * first
        else:
            delta = first - second
            between = weights[..., 0, :] * delta + second
        return [between[..., k] for k in range(size)]


def scales(grid: Any, scale: Sequence[Any]) -> list[Any]:
    """Returns the linear operator at each point of a grid ``[..., 2, size]``.

    Raises:
        ValueError: ``size`` is not known.
        NotImplementedError: An operator is neither diagonal nor triangular.
    """
    with ops.name_scope("interpolate_scale", values=[grid]):
        return [
            linear_operator_addition.add_operators(
                [_weighted(grid[..., k, point], operator) for k, operator in enumerate(scale)]
            )[0]
            for point in range(_size(grid))
        ]


def _weighted(weight: Any, operator: Any) -> Any:
    hints = {name: getattr(operator, name) for name in ("is_non_singular", "is_self_adjoint", "is_positive_definite")}
    with ops.name_scope("linop_scale", values=[weight]):
        if isinstance(operator, linalg.LinearOperatorScaledIdentity):
            weight = weight * operator.multiplier
        if isinstance(operator, (linalg.LinearOperatorIdentity, linalg.LinearOperatorScaledIdentity)):
            return linalg.LinearOperatorScaledIdentity(
                num_rows=operator.range_dimension_tensor(), multiplier=weight, **hints
            )
        if isinstance(operator, linalg.LinearOperatorDiag):
            return linalg.LinearOperatorDiag(diag=weight[..., array_ops.newaxis] * operator.diag_part(), **hints)
        if isinstance(operator, linalg.LinearOperatorLowerTriangular):
            weights = weight[..., array_ops.newaxis, array_ops.newaxis]
            return linalg.LinearOperatorLowerTriangular(tril=weights * operator.to_dense(), **hints)
        raise NotImplementedError(f"Unsupported Linop type ({type(operator).__name__})")


def _sum(terms: list[Any]) -> Any:
    return sum(terms[1:], terms[0]) if terms else None


def _parts(mixture: Any, diag_only: bool) -> tuple[Any, Any, Any]:
    """Returns the mean covariance of the grid's points in three parts, each of which may be None.

    They are multiples of the identity ``[..., 1]``, diagonals ``[..., k]`` and matrices ``[..., k, k]``, or with
    ``diag_only`` their diagonals.
    """
    probs = mixture.mixture_distribution.probs
    multiples, diagonals, matrices = [], [], []
    for k, affine in enumerate(mixture.interpolated_affine):
        scale = affine.scale
        prob = probs[..., k, array_ops.newaxis]
        if isinstance(scale, linalg.LinearOperatorIdentity):
            multiples.append(prob)
        elif isinstance(scale, linalg.LinearOperatorScaledIdentity):
            multiples.append(prob * math_ops.square(scale.multiplier))
        elif isinstance(scale, linalg.LinearOperatorDiag):
            diagonals.append(prob * math_ops.square(scale.diag_part()))
        else:
            matrix = prob[..., array_ops.newaxis] * scale.matmul(scale.to_dense(), adjoint_arg=True)
            matrices.append(array_ops.matrix_diag_part(matrix) if diag_only else matrix)
    variance = mixture.distribution.variance()
    multiple, diagonal, matrix = _sum(multiples), _sum(diagonals), _sum(matrices)
    return (
        None if multiple is None else multiple * variance,
        None if diagonal is None else diagonal * variance[..., array_ops.newaxis],
        None if matrix is None else matrix * variance[..., array_ops.newaxis],
    )


def variance(mixture: Any) -> Any:
    """Returns the mean variance of the grid's points, ``[..., k]``."""
    multiple, diagonal, matrix = _parts(mixture, diag_only=True)
    given = [part for part in (diagonal, matrix) if part is not None]
    if given:
        return _sum(given) if multiple is None else _sum(given) + multiple
    ones = array_ops.ones(mixture.event_shape_tensor(), dtype=mixture.dtype)
    return multiple[..., array_ops.newaxis] * ones


def covariance(mixture: Any) -> Any:
    """Returns the mean covariance of the grid's points, ``[..., k, k]``."""
    multiple, diagonal, matrix = _parts(mixture, diag_only=False)
    is_definite = all(affine.scale.is_positive_definite for affine in mixture.endpoint_affine) or None
    parts = []
    if diagonal is not None:
        parts.append(linalg.LinearOperatorDiag(diag=diagonal, is_positive_definite=is_definite))
    if matrix is not None:
        parts.append(linalg.LinearOperatorFullMatrix(matrix=matrix, is_positive_definite=is_definite))
    if multiple is not None:
        size = mixture.event_shape_tensor()[0]
        parts.append(
            linalg.LinearOperatorScaledIdentity(num_rows=size, multiplier=multiple, is_positive_definite=is_definite)
        )
    return linear_operator_addition.add_operators(parts)[0].to_dense()
