"""A cycle with a given number of values, whatever its period."""

from __future__ import annotations

from typing import Any

import numpy as np
from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import array_ops, cond, gen_math_ops, math_ops

from tf1graphs.v1.contrib.timeseries.state_space_models import _configuration
from tf1graphs.v1.contrib.timeseries.state_space_models._cycle import CycleStateSpaceModel, range_like


class ResolutionCycleModel(CycleStateSpaceModel):
    r"""A state of some values, of which the times between are interpolated by trigonometric polynomials.

    The transition is that of ``CycleStateSpaceModel`` to a power that is no integer, by its eigenvectors; their sums
    are geometric series of complex exponentials, which are quotients of sines.

    Args:
        num_latent_values: The number of values, which is odd.
        periodicity: The period, any number.
        near_integer_threshold: How far from an integer a power is taken for one.
        configuration: A ``StateSpaceModelConfiguration``.

    Raises:
        ValueError: ``num_latent_values`` is even.
    """

    def __init__(
        self,
        num_latent_values: int,
        periodicity: Any,
        near_integer_threshold: float = 1e-08,
        configuration: Any = _configuration.DEFAULT,
    ) -> None:
        if num_latent_values % 2 != 1:
            raise ValueError("Only odd numbers of latent values are supported.")
        self._num_latent_values = num_latent_values
        self._true_periodicity = periodicity
        self._near_integer_threshold = near_integer_threshold
        super().__init__(periodicity=num_latent_values, configuration=configuration)

    def _close_to_integer(self, value: Any) -> Any:
        value = math_ops.cast(value, self.dtype)
        return math_ops.less(math_ops.abs(value - gen_math_ops.round(value)), self._near_integer_threshold)

    def _latent_powers(self, steps: Any, size: Any) -> Any:
        """Returns the number of values, of ``size`` in all, that steps go on."""
        in_a_step = size / math_ops.cast(self._true_periodicity, dtype=self.dtype)
        return math_ops.cast(steps, self.dtype) * in_a_step

    def transition_to_powers(self, powers: Any) -> Any:
        """Returns the transition to integer powers: ``[..., size - 1, size - 1]`` for ``size`` latent values."""
        size = math_ops.cast(self._num_latent_values, self.dtype)
        latent = self._latent_powers(powers, size)
        coefficient = (math_ops.sin(latent * np.pi) / size)[..., None, None]
        places = range_like(self._num_latent_values - 1, latent, dtypes.int32)
        rows = math_ops.cast(places, self.dtype)
        signs = math_ops.cast(1 - 2 * (places % 2), self.dtype)
        row_part = 1.0 / math_ops.sin(np.pi / size * (latent[..., None] - rows - 1))
        column_minus_row = rows[..., None, :] - rows[..., None]
        matrix_part = signs[..., None, :] / math_ops.sin(np.pi / size * (latent[..., None, None] + column_minus_row))
        between = coefficient * signs[..., None] * (row_part[..., None] + matrix_part)
        at_integers = super().transition_to_powers(math_ops.cast(gen_math_ops.round(latent), dtypes.int64))
        return array_ops.where(self._close_to_integer(latent), at_integers, between)

    def transition_power_noise_accumulator(self, num_steps: Any, noise_addition_coefficient: Any = 1) -> Any:
        """Returns the covariance of the noise after steps: ``[..., size - 1, size - 1]`` for ``size`` latent values.

        Whole periods are computed at once if the period is an integer and not less than ``size``.
        """

        def with_whole_periods() -> Any:
            size = math_ops.cast(self._num_latent_values, self.dtype)
            coefficient = math_ops.cast(self._true_periodicity, self.dtype) / size
            of_a_period = super(ResolutionCycleModel, self).transition_power_noise_accumulator(
                noise_addition_coefficient=coefficient,
                num_steps=ops.convert_to_tensor(self._num_latent_values, dtype=num_steps.dtype),
            )
            period = math_ops.cast(self._true_periodicity, num_steps.dtype)
            periods = math_ops.cast(num_steps // period, self.dtype)
            ones = array_ops.ones([array_ops.rank(periods)], dtype=dtypes.int32)
            shape = array_ops.concat([ones, array_ops.shape(of_a_period)], axis=0)
            return num_steps % period, periods[..., None, None] * array_ops.reshape(of_a_period, shape)

        def without() -> Any:
            rows = self._num_latent_values - 1
            shape = array_ops.concat([array_ops.shape(num_steps), [rows, rows]], axis=0)
            return num_steps, array_ops.zeros(shape, dtype=self.dtype)

        remaining, accumulated = cond.cond(self._whole_period_folding(), with_whole_periods, without)
        sums = self._power_sum_array(math_ops.reduce_max(remaining))
        variance = array_ops.squeeze(self.state_transition_noise_covariance, axis=[-1, -2])
        return accumulated + variance * array_ops.gather(sums, indices=remaining)

    def _whole_period_folding(self) -> Any:
        is_long = math_ops.greater_equal(self._true_periodicity, self._num_latent_values)
        return math_ops.logical_and(self._close_to_integer(self._true_periodicity), is_long)

    def _power_sum_array(self, max_remaining_steps: Any) -> Any:
        """Returns the sums of covariances of unit noise after 0, 1, ... steps, ``[steps + 1, size - 1, size - 1]``."""
        size = math_ops.cast(self._num_latent_values, self.dtype)
        latent = self._latent_powers(math_ops.range(max_remaining_steps), size)
        places = math_ops.range(self._num_latent_values - 1)[None, ...]
        rows = math_ops.cast(places, self.dtype)
        distance = latent[..., None] - rows
        mesh = 1.0 / math_ops.sin(np.pi / size * distance) + 1.0 / math_ops.sin(np.pi / size * (distance - 1.0))
        meshed = mesh[..., None, :] * mesh[..., None]
        signs = math_ops.cast(1 - 2 * ((places[..., None, :] + places[..., None]) % 2), self.dtype)
        # Where the cosecants are infinite, the product with the sine is one, with a sign, or zero.
        at_place, place_sign = self._pole(latent[..., None] - rows, size)
        at_next, next_sign = self._pole(latent[..., None] - rows - 1, size)
        at_pole = math_ops.logical_or(at_place, at_next)
        sign = array_ops.where(at_place, place_sign, next_sign)
        both_at_pole = math_ops.logical_and(at_pole[..., None], at_pole[..., None, :])
        one_at_pole = self._close_to_integer(latent)
        finite = array_ops.where(one_at_pole, array_ops.zeros_like(meshed), meshed)
        coefficient = math_ops.sin(np.pi * latent) / size
        products = array_ops.where(
            both_at_pole,
            sign[..., None] * sign[..., None, :],
            finite * coefficient[..., None, None] ** 2,
        )
        return array_ops.pad(math_ops.cumsum(signs * products), [(1, 0), (0, 0), (0, 0)])

    def _pole(self, value: Any, size: Any) -> tuple[Any, Any]:
        """Returns where a value is a multiple of the number of latent values, and the sign of the product there."""
        turns = value / size
        return self._close_to_integer(turns), math_ops.cos(turns * np.pi)
