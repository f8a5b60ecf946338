"""What an ``ARModel`` predicts after a state: window by window, each from the one before."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import array_ops, check_ops, gen_math_ops, math_ops, tensor_array_ops, while_loop

from tf1graphs.v1.contrib.timeseries.feature_keys import PredictionFeatures


def predict(model: Any, features: Any) -> dict[str, Any]:
    """Returns ``mean`` and ``covariance``, ``[batch, time, num_features]``; see ``ARModel.predict``."""
    times = math_ops.cast(ops.convert_to_tensor(features[PredictionFeatures.TIMES]), dtypes.int32)
    regressors = model.exogenous_regressors(times, features)
    same_length = check_ops.assert_equal(array_ops.shape(times)[1], array_ops.shape(regressors)[1])
    with ops.control_dependencies([same_length]):
        regressors = array_ops.identity(regressors)
    batch_size = array_ops.shape(times)[0]
    asked = array_ops.shape(times)[1]
    number = (asked + model.output_window_size - 1) // model.output_window_size
    padding = number * model.output_window_size - asked
    times = array_ops.pad(times, [[0, 0], [0, padding]])
    regressors = array_ops.pad(regressors, [[0, 0], [0, padding], [0, 0]])
    windows = _Windows(model, times, regressors, number)
    start = windows.first(features[PredictionFeatures.STATE_TUPLE])

    def in_one(collected: Any) -> Any:
        packed = array_ops.transpose(collected.stack(), [1, 0, 2, 3])
        shape = array_ops.stack([batch_size, number * model.output_window_size, -1])
        return array_ops.reshape(packed, shape)[:, :asked, :]

    means, covariances = windows.collect(start)
    mean = in_one(means)
    covariance = array_ops.ones_like(mean) if covariances is None else in_one(covariances)
    return {"mean": model._scale_back_data(mean), "covariance": model._scale_back_variance(covariance)}


class _Windows:
    """The windows that are predicted one after the other.

    Args:
        model: An ``ARModel``.
        times: The times to predict, ``[batch, number * output_window_size]``.
        regressors: The exogenous regressors at these times.
        number: The number of windows.
    """

    def __init__(self, model: Any, times: Any, regressors: Any, number: Any) -> None:
        self._model, self._times, self._regressors, self._number = model, times, regressors, number

    def first(self, state: Any) -> list[Any]:
        """Returns times, values and regressors from which the first window is predicted."""
        model, size = self._model, self._model.input_window_size
        state_times, state_values, state_regressors = state
        state_times = math_ops.cast(ops.convert_to_tensor(state_times), dtypes.int32)
        state_values = ops.convert_to_tensor(state_values, dtype=model.dtype)
        state_regressors = ops.convert_to_tensor(state_regressors, dtype=model.dtype)
        times = self._times[:, : model.output_window_size]
        regressors = self._regressors[:, : model.output_window_size, :]
        if size == 0:
            return [times, 0, regressors]
        times = array_ops.concat([state_times[:, -size:], times], 1)
        given, given_times = array_ops.shape(state_values)[1], array_ops.shape(state_times)[1]
        enough = [check_ops.assert_greater_equal(given, size), check_ops.assert_equal(given, given_times)]
        with ops.control_dependencies(enough):
            values = state_values[:, -size:, :]
            following = regressors[:, : model.output_window_size, :]
            regressors = array_ops.concat([state_regressors[:, -size:, :], following], axis=1)
        return [times, values, regressors]

    def _next(self, index: Any, times: Any, values: Any, regressors: Any, mean: Any) -> tuple[Any, Any, Any]:
        """Returns times, values and regressors from which the window after ``index`` is predicted."""
        size, output_size = self._model.input_window_size, self._model.output_window_size
        # The last window has none after it: its own are taken again.
        start = output_size * gen_math_ops.minimum(index + 1, self._number - 1)
        stop = start + output_size
        if size == 0:
            return self._times[:, start:stop], values, self._regressors[:, start:stop, :]
        if output_size < size:
            values = array_ops.concat([values[:, output_size:, :], mean], 1)
            regressors = array_ops.concat([regressors[:, -size:, :], self._regressors[:, start:stop, :]], axis=1)
            times = array_ops.concat([times[:, -size:], self._times[:, start:stop]], 1)
            return times, values, regressors
        first = start - size
        return self._times[:, first:stop], mean[:, -size:, :], self._regressors[:, first:stop, :]

    def collect(self, start: list[Any]) -> tuple[Any, Any]:
        """Returns arrays of the means and the covariances of all windows; None for covariances that are not learned."""
        model = self._model
        keys = ["mean"] if model.loss == model.SQUARED_LOSS else ["mean", "covariance"]

        def predict_one(index: Any, times: Any, values: Any, regressors: Any, *collected: Any) -> Any:
            predicted = model.prediction_ops(times, values, regressors)
            new_times, new_values, new_regressors = self._next(index, times, values, regressors, predicted["mean"])
            new_times.set_shape(start[0].get_shape())
            new_regressors.set_shape(start[2].get_shape())
            written = [each.write(index, predicted[key]) for key, each in zip(keys, collected, strict=True)]
            return index + 1, new_times, new_values, new_regressors, *written

        arrays = [tensor_array_ops.TensorArray(dtype=model.dtype, size=self._number) for _ in keys]
        found = while_loop.while_loop(
            lambda index, *_: math_ops.less(index, self._number), predict_one, [0, *start, *arrays]
        )
        return found[4], found[5] if len(keys) == 2 else None
