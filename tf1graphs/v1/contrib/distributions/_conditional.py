"""Distributions whose methods take further arguments, for what they are conditioned on."""

from __future__ import annotations

from typing import Any

from tensorflow.python.ops.distributions import distribution

from tf1graphs.v1.contrib.distributions._transformed import TransformedDistribution


class ConditionalDistribution(distribution.Distribution):  # type: ignore[misc]
    """A distribution that hands named arguments of its methods to their implementations."""

    def sample(self, sample_shape: Any = (), seed: Any = None, name: str = "sample", **condition_kwargs: Any) -> Any:
        """Returns samples of a shape, ``[sample_shape, batch_shape, event_shape]``."""
        return self._call_sample_n(sample_shape, seed, name, **condition_kwargs)

    def log_prob(self, value: Any, name: str = "log_prob", **condition_kwargs: Any) -> Any:
        """Returns the logarithm of the density or probability."""
        return self._call_log_prob(value, name, **condition_kwargs)

    def prob(self, value: Any, name: str = "prob", **condition_kwargs: Any) -> Any:
        """Returns the density or probability."""
        return self._call_prob(value, name, **condition_kwargs)

    def log_cdf(self, value: Any, name: str = "log_cdf", **condition_kwargs: Any) -> Any:
        """Returns the logarithm of the probability of no more than ``value``."""
        return self._call_log_cdf(value, name, **condition_kwargs)

    def cdf(self, value: Any, name: str = "cdf", **condition_kwargs: Any) -> Any:
        """Returns the probability of no more than ``value``."""
        return self._call_cdf(value, name, **condition_kwargs)

    def log_survival_function(self, value: Any, name: str = "log_survival_function", **condition_kwargs: Any) -> Any:
        """Returns the logarithm of the probability of more than ``value``."""
        return self._call_log_survival_function(value, name, **condition_kwargs)

    def survival_function(self, value: Any, name: str = "survival_function", **condition_kwargs: Any) -> Any:
        """Returns the probability of more than ``value``."""
        return self._call_survival_function(value, name, **condition_kwargs)


class ConditionalTransformedDistribution(ConditionalDistribution, TransformedDistribution):
    """A ``TransformedDistribution`` whose methods take ``bijector_kwargs`` and ``distribution_kwargs``, two dicts."""
