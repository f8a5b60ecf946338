"""Input functions: random windows of a series, all of it, and the times after it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tensorflow.python.framework import constant_op, dtypes, ops, tensor_shape
from tensorflow.python.ops import (
    array_ops,
    cond,
    math_ops,
    nn,
    random_ops,
    state_ops,
    variable_v1,
)
from tensorflow.python.training import input as input_lib
from tensorflow.python.util import nest

from tf1graphs.v1.contrib.timeseries.feature_keys import FilteringResults, PredictionFeatures, TrainEvalFeatures
from tf1graphs.v1.contrib.timeseries.model_utils import canonicalize_times_or_steps_from_output

_Features = dict[str, Any]


def predict_continuation_input_fn(
    evaluation: Mapping[str, Any],
    steps: int | None = None,
    times: Any = None,
    exogenous_features: Mapping[str, Any] | None = None,
) -> Callable[[], tuple[_Features, None]]:
    """Returns an input function for ``Estimator.predict`` of the times after an evaluation.

    Args:
        evaluation: What ``Estimator.evaluate`` returned.
        steps: How many times after the last one to predict, or
        times: the times, ``[time]`` or ``[batch, time]``.
        exogenous_features: Arrays ``[batch, time, ...]`` by name.

    Raises:
        ValueError: Both or none of ``steps`` and ``times`` is given, or the times are not later.
    """
    predict_times = canonicalize_times_or_steps_from_output(times=times, steps=steps, previous_model_output=evaluation)
    features = {
        PredictionFeatures.STATE_TUPLE: evaluation[FilteringResults.STATE_TUPLE],
        PredictionFeatures.TIMES: predict_times,
        **(exogenous_features or {}),
    }

    def input_fn() -> tuple[_Features, None]:
        def once(values: Any) -> Any:
            return nest.map_structure(lambda value: input_lib.limit_epochs(value, num_epochs=1), values)

        return {key: once(values) for key, values in features.items()}, None

    return input_fn


class TimeSeriesInputFn:
    """An input function that is an object."""

    def create_batch(self) -> tuple[_Features, None]:
        """Returns features ``[batch, time, ...]`` by name, and no labels."""
        raise NotImplementedError

    def __call__(self) -> tuple[_Features, None]:
        return self.create_batch()


class WholeDatasetInputFn(TimeSeriesInputFn):
    """Gives the whole series as a batch of one window, again and again: for evaluation with ``steps=1``.

    Args:
        time_series_reader: A ``TimeSeriesReader``.
    """

    def __init__(self, time_series_reader: Any) -> None:
        self._reader = time_series_reader

    def create_batch(self) -> tuple[_Features, None]:
        """Returns features ``[1, time, ...]`` by name, and no labels."""
        return {key: value[None, ...] for key, value in self._reader.read_full().items()}, None


class RandomWindowInputFn(TimeSeriesInputFn):
    """Gives batches of windows that are drawn at random: for training.

    Args:
        time_series_reader: A ``TimeSeriesReader``.
        window_size: How many times a window has.
        batch_size: How many windows a batch has.
        queue_capacity_multiplier: How many batches the queues hold.
        shuffle_min_after_dequeue_multiplier: How many batches the shuffling queue holds at least.
        discard_out_of_order: Whether windows over the end of the series are left out; else they are sorted.
        discard_consecutive_batches_limit: How many batches may be left out one after the other.
        jitter: Whether windows begin at times that differ from epoch to epoch.
        num_threads: How many threads read; None is as many as the batch has windows.
        shuffle_seed: The seed of the shuffling queue.

    Raises:
        ValueError: The series is known to be shorter than a window.
    """

    def __init__(
        self,
        time_series_reader: Any,
        window_size: int,
        batch_size: int,
        queue_capacity_multiplier: int = 1000,
        shuffle_min_after_dequeue_multiplier: int = 2,
        discard_out_of_order: bool = True,
        discard_consecutive_batches_limit: int = 1000,
        jitter: bool = True,
        num_threads: int | None = 2,
        shuffle_seed: int | None = None,
    ) -> None:
        self._reader = time_series_reader
        self._window_size = window_size
        self._reader.check_dataset_size(minimum_dataset_size=self._window_size)
        self._batch_size = batch_size
        self._queue_capacity_multiplier = queue_capacity_multiplier
        self._shuffle_min_after_dequeue_multiplier = shuffle_min_after_dequeue_multiplier
        self._discard_out_of_order = discard_out_of_order
        self._discard_limit = discard_consecutive_batches_limit
        self._jitter = jitter
        self._num_threads = self._batch_size if num_threads is None else num_threads
        self._shuffle_seed = shuffle_seed

    def create_batch(self) -> tuple[_Features, None]:
        """Returns features ``[batch_size, window_size, ...]`` by name, and no labels."""
        windows = self._windows(self._reader.read())
        if self._discard_out_of_order:
            is_kept = self._in_order(windows[TrainEvalFeatures.TIMES])
        else:
            windows, is_kept = _sorted(windows), True
        shuffled = input_lib.maybe_shuffle_batch(
            windows,
            num_threads=self._num_threads,
            seed=self._shuffle_seed,
            batch_size=self._batch_size,
            capacity=self._queue_capacity_multiplier * self._batch_size,
            min_after_dequeue=self._shuffle_min_after_dequeue_multiplier * self._batch_size,
            keep_input=is_kept,
            enqueue_many=True,
        )
        return shuffled, None

    def _windows(self, records: _Features) -> _Features:
        """Returns windows that follow each other, ``[batch_size, window_size, ...]``, of records."""
        jitter = random_ops.random_uniform(shape=[], maxval=2, dtype=dtypes.int32) if self._jitter else 0
        number = self._batch_size
        read = input_lib.batch(
            records,
            batch_size=self._window_size * number + jitter,
            enqueue_many=True,
            capacity=self._queue_capacity_multiplier * number * self._window_size,
            num_threads=self._num_threads,
        )
        cut = {key: value[jitter:] for key, value in read.items()} if self._jitter else read
        shape = [number, self._window_size]
        windows = {
            key: array_ops.reshape(value, array_ops.concat([shape, array_ops.shape(value)[1:]], axis=0))
            for key, value in cut.items()
        }
        for key, window in windows.items():
            window.set_shape(tensor_shape.TensorShape(shape).concatenate(read[key].get_shape()[1:]))
        return windows

    def _in_order(self, times: Any) -> Any:
        """Returns which windows have times in order, ``[batch]``; fails where too many batches in a row have none."""
        in_order = math_ops.reduce_all(times[:, 1:] >= times[:, :-1], axis=1)
        discarded = variable_v1.VariableV1(
            initial_value=constant_op.constant(0, dtype=dtypes.int64),
            name="discarded_windows_limiter",
            trainable=False,
            collections=[ops.GraphKeys.LOCAL_VARIABLES],
        )

        def counted() -> Any:
            return cond.cond(
                math_ops.reduce_any(in_order),
                lambda: state_ops.assign(discarded, 0),
                lambda: discarded.count_up_to(self._discard_limit),
            )

        # Queue runners may start before variables are initialized.
        count = cond.cond(
            state_ops.is_variable_initialized(discarded),
            counted,
            lambda: constant_op.constant(0, dtype=dtypes.int64),
        )
        with ops.control_dependencies([count]):
            return array_ops.identity(in_order)


def _sorted(windows: _Features) -> _Features:
    """Returns windows with their times in order."""
    times = windows[TrainEvalFeatures.TIMES]
    _, descending = nn.top_k(times, k=array_ops.shape(times)[-1], sorted=True)
    ascending = array_ops.reverse(descending, axis=[0])
    return {key: array_ops.gather(params=value, indices=ascending) for key, value in windows.items()}
