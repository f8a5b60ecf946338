"""Student's t distribution of vectors, which 1.15 kept inside contrib."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import constant_op, dtypes, ops
from tensorflow.python.ops import array_ops
from tensorflow.python.ops.distributions import student_t, util

from tf1graphs.v1.contrib.distributions import _scales, bijectors
from tf1graphs.v1.contrib.distributions._transformed import TransformedDistribution


class _VectorStudentT(TransformedDistribution):
    """The distribution of ``scale x + loc`` for independent numbers ``x`` of Student's t distribution.

    Args:
        df: The degrees of freedom, floats above 0.
        loc: ``[..., k]``, by default 0.
        scale_identity_multiplier: Part of ``scale``, as are the following, as of ``bijectors.Affine``.
        scale_diag: ``[..., k]``.
        scale_tril: ``[..., k, k]``.
        scale_perturb_factor: ``[..., k, r]``.
        scale_perturb_diag: ``[..., r]``.
        validate_args: Whether a run checks the scale.
        allow_nan_stats: Whether what does not exist is NaN.
        name: The name scope.
    """

    def __init__(
        self,
        df: Any,
        loc: Any = None,
        scale_identity_multiplier: Any = None,
        scale_diag: Any = None,
        scale_tril: Any = None,
        scale_perturb_factor: Any = None,
        scale_perturb_diag: Any = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "VectorStudentT",
    ) -> None:
        parameters = dict(locals())
        with ops.name_scope(name) as scope, ops.name_scope("init", values=[df, loc]):
            affine = bijectors.Affine(
                shift=loc,
                scale_identity_multiplier=scale_identity_multiplier,
                scale_diag=scale_diag,
                scale_tril=scale_tril,
                scale_perturb_factor=scale_perturb_factor,
                scale_perturb_diag=scale_perturb_diag,
                validate_args=validate_args,
            )
            zero, one = array_ops.zeros([], dtype=affine.dtype), array_ops.ones([], dtype=affine.dtype)
            distribution = student_t.StudentT(df=df, loc=zero, scale=one)
            batch_shape, event_shape = _scales.shapes_from_loc_and_scale(affine.shift, affine.scale)
            none = constant_op.constant([], dtype=dtypes.int32)
            super().__init__(
                distribution=distribution,
                bijector=affine,
                batch_shape=util.pick_vector(distribution.is_scalar_batch(), batch_shape, none),
                event_shape=event_shape,
                validate_args=validate_args,
                name=scope,
            )
        self._parameters = parameters

    @property
    def df(self) -> Any:
        """The degrees of freedom."""
        return self.distribution.df

    @property
    def loc(self) -> Any:
        """What is added, or None."""
        return self.bijector.shift

    @property
    def scale(self) -> Any:
        """The linear operator."""
        return self.bijector.scale
