"""A cycle with one value for each time of its period."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import array_ops, math_ops

from tf1graphs.v1.contrib.timeseries.state_space_models import _configuration
from tf1graphs.v1.contrib.timeseries.state_space_models._model import StateSpaceModel


def range_like(size: Any, tensor: Any, dtype: Any) -> Any:
    """Returns ``0 .. size - 1`` as the last of dimensions, after as many of 1 as ``tensor`` has."""
    ones = array_ops.ones([array_ops.rank(tensor)], dtype=dtypes.int32)
    return array_ops.reshape(math_ops.range(size, dtype=dtype), array_ops.concat([ones, [size]], axis=0))


class CycleStateSpaceModel(StateSpaceModel):
    """A state of all values of the cycle but one, which is the negative sum of the others.

    Args:
        periodicity: The number of times in the period.
        configuration: A ``StateSpaceModelConfiguration``.
    """

    def __init__(self, periodicity: Any, configuration: Any = _configuration.DEFAULT) -> None:
        self._periodicity = periodicity
        super().__init__(configuration=configuration)

    def get_state_transition(self) -> Any:
        """Returns the matrix that goes on to the next value, ``[periodicity - 1, periodicity - 1]``."""
        return self.transition_to_powers(array_ops.ones([], dtype=dtypes.int32))

    def get_noise_transform(self) -> Any:
        """Returns the matrix that adds noise to the first value, ``[periodicity - 1, 1]``."""
        one = array_ops.ones([1], dtype=self.dtype)
        return array_ops.pad(one, paddings=[(0, self._periodicity - 2)])[..., None]

    def transition_to_powers(self, powers: Any) -> Any:
        """Returns the transition to integer powers: ``[..., periodicity - 1, periodicity - 1]``.

        It is a rotation by ones; the row for the value that is not in the state has minus ones.
        """
        powers %= self._periodicity
        places = range_like(self._periodicity - 1, powers, powers.dtype)
        is_missing = math_ops.equal(places + 1, powers[..., None])
        shape = array_ops.shape(is_missing)
        minus = array_ops.where(
            is_missing, -array_ops.ones(shape=shape, dtype=self.dtype), array_ops.zeros(shape, dtype=self.dtype)
        )
        difference = places[..., None] - places[..., None, :]
        is_one = math_ops.equal(difference % self._periodicity, powers[..., None, None])
        ones = array_ops.where(
            is_one,
            array_ops.ones(array_ops.shape(is_one), dtype=self.dtype),
            array_ops.zeros(array_ops.shape(is_one), dtype=self.dtype),
        )
        return math_ops.cast(ones + minus[..., None], self.dtype)

    def transition_power_noise_accumulator(self, num_steps: Any, noise_addition_coefficient: Any = 1) -> Any:
        """Returns the covariance of the noise after steps: ``[..., periodicity - 1, periodicity - 1]``.

        Each value has the noise of each time that it was the first; a value and the next share one noise, negated.
        """
        variance = array_ops.squeeze(self.state_transition_noise_covariance, axis=[-1, -2])
        places = range_like(self._periodicity, num_steps, num_steps.dtype)
        remaining = (places - (num_steps[..., None] - 1)) % self._periodicity
        times = math_ops.cast((num_steps[..., None] + remaining) // self._periodicity, dtype=self.dtype)
        coefficient = ops.convert_to_tensor(noise_addition_coefficient, self.dtype)
        additions = coefficient[..., None] * variance * times
        diagonal = array_ops.matrix_diag(additions)
        upper = array_ops.concat([array_ops.zeros_like(diagonal[..., :-1, 0:1]), -diagonal[..., :-1, 0:-2]], axis=-1)
        lower = array_ops.concat([array_ops.zeros_like(diagonal[..., 0:1, :-1]), -diagonal[..., 0:-2, :-1]], axis=-2)
        rotated = array_ops.concat([additions[..., -1:], additions[..., :-2]], axis=-1)
        return array_ops.matrix_diag(additions[..., :-1] + rotated) + lower + upper

    def get_observation_model(self, times: Any) -> Any:
        """Returns the vector that takes the first value, ``[periodicity - 1]``."""
        one = array_ops.ones([1], dtype=self.dtype)
        return array_ops.concat([one, array_ops.zeros([self._periodicity - 2], dtype=self.dtype)], axis=0)
