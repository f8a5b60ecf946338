"""Vectors of independent exponential and Laplace numbers."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import ops

from tf1graphs.v1.contrib.distributions import _scales
from tf1graphs.v1.contrib.distributions._linear_operator import (
    VectorExponentialLinearOperator,
    VectorLaplaceLinearOperator,
)


class VectorExponentialDiag(VectorExponentialLinearOperator):
    """The distribution of ``scale_diag x + loc`` for standard exponential numbers ``x``.

    Args:
        loc: ``[..., k]``, by default 0.
        scale_diag: ``[..., k]``.
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
        name: str = "VectorExponentialDiag",
    ) -> None:
        parameters = dict(locals())
        with (
            ops.name_scope(name) as scope,
            ops.name_scope("init", values=[loc, scale_diag, scale_identity_multiplier]),
        ):
            scale = _scales.make_diag_scale(loc, scale_diag, scale_identity_multiplier)
        super().__init__(loc, scale, validate_args, allow_nan_stats, scope)
        self._parameters = parameters


class VectorLaplaceDiag(VectorLaplaceLinearOperator):
    """The distribution of ``scale_diag x + loc`` for standard Laplace numbers ``x``.

    Args:
        loc: ``[..., k]``, by default 0.
        scale_diag: ``[..., k]``.
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
        name: str = "VectorLaplaceDiag",
    ) -> None:
        parameters = dict(locals())
        with (
            ops.name_scope(name) as scope,
            ops.name_scope("init", values=[loc, scale_diag, scale_identity_multiplier]),
        ):
            scale = _scales.make_diag_scale(loc, scale_diag, scale_identity_multiplier)
        super().__init__(loc, scale, validate_args, allow_nan_stats, scope)
        self._parameters = parameters
