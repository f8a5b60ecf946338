"""Distributions of ``scale x + loc`` for a vector ``x`` of independent numbers and a linear operator ``scale``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np
from tensorflow.python.framework import ops
from tensorflow.python.ops import array_ops, math_ops
from tensorflow.python.ops.distributions import exponential, kullback_leibler, laplace, normal
from tensorflow.python.ops.linalg import linalg

from tf1graphs.v1.contrib.distributions import _scales, bijectors
from tf1graphs.v1.contrib.distributions._transformed import TransformedDistribution


class _OfLinearOperator(TransformedDistribution):
    # The variance and the standard deviation of an element of x, where they are not 1.
    _variance_of_one: ClassVar[float | None] = None
    _stddev_of_one: ClassVar[Any] = None

    def __init__(
        self,
        loc: Any,
        scale: Any,
        validate_args: bool,
        name: str,
        distribution: Callable[[Any], Any],
        parameters: dict[str, Any],
    ) -> None:
        if scale is None:
            raise ValueError("Missing required `scale` parameter.")
        if not scale.dtype.is_floating:
            raise TypeError("`scale` parameter must have floating-point dtype.")
        with ops.name_scope(name, values=[loc]) as scope:
            loc = _scales.as_tensor(loc, "loc")
            batch_shape, event_shape = _scales.shapes_from_loc_and_scale(loc, scale)
        super().__init__(
            distribution=distribution(scale.dtype),
            bijector=bijectors.AffineLinearOperator(shift=loc, scale=scale, validate_args=validate_args),
            batch_shape=batch_shape,
            event_shape=event_shape,
            validate_args=validate_args,
            name=scope,
        )
        self._parameters = parameters

    @property
    def loc(self) -> Any:
        """What is added, or None."""
        return self.bijector.shift

    @property
    def scale(self) -> Any:
        """The linear operator."""
        return self.bijector.scale

    def _full_shape(self) -> Any:
        shape = self.batch_shape.concatenate(self.event_shape)
        if shape.is_fully_defined():
            return shape
        return array_ops.concat([self.batch_shape_tensor(), self.event_shape_tensor()], 0)

    def _mean(self) -> Any:
        shape = self._full_shape()
        if self.loc is None:
            return array_ops.zeros(shape, self.dtype)
        is_static = self.batch_shape.concatenate(self.event_shape).is_fully_defined()
        if is_static and shape == self.loc.shape:
            return array_ops.identity(self.loc)
        return array_ops.identity(self.loc) + array_ops.zeros(shape, self.dtype)

    def _mode(self) -> Any:
        return self._mean()

    def _square_of_scale(self) -> Any:
        return self.scale.matmul(self.scale.to_dense(), adjoint_arg=True)

    def _square_diagonal(self) -> Any:
        is_update = isinstance(self.scale, linalg.LinearOperatorLowRankUpdate)
        if is_update and self.scale.is_self_adjoint:
            return array_ops.matrix_diag_part(self.scale.matmul(self.scale.to_dense()))
        return array_ops.matrix_diag_part(self._square_of_scale())

    def _covariance(self) -> Any:
        if _scales.is_diagonal_scale(self.scale):
            covariance = array_ops.matrix_diag(math_ops.square(self.scale.diag_part()))
        else:
            covariance = self._square_of_scale()
        return covariance if self._variance_of_one is None else self._variance_of_one * covariance

    def _variance(self) -> Any:
        is_diagonal = _scales.is_diagonal_scale(self.scale)
        variance = math_ops.square(self.scale.diag_part()) if is_diagonal else self._square_diagonal()
        return variance if self._variance_of_one is None else self._variance_of_one * variance

    def _stddev(self) -> Any:
        is_diagonal = _scales.is_diagonal_scale(self.scale)
        stddev = math_ops.abs(self.scale.diag_part()) if is_diagonal else math_ops.sqrt(self._square_diagonal())
        return stddev if self._stddev_of_one is None else self._stddev_of_one * stddev


class MultivariateNormalLinearOperator(_OfLinearOperator):
    """The normal distribution with mean ``loc`` and covariance ``scale scale^T``.

    Args:
        loc: The means, ``[..., k]``, by default 0.
        scale: A ``tf.linalg.LinearOperator`` of ``[..., k, k]``.
        validate_args: Whether ``scale`` has to be non-singular.
        allow_nan_stats: Whether what does not exist is NaN.
        name: The name scope.

    Raises:
        ValueError: ``scale`` is None.
        TypeError: It has no floats.
    """

    def __init__(
        self,
        loc: Any = None,
        scale: Any = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "MultivariateNormalLinearOperator",
    ) -> None:
        parameters = dict(locals())

        def standard(dtype: Any) -> Any:
            return normal.Normal(loc=array_ops.zeros([], dtype=dtype), scale=array_ops.ones([], dtype=dtype))

        super().__init__(loc, scale, validate_args, name, standard, parameters)


@kullback_leibler.RegisterKL(MultivariateNormalLinearOperator, MultivariateNormalLinearOperator)  # type: ignore[untyped-decorator, unused-ignore]
def _divergence(
    a: MultivariateNormalLinearOperator, b: MultivariateNormalLinearOperator, name: str | None = None
) -> Any:
    def squared_norm(x: Any) -> Any:
        return math_ops.reduce_sum(math_ops.square(x), axis=[-2, -1])

    with ops.name_scope(name, "kl_mvn", values=[a.loc, b.loc]):
        if _scales.is_diagonal_scale(a.scale) and _scales.is_diagonal_scale(b.scale):
            ratio = (a.stddev() / b.stddev())[..., array_ops.newaxis]
        else:
            ratio = b.scale.solve(a.scale.to_dense())
        log_dets = b.scale.log_abs_determinant() - a.scale.log_abs_determinant()
        size = math_ops.cast(a.scale.domain_dimension_tensor(), a.dtype)
        norm = -size + squared_norm(ratio)
        distance = squared_norm(b.scale.solve((b.mean() - a.mean())[..., array_ops.newaxis]))
        divergence = log_dets + 0.5 * (norm + distance)
        divergence.set_shape(array_ops.broadcast_static_shape(a.batch_shape, b.batch_shape))
        return divergence


class VectorExponentialLinearOperator(_OfLinearOperator):
    """The distribution of ``scale x + loc`` for standard exponential numbers ``x``.

    Args:
        loc: ``[..., k]``, by default 0.
        scale: A ``tf.linalg.LinearOperator`` of ``[..., k, k]``.
        validate_args: Whether ``scale`` has to be non-singular.
        allow_nan_stats: Whether what does not exist is NaN.
        name: The name scope.

    Raises:
        ValueError: ``scale`` is None.
        TypeError: It has no floats.
    """

    def __init__(
        self,
        loc: Any = None,
        scale: Any = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "VectorExponentialLinearOperator",
    ) -> None:
        parameters = dict(locals())

        def standard(dtype: Any) -> Any:
            return exponential.Exponential(rate=array_ops.ones([], dtype=dtype), allow_nan_stats=allow_nan_stats)

        super().__init__(loc, scale, validate_args, name, standard, parameters)

    def _at(self, x: Any) -> Any:
        scaled = self.scale.matvec(x)
        return scaled if self.loc is None else array_ops.identity(self.loc) + scaled

    def _mean(self) -> Any:
        return self._at(array_ops.ones(self._full_shape(), self.dtype))

    def _mode(self) -> Any:
        return self._at(array_ops.zeros(self._full_shape(), self.dtype))


class VectorLaplaceLinearOperator(_OfLinearOperator):
    """The distribution of ``scale x + loc`` for standard Laplace numbers ``x``, whose variance is 2.

    Args:
        loc: ``[..., k]``, by default 0.
        scale: A ``tf.linalg.LinearOperator`` of ``[..., k, k]``.
        validate_args: Whether ``scale`` has to be non-singular.
        allow_nan_stats: Whether what does not exist is NaN.
        name: The name scope.

    Raises:
        ValueError: ``scale`` is None.
        TypeError: It has no floats.
    """

    _variance_of_one, _stddev_of_one = 2.0, np.sqrt(2)

    def __init__(
        self,
        loc: Any = None,
        scale: Any = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "VectorLaplaceLinearOperator",
    ) -> None:
        parameters = dict(locals())

        def standard(dtype: Any) -> Any:
            return laplace.Laplace(loc=array_ops.zeros([], dtype=dtype), scale=array_ops.ones([], dtype=dtype))

        super().__init__(loc, scale, validate_args, name, standard, parameters)
