"""Statistics of the data, from the windows that training sees."""

from __future__ import annotations

import collections
from typing import Any

from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import (
    array_ops,
    cond,
    control_flow_ops,
    gen_math_ops,
    init_ops,
    math_ops,
    nn,
    state_ops,
    variable_scope,
)
from tensorflow.python.util import nest

from tf1graphs.v1.contrib.timeseries.feature_keys import TrainEvalFeatures

# mean and variance of each feature, [num_features].
Moments = collections.namedtuple("Moments", ["mean", "variance"])
# The moments at the beginning of the series and over all of it, the first time, and how many times there are.
InputStatistics = collections.namedtuple(
    "InputStatistics", ["series_start_moments", "overall_feature_moments", "start_time", "total_observation_count"]
)
# What the statistics are computed from: the last time, the number of windows and the sum of the durations between
# their observations, the number of observations, and the sums of values and their squares.
_Sums = collections.namedtuple(
    "_Sums",
    [
        "max_time_seen",
        "chunk_count",
        "inter_observation_duration_sum",
        "example_count",
        "overall_feature_sum",
        "overall_feature_sum_of_squares",
    ],
)


def _variable(name: str, dtype: Any, shape: Any, ones: bool = False) -> Any:
    initializer = init_ops.ones_initializer() if ones else init_ops.zeros_initializer()
    return variable_scope.get_variable(name=name, shape=shape, dtype=dtype, initializer=initializer, trainable=False)


def _scalar_variable(name: str, initial: int) -> Any:
    return variable_scope.get_variable(name=name, initializer=initial, dtype=dtypes.int64, trainable=False)


class InputStatisticsFromMiniBatch:
    """Estimates statistics of a series from random windows of it.

    Args:
        num_features: The number of values at each time.
        dtype: The dtype of the statistics.
        starting_variance_window_size: How many observations are the beginning of the series.
    """

    def __init__(self, num_features: int, dtype: Any, starting_variance_window_size: int = 16) -> None:
        self._starting_variance_window_size = starting_variance_window_size
        self._num_features = num_features
        self._dtype = dtype

    def initialize_graph(self, features: Any, update_statistics: bool = True) -> Any:
        """Makes the variables, and returns the ``InputStatistics``.

        Args:
            features: ``times`` ``[batch, time]`` and ``values`` ``[batch, time, num_features]``; without them nothing
                is updated.
            update_statistics: Whether the statistics are those after an update by the features.
        """
        with variable_scope.variable_scope("input_statistics", use_resource=True):
            statistics = self._statistics()
        with variable_scope.variable_scope("input_statistics_auxiliary", use_resource=True):
            sums = self._sums()
        if not update_statistics or not {TrainEvalFeatures.TIMES, TrainEvalFeatures.VALUES} <= set(features):
            return statistics
        times = features[TrainEvalFeatures.TIMES]
        update = self._update(statistics, sums, times, features[TrainEvalFeatures.VALUES])
        with ops.control_dependencies([update]):
            updated = [array_ops.identity(part) for part in nest.flatten(statistics)]
            statistics = nest.pack_sequence_as(statistics, updated)
            start_time = gen_math_ops.minimum(statistics.start_time, math_ops.reduce_min(times))
            return statistics._replace(start_time=start_time)

    def _statistics(self) -> Any:
        shape = [self._num_features]
        moments = [
            Moments(
                _variable(f"{part}_mean", self._dtype, shape), _variable(f"{part}_{var}", self._dtype, shape, ones=True)
            )
            for part, var in (("series_start", "variance"), ("overall_feature", "var"))
        ]
        start_time = _scalar_variable("start_time", dtypes.int64.max)
        count = _variable("total_observation_count", dtypes.int64, [], ones=True)
        return InputStatistics(moments[0], moments[1], start_time, count)

    def _sums(self) -> Any:
        shape = [self._num_features]
        return _Sums(
            max_time_seen=_scalar_variable("max_time_seen", dtypes.int64.min),
            chunk_count=_variable("chunk_count", dtypes.int64, []),
            inter_observation_duration_sum=_variable("inter_observation_duration_sum", self._dtype, []),
            example_count=variable_scope.get_variable(
                name="example_count", shape=[], dtype=dtypes.int64, trainable=False
            ),
            overall_feature_sum=_variable("overall_feature_sum", self._dtype, shape),
            overall_feature_sum_of_squares=_variable("overall_feature_sum_of_squares", self._dtype, shape),
        )

    def _update(self, statistics: Any, sums: Any, times: Any, values: Any) -> Any:
        """Returns the op that brings sums and statistics up to date with a batch."""
        values = math_ops.cast(values, self._dtype)
        duration = math_ops.cast(math_ops.reduce_max(times, axis=1) - math_ops.reduce_min(times, axis=1), self._dtype)
        duration /= math_ops.cast(array_ops.shape(times)[1] - 1, self._dtype)
        max_time = state_ops.assign(
            sums.max_time_seen, gen_math_ops.maximum(sums.max_time_seen, math_ops.reduce_max(times))
        )
        add = state_ops.assign_add
        added = [
            max_time,
            add(sums.chunk_count, array_ops.shape(times, out_type=dtypes.int64)[0]),
            add(sums.inter_observation_duration_sum, math_ops.reduce_sum(duration)),
            add(sums.example_count, array_ops.size(times, out_type=dtypes.int64)),
            add(sums.overall_feature_sum, math_ops.reduce_sum(values, axis=[0, 1])),
            add(sums.overall_feature_sum_of_squares, math_ops.reduce_sum(values**2, axis=[0, 1])),
        ]
        with ops.control_dependencies([control_flow_ops.group(*added)]):
            moments = self._update_moments(statistics.overall_feature_moments, sums)
            start, start_time = self._update_start(statistics, times, values)
            number_of_windows = math_ops.cast(sums.chunk_count, self._dtype)
            duration = sums.inter_observation_duration_sum / number_of_windows
            span = math_ops.cast(max_time - start_time + 1, self._dtype)
            count = state_ops.assign(
                statistics.total_observation_count,
                math_ops.cast(gen_math_ops.round(span / duration), dtypes.int64),
            )
            return control_flow_ops.group(*moments, start, start_time, count)

    def _update_moments(self, moments: Any, sums: Any) -> Any:
        number = math_ops.cast(sums.example_count, self._dtype)
        mean = sums.overall_feature_sum / number
        new_mean = state_ops.assign(moments.mean, mean)
        unbiased = number / (number - 1.0)
        variance = unbiased * (sums.overall_feature_sum_of_squares / number - mean**2)
        return new_mean, state_ops.assign(moments.variance, variance)

    def _update_start(self, statistics: Any, times: Any, values: Any) -> Any:
        first = math_ops.cast(math_ops.argmin(times[:, 0]), dtypes.int32)

        def moments_of_start() -> Any:
            mean, variance = nn.moments(values[first, : self._starting_variance_window_size], axes=[0])
            return control_flow_ops.group(
                state_ops.assign(statistics.series_start_moments.mean, mean),
                state_ops.assign(statistics.series_start_moments.variance, variance),
            )

        is_first = math_ops.less_equal(times[first, 0], statistics.start_time)
        start = cond.cond(is_first, moments_of_start, control_flow_ops.no_op)
        with ops.control_dependencies([start]):
            earliest = gen_math_ops.minimum(statistics.start_time, math_ops.reduce_min(times))
            return start, state_ops.assign(statistics.start_time, earliest)
