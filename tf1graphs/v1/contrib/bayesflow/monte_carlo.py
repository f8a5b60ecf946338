"""``tf.contrib.bayesflow.monte_carlo``: estimates of expectations by the means of samples."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tensorflow.python.framework import ops
from tensorflow.python.ops import array_ops, math_ops, nn_ops

__all__ = ["expectation", "expectation_importance_sampler", "expectation_importance_sampler_logspace"]

_Function = Callable[[Any], Any]


def expectation(
    f: _Function,
    samples: Any,
    log_prob: _Function | None = None,
    use_reparametrization: bool = True,
    axis: Any = 0,
    keep_dims: bool = False,
    name: str | None = None,
) -> Any:
    """Returns the mean of ``f`` over samples, whose gradient is an estimate of that of the expectation.

    Source of the gradient without reparametrization, the score function trick: Schulman, Heess, Weber and Abbeel,
    Gradient Estimation Using Stochastic Computation Graphs, NIPS 2015.

    Args:
        f: From samples to values.
        samples: Of the distribution.
        log_prob: From samples to their log probabilities, needed without ``use_reparametrization``.
        use_reparametrization: Whether gradients go through the samples, which then hang on the parameters.
        axis: The axes that the mean is taken over.
        keep_dims: Whether these stay, with one element.
        name: The name scope.

    Raises:
        ValueError: ``f`` is no function, or ``log_prob`` is needed and none.
    """
    with ops.name_scope(name, "expectation", [samples]):
        if not callable(f):
            raise ValueError("`f` must be a callable function.")
        if use_reparametrization:
            return math_ops.reduce_mean(f(samples), axis=axis, keepdims=keep_dims)
        if not callable(log_prob):
            raise ValueError("`log_prob` must be a callable function.")
        stop = array_ops.stop_gradient
        x = stop(samples)
        log_prob_x = log_prob(x)
        f_x = f(x)
        f_x += stop(f_x) * (log_prob_x - stop(log_prob_x))
        return math_ops.reduce_mean(f_x, axis=axis, keepdims=keep_dims)


def _samples(distribution: Any, z: Any, n: int | None, seed: int | None) -> Any:
    with ops.name_scope("get_samples", values=[z, n]):
        if (n is None) == (z is None):
            raise ValueError(f'Must specify exactly one of arguments "n" and "z".  Found: n = {n}, z = {z}')
        return ops.convert_to_tensor(z, name="z") if n is None else distribution.sample(n, seed=seed)


def _log_of_mean(log_values: Any) -> Any:
    """Returns the logarithm of the mean of ``exp(log_values)`` over the first axis."""
    center = array_ops.stop_gradient(math_ops.reduce_max(log_values, axis=[0]))
    values = math_ops.exp(log_values - center)
    return math_ops.log(math_ops.reduce_mean(values, axis=[0])) + center


def expectation_importance_sampler(
    f: _Function,
    log_p: _Function,
    sampling_dist_q: Any,
    z: Any = None,
    n: int | None = None,
    seed: int | None = None,
    name: str = "expectation_importance_sampler",
) -> Any:
    """Returns the mean of ``f(z) p(z) / q(z)`` over samples of ``q``, which estimates that of ``f`` under ``p``.

    It is computed in logarithms, for the positive and the negative part of ``f`` each plus 1.

    Args:
        f: From samples to values.
        log_p: From samples to their log probabilities.
        sampling_dist_q: The distribution ``q``.
        z: Its samples, ``[n, ...]``.
        n: The number of samples to draw, if ``z`` is not given.
        seed: Of these.
        name: The name scope.

    Raises:
        ValueError: Both or none of ``z`` and ``n`` are given.
    """
    with ops.name_scope(name, values=[z, n]):
        z = _samples(sampling_dist_q, z, n, seed)
        log_p_z = log_p(z)
        log_q_z = sampling_dist_q.log_prob(z)
        f_z = f(z)
        log_positive = math_ops.log(nn_ops.relu(f_z) + 1.0)
        log_negative = math_ops.log(nn_ops.relu(-1.0 * f_z) + 1.0)
        log_means = [_log_of_mean(log_f + log_p_z - log_q_z) for log_f in (log_positive, log_negative)]
    return math_ops.exp(log_means[0]) - math_ops.exp(log_means[1])


def expectation_importance_sampler_logspace(
    log_f: _Function,
    log_p: _Function,
    sampling_dist_q: Any,
    z: Any = None,
    n: int | None = None,
    seed: int | None = None,
    name: str = "expectation_importance_sampler_logspace",
) -> Any:
    """Returns the logarithm of the mean of ``f(z) p(z) / q(z)`` over samples of ``q``, for a positive ``f``.

    Args:
        log_f: From samples to the logarithms of values.
        log_p: From samples to their log probabilities.
        sampling_dist_q: The distribution ``q``.
        z: Its samples, ``[n, ...]``.
        n: The number of samples to draw, if ``z`` is not given.
        seed: Of these.
        name: The name scope.

    Raises:
        ValueError: Both or none of ``z`` and ``n`` are given.
    """
    with ops.name_scope(name, values=[z, n]):
        z = _samples(sampling_dist_q, z, n, seed)
        return _log_of_mean(log_f(z) + log_p(z) - sampling_dist_q.log_prob(z))
