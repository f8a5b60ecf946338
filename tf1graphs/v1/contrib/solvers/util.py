"""``tf.contrib.solvers.util``: operators, which are known by what they do to a vector, and norms."""

from __future__ import annotations

import collections
from typing import Any

from tensorflow.python.framework import constant_op
from tensorflow.python.ops import array_ops, math_ops, nn_ops

__all__ = ["create_operator", "dot", "identity_operator", "l2norm", "l2norm_squared", "l2normalize"]

LinearOperator = collections.namedtuple("LinearOperator", ["shape", "dtype", "apply", "apply_adjoint"])


def _shape_of(matrix: Any) -> Any:
    shape = matrix.get_shape()
    return shape.as_list() if shape.is_fully_defined() else array_ops.shape(matrix)


def create_operator(matrix: Any) -> LinearOperator:
    """Returns the operator of a matrix, [m, n]: ``apply`` and ``apply_adjoint`` multiply it with a vector [n, 1]."""
    return LinearOperator(
        shape=_shape_of(matrix),
        dtype=matrix.dtype,
        apply=lambda v: math_ops.matmul(matrix, v, adjoint_a=False),
        apply_adjoint=lambda v: math_ops.matmul(matrix, v, adjoint_a=True),
    )


def identity_operator(matrix: Any) -> LinearOperator:
    """Returns the operator with the shape and dtype of a matrix that returns its argument."""
    return LinearOperator(shape=_shape_of(matrix), dtype=matrix.dtype, apply=lambda v: v, apply_adjoint=lambda v: v)


def dot(x: Any, y: Any) -> Any:
    """Returns the inner product, []; ``x`` is conjugated."""
    return math_ops.reduce_sum(math_ops.conj(x) * y)


def l2norm_squared(v: Any) -> Any:
    """Returns the sum of squares, []."""
    return constant_op.constant(2, dtype=v.dtype.base_dtype) * nn_ops.l2_loss(v)


def l2norm(v: Any) -> Any:
    """Returns the Euclidean norm, []."""
    return math_ops.sqrt(l2norm_squared(v))


def l2normalize(v: Any) -> tuple[Any, Any]:
    """Returns ``v`` divided by its norm, and the norm."""
    norm = l2norm(v)
    return v / norm, norm
