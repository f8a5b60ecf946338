"""``contrib.timeseries.state_space_models.level_trend``: a level that a slope is added to at each time."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import constant_op, dtypes, ops
from tensorflow.python.ops import array_ops, init_ops, linalg_ops, math_ops, variable_scope

from tf1graphs.v1.contrib.timeseries.state_space_models import _configuration
from tf1graphs.v1.contrib.timeseries.state_space_models._model import StateSpaceModel

__all__ = ["AdderStateSpaceModel"]


class AdderStateSpaceModel(StateSpaceModel):
    """A state of two numbers, level and slope.

    Args:
        use_level_noise: Whether noise moves the level too, not the slope alone.
        configuration: A ``StateSpaceModelConfiguration``.
    """

    def __init__(self, use_level_noise: bool = True, configuration: Any = _configuration.DEFAULT) -> None:
        self.use_level_noise = use_level_noise
        super().__init__(configuration=configuration)

    def get_prior_mean(self) -> Any:
        """Returns the mean of the beginning of the series, and a slope of 0: ``[2]``."""
        if self._input_statistics is None:
            return super().get_prior_mean()
        with variable_scope.variable_scope(self._variable_scope):
            mean = math_ops.reduce_mean(self._scale_data(self._input_statistics.series_start_moments.mean))
            initial = array_ops.stack([mean, 0.0])
            return initial + variable_scope.get_variable(
                name="prior_state_mean",
                shape=initial.get_shape(),
                initializer=init_ops.zeros_initializer(),
                dtype=self.dtype,
                trainable=self._configuration.trainable_start_state,
            )

    def transition_to_powers(self, powers: Any) -> Any:
        """Returns ``[[1, n], [0, 1]]`` for each power ``n``: ``[..., 2, 2]``."""
        paddings = array_ops.concat(
            [array_ops.zeros([array_ops.rank(powers), 2], dtype=dtypes.int32), [(0, 1), (1, 0)]], axis=0
        )
        slopes = array_ops.pad(powers[..., None, None], paddings=paddings)
        identities = linalg_ops.eye(num_rows=2, batch_shape=array_ops.shape(powers), dtype=self.dtype)
        return identities + math_ops.cast(slopes, self.dtype)

    def transition_power_noise_accumulator(self, num_steps: Any) -> Any:
        """Returns the covariance of the noise after steps, ``[..., 2, 2]``, by sums of integers and their squares."""
        number = math_ops.cast(num_steps, self.dtype)
        last = number - 1
        transform = ops.convert_to_tensor(self.get_noise_transform(), self.dtype)
        transformed = math_ops.matmul(transform, self.state_transition_noise_covariance)
        transformed = math_ops.matmul(transformed, transform, adjoint_b=True)
        a, b, c, d = array_ops.unstack(array_ops.reshape(transformed, [-1, 4]), axis=1)
        integers = last * (last + 1) / 2
        squares = integers * (2 * last + 1) / 3
        entries = [
            number * a + integers * (b + c) + squares * d,
            number * b + integers * d,
            number * c + integers * d,
            number * d,
        ]
        stacked = array_ops.stack(axis=1, values=entries)
        return array_ops.reshape(stacked, array_ops.concat([array_ops.shape(number), [2, 2]], axis=0))

    def get_state_transition(self) -> Any:
        """Returns the matrix that adds the slope to the level."""
        return [[1.0, 1.0], [0.0, 1.0]]

    def get_noise_transform(self) -> Any:
        """Returns the matrix from noise to states, ``[2, 2]`` or ``[2, 1]``."""
        return [[1.0, 0.0], [0.0, 1.0]] if self.use_level_noise else [[0.0], [1.0]]

    def get_observation_model(self, times: Any) -> Any:
        """Returns the vector that takes the level, ``[2]``."""
        return constant_op.constant([1.0, 0.0], dtype=self.dtype)
