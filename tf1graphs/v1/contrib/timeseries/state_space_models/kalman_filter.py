"""``contrib.timeseries.state_space_models.kalman_filter``: the Kalman filter."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import array_ops, cond, control_flow_assert, linalg_ops, math_ops, numerics

from tf1graphs.v1.contrib.timeseries._log_probs import mvn_tril_log_prob
from tf1graphs.v1.contrib.timeseries._matrices import batch_times_matrix

__all__ = ["KalmanFilter"]

_UNSTABLE = (
    "This may occur due to numerically unstable filtering when there is a large difference in posterior variances, or "
    "when inferences are near-deterministic. Considering tuning the 'filtering_maximum_posterior_variance_ratio' or "
    "'filtering_minimum_posterior_variance' parameters in your StateSpaceModelConfiguration, or tuning the transition "
    "matrix."
)


class KalmanFilter:
    """Moves normal distributions of states in time, and updates them by observations.

    Source: R. E. Kalman, "A New Approach to Linear Filtering and Prediction Problems", 1960; the covariance is
    updated in Joseph's form, which keeps it symmetric.

    Args:
        dtype: The dtype of the states.
        simplified_posterior_covariance_computation: Whether the covariance is updated in the short form.
    """

    def __init__(self, dtype: Any = dtypes.float32, simplified_posterior_covariance_computation: bool = False) -> None:
        self._simplified_posterior_covariance_computation = simplified_posterior_covariance_computation
        self.dtype = dtype

    def do_filter(
        self,
        estimated_state: Any,
        estimated_state_covariance: Any,
        predicted_observation: Any,
        predicted_observation_covariance: Any,
        observation: Any,
        observation_model: Any,
        observation_noise: Any,
    ) -> tuple[Any, Any, Any]:
        """Returns the state after an observation, its covariance, and the log probability of the observation.

        Args:
            estimated_state: The state before, ``[batch, size]``.
            estimated_state_covariance: Its covariance, ``[batch, size, size]``.
            predicted_observation: What was predicted, ``[batch, features]``.
            predicted_observation_covariance: Its covariance, ``[batch, features, features]``.
            observation: What was observed, ``[batch, features]``.
            observation_model: The matrix from states to observations, ``[batch, features, size]``.
            observation_noise: The covariance of the noise, ``[features, features]`` or one for each of the batch.

        Raises:
            InvalidArgumentError: When it is run, if the covariance is not finite or has a negative diagonal entry.
        """
        symmetric = 0.5 * (
            predicted_observation_covariance + array_ops.matrix_transpose(predicted_observation_covariance)
        )
        symmetric = numerics.verify_tensor_all_finite(
            symmetric, f"Predicted observation covariance was not finite. {_UNSTABLE}"
        )
        smallest = math_ops.reduce_min(array_ops.matrix_diag_part(symmetric))
        text = f"The predicted observation covariance has a negative diagonal entry. {_UNSTABLE}"
        with ops.control_dependencies([control_flow_assert.Assert(smallest >= 0.0, [text, smallest])]):
            cholesky = linalg_ops.cholesky(symmetric)
        log_prob = mvn_tril_log_prob(loc=predicted_observation, scale_tril=cholesky, x=observation)
        state, covariance = self.posterior_from_prior_state(
            prior_state=estimated_state,
            prior_state_var=estimated_state_covariance,
            observation=observation,
            observation_model=observation_model,
            predicted_observations=(predicted_observation, predicted_observation_covariance),
            observation_noise=observation_noise,
        )
        return state, covariance, log_prob

    def predict_state_mean(self, prior_state: Any, transition_matrices: Any) -> Any:
        """Returns states ``[batch, size]`` after transitions ``[batch, size, size]``."""
        return array_ops.squeeze(math_ops.matmul(transition_matrices, prior_state[..., None]), axis=[-1])

    def predict_state_var(self, prior_state_var: Any, transition_matrices: Any, transition_noise_sums: Any) -> Any:
        """Returns covariances ``[batch, size, size]`` after transitions, with the noise that these have added."""
        moved = math_ops.matmul(transition_matrices, prior_state_var)
        return math_ops.matmul(moved, transition_matrices, adjoint_b=True) + transition_noise_sums

    def posterior_from_prior_state(
        self,
        prior_state: Any,
        prior_state_var: Any,
        observation: Any,
        observation_model: Any,
        predicted_observations: tuple[Any, Any],
        observation_noise: Any,
    ) -> tuple[Any, Any]:
        """Returns the state after an observation and its covariance; see ``do_filter`` for the arguments."""
        observed_mean, observed_var = predicted_observations
        residual = observation - observed_mean
        cross = math_ops.matmul(observation_model, prior_state_var, adjoint_b=True)
        gain_transposed = linalg_ops.matrix_solve(matrix=observed_var, rhs=cross, adjoint=True)
        change = math_ops.matmul(gain_transposed, array_ops.expand_dims(residual, -1), adjoint_a=True)
        state = prior_state + array_ops.squeeze(change, axis=[-1])
        gain_observed = math_ops.matmul(gain_transposed, observation_model, adjoint_a=True)
        identity = linalg_ops.eye(array_ops.shape(gain_observed)[1], dtype=gain_observed.dtype)[None]
        kept = identity - gain_observed
        if self._simplified_posterior_covariance_computation:
            return state, math_ops.matmul(kept, prior_state_var)
        noise = ops.convert_to_tensor(observation_noise)
        covariance = math_ops.matmul(math_ops.matmul(kept, prior_state_var), kept, adjoint_b=True)
        return state, covariance + _through_gain(noise, gain_transposed)

    def observed_from_state(
        self, state_mean: Any, state_var: Any, observation_model: Any, observation_noise: Any
    ) -> tuple[Any, Any]:
        """Returns what is observed from states, ``[batch, features]``, and its covariance.

        Args:
            state_mean: ``[batch, size]``.
            state_var: ``[batch, size, size]``.
            observation_model: ``[batch, features, size]``.
            observation_noise: ``[features, features]`` or one for each of the batch.
        """
        in_rows = math_ops.matmul(array_ops.expand_dims(state_mean, 1), observation_model, adjoint_b=True)
        mean = array_ops.squeeze(in_rows, axis=[1])
        projected = math_ops.matmul(observation_model, state_var)
        covariance = math_ops.matmul(projected, observation_model, adjoint_b=True)
        return mean, covariance + observation_noise


def _through_gain(noise: Any, gain_transposed: Any) -> Any:
    """Returns the covariance that observation noise has in the states."""

    def batch() -> Any:
        return math_ops.matmul(math_ops.matmul(gain_transposed, noise, adjoint_a=True), gain_transposed)

    def matrix() -> Any:
        return math_ops.matmul(batch_times_matrix(gain_transposed, noise, adj_x=True), gain_transposed)

    if noise.get_shape().ndims is None:
        return cond.cond(math_ops.equal(array_ops.rank(noise), 2), matrix, batch)
    return matrix() if noise.get_shape().ndims == 2 else batch()
