"""Distributions over counts: non-negative whole numbers, held as floats."""

from __future__ import annotations

from typing import Any

import numpy as np
from tensorflow.python.framework import constant_op, ops
from tensorflow.python.ops import array_ops, check_ops, math_ops, nn_ops, random_ops
from tensorflow.python.ops.distributions import distribution, util

from tf1graphs.v1.contrib.distributions._base import ScalarDistribution, after_positive, checked, non_negative


class _Counts(ScalarDistribution):
    def __init__(self, dtype: Any, graph_parents: list[Any], name: str, parameters: dict[str, Any]) -> None:
        super().__init__(
            dtype=dtype,
            reparameterization_type=distribution.NOT_REPARAMETERIZED,
            validate_args=parameters["validate_args"],
            allow_nan_stats=parameters["allow_nan_stats"],
            parameters=parameters,
            graph_parents=graph_parents,
            name=name,
        )

    def _whole(self, x: Any) -> Any:
        return util.embed_check_nonnegative_integer_form(x) if self.validate_args else x


class Poisson(_Counts):
    """The Poisson distribution: ``prob(k)`` is ``rate**k exp(-rate) / k!``.

    Args:
        rate: The means, floats above 0.
        log_rate: Their logarithms; one of both is given.
        validate_args: Whether a run checks ``rate``, and that counts are whole.
        allow_nan_stats: Whether what does not exist is NaN.
        name: The name scope.

    Raises:
        ValueError: Both or none of ``rate`` and ``log_rate`` are given.
        TypeError: The rate has no floats.
    """

    _batch_parameters = ("rate",)

    def __init__(
        self,
        rate: Any = None,
        log_rate: Any = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "Poisson",
    ) -> None:
        parameters = dict(locals())
        with ops.name_scope(name, values=[rate]) as scope:
            if (rate is None) == (log_rate is None):
                raise ValueError("Must specify exactly one of `rate` and `log_rate`.")
            if log_rate is None:
                rate = self._float(rate, "rate")
                with after_positive(validate_args, rate):
                    self.rate = array_ops.identity(rate, name="rate")
                    self.log_rate = math_ops.log(rate, name="log_rate")
            else:
                self.log_rate = self._float(log_rate, "log_rate")
                self.rate = math_ops.exp(self.log_rate, name="rate")
        super().__init__(self.rate.dtype, [self.rate], scope, parameters)

    @staticmethod
    def _float(value: Any, name: str) -> Any:
        value = ops.convert_to_tensor(value, name=name)
        if not value.dtype.is_floating:
            raise TypeError(f"{name}.dtype ({value.dtype.name}) is a not a float-type.")
        return value

    def _sample_n(self, n: Any, seed: Any = None) -> Any:
        return random_ops.random_poisson(self.rate, [n], dtype=self.dtype, seed=seed)

    def _log_prob(self, x: Any) -> Any:
        x = self._whole(x)
        return (x * self.log_rate - math_ops.lgamma(1.0 + x)) - self.rate

    def _cdf(self, x: Any) -> Any:
        return math_ops.igammac(1.0 + self._whole(x), self.rate)

    def _log_cdf(self, x: Any) -> Any:
        return math_ops.log(self.cdf(x))

    def _mean(self) -> Any:
        return array_ops.identity(self.rate)

    def _variance(self) -> Any:
        return array_ops.identity(self.rate)

    def _mode(self) -> Any:
        return math_ops.floor(self.rate)


class Geometric(_Counts):
    """The geometric distribution of the failures before the first success: ``prob(k)`` is ``(1 - probs)**k probs``.

    Args:
        logits: The log odds of success, floats.
        probs: The probabilities of success, in (0, 1]; one of both is given.
        validate_args: Whether a run checks ``probs``, and that counts are whole; else they are floored.
        allow_nan_stats: Whether what does not exist is NaN.
        name: The name scope.

    Raises:
        ValueError: Both or none of ``logits`` and ``probs`` are given.
    """

    _batch_parameters = ("probs",)

    def __init__(
        self,
        logits: Any = None,
        probs: Any = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "Geometric",
    ) -> None:
        parameters = dict(locals())
        with ops.name_scope(name, values=[logits, probs]) as scope:
            self.logits, probs = util.get_logits_and_probs(logits, probs, validate_args=validate_args, name=scope)
            with after_positive(validate_args, probs):
                self.probs = array_ops.identity(probs, name="probs")
        super().__init__(self.probs.dtype, [self.probs, self.logits], scope, parameters)

    def _sample_n(self, n: Any, seed: Any = None) -> Any:
        shape = array_ops.concat([[n], array_ops.shape(self.probs)], 0)
        smallest = np.finfo(self.dtype.as_numpy_dtype).tiny
        uniform = random_ops.random_uniform(shape, minval=smallest, maxval=1.0, seed=seed, dtype=self.dtype)
        return math_ops.floor(math_ops.log(uniform) / math_ops.log1p(-self.probs))

    def _floored(self, x: Any) -> Any:
        x = self._whole(x) if self.validate_args else math_ops.floor(x)
        return x * array_ops.ones_like(self.probs)

    def _cdf(self, x: Any) -> Any:
        x = self._floored(x)
        below = -math_ops.expm1((1.0 + x) * math_ops.log1p(-self.probs))
        return array_ops.where(x < 0.0, array_ops.zeros_like(x), below)

    def _log_prob(self, x: Any) -> Any:
        x = self._floored(x)
        probs = self.probs * array_ops.ones_like(x)
        # So that no failure at all has a gradient where probs is 1.
        failing = array_ops.where(math_ops.equal(x, 0.0), array_ops.zeros_like(probs), probs)
        return x * math_ops.log1p(-failing) + math_ops.log(probs)

    def _entropy(self) -> Any:
        def below_one(probs: Any) -> Any:
            message = "Entropy is undefined when logits = inf or probs = 1."
            return check_ops.assert_less(probs, constant_op.constant(1.0, probs.dtype), message=message)

        probs = checked(self.validate_args, self.probs, below_one)
        return nn_ops.softplus(self.logits) / probs - self.logits

    def _mean(self) -> Any:
        return math_ops.exp(-self.logits)

    def _variance(self) -> Any:
        return self._mean() / self.probs

    def _mode(self) -> Any:
        return array_ops.zeros(self.batch_shape_tensor(), dtype=self.dtype)


class Binomial(_Counts):
    """The binomial distribution of the successes in ``total_count`` trials; it has no ``sample()``, as in 1.15.

    Args:
        total_count: The numbers of trials, whole floats.
        logits: The log odds of success, floats.
        probs: The probabilities of success; one of both is given.
        validate_args: Whether a run checks the parameters, and that counts are whole and no more than the trials.
        allow_nan_stats: Whether what does not exist is NaN.
        name: The name scope.

    Raises:
        ValueError: Both or none of ``logits`` and ``probs`` are given.
    """

    _batch_parameters = ("total_count", "probs")

    def __init__(
        self,
        total_count: Any,
        logits: Any = None,
        probs: Any = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "Binomial",
    ) -> None:
        parameters = dict(locals())

        def whole(count: Any) -> Any:
            return util.assert_integer_form(count, message="total_count cannot contain fractional components.")

        with ops.name_scope(name, values=[total_count, logits, probs]) as scope:
            total_count = ops.convert_to_tensor(total_count, name="total_count")
            self.total_count = checked(
                validate_args, total_count, non_negative("total_count must be non-negative."), whole
            )
            self.logits, self.probs = util.get_logits_and_probs(
                logits=logits, probs=probs, validate_args=validate_args, name=scope
            )
        super().__init__(self.probs.dtype, [self.total_count, self.logits, self.probs], scope, parameters)

    def _possible(self, counts: Any) -> Any:
        def not_above(counts: Any) -> Any:
            message = "counts are not less than or equal to n."
            return check_ops.assert_less_equal(counts, self.total_count, message=message)

        return checked(self.validate_args, self._whole(counts), not_above)

    def _log_prob(self, counts: Any) -> Any:
        of_one = self._possible(counts)
        failures = self.total_count - of_one
        log_of_one = of_one * math_ops.log(self.probs) + failures * math_ops.log1p(-self.probs)
        counts = self._possible(counts)
        orders = math_ops.lgamma(1.0 + self.total_count - counts) + math_ops.lgamma(1.0 + counts)
        return log_of_one - (orders - math_ops.lgamma(1.0 + self.total_count))

    def _prob(self, counts: Any) -> Any:
        return math_ops.exp(self._log_prob(counts))

    def _cdf(self, counts: Any) -> Any:
        counts, probs = self._possible(counts), self.probs
        known = counts.shape.is_fully_defined() and probs.shape.is_fully_defined()
        if not (known and counts.shape.is_compatible_with(probs.shape)):
            probs += array_ops.zeros_like(counts)
            counts += array_ops.zeros_like(self.probs)
        # The incomplete beta function has no value where all trials succeed.
        ones = array_ops.ones_like(self.total_count - counts)
        all_succeed = math_ops.equal(counts, self.total_count)
        failures = array_ops.where_v2(all_succeed, ones, self.total_count - counts)
        return array_ops.where_v2(all_succeed, ones, math_ops.betainc(a=failures, b=counts + 1, x=1 - probs))

    def _mean(self) -> Any:
        return self.total_count * self.probs

    def _variance(self) -> Any:
        return self._mean() * (1.0 - self.probs)

    def _mode(self) -> Any:
        return math_ops.floor((1.0 + self.total_count) * self.probs)


class NegativeBinomial(_Counts):
    """The negative binomial distribution of the successes before ``total_count`` failures.

    Args:
        total_count: The numbers of failures, floats above 0.
        logits: The log odds of success, floats.
        probs: The probabilities of success; one of both is given.
        validate_args: Whether a run checks the parameters, and that counts are whole.
        allow_nan_stats: Whether what does not exist is NaN.
        name: The name scope.

    Raises:
        ValueError: Both or none of ``logits`` and ``probs`` are given.
    """

    _batch_parameters = ("total_count", "probs")

    def __init__(
        self,
        total_count: Any,
        logits: Any = None,
        probs: Any = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "NegativeBinomial",
    ) -> None:
        parameters = dict(locals())
        with ops.name_scope(name, values=[total_count, logits, probs]) as scope:
            self.logits, self.probs = util.get_logits_and_probs(logits, probs, validate_args=validate_args, name=scope)
            with after_positive(validate_args, total_count):
                self.total_count = array_ops.identity(total_count)
        super().__init__(self.probs.dtype, [self.total_count, self.probs, self.logits], scope, parameters)

    def _sample_n(self, n: Any, seed: Any = None) -> Any:
        # A Poisson distribution whose rate has a gamma distribution.
        rate = random_ops.random_gamma(
            shape=[n], alpha=self.total_count, beta=math_ops.exp(-self.logits), dtype=self.dtype, seed=seed
        )
        seed = util.gen_new_seed(seed, "negative_binom")
        return random_ops.random_poisson(rate, shape=[], dtype=self.dtype, seed=seed)

    def _cdf(self, x: Any) -> Any:
        return math_ops.betainc(self.total_count, 1.0 + self._whole(x), math_ops.sigmoid(-self.logits))

    def _log_prob(self, x: Any) -> Any:
        count = self._whole(x)
        log_of_one = self.total_count * math_ops.log_sigmoid(-self.logits) + count * math_ops.log_sigmoid(self.logits)
        count = self._whole(x)
        orders = -math_ops.lgamma(self.total_count + count) + math_ops.lgamma(1.0 + count)
        return log_of_one - (orders + math_ops.lgamma(self.total_count))

    def _mean(self) -> Any:
        return self.total_count * math_ops.exp(self.logits)

    def _variance(self) -> Any:
        return self._mean() / math_ops.sigmoid(-self.logits)

    def _mode(self) -> Any:
        zeros = array_ops.zeros_like(self.total_count)
        count = array_ops.where_v2(self.total_count > 1.0, self.total_count - 1.0, zeros)
        return math_ops.floor(count * math_ops.exp(self.logits))
