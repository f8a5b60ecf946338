"""Distributions over positive numbers: half normal, inverse gamma and chi squared."""

from __future__ import annotations

from typing import Any

import numpy as np
from tensorflow.python.framework import constant_op, dtypes, ops
from tensorflow.python.ops import array_ops, check_ops, control_flow_ops, math_ops, nn_ops, random_ops
from tensorflow.python.ops.distributions import distribution, gamma, special_math

from tf1graphs.v1.contrib.distributions._base import ScalarDistribution, after_positive, checked, positive


class HalfNormal(ScalarDistribution):
    """The distribution of the absolute value of a normal variable with mean 0.

    Args:
        scale: The standard deviations of that variable, floats above 0.
        validate_args: Whether a run checks ``scale``.
        allow_nan_stats: Whether what does not exist is NaN.
        name: The name scope.
    """

    _batch_parameters = _shaped_parameters = ("scale",)

    def __init__(
        self, scale: Any, validate_args: bool = False, allow_nan_stats: bool = True, name: str = "HalfNormal"
    ) -> None:
        parameters = dict(locals())
        with ops.name_scope(name, values=[scale]) as scope, after_positive(validate_args, scale):
            self.scale = array_ops.identity(scale, name="scale")
        super().__init__(
            dtype=self.scale.dtype,
            reparameterization_type=distribution.FULLY_REPARAMETERIZED,
            validate_args=validate_args,
            allow_nan_stats=allow_nan_stats,
            parameters=parameters,
            graph_parents=[self.scale],
            name=scope,
        )

    def _sample_n(self, n: Any, seed: Any = None) -> Any:
        shape = self._shape_of_samples(n)
        normal = random_ops.random_normal(shape=shape, mean=0.0, stddev=1.0, dtype=self.dtype, seed=seed)
        return math_ops.abs(normal * self.scale)

    def _prob(self, x: Any) -> Any:
        factor = np.sqrt(2) / self.scale / np.sqrt(np.pi)
        return factor * math_ops.exp(-0.5 * (x / self.scale) ** 2) * math_ops.cast(x >= 0, self.dtype)

    def _cdf(self, x: Any) -> Any:
        return math_ops.erf(nn_ops.relu(x) / self.scale / np.sqrt(2.0))

    def _quantile(self, p: Any) -> Any:
        return np.sqrt(2.0) * self.scale * special_math.erfinv(p)

    def _entropy(self) -> Any:
        return 0.5 * math_ops.log(np.pi * self.scale**2.0 / 2.0) + 0.5

    def _mean(self) -> Any:
        return self.scale * np.sqrt(2.0) / np.sqrt(np.pi)

    def _variance(self) -> Any:
        return self.scale**2.0 * (1.0 - 2.0 / np.pi)

    def _mode(self) -> Any:
        return array_ops.zeros(self.batch_shape_tensor())


class InverseGamma(ScalarDistribution):
    """The distribution of ``1 / x`` for an ``x`` of a gamma distribution.

    Args:
        concentration: The shapes of that gamma distribution, floats above 0.
        rate: Its rates, above 0; the batch shape is what both broadcast to.
        validate_args: Whether a run checks the parameters and values.
        allow_nan_stats: Whether a moment that does not exist is NaN; else a run refuses it.
        name: The name scope.

    Raises:
        TypeError: ``concentration`` and ``rate`` have different dtypes.
    """

    _batch_parameters = _shaped_parameters = ("concentration", "rate")

    def __init__(
        self,
        concentration: Any,
        rate: Any,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "InverseGamma",
    ) -> None:
        parameters = dict(locals())
        with (
            ops.name_scope(name, values=[concentration, rate]) as scope,
            after_positive(validate_args, concentration, rate),
        ):
            self.concentration = array_ops.identity(concentration, name="concentration")
            self.rate = array_ops.identity(rate, name="rate")
            check_ops.assert_same_float_dtype([self.concentration, self.rate])
        super().__init__(
            dtype=self.concentration.dtype,
            reparameterization_type=distribution.NOT_REPARAMETERIZED,
            validate_args=validate_args,
            allow_nan_stats=allow_nan_stats,
            parameters=parameters,
            graph_parents=[self.concentration, self.rate],
            name=scope,
        )

    def _positive(self, x: Any) -> Any:
        check_ops.assert_same_float_dtype(tensors=[x], dtype=self.dtype)
        return checked(self.validate_args, x, positive())

    def _sample_n(self, n: Any, seed: Any = None) -> Any:
        return 1.0 / random_ops.random_gamma(
            shape=[n], alpha=self.concentration, beta=self.rate, dtype=self.dtype, seed=seed
        )

    def _log_prob(self, x: Any) -> Any:
        x = self._positive(x)
        unnormalized = -(1.0 + self.concentration) * math_ops.log(x) - self.rate / x
        return unnormalized - (math_ops.lgamma(self.concentration) - self.concentration * math_ops.log(self.rate))

    def _cdf(self, x: Any) -> Any:
        return math_ops.igammac(self.concentration, self.rate / self._positive(x))

    def _entropy(self) -> Any:
        shape = self.concentration
        scale = shape + math_ops.log(self.rate) + math_ops.lgamma(shape)
        return scale - (1.0 + shape) * math_ops.digamma(shape)

    def _if_above(self, bound: float, moment: Any, name: str) -> Any:
        """Returns a moment that exists where the concentration is above ``bound``."""
        if self.allow_nan_stats:
            not_a_number = np.array(np.nan, dtype=self.dtype.as_numpy_dtype())
            nan = array_ops.fill(self.batch_shape_tensor(), not_a_number, name="nan")
            return array_ops.where_v2(self.concentration > bound, moment, nan)
        message = f"{name} undefined when any concentration <= {bound:.0f}"
        bounds = constant_op.constant(bound, dtype=self.dtype)
        exists = check_ops.assert_less(bounds, self.concentration, message=message)
        return control_flow_ops.with_dependencies([exists], moment)

    def _mean(self) -> Any:
        return self._if_above(1.0, self.rate / (self.concentration - 1.0), "mean")

    def _variance(self) -> Any:
        squares = math_ops.square(self.rate) / math_ops.squared_difference(self.concentration, 1.0)
        return self._if_above(2.0, squares / (self.concentration - 2.0), "variance")

    def _mode(self) -> Any:
        return self.rate / (1.0 + self.concentration)


class InverseGammaWithSoftplusConcentrationRate(InverseGamma):
    """``InverseGamma`` of ``softplus(concentration)`` and ``softplus(rate)``, which any floats may be."""

    def __init__(
        self,
        concentration: Any,
        rate: Any,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "InverseGammaWithSoftplusConcentrationRate",
    ) -> None:
        parameters = dict(locals())
        with ops.name_scope(name, values=[concentration, rate]) as scope:
            super().__init__(
                nn_ops.softplus(concentration, name="softplus_concentration"),
                nn_ops.softplus(rate, name="softplus_rate"),
                validate_args=validate_args,
                allow_nan_stats=allow_nan_stats,
                name=scope,
            )
        self._parameters = parameters


class Chi2(gamma.Gamma):  # type: ignore[misc]
    """The distribution of the sum of ``df`` squared standard normal variables.

    Args:
        df: The degrees of freedom, floats above 0.
        validate_args: Whether a run checks ``df`` and values.
        allow_nan_stats: Whether a moment that does not exist is NaN.
        name: The name scope.
    """

    def __init__(self, df: Any, validate_args: bool = False, allow_nan_stats: bool = True, name: str = "Chi2") -> None:
        parameters = dict(locals())
        with ops.name_scope(name, values=[df]) as scope:
            with after_positive(validate_args, df):
                self.df = array_ops.identity(df, name="df")
            super().__init__(
                concentration=0.5 * self.df,
                rate=constant_op.constant(0.5, dtype=self.df.dtype),
                validate_args=validate_args,
                allow_nan_stats=allow_nan_stats,
                name=scope,
            )
        self._parameters = parameters

    @staticmethod
    def _param_shapes(sample_shape: Any) -> dict[str, Any]:
        return {"df": ops.convert_to_tensor(sample_shape, dtype=dtypes.int32)}


class Chi2WithAbsDf(Chi2):
    """``Chi2`` of ``floor(abs(df))`` degrees of freedom."""

    def __init__(
        self, df: Any, validate_args: bool = False, allow_nan_stats: bool = True, name: str = "Chi2WithAbsDf"
    ) -> None:
        parameters = dict(locals())
        with ops.name_scope(name, values=[df]) as scope:
            whole = math_ops.floor(math_ops.abs(df, name="abs_df"), name="floor_abs_df")
            super().__init__(whole, validate_args=validate_args, allow_nan_stats=allow_nan_stats, name=scope)
        self._parameters = parameters
