"""Logarithms of densities."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from tensorflow.python.ops import array_ops, linalg_ops, math_ops


def normal_log_prob(loc: Any, scale: Any, x: Any) -> Any:
    """Returns 1.15's logarithm of the normal density at ``x``: it takes away half of that of the scale, not all."""
    z = (x - loc) / scale
    return -0.5 * (math_ops.square(z) + np.log(2.0 * np.pi) + math_ops.log(scale))


def cauchy_log_prob(loc: Any, scale: Any, x: Any) -> Any:
    """Returns the logarithm of the Cauchy density at ``x``."""
    z = (x - loc) / scale
    return -np.log(np.pi) - math_ops.log(scale) - math_ops.log1p(math_ops.square(z))


def mvn_tril_log_prob(loc: Any, scale_tril: Any, x: Any) -> Any:
    """Returns the logarithm of the multivariate normal density, ``[batch]``.

    Args:
        loc: The mean, ``[batch, size]``.
        scale_tril: The Cholesky factor of the covariance, ``[batch, size, size]``.
        x: Where the density is taken, ``[batch, size]``.
    """
    centered = x - loc
    z = linalg_ops.matrix_triangular_solve(scale_tril, centered[..., array_ops.newaxis])[..., 0]
    log_determinant = 2.0 * math_ops.reduce_sum(math_ops.log(array_ops.matrix_diag_part(scale_tril)), axis=-1)
    size = math_ops.cast(array_ops.shape(scale_tril)[-1], log_determinant.dtype)
    squares = math_ops.reduce_sum(math_ops.square(z), axis=-1)
    return -0.5 * (squares + size * np.log(2.0 * np.pi) + log_determinant)


def entropy_matched_cauchy_scale(covariance: Any) -> Any:
    """Returns scales ``[batch, size]`` of Cauchy distributions that have the entropy of normal ones.

    Args:
        covariance: The covariance of the normal distributions, ``[batch, size, size]``.
    """
    return math_ops.sqrt(math.e / (8.0 * math.pi) * array_ops.matrix_diag_part(covariance))
