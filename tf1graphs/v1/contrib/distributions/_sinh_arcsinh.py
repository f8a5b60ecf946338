"""Normal numbers and vectors made skew and heavy-tailed by ``sinh`` and ``arcsinh``.

Source: Jones and Pewsey, Sinh-arcsinh distributions, Biometrika 96, 2009.
"""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import ops
from tensorflow.python.ops import array_ops, check_ops, control_flow_ops
from tensorflow.python.ops.distributions import distribution as distribution_lib
from tensorflow.python.ops.distributions import normal

from tf1graphs.v1.contrib.distributions import _scales, _static, bijectors
from tf1graphs.v1.contrib.distributions._transformed import TransformedDistribution


def scalar_assertions(distribution: Any, dtype: Any, validate_args: bool) -> list[Any]:
    """Returns the checks that a distribution is one over numbers, without a batch.

    Raises:
        TypeError: It has another dtype.
        ValueError: It is not, or with ``validate_args`` its samples have no gradients.
    """
    if distribution.dtype != dtype:
        raise TypeError(f'dtype mismatch; distribution.dtype="{distribution.dtype.name}" is not "{dtype.name}"')
    kind = distribution.reparameterization_type
    if validate_args and kind != distribution_lib.FULLY_REPARAMETERIZED:
        raise ValueError(
            "Base distribution should be reparameterized or be a function of non-trainable variables; "
            f'distribution.reparameterization_type = "{kind}" != "FULLY_REPARAMETERIZED".'
        )
    assertions = []
    with ops.name_scope("check_distribution"):
        for name in ("is_scalar_event", "is_scalar_batch"):
            is_scalar = getattr(distribution, name)()
            known = _static.static_value(is_scalar)
            message = f"distribution must be scalar; distribution.{name}=False is not True"
            if known is not None and not known:
                raise ValueError(message)
            if known is None and validate_args:
                assertions.append(check_ops.assert_equal(is_scalar, True, message=message))
    return assertions


def _standard_normal(dtype: Any, allow_nan_stats: bool) -> Any:
    zero, one = array_ops.zeros([], dtype=dtype), array_ops.ones([], dtype=dtype)
    return normal.Normal(loc=zero, scale=one, allow_nan_stats=allow_nan_stats)


def _skewing(skewness: Any, tailweight: Any, is_skew: bool) -> tuple[Any, Any]:
    """Returns the bijector, and its value at 2 if it did not skew."""
    skewing = bijectors.SinhArcsinh(skewness=skewness, tailweight=tailweight)
    straight = skewing
    if is_skew:
        straight = bijectors.SinhArcsinh(skewness=skewness.dtype.as_numpy_dtype(0.0), tailweight=tailweight)
    return skewing, straight.forward(ops.convert_to_tensor(2, dtype=skewness.dtype))


class SinhArcsinh(TransformedDistribution):
    """The distribution of ``loc + scale f(z) 2 / f0(2)`` with ``f(z) = sinh((arcsinh(z) + skewness) tailweight)``.

    ``f0`` is ``f`` without the skewness, so that about as much mass is within ``loc - 2 scale`` and ``loc + 2 scale``
    as with a normal distribution.

    Args:
        loc: Floats.
        scale: Floats above 0.
        skewness: Floats, by default 0.
        tailweight: Floats above 0, by default 1.
        distribution: That of ``z``, by default the standard normal one.
        validate_args: Whether a run checks the parameters.
        allow_nan_stats: Whether what does not exist is NaN.
        name: The name scope.

    Raises:
        TypeError: ``distribution`` has another dtype than ``loc``.
        ValueError: It is not over numbers or has a batch.
    """

    def __init__(
        self,
        loc: Any,
        scale: Any,
        skewness: Any = None,
        tailweight: Any = None,
        distribution: Any = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "SinhArcsinh",
    ) -> None:
        parameters = dict(locals())
        with ops.name_scope(name, values=[loc, scale, skewness, tailweight]) as scope:
            loc = ops.convert_to_tensor(loc, name="loc")
            dtype, is_skew = loc.dtype, skewness is not None
            scale = ops.convert_to_tensor(scale, name="scale", dtype=dtype)
            tailweight = ops.convert_to_tensor(
                1.0 if tailweight is None else tailweight, name="tailweight", dtype=dtype
            )
            skewness = ops.convert_to_tensor(skewness if is_skew else 0.0, name="skewness", dtype=dtype)
            batch_shape = _static.broadcast_shape(loc, scale, tailweight, skewness)
            if distribution is None:
                distribution = _standard_normal(dtype, allow_nan_stats)
            else:
                assertions = scalar_assertions(distribution, dtype, validate_args)
                loc = control_flow_ops.with_dependencies(assertions, loc) if assertions else loc
            skewing, at_two = _skewing(skewness, tailweight, is_skew)
            affine = bijectors.AffineScalar(shift=loc, scale=2 * scale / at_two, validate_args=validate_args)
            super().__init__(
                distribution=distribution,
                bijector=bijectors.Chain([affine, skewing]),
                batch_shape=batch_shape,
                validate_args=validate_args,
                name=scope,
            )
        self._parameters = parameters
        self.loc, self.scale, self.skewness, self.tailweight = loc, scale, skewness, tailweight


class VectorSinhArcsinhDiag(TransformedDistribution):
    """``SinhArcsinh`` of vectors with independent elements.

    Args:
        loc: ``[..., k]``, by default 0.
        scale_diag: ``[..., k]``.
        scale_identity_multiplier: ``[...]``, added to all of ``scale_diag``; 1 if none of both is given.
        skewness: ``[..., k]``, by default 0.
        tailweight: ``[..., k]``, by default 1.
        distribution: That of an element, by default the standard normal one.
        validate_args: Whether a run checks the parameters.
        allow_nan_stats: Whether what does not exist is NaN.
        name: The name scope.

    Raises:
        TypeError: ``distribution`` has another dtype than the scale.
        ValueError: It is not over numbers or has a batch, or ``k`` is not known.
    """

    def __init__(
        self,
        loc: Any = None,
        scale_diag: Any = None,
        scale_identity_multiplier: Any = None,
        skewness: Any = None,
        tailweight: Any = None,
        distribution: Any = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "MultivariateNormalLinearOperator",
    ) -> None:
        parameters = dict(locals())
        values = [loc, scale_diag, scale_identity_multiplier, skewness, tailweight]
        with ops.name_scope(name, values=values) as scope:
            loc = _scales.as_tensor(loc, "loc")
            scale = _scales.make_diag_scale(loc, scale_diag, scale_identity_multiplier)
            batch_shape, event_shape = _scales.shapes_from_loc_and_scale(loc, scale)
            diag = scale.diag_part()
            dtype, is_skew = diag.dtype, skewness is not None
            if distribution is None:
                distribution = _standard_normal(dtype, allow_nan_stats)
            else:
                assertions = scalar_assertions(distribution, dtype, validate_args)
                diag = control_flow_ops.with_dependencies(assertions, diag) if assertions else diag
            skewness = ops.convert_to_tensor(skewness if is_skew else 0.0, dtype=dtype, name="skewness")
            tailweight = ops.convert_to_tensor(
                1.0 if tailweight is None else tailweight, dtype=dtype, name="tailweight"
            )
            skewing, at_two = _skewing(skewness, tailweight, is_skew)
            affine = bijectors.Affine(shift=loc, scale_diag=2 * diag / at_two, validate_args=validate_args)
            super().__init__(
                distribution=distribution,
                bijector=bijectors.Chain([affine, skewing]),
                batch_shape=batch_shape,
                event_shape=event_shape,
                validate_args=validate_args,
                name=scope,
            )
        self._parameters = parameters
        self.loc, self.scale, self.skewness, self.tailweight = loc, scale, skewness, tailweight
