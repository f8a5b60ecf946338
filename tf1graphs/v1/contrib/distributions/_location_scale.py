"""Distributions of ``loc + scale * z``, where ``z`` is one of the standard distribution."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from tensorflow.python.framework import ops
from tensorflow.python.ops import array_ops, check_ops, math_ops, nn_ops, random_ops
from tensorflow.python.ops.distributions import distribution

from tf1graphs.v1.contrib.distributions._base import ScalarDistribution, after_positive


class _LocationScale(ScalarDistribution):
    _batch_parameters = _shaped_parameters = ("loc", "scale")

    def __init__(
        self, loc: Any, scale: Any, validate_args: bool, allow_nan_stats: bool, name: str, parameters: dict[str, Any]
    ) -> None:
        with ops.name_scope(name, values=[loc, scale]) as scope, after_positive(validate_args, scale):
            self.loc = array_ops.identity(loc, name="loc")
            self.scale = array_ops.identity(scale, name="scale")
            check_ops.assert_same_float_dtype([self.loc, self.scale])
        super().__init__(
            dtype=self.scale.dtype,
            reparameterization_type=distribution.FULLY_REPARAMETERIZED,
            validate_args=validate_args,
            allow_nan_stats=allow_nan_stats,
            parameters=parameters,
            graph_parents=[self.loc, self.scale],
            name=scope,
        )

    def _log_unnormalized_prob(self, x: Any) -> Any:
        raise NotImplementedError

    def _log_normalization(self) -> Any:
        return math_ops.log(self.scale)

    def _log_prob(self, x: Any) -> Any:
        return self._log_unnormalized_prob(x) - self._log_normalization()

    def _mode(self) -> Any:
        return self.loc * array_ops.ones_like(self.scale)

    def _z(self, x: Any) -> Any:
        with ops.name_scope("standardize", values=[x]):
            return (x - self.loc) / self.scale

    def _uniform(self, n: Any, seed: Any) -> Any:
        """Returns uniform numbers in (0, 1), whose logarithms are finite."""
        shape = self._shape_of_samples(n)
        smallest = np.finfo(self.dtype.as_numpy_dtype).tiny
        return random_ops.random_uniform(shape=shape, minval=smallest, maxval=1.0, dtype=self.dtype, seed=seed)


class Cauchy(_LocationScale):
    """The Cauchy distribution: the density is ``1 / (pi scale (1 + z**2))`` at ``z = (x - loc) / scale``.

    Args:
        loc: The modes, floats.
        scale: The widths, above 0; the batch shape is what both broadcast to.
        validate_args: Whether a run checks ``scale``.
        allow_nan_stats: Whether mean and stddev, which do not exist, are NaN.
        name: The name scope.

    Raises:
        TypeError: ``loc`` and ``scale`` have different dtypes.
        ValueError: On ``mean()`` and ``stddev()`` without ``allow_nan_stats``.
    """

    def __init__(
        self, loc: Any, scale: Any, validate_args: bool = False, allow_nan_stats: bool = True, name: str = "Cauchy"
    ) -> None:
        super().__init__(loc, scale, validate_args, allow_nan_stats, name, dict(locals()))

    def _sample_n(self, n: Any, seed: Any = None) -> Any:
        shape = self._shape_of_samples(n)
        probs = random_ops.random_uniform(shape=shape, minval=0.0, maxval=1.0, dtype=self.dtype, seed=seed)
        return self._quantile(probs)

    def _quantile(self, p: Any) -> Any:
        return self.loc + self.scale * math_ops.tan(np.pi * (p - 0.5))

    def _cdf(self, x: Any) -> Any:
        return math_ops.atan(self._z(x)) / np.pi + 0.5

    def _log_cdf(self, x: Any) -> Any:
        return math_ops.log1p(2 / np.pi * math_ops.atan(self._z(x))) - np.log(2)

    def _log_unnormalized_prob(self, x: Any) -> Any:
        return -math_ops.log1p(math_ops.square(self._z(x)))

    def _log_normalization(self) -> Any:
        return np.log(np.pi) + math_ops.log(self.scale)

    def _entropy(self) -> Any:
        return (np.log(4 * np.pi) + math_ops.log(self.scale)) * array_ops.ones_like(self.loc)

    def _undefined(self, moment: str) -> Any:
        if not self.allow_nan_stats:
            raise ValueError(f"`{moment}` is undefined for Cauchy distribution.")
        return array_ops.fill(self.batch_shape_tensor(), self.dtype.as_numpy_dtype(np.nan))

    def _mean(self) -> Any:
        return self._undefined("mean")

    def _stddev(self) -> Any:
        return self._undefined("stddev")


class Logistic(_LocationScale):
    """The logistic distribution: ``cdf(x)`` is ``sigmoid((x - loc) / scale)``.

    Args:
        loc: The means, floats.
        scale: The widths, above 0; the batch shape is what both broadcast to.
        validate_args: Whether a run checks ``scale``.
        allow_nan_stats: Whether what does not exist is NaN.
        name: The name scope.

    Raises:
        TypeError: ``loc`` and ``scale`` have different dtypes.
    """

    def __init__(
        self, loc: Any, scale: Any, validate_args: bool = False, allow_nan_stats: bool = True, name: str = "Logistic"
    ) -> None:
        super().__init__(loc, scale, validate_args, allow_nan_stats, name, dict(locals()))

    def _sample_n(self, n: Any, seed: Any = None) -> Any:
        uniform = self._uniform(n, seed)
        return (math_ops.log(uniform) - math_ops.log1p(-1.0 * uniform)) * self.scale + self.loc

    def _cdf(self, x: Any) -> Any:
        return math_ops.sigmoid(self._z(x))

    def _log_cdf(self, x: Any) -> Any:
        return -nn_ops.softplus(-self._z(x))

    def _survival_function(self, x: Any) -> Any:
        return math_ops.sigmoid(-self._z(x))

    def _log_survival_function(self, x: Any) -> Any:
        return -nn_ops.softplus(self._z(x))

    def _log_unnormalized_prob(self, x: Any) -> Any:
        z = self._z(x)
        return -z - 2.0 * nn_ops.softplus(-z)

    def _entropy(self) -> Any:
        return 2 + math_ops.log(self.scale * array_ops.ones_like(self.loc))

    def _mean(self) -> Any:
        return self.loc * array_ops.ones_like(self.scale)

    def _stddev(self) -> Any:
        return self.scale * array_ops.ones_like(self.loc) * math.pi / math.sqrt(3)


class _Gumbel(_LocationScale):
    """The Gumbel distribution: ``cdf(x)`` is ``exp(-exp(-(x - loc) / scale))``; 1.15 kept it inside contrib."""

    def __init__(
        self, loc: Any, scale: Any, validate_args: bool = False, allow_nan_stats: bool = True, name: str = "Gumbel"
    ) -> None:
        super().__init__(loc, scale, validate_args, allow_nan_stats, name, dict(locals()))

    def _sample_n(self, n: Any, seed: Any = None) -> Any:
        return -math_ops.log(-math_ops.log(self._uniform(n, seed))) * self.scale + self.loc

    def _cdf(self, x: Any) -> Any:
        return math_ops.exp(-math_ops.exp(-self._z(x)))

    def _log_cdf(self, x: Any) -> Any:
        return -math_ops.exp(-self._z(x))

    def _log_unnormalized_prob(self, x: Any) -> Any:
        z = self._z(x)
        return -z - math_ops.exp(-z)

    def _entropy(self) -> Any:
        return 1 + math_ops.log(self.scale * array_ops.ones_like(self.loc)) + np.euler_gamma

    def _mean(self) -> Any:
        return self.loc + self.scale * np.euler_gamma

    def _stddev(self) -> Any:
        return self.scale * array_ops.ones_like(self.loc) * math.pi / math.sqrt(6)
