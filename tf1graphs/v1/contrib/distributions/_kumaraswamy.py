"""The Kumaraswamy distribution."""

from __future__ import annotations

from typing import Any

import numpy as np
from tensorflow.python.framework import ops
from tensorflow.python.ops import array_ops, array_ops_stack, check_ops, control_flow_ops, math_ops, special_math_ops
from tensorflow.python.ops.distributions import distribution, uniform

from tf1graphs.v1.contrib.distributions import _static, bijectors
from tf1graphs.v1.contrib.distributions._transformed import TransformedDistribution


def _harmonic_number(x: Any) -> Any:
    one = array_ops.ones([], dtype=x.dtype)
    return math_ops.digamma(x + one) - math_ops.digamma(one)


class Kumaraswamy(TransformedDistribution):
    """The distribution over (0, 1) with ``cdf(x) = 1 - (1 - x**a)**b``.

    Source: Kumaraswamy, A generalized probability density function for double-bounded random processes, Journal of
    Hydrology 46, 1980.

    Args:
        concentration1: ``a``, floats above 0.
        concentration0: ``b``, floats above 0; the batch shape is what both broadcast to.
        validate_args: Whether a run checks parameters and values.
        allow_nan_stats: Whether a mode that does not exist is NaN; else a run refuses it.
        name: The name scope.
    """

    def __init__(
        self,
        concentration1: Any = None,
        concentration0: Any = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "Kumaraswamy",
    ) -> None:
        with ops.name_scope(name, values=[concentration1, concentration0]) as scope:
            a = ops.convert_to_tensor(concentration1, name="concentration1")
            b = ops.convert_to_tensor(concentration0, name="concentration0")
        low, high = array_ops.zeros([], dtype=a.dtype), array_ops.ones([], dtype=a.dtype)
        super().__init__(
            distribution=uniform.Uniform(low=low, high=high, allow_nan_stats=allow_nan_stats),
            bijector=bijectors.Kumaraswamy(concentration1=a, concentration0=b, validate_args=validate_args),
            batch_shape=_static.broadcast_shape(a, b),
            name=scope,
        )
        self._reparameterization_type = distribution.FULLY_REPARAMETERIZED

    @property
    def concentration1(self) -> Any:
        """``a``."""
        return self.bijector.concentration1

    @property
    def concentration0(self) -> Any:
        """``b``."""
        return self.bijector.concentration0

    def _entropy(self) -> Any:
        a, b = self.concentration1, self.concentration0
        return 1 - 1.0 / a + (1 - 1.0 / b) * _harmonic_number(b) + math_ops.log(a) + math_ops.log(b)

    def _moment(self, n: int) -> Any:
        total = self.concentration1 + self.concentration0
        a = array_ops.ones_like(total, dtype=self.dtype) * self.concentration1
        b = array_ops.ones_like(total, dtype=self.dtype) * self.concentration0
        arguments = array_ops_stack.stack([1 + n / a, b], -1)
        return math_ops.exp(math_ops.log(b) + special_math_ops.lbeta(arguments))

    def _mean(self) -> Any:
        return self._moment(1)

    def _variance(self) -> Any:
        return self._moment(2) - math_ops.square(self._moment(1))

    def _mode(self) -> Any:
        a, b = self.concentration1, self.concentration0
        mode = ((a - 1) / (a * b - 1)) ** (1.0 / a)
        if self.allow_nan_stats:
            not_a_number = np.array(np.nan, dtype=self.dtype.as_numpy_dtype)
            nan = array_ops.fill(self.batch_shape_tensor(), not_a_number, name="nan")
            return array_ops.where_v2((a > 1.0) & (b > 1.0), mode, nan)
        checks = [
            check_ops.assert_less(array_ops.ones([], x.dtype), x, message=f"Mode undefined for {name} <= 1.")
            for name, x in (("concentration1", a), ("concentration0", b))
        ]
        return control_flow_ops.with_dependencies(checks, mode)
