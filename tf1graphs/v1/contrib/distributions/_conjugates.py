"""Bayesian updates of a normal prior.

Source: Murphy, Conjugate Bayesian analysis of the Gaussian distribution, 2007.
"""

from __future__ import annotations

from typing import Any

from tensorflow.python.ops import math_ops
from tensorflow.python.ops.distributions import normal


def _updated(prior: Any, scale: Any, s: Any, n: Any) -> tuple[Any, Any, Any]:
    """Returns the mean and the variance of the posterior, and the variance of an observation."""
    if not isinstance(prior, normal.Normal):
        raise TypeError("Expected prior to be an instance of type Normal")
    if s.dtype != prior.dtype:
        raise TypeError(f"Observation sum s.dtype does not match prior dtype: {s.dtype} vs. {prior.dtype}")
    n = math_ops.cast(n, prior.dtype)
    prior_variance, variance = math_ops.square(prior.scale), math_ops.square(scale)
    posterior_variance = 1.0 / (1 / prior_variance + n / variance)
    return (prior.loc / prior_variance + s / variance) * posterior_variance, posterior_variance, variance


def normal_conjugates_known_scale_posterior(prior: Any, scale: Any, s: Any, n: Any) -> Any:
    """Returns the normal distribution of the mean of observations after these were made.

    Args:
        prior: The ``Normal`` of the mean before.
        scale: The standard deviation of an observation.
        s: The sum of the observations, a tensor.
        n: Their number.

    Raises:
        TypeError: ``prior`` is no ``Normal``, or ``s`` has another dtype.
    """
    loc, variance, _ = _updated(prior, scale, s, n)
    return normal.Normal(loc=loc, scale=math_ops.sqrt(variance))


def normal_conjugates_known_scale_predictive(prior: Any, scale: Any, s: Any, n: Any) -> Any:
    """Returns the normal distribution of a further observation; for the arguments see the posterior."""
    loc, variance, of_observation = _updated(prior, scale, s, n)
    return normal.Normal(loc=loc, scale=math_ops.sqrt(variance + of_observation))
