"""Multivariate normal distributions by the parts of their scale or covariance."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import ops
from tensorflow.python.ops import array_ops, check_ops, linalg_ops, nn_ops
from tensorflow.python.ops.distributions import util
from tensorflow.python.ops.linalg import linalg

from tf1graphs.v1.contrib.distributions import _scales
from tf1graphs.v1.contrib.distributions._base import checked
from tf1graphs.v1.contrib.distributions._linear_operator import MultivariateNormalLinearOperator


class MultivariateNormalDiag(MultivariateNormalLinearOperator):
    """The normal distribution of independent elements.

    Args:
        loc: The means, ``[..., k]``, by default 0.
        scale_diag: The standard deviations, ``[..., k]``.
        scale_identity_multiplier: ``[...]``, added to all of ``scale_diag``; 1 if none of both is given.
        validate_args: Whether the scale has to be non-singular.
        allow_nan_stats: Whether what does not exist is NaN.
        name: The name scope.

    Raises:
        ValueError: ``k`` is not known, as neither ``loc`` nor ``scale_diag`` are given.
    """

    def __init__(
        self,
        loc: Any = None,
        scale_diag: Any = None,
        scale_identity_multiplier: Any = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "MultivariateNormalDiag",
    ) -> None:
        parameters = dict(locals())
        with (
            ops.name_scope(name) as scope,
            ops.name_scope("init", values=[loc, scale_diag, scale_identity_multiplier]),
        ):
            scale = _scales.make_diag_scale(loc, scale_diag, scale_identity_multiplier)
        super().__init__(loc, scale, validate_args, allow_nan_stats, scope)
        self._parameters = parameters


class MultivariateNormalDiagWithSoftplusScale(MultivariateNormalDiag):
    """``MultivariateNormalDiag`` of ``softplus(scale_diag)``, which any floats may be."""

    def __init__(
        self,
        loc: Any,
        scale_diag: Any,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "MultivariateNormalDiagWithSoftplusScale",
    ) -> None:
        parameters = dict(locals())
        with ops.name_scope(name, values=[scale_diag]) as scope:
            super().__init__(
                loc=loc,
                scale_diag=nn_ops.softplus(scale_diag),
                validate_args=validate_args,
                allow_nan_stats=allow_nan_stats,
                name=scope,
            )
        self._parameters = parameters


class MultivariateNormalDiagPlusLowRank(MultivariateNormalLinearOperator):
    """The normal distribution with the scale ``diag(scale_diag) + factor diag(perturb_diag) factor^T``.

    Args:
        loc: The means, ``[..., k]``, by default 0.
        scale_diag: ``[..., k]``.
        scale_identity_multiplier: ``[...]``, added to all of ``scale_diag``; 1 if none of both is given.
        scale_perturb_factor: ``[..., k, r]``.
        scale_perturb_diag: ``[..., r]``, by default ones.
        validate_args: Whether a run checks the diagonal.
        allow_nan_stats: Whether what does not exist is NaN.
        name: The name scope.

    Raises:
        ValueError: ``k`` is not known, as neither ``loc`` nor ``scale_diag`` are given.
    """

    def __init__(
        self,
        loc: Any = None,
        scale_diag: Any = None,
        scale_identity_multiplier: Any = None,
        scale_perturb_factor: Any = None,
        scale_perturb_diag: Any = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "MultivariateNormalDiagPlusLowRank",
    ) -> None:
        parameters = dict(locals())
        has_update = scale_perturb_factor is not None or scale_perturb_diag is not None
        of_scale = [scale_diag, scale_identity_multiplier, scale_perturb_factor, scale_perturb_diag]
        with ops.name_scope(name) as scope, ops.name_scope("init", values=[loc, *of_scale]):
            scale = _scales.make_diag_scale(
                loc, scale_diag, scale_identity_multiplier, None, validate_args, assert_positive=has_update
            )
            factor = _scales.as_tensor(scale_perturb_factor, "scale_perturb_factor")
            diag = _scales.as_tensor(scale_perturb_diag, "scale_perturb_diag")
            if has_update:
                scale = _scales.with_low_rank_update(scale, factor, diag)
        super().__init__(loc, scale, validate_args, allow_nan_stats, scope)
        self._parameters = parameters


class MultivariateNormalTriL(MultivariateNormalLinearOperator):
    """The normal distribution with a lower triangular scale.

    Args:
        loc: The means, ``[..., k]``, by default 0.
        scale_tril: ``[..., k, k]``, of which the upper part is not looked at; by default the identity.
        validate_args: Whether the scale has to be non-singular.
        allow_nan_stats: Whether what does not exist is NaN.
        name: The name scope.

    Raises:
        ValueError: Neither ``loc`` nor ``scale_tril`` are given.
    """

    def __init__(
        self,
        loc: Any = None,
        scale_tril: Any = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "MultivariateNormalTriL",
    ) -> None:
        parameters = dict(locals())
        if loc is None and scale_tril is None:
            raise ValueError("Must specify one or both of `loc`, `scale_tril`.")
        with ops.name_scope(name) as scope, ops.name_scope("init", values=[loc, scale_tril]):
            loc = _scales.as_tensor(loc, "loc")
            scale_tril = _scales.as_tensor(scale_tril, "scale_tril")
            if scale_tril is None:
                scale = linalg.LinearOperatorIdentity(
                    num_rows=util.dimension_size(loc, -1),
                    dtype=loc.dtype,
                    is_self_adjoint=True,
                    is_positive_definite=True,
                    assert_proper_shapes=validate_args,
                )
            else:
                scale = linalg.LinearOperatorLowerTriangular(
                    scale_tril, is_non_singular=True, is_self_adjoint=False, is_positive_definite=False
                )
        super().__init__(loc, scale, validate_args, allow_nan_stats, scope)
        self._parameters = parameters


class MultivariateNormalFullCovariance(MultivariateNormalTriL):
    """The normal distribution with a covariance matrix.

    Args:
        loc: The means, ``[..., k]``, by default 0.
        covariance_matrix: ``[..., k, k]``, symmetric and positive definite; by default the identity.
        validate_args: Whether a run checks that it is symmetric.
        allow_nan_stats: Whether what does not exist is NaN.
        name: The name scope.

    Raises:
        ValueError: Neither ``loc`` nor ``covariance_matrix`` are given.
    """

    def __init__(
        self,
        loc: Any = None,
        covariance_matrix: Any = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "MultivariateNormalFullCovariance",
    ) -> None:
        parameters = dict(locals())

        def is_symmetric(matrix: Any) -> Any:
            transposed = array_ops.matrix_transpose(matrix)
            return check_ops.assert_near(matrix, transposed, message="Matrix was not symmetric")

        with ops.name_scope(name) as scope, ops.name_scope("init", values=[loc, covariance_matrix]):
            scale_tril = None
            if covariance_matrix is not None:
                matrix = ops.convert_to_tensor(covariance_matrix, name="covariance_matrix")
                scale_tril = linalg_ops.cholesky(checked(validate_args, matrix, is_symmetric))
            super().__init__(loc, scale_tril, validate_args, allow_nan_stats, scope)
        self._parameters = parameters
