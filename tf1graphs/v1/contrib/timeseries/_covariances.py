"""Covariance matrices from unconstrained numbers."""

# ruff: noqa: I001 (tf_slim is importable once _tf_slim is)
from __future__ import annotations

from typing import Any

from tf1graphs.v1 import _tf_slim  # noqa: F401
from tf_slim.layers.layers import fully_connected
from tensorflow.python.framework import constant_op, ops
from tensorflow.python.ops import array_ops, gen_math_ops, init_ops, linalg_ops, math_ops, nn, variable_scope


def clip_covariance(covariance_matrix: Any, maximum_variance_ratio: Any, minimum_variance: Any) -> Any:
    """Returns covariances ``[batch, size, size]`` with variances that are not too far apart.

    Args:
        covariance_matrix: ``[batch, size, size]``.
        maximum_variance_ratio: The largest variance over the smallest.
        minimum_variance: The smallest variance.
    """
    diagonal = array_ops.matrix_diag_part(covariance_matrix)
    maximum = math_ops.reduce_max(diagonal, axis=-1, keepdims=True)
    clipped = gen_math_ops.maximum(diagonal, maximum / maximum_variance_ratio)
    return array_ops.matrix_set_diag(covariance_matrix, math_ops.maximum(clipped, minimum_variance))


def sign_magnitude_positive_definite(raw: Any, off_diagonal_scale: Any = 0.0, overall_scale: Any = 0.0) -> Any:
    """Returns positive definite matrices ``[..., size, size]`` of unconstrained ones.

    The Cholesky factor has exponentials in its diagonal; above it the magnitude comes from the upper half of ``raw``
    and the sign from the lower.

    Args:
        raw: ``[..., size, size]``.
        off_diagonal_scale: The logarithm by which what is not in the diagonal is scaled, of the batch shape.
        overall_scale: The logarithm by which all is scaled, of the batch shape.
    """
    raw = ops.convert_to_tensor(raw)
    diagonal = array_ops.matrix_diag_part(raw)

    def padded(scale: Any, rank: Any) -> Any:
        scale = ops.convert_to_tensor(scale, dtype=raw.dtype.base_dtype)
        ones = array_ops.ones([rank - array_ops.rank(scale)], dtype=rank.dtype)
        return array_ops.reshape(scale, array_ops.concat([array_ops.shape(scale), ones], axis=0))

    magnitude = gen_math_ops.exp(
        (raw + padded(off_diagonal_scale, array_ops.rank(raw)) + padded(overall_scale, array_ops.rank(raw))) / 2.0
    )
    signed = magnitude * nn.softsign(array_ops.matrix_transpose(raw))
    signed.set_shape(raw.get_shape())
    upper = array_ops.matrix_band_part(signed, 0, -1)
    scaled = gen_math_ops.exp((diagonal + padded(overall_scale, array_ops.rank(diagonal))) / 2.0)
    factor = array_ops.matrix_set_diag(input=upper, diagonal=scaled)
    return math_ops.matmul(factor, factor, transpose_a=True)


def transform_to_covariance_matrices(input_vectors: Any, matrix_size: int) -> Any:
    """Returns covariances ``[batch, matrix_size, matrix_size]`` that a dense layer makes of ``[batch, size]``."""
    values = fully_connected(input_vectors, matrix_size**2 + 2, activation_fn=None)
    shape = array_ops.concat([array_ops.shape(values)[:-1], [matrix_size, matrix_size]], 0)
    return sign_magnitude_positive_definite(
        raw=array_ops.reshape(values[..., :-2], shape),
        off_diagonal_scale=values[..., -2],
        overall_scale=values[..., -1],
    )


def variable_covariance_matrix(
    size: int, name: str, dtype: Any, initial_diagonal_values: Any = None, initial_overall_scale_log: Any = 0.0
) -> Any:
    """Returns a covariance ``[size, size]`` that can be trained.

    Args:
        size: The number of rows.
        name: The name of the matrix, and the beginning of the names of its variables.
        dtype: The dtype.
        initial_diagonal_values: What the diagonal is multiplied by, ``[size]``, or None.
        initial_overall_scale_log: The logarithm of what all is multiplied by.
    """
    raw = variable_scope.get_variable(
        f"{name}_pre_transform", dtype=dtype, shape=[size, size], initializer=init_ops.zeros_initializer()
    )
    if initial_diagonal_values is not None:
        raw += array_ops.matrix_diag(math_ops.log(initial_diagonal_values))
    off_diagonal = variable_scope.get_variable(
        f"{name}_off_diagonal_scale", dtype=dtype, initializer=constant_op.constant(-5.0, dtype=dtype)
    )
    initial = ops.convert_to_tensor(initial_overall_scale_log, dtype=dtype)
    overall = initial + variable_scope.get_variable(
        f"{name}_overall_scale", dtype=dtype, shape=[], initializer=init_ops.zeros_initializer()
    )
    covariance = sign_magnitude_positive_definite(raw, off_diagonal_scale=off_diagonal, overall_scale=overall)
    return array_ops.identity(covariance, name=name)


def log_noninformative_covariance_prior(covariance: Any) -> Any:
    """Returns the logarithm of an improper prior of a covariance ``[size, size]``, a scalar.

    Source: the Jeffreys prior of the covariance of a multivariate normal distribution, ``det(C) ** -(size + 1) / 2``;
    a small number is added to the diagonal.
    """
    size = array_ops.shape(covariance)[0]
    covariance += array_ops.diag(1e-08 * array_ops.ones(shape=[size], dtype=covariance.dtype))
    power = -(math_ops.cast(array_ops.shape(covariance)[0] + 1, covariance.dtype) / 2.0)
    return power * math_ops.log(linalg_ops.matrix_determinant(covariance))
