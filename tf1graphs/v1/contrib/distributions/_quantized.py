"""A distribution whose samples are rounded up to whole numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
from tensorflow.python.framework import ops
from tensorflow.python.ops import array_ops, check_ops, control_flow_ops, math_ops
from tensorflow.python.ops.distributions import distribution as distribution_lib
from tensorflow.python.ops.distributions import util


def _log_of_difference(big: Any, small: Any) -> Any:
    """Returns ``log(exp(big) - exp(small))``."""
    with ops.name_scope("logsum_expbig_minus_expsmall", values=[small, big]):
        return math_ops.log(1.0 - math_ops.exp(small - big)) + big


class QuantizedDistribution(distribution_lib.Distribution):  # type: ignore[misc]
    """The distribution of ``ceil(x)``, cut off at ``low`` and ``high``, for an ``x`` of another distribution.

    ``prob(y)`` is ``cdf(y) - cdf(y - 1)`` of the other; ``low`` and ``high`` have all that is beyond them.

    Args:
        distribution: The other, over floats; it has to have ``cdf()``.
        low: The least value, whole, by default none.
        high: The largest value, whole, by default none.
        validate_args: Whether a run checks that values are whole, and ``low`` is below ``high``.
        name: The name scope.

    Raises:
        TypeError: ``low`` or ``high`` have another dtype than the distribution.
    """

    def __init__(
        self,
        distribution: Any,
        low: Any = None,
        high: Any = None,
        validate_args: bool = False,
        name: str = "QuantizedDistribution",
    ) -> None:
        parameters = dict(locals())
        values = [*distribution.parameters.values(), low, high]
        with ops.name_scope(name, values=values) as scope:
            self.distribution = distribution
            low = None if low is None else ops.convert_to_tensor(low, name="low")
            high = None if high is None else ops.convert_to_tensor(high, name="high")
            check_ops.assert_same_float_dtype(tensors=[distribution, low, high])
            checks = []
            if validate_args and low is not None and high is not None:
                checks.append(check_ops.assert_less(low, high, message="low must be strictly less than high."))
            self._validate_args = validate_args
            with ops.control_dependencies(checks):
                self.low = None if low is None else self._whole(low)
                self.high = None if high is None else self._whole(high)
        bounds = [bound for bound in (self.low, self.high) if bound is not None]
        super().__init__(
            dtype=distribution.dtype,
            reparameterization_type=distribution_lib.NOT_REPARAMETERIZED,
            validate_args=validate_args,
            allow_nan_stats=distribution.allow_nan_stats,
            parameters=parameters,
            graph_parents=distribution._graph_parents + bounds,
            name=scope,
        )

    def _whole(self, value: Any) -> Any:
        with ops.name_scope("check_integer", values=[value]):
            value = ops.convert_to_tensor(value, name="value")
            if not self.validate_args:
                return value
            is_whole = util.assert_integer_form(value, message="value has non-integer components.")
            return control_flow_ops.with_dependencies([is_whole], value)

    def _batch_shape_tensor(self) -> Any:
        return self.distribution.batch_shape_tensor()

    def _batch_shape(self) -> Any:
        return self.distribution.batch_shape

    def _event_shape_tensor(self) -> Any:
        return self.distribution.event_shape_tensor()

    def _event_shape(self) -> Any:
        return self.distribution.event_shape

    def _sample_n(self, n: Any, seed: Any = None) -> Any:
        with ops.name_scope("transform"):
            x = self.distribution.sample(ops.convert_to_tensor(n, name="n"), seed=seed)
            ones = array_ops.ones_like(x)
            result = math_ops.ceil(x)
            if self.low is not None:
                result = array_ops.where(result < self.low, self.low * ones, result)
            if self.high is not None:
                result = array_ops.where(result > self.high, self.high * ones, result)
            return result

    def _log_prob(self, y: Any) -> Any:
        y = self._whole(y)
        try:
            log_survival = self.log_survival_function(y)
            log_survival_below = self.log_survival_function(y - 1)
            log_cdf, log_cdf_below = self.log_cdf(y), self.log_cdf(y - 1)
        except NotImplementedError:
            return _log_of_difference(self.log_cdf(y), self.log_cdf(y - 1))
        # In the upper tail the survival function tells more.
        big = array_ops.where(log_survival < log_cdf, log_survival_below, log_cdf)
        small = array_ops.where(log_survival < log_cdf, log_survival, log_cdf_below)
        return _log_of_difference(big, small)

    def _prob(self, y: Any) -> Any:
        y = self._whole(y)
        try:
            survival, survival_below = self.survival_function(y), self.survival_function(y - 1)
            cdf, cdf_below = self.cdf(y), self.cdf(y - 1)
        except NotImplementedError:
            return self.cdf(y) - self.cdf(y - 1)
        return array_ops.where(survival < cdf, survival_below - survival, cdf - cdf_below)

    def _bounded(self, whole: Any, inner: Any, at_low: Any, at_high: Any) -> Any:
        """Returns ``inner``, a function at whole numbers, with its values below ``low`` and from ``high`` on."""
        whole += array_ops.zeros_like(inner)
        if self.low is not None:
            inner = array_ops.where(whole < self.low, at_low(inner), inner)
        if self.high is not None:
            inner = array_ops.where(whole >= self.high, at_high(inner), inner)
        return inner

    def _log_cdf(self, y: Any) -> Any:
        whole = math_ops.floor(y)
        return self._bounded(whole, self.distribution.log_cdf(whole), _minus_infinity, array_ops.zeros_like)

    def _cdf(self, y: Any) -> Any:
        whole = math_ops.floor(y)
        return self._bounded(whole, self.distribution.cdf(whole), array_ops.zeros_like, array_ops.ones_like)

    def _log_survival_function(self, y: Any) -> Any:
        whole = math_ops.ceil(y)
        inner = self.distribution.log_survival_function(whole)
        return self._bounded(whole, inner, array_ops.zeros_like, _minus_infinity)

    def _survival_function(self, y: Any) -> Any:
        whole = math_ops.ceil(y)
        inner = self.distribution.survival_function(whole)
        return self._bounded(whole, inner, array_ops.ones_like, array_ops.zeros_like)


def _minus_infinity(x: Any) -> Any:
    return -np.inf * array_ops.ones_like(x)
