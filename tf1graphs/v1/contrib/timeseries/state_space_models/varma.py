"""``contrib.timeseries.state_space_models.varma``: vector autoregression with a moving average."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import ops
from tensorflow.python.ops import array_ops, init_ops, linalg_ops, math_ops, variable_scope

from tf1graphs.v1.contrib.timeseries._covariances import variable_covariance_matrix
from tf1graphs.v1.contrib.timeseries.state_space_models import _configuration
from tf1graphs.v1.contrib.timeseries.state_space_models._model import StateSpaceModel

__all__ = ["VARMA"]


class VARMA(StateSpaceModel):
    """A state of blocks of the last values and noises.

    Args:
        autoregressive_order: How many values before count.
        moving_average_order: How many noises before count.
        configuration: A ``StateSpaceModelConfiguration``.
    """

    def __init__(
        self,
        autoregressive_order: int,
        moving_average_order: int,
        configuration: Any = _configuration.DEFAULT,
    ) -> None:
        self.ar_order = autoregressive_order
        self.ma_order = moving_average_order
        self.state_num_blocks = max(autoregressive_order, moving_average_order + 1)
        super().__init__(configuration=configuration)
        self.state_dimension = self.state_num_blocks * self.num_features

    def _define_parameters(self, observation_transition_tradeoff_log: Any = None) -> None:
        with variable_scope.variable_scope(self._variable_scope):
            self.ar_coefs = variable_scope.get_variable(
                name="ar_coefs",
                shape=[self.num_features, self.num_features, self.ar_order],
                dtype=self.dtype,
                initializer=init_ops.zeros_initializer(),
            )
            self.ma_coefs = variable_scope.get_variable(
                name="ma_coefs",
                initializer=array_ops.tile(self._eye(self.num_features)[None, :, :], [self.ma_order, 1, 1]),
                dtype=self.dtype,
            )
        super()._define_parameters(observation_transition_tradeoff_log=observation_transition_tradeoff_log)

    def _eye(self, size: int) -> Any:
        return linalg_ops.eye(size, dtype=self.dtype)

    def get_state_transition(self) -> Any:
        """Returns the matrix that computes the next value and shifts the others, ``[size, size]``."""
        padded = array_ops.pad(self.ar_coefs, [[0, 0], [0, 0], [0, self.state_num_blocks - self.ar_order]])
        coefficients = array_ops.reshape(padded, [self.num_features, self.state_dimension])
        shifted = self._eye((self.state_num_blocks - 1) * self.num_features)
        return array_ops.concat([coefficients, array_ops.pad(shifted, [[0, 0], [0, self.num_features]])], axis=0)

    def get_noise_transform(self) -> Any:
        """Returns the matrix from noise to states, ``[size, num_features]``."""
        padded = array_ops.pad(self.ma_coefs, [[self.state_num_blocks - 1 - self.ma_order, 0], [0, 0], [0, 0]])
        shape = [(self.state_num_blocks - 1) * self.num_features, self.num_features]
        averaged = array_ops.reshape(padded, shape, name="noise_transform")
        return array_ops.concat([averaged, self._eye(self.num_features)], axis=0)

    def get_observation_model(self, times: Any) -> Any:
        """Returns the matrix from states to values, ``[num_features, size]``."""
        identity = self._eye(self.num_features)
        if self.ar_order > self.ma_order or self.state_num_blocks < 2:
            rest = self.num_features * (self.state_num_blocks - 1)
            return array_ops.pad(identity, [[0, 0], [0, rest]], name="observation_model")
        rest = self.num_features * (self.state_num_blocks - 2)
        first = array_ops.pad(identity, [[0, 0], [0, rest]])
        return array_ops.concat([first, self._eye(self.num_features)], axis=1, name="observation_model")

    def get_state_transition_noise_covariance(self, minimum_initial_variance: float = 1e-05) -> Any:
        """Returns the covariance of the noise; it begins with the variance of the beginning of the series."""
        scale_log: Any = 0.0
        if self._input_statistics is not None:
            variance = self._scale_variance(self._input_statistics.series_start_moments.variance)
            scale_log = math_ops.log(math_ops.maximum(math_ops.reduce_mean(variance), minimum_initial_variance))
        transform = ops.convert_to_tensor(self.get_noise_transform(), dtype=self.dtype)
        return variable_covariance_matrix(
            transform.shape.dims[1].value,
            "state_transition_noise",
            dtype=self.dtype,
            initial_overall_scale_log=scale_log,
        )
