"""What exogenous regressors do to a state: they observe it, or add to it."""

# ruff: noqa: I001 (tf_slim is importable once _tf_slim is)
from __future__ import annotations

from typing import Any

from tf1graphs.v1 import _tf_slim  # noqa: F401
from tf_slim.layers.layers import fully_connected
from tensorflow.python.ops import array_ops, linalg_ops, variable_scope

from tf1graphs.v1.contrib.timeseries._covariances import transform_to_covariance_matrices


def observed(kalman_filter: Any, size: int, regressors: Any, state: Any) -> Any:
    """Returns the state after an observation of it that a dense layer makes of regressors, with less noise.

    Args:
        kalman_filter: A ``KalmanFilter``.
        size: The size of states.
        regressors: ``[batch, regressor size]``.
        state: Mean, covariance and time.
    """
    mean, covariance, times = state
    dtype = covariance.dtype
    observation_model = linalg_ops.eye(size, batch_shape=array_ops.shape(regressors)[:-1], dtype=dtype)
    with variable_scope.variable_scope("exogenous_noise_decreasing_covariance"):
        noise = transform_to_covariance_matrices(regressors, size)
    with variable_scope.variable_scope("exogenous_noise_decreasing_observation"):
        observation = fully_connected(regressors, size, activation_fn=None)
    mean, covariance = kalman_filter.posterior_from_prior_state(
        prior_state=mean,
        prior_state_var=covariance,
        observation=observation,
        observation_model=observation_model,
        predicted_observations=(mean, noise + covariance),
        observation_noise=noise,
    )
    return mean, covariance, times


def added(regressors: Any, state: Any) -> Any:
    """Returns the state with what dense layers make of regressors added to it, with more noise."""
    mean, covariance, times = state
    with variable_scope.variable_scope("exogenous_noise_increasing_mean"):
        addition = fully_connected(regressors, mean.shape.dims[1].value, activation_fn=None)
    with variable_scope.variable_scope("exogenous_noise_increasing_covariance"):
        noise = transform_to_covariance_matrices(regressors, covariance.shape.dims[1].value)
    return mean + addition, covariance + noise, times
