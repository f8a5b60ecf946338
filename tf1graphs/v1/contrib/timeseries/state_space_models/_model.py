"""Linear state space models: the filter, predictions, and losses."""

# ruff: noqa: I001 (_tf_estimator comes first: it prepares TensorFlow for the estimators)
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tf1graphs.v1 import _tf_estimator  # noqa: F401
from tensorflow.python.framework import ops
from tensorflow.python.ops import array_ops, control_flow_assert, math_ops, variable_scope
from tensorflow_estimator.python.estimator.mode_keys import ModeKeys

from tf1graphs.v1.contrib.timeseries import _covariances, _matrices
from tf1graphs.v1.contrib.timeseries.state_space_models import _exogenous, _generation
from tf1graphs.v1.contrib.timeseries.state_space_models._parameters import StateSpaceParameters
from tf1graphs.v1.contrib.timeseries.state_space_models.kalman_filter import KalmanFilter


class StateSpaceModel(StateSpaceParameters):
    """A model in which a state is moved by a matrix with noise, and observed by a matrix with noise.

    Subclasses say what the matrices are: ``get_state_transition``, ``get_noise_transform`` and
    ``get_observation_model``. A state is its mean ``[batch, size]``, its covariance ``[batch, size, size]`` and its
    time ``[batch]``.

    Args:
        configuration: A ``StateSpaceModelConfiguration``.
    """

    def transition_power_noise_accumulator(self, num_steps: Any) -> Any:
        """Returns the covariance of the noise after each number of steps: ``[number, size, size]``."""
        transform = ops.convert_to_tensor(self.get_noise_transform(), self.dtype)
        transformed = math_ops.matmul(transform, self.state_transition_noise_covariance)
        transformed = math_ops.matmul(transformed, transform, transpose_b=True)
        transition = ops.convert_to_tensor(self.get_state_transition(), dtype=self.dtype)
        sums = _matrices.power_sums_tensor(math_ops.reduce_max(num_steps) + 1, transition, transformed)
        return array_ops.gather(sums, indices=num_steps)

    def transition_to_powers(self, powers: Any) -> Any:
        """Returns the state transition to integer powers ``[number]``: ``[number, size, size]``."""
        transition = ops.convert_to_tensor(self.get_state_transition(), dtype=self.dtype)
        return _matrices.matrix_to_powers(transition, powers)

    def _window_initializer(self, times: Any, state: Any) -> None:
        """Computes powers and noise once for each length of gap in the window."""
        previous_times = ops.convert_to_tensor(state[2])
        gaps = array_ops.reshape(times[:, 1:] - times[:, :-1], [-1])
        first_gaps = math_ops.maximum(times[:, 0] - previous_times, 0)
        unique_gaps, _ = array_ops.unique(array_ops.concat([gaps, first_gaps], axis=0))
        self._window_power_sums = self.transition_power_noise_accumulator(unique_gaps)
        self._window_transition_powers = self.transition_to_powers(unique_gaps)
        self._window_gap_sizes = unique_gaps

    def _cached_transition_powers_and_sums(self, num_steps: Any) -> list[Any]:
        steps = math_ops.cast(num_steps, self._window_gap_sizes.dtype)
        # The place of a number among the unique ones is that of the gap that is equal.
        _, places = array_ops.unique(array_ops.concat([self._window_gap_sizes, steps], axis=0))
        found = []
        for cache in (self._window_transition_powers, self._window_power_sums):
            chosen = array_ops.gather(cache, places[-array_ops.shape(num_steps)[0] :])
            chosen.set_shape(num_steps.get_shape().concatenate(chosen.get_shape()[-2:]))
            found.append(chosen)
        return found

    def _imputation_step(self, current_times: Any, state: Any) -> Any:
        mean, covariance, previous_times = state
        gap = math_ops.maximum(current_times - previous_times, 0)
        transitions, noise = self._cached_transition_powers_and_sums(gap)
        mean = self._kalman_filter.predict_state_mean(mean, transitions)
        covariance = self._kalman_filter.predict_state_var(covariance, transitions, noise)
        return mean, covariance, previous_times + gap

    def _filtering_step(self, current_times: Any, current_values: Any, state: Any, predictions: Any) -> Any:
        mean, covariance, previous_times = state
        observation_model = self.get_broadcasted_observation_model(current_times)
        is_current = math_ops.reduce_all(math_ops.equal(current_times, previous_times))
        text = "Attempted to perform filtering without imputation/prediction"
        with ops.control_dependencies([control_flow_assert.Assert(is_current, [text])]):
            covariance = _covariances.clip_covariance(
                covariance,
                self._configuration.filtering_maximum_posterior_variance_ratio,
                self._configuration.filtering_minimum_posterior_variance,
            )
            mean, covariance, log_prob = self._kalman_filter.do_filter(
                estimated_state=mean,
                estimated_state_covariance=covariance,
                predicted_observation=predictions["mean"],
                predicted_observation_covariance=predictions["covariance"],
                observation=current_values,
                observation_model=observation_model,
                observation_noise=self._observation_noise_covariance,
            )
        filtered = mean, covariance, current_times
        log_prob.set_shape(current_times.get_shape())
        predictions["loss"] = -log_prob
        predictions["log_likelihood"] = log_prob
        if self._configuration.filtering_postprocessor is None:
            return filtered, predictions
        return self._configuration.filtering_postprocessor.process_filtering_step(
            current_times=current_times,
            current_values=current_values,
            predicted_state=state,
            filtered_state=filtered,
            outputs=predictions,
        )

    def _scale_back_predictions(self, predictions: Any) -> Any:
        predictions["mean"] = self._scale_back_data(predictions["mean"])
        predictions["covariance"] = self._scale_back_variance(predictions["covariance"])
        return predictions

    def _prediction_step(self, current_times: Any, state: Any) -> Any:
        mean, covariance, previous_times = state
        is_current = math_ops.reduce_all(math_ops.less_equal(current_times, previous_times))
        text = "Attempted to predict without imputation"
        with ops.control_dependencies([control_flow_assert.Assert(is_current, [text])]):
            observation_model = self.get_broadcasted_observation_model(current_times)
            observed, observed_var = self._kalman_filter.observed_from_state(
                state_mean=mean,
                state_var=covariance,
                observation_model=observation_model,
                observation_noise=self._observation_noise_covariance,
            )
        batch, size = current_times.get_shape(), self.num_features
        observed.set_shape(batch.concatenate((size,)))
        observed_var.set_shape(batch.concatenate((size, size)))
        return (mean, covariance, current_times), {"mean": observed, "covariance": observed_var}

    def _exogenous_input_step(self, current_times: Any, current_exogenous_regressors: Any, state: Any) -> Any:
        if self._configuration.exogenous_noise_decreases:
            transition = ops.convert_to_tensor(self.get_state_transition(), dtype=self.dtype)
            size = transition.shape.dims[0].value
            state = _exogenous.observed(self._kalman_filter, size, current_exogenous_regressors, state)
        if self._configuration.exogenous_noise_increases:
            state = _exogenous.added(current_exogenous_regressors, state)
        return state

    def _loss_additions(self, times: Any, values: Any, mode: str) -> Any:
        """Returns the negative logarithm of the prior of the covariances, in training."""
        if mode != ModeKeys.TRAIN:
            return array_ops.zeros([], dtype=self.dtype)
        if self._input_statistics is not None and self._configuration.bayesian_prior_weighting:
            number = self._input_statistics.total_observation_count
        else:
            number = array_ops.shape(times)[1]
        normalization = 1.0 / math_ops.cast(number, self.dtype)
        covariances = [self.state_transition_noise_covariance]
        if self._configuration.use_observation_noise and self._observation_noise_covariance is not None:
            covariances.append(self._observation_noise_covariance)
        prior = self._configuration.covariance_prior_fn
        logarithms = [ops.convert_to_tensor(prior(each), dtype=self.dtype) for each in covariances]
        return -normalization * (logarithms[0] + logarithms[1] if len(logarithms) == 2 else logarithms[0])

    def _set_input_statistics(self, input_statistics: Any = None) -> None:
        super().initialize_graph(input_statistics=input_statistics)

    def initialize_graph(self, input_statistics: Any = None) -> None:
        """Makes the variables of the model, below the scope in which it was made."""
        self._set_input_statistics(input_statistics=input_statistics)
        self._define_parameters()
        with variable_scope.variable_scope(self._variable_scope):
            self._observation_noise_covariance = ops.convert_to_tensor(
                self.get_observation_noise_covariance(), dtype=self.dtype
            )
        self._kalman_filter = KalmanFilter(dtype=self.dtype)
        self.prior_state_mean, self.prior_state_var = self._make_priors()

    def _make_priors(self) -> tuple[Any, Any]:
        covariance = self.get_prior_covariance()
        return self.get_prior_mean(), covariance

    def random_model_parameters(self, seed: int | None = None) -> dict[Any, Any]:
        """Returns values, drawn at random, of the tensors that are the parameters of the model.

        Raises:
            NotImplementedError: The model has more than one value at each time.
        """
        return _generation.random_parameters(self, seed)

    def generate(
        self,
        number_of_series: int,
        series_length: int,
        model_parameters: Mapping[Any, Any] | None = None,
        seed: int | None = None,
        add_observation_noise: bool | None = None,
    ) -> dict[str, Any]:
        """Returns series drawn from the model, in the default session.

        Args:
            number_of_series: How many series.
            series_length: How many times each has.
            model_parameters: Values of tensors to use for those of the session.
            seed: The seed of NumPy's random numbers.
            add_observation_noise: Whether observations have noise; None is what the configuration says.

        Returns:
            ``times`` ``[number_of_series, series_length]`` and ``values`` ``[..., 1]``, arrays.

        Raises:
            NotImplementedError: The model has more than one value at each time.
        """
        return _generation.generate(
            self, number_of_series, series_length, model_parameters or {}, seed, add_observation_noise
        )
