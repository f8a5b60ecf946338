"""What a state space model is made of: matrices, covariances and the prior, by its subclasses or by default."""

from __future__ import annotations

import abc
from typing import Any

from tensorflow.python.framework import constant_op, dtypes, ops
from tensorflow.python.ops import (
    array_ops,
    control_flow_assert,
    gen_math_ops,
    linalg_ops,
    math_ops,
    variable_scope,
)

from tf1graphs.v1.contrib.timeseries._covariances import variable_covariance_matrix
from tf1graphs.v1.contrib.timeseries._sequential_model import SequentialTimeSeriesModel


class StateSpaceParameters(SequentialTimeSeriesModel):
    """The parameters of a model in which a state is moved by a matrix, and observed by another.

    Args:
        configuration: A ``StateSpaceModelConfiguration``.
    """

    def __init__(self, configuration: Any) -> None:
        self._configuration = configuration
        processor = configuration.filtering_postprocessor
        super().__init__(
            train_output_names=["mean", "covariance", "log_likelihood", *(processor.output_names if processor else [])],
            predict_output_names=["mean", "covariance"],
            num_features=configuration.num_features,
            normalize_features=True,
            dtype=configuration.dtype,
            exogenous_feature_columns=configuration.exogenous_feature_columns,
            exogenous_update_condition=configuration.exogenous_update_condition,
            static_unrolling_window_size_threshold=configuration.static_unrolling_window_size_threshold,
        )
        self._kalman_filter: Any = None
        self.prior_state_mean: Any = None
        self.prior_state_var: Any = None
        self.state_transition_noise_covariance: Any = None
        self._total_observation_count: Any = None
        self._observation_noise_covariance: Any = None
        # Variables are made below the scope in which the model was.
        self._variable_scope = variable_scope.get_variable_scope()

    @abc.abstractmethod
    def get_state_transition(self) -> Any:
        """Returns the matrix that moves the state by one time, ``[size, size]``."""

    @abc.abstractmethod
    def get_noise_transform(self) -> Any:
        """Returns the matrix from noise to states, ``[size, noise size]``."""

    @abc.abstractmethod
    def get_observation_model(self, times: Any) -> Any:
        """Returns what makes observations of states.

        It is ``[size]``, ``[num_features, size]``, or, for each of ``times`` ``[batch]``, one of the latter.
        """

    def get_features_for_timesteps(self, timesteps: Any) -> Any:
        """Returns no features for times ``[number]``: ``[number, 0]``."""
        return array_ops.zeros([array_ops.shape(timesteps)[0], 0], dtype=self.dtype)

    def get_broadcasted_observation_model(self, times: Any) -> Any:
        """Returns the observation model of each of ``times`` ``[batch]``: ``[batch, num_features, size]``."""
        model = ops.convert_to_tensor(self.get_observation_model(times), dtype=self.dtype)
        rank = model.get_shape().with_rank_at_least(1).with_rank_at_most(3).ndims
        if rank is None:
            is_broadcast = math_ops.equal(array_ops.rank(model), 3)
            with ops.control_dependencies([control_flow_assert.Assert(is_broadcast, [array_ops.shape(model)])]):
                return array_ops.identity(model)
        if rank == 3:
            return model
        batch_size = array_ops.shape(times)[0]
        if rank == 2:
            return array_ops.tile(array_ops.expand_dims(model, axis=0), [batch_size, 1, 1])
        row = array_ops.reshape(tensor=model, shape=[1, 1, -1])
        return array_ops.tile(row, [batch_size, self.num_features, 1])

    def _state_dimension(self) -> int:
        size: int = ops.convert_to_tensor(self.get_state_transition(), dtype=self.dtype).shape.dims[0].value
        return size

    def _variable_observation_transition_tradeoff_log(self) -> Any:
        initial = -self._configuration.transition_covariance_initial_log_scale_bias
        return variable_scope.get_variable(
            name="observation_transition_tradeoff_log_scale",
            initializer=constant_op.constant(initial, dtype=self.dtype),
            dtype=self.dtype,
        )

    def _define_parameters(self, observation_transition_tradeoff_log: Any = None) -> None:
        with variable_scope.variable_scope(self._variable_scope):
            if observation_transition_tradeoff_log is None:
                observation_transition_tradeoff_log = self._variable_observation_transition_tradeoff_log()
            self._observation_transition_tradeoff_log_scale = observation_transition_tradeoff_log
            self.state_transition_noise_covariance = self.get_state_transition_noise_covariance()

    def get_state_transition_noise_covariance(self, minimum_initial_variance: float = 1e-05) -> Any:
        """Returns the covariance of the noise that moves the state, ``[noise size, noise size]``.

        It begins with the variance of the beginning of the series over the number of its times.
        """
        transform = ops.convert_to_tensor(self.get_noise_transform(), dtype=self.dtype)
        scale_log: Any = 0.0
        if self._input_statistics is not None:
            variance = self._scale_variance(self._input_statistics.series_start_moments.variance)
            number = math_ops.cast(self._input_statistics.total_observation_count, self.dtype)
            for_a_time = math_ops.reduce_mean(variance) / number
            scale_log = math_ops.log(gen_math_ops.maximum(for_a_time, minimum_initial_variance))
        scale_log -= self._observation_transition_tradeoff_log_scale
        return variable_covariance_matrix(
            transform.shape.dims[1].value,
            "state_transition_noise",
            dtype=self.dtype,
            initial_overall_scale_log=scale_log,
        )

    def get_observation_noise_covariance(self, minimum_initial_variance: float = 1e-05) -> Any:
        """Returns the covariance of the noise of observations, ``[num_features, num_features]``.

        It begins with the variance of the beginning of the series.
        """
        size, name = self.num_features, "observation_noise_covariance"
        if not self._configuration.use_observation_noise:
            return array_ops.zeros(shape=[size, size], name=name, dtype=self.dtype)
        variance = None
        if self._input_statistics is not None:
            variance = self._scale_variance(self._input_statistics.series_start_moments.variance)
            variance = gen_math_ops.maximum(variance, minimum_initial_variance)
        return variable_covariance_matrix(
            size=size,
            dtype=self.dtype,
            name=name,
            initial_diagonal_values=variance,
            initial_overall_scale_log=self._observation_transition_tradeoff_log_scale,
        )

    def get_prior_covariance(self) -> Any:
        """Returns the covariance of the start state, ``[size, size]``: the identity if it is not trained."""
        with variable_scope.variable_scope(self._variable_scope):
            size = ops.convert_to_tensor(self.get_state_transition()).get_shape().dims[0].value
            if not self._configuration.trainable_start_state:
                return linalg_ops.eye(size, dtype=self.dtype)
            covariance = variable_covariance_matrix(size, "prior_state_var", dtype=self.dtype)
            if self._input_statistics is None:
                return covariance
            variance = self._scale_variance(self._input_statistics.series_start_moments.variance)
            return covariance * gen_math_ops.maximum(math_ops.reduce_max(variance), 1.0)

    def get_prior_mean(self) -> Any:
        """Returns the mean of the start state, a variable ``[size]``."""
        with variable_scope.variable_scope(self._variable_scope):
            return variable_scope.get_variable(
                name="prior_state_mean",
                shape=[self._state_dimension()],
                dtype=self.dtype,
                trainable=self._configuration.trainable_start_state,
            )

    def get_start_state(self) -> Any:
        """Returns mean and covariance of the start state, and the time before the first: ``[size]``, ..., ``[]``."""
        if self._input_statistics is None:
            start_time = array_ops.zeros([], dtype=dtypes.int64)
        else:
            start_time = self._input_statistics.start_time
        return self.prior_state_mean, self.prior_state_var, start_time - 1
