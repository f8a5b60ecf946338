"""How an ``ARModel`` does on one window, and on all windows of a batch."""

# ruff: noqa: I001 (_tf_estimator comes first: it prepares TensorFlow for the estimators)
from __future__ import annotations

from typing import Any

from tf1graphs.v1 import _tf_estimator  # noqa: F401
from tensorflow.python.framework import dtypes
from tensorflow.python.ops import array_ops, math_ops, tensor_array_ops, while_loop
from tensorflow_estimator.python.estimator.mode_keys import ModeKeys

from tf1graphs.v1.contrib.timeseries._time_series_model import ModelOutputs
from tf1graphs.v1.contrib.timeseries.feature_keys import TrainEvalFeatures

_TIMES, _VALUES = TrainEvalFeatures.TIMES, TrainEvalFeatures.VALUES


def process_window(model: Any, features: Any, mode: str, exogenous_regressors: Any) -> Any:
    """Returns the ``ModelOutputs`` of windows ``[batch, window_size, ...]``.

    Raises:
        ValueError: The times are not those of a window.
    """
    times = math_ops.cast(features[_TIMES], dtypes.int64)
    observed = math_ops.cast(features[_VALUES], dtype=model.dtype)
    exogenous_regressors = math_ops.cast(exogenous_regressors, dtype=model.dtype)
    if not times.get_shape().is_compatible_with([None, model.window_size]):
        raise ValueError(
            f"ARModel with input_window_size={model.input_window_size} and "
            f"output_window_size={model.output_window_size} expects feature '{_TIMES}' to have shape (batch_size, "
            f"{model.window_size}) (for any batch_size), but got shape {times.get_shape()}. If you are using "
            f"RandomWindowInputFn, set window_size={model.window_size} or adjust the input_window_size and "
            "output_window_size arguments to ARModel."
        )
    size = model.input_window_size
    values = model._scale_data(observed)
    predicted = model.prediction_ops(times, values[:, :size, :] if size > 0 else None, exogenous_regressors)
    targets = array_ops.slice(values, [0, size, 0], [-1, -1, -1])
    targets.get_shape().assert_is_compatible_with(predicted["mean"].get_shape())
    if mode == ModeKeys.EVAL and model.loss == model.SQUARED_LOSS:
        in_scale = {"mean": model._scale_back_data(predicted["mean"])}
        loss = model.loss_op(model._scale_back_data(targets), in_scale)
    else:
        loss = model.loss_op(targets, predicted)
    predictions = {
        "mean": model._scale_back_data(predicted["mean"]),
        "covariance": model._scale_back_variance(predicted["covariance"]),
        "observed": observed[:, -model.output_window_size :],
    }
    return ModelOutputs(
        loss=loss,
        end_state=(times[:, -size:], values[:, -size:, :], exogenous_regressors[:, -size:, :]),
        predictions=predictions,
        prediction_times=times[:, -model.output_window_size :],
    )


def evaluate(model: Any, features: Any, exogenous_regressors: Any, state: Any) -> Any:
    """Returns the ``ModelOutputs`` of the last windows of ``[batch, time, ...]`` that follow each other.

    Raises:
        ValueError: The times are less than those of a window.
    """
    times = features[_TIMES]
    times.get_shape().assert_has_rank(2)
    static_size = times.get_shape().dims[1].value
    if static_size is not None and static_size < model.window_size:
        raise ValueError(
            "ARModel requires a window of at least input_window_size + output_window_size to evaluate on "
            f"(input_window_size={model.input_window_size}, output_window_size={model.output_window_size}, and got "
            f"shape {times.get_shape()} for feature '{_TIMES}' (batch size, window size))."
        )
    output_size = model.output_window_size
    number = (array_ops.shape(times)[1] - model.input_window_size) // output_size
    predicted_size = number * output_size
    cropped_size = predicted_size + model.input_window_size
    features = {key: value[:, -cropped_size:] for key, value in features.items()}

    def evaluate_one(index: Any, losses: Any, means: Any, covariances: Any) -> Any:
        start = index * output_size
        outputs = process_window(
            model,
            {key: value[:, start : start + model.window_size] for key, value in features.items()},
            mode=ModeKeys.EVAL,
            exogenous_regressors=exogenous_regressors[:, start : start + model.window_size],
        )
        return (
            index + 1,
            losses.write(index, outputs.loss),
            means.write(index, outputs.predictions["mean"]),
            covariances.write(index, outputs.predictions["covariance"]),
        )

    collected = [tensor_array_ops.TensorArray(dtype=model.dtype, size=number) for _ in range(3)]
    _, losses, means, covariances = while_loop.while_loop(
        lambda index, *_: index < number, evaluate_one, [0, *collected]
    )
    values = math_ops.cast(features[_VALUES], dtype=model.dtype)
    shape = [array_ops.shape(times)[0], output_size * number, model.num_features]
    end_state = _end_state(model, state, times, values, exogenous_regressors)

    def in_one(windows: Any) -> Any:
        return array_ops.reshape(array_ops.transpose(windows.stack(), [1, 0, 2, 3]), shape)

    return ModelOutputs(
        loss=math_ops.reduce_mean(losses.stack(), axis=0),
        end_state=end_state,
        predictions={
            "mean": in_one(means),
            "covariance": in_one(covariances),
            "observed": values[:, -predicted_size:],
        },
        prediction_times=times[:, -predicted_size:],
    )


def _end_state(model: Any, state: Any, times: Any, values: Any, exogenous_regressors: Any) -> Any:
    """Returns the last ``input_window_size`` of the state and what follows it."""
    size = model.input_window_size
    if size == 0:
        return state
    state_times, state_values, state_regressors = state
    new_times = array_ops.concat([state_times, math_ops.cast(times, dtype=dtypes.int64)], axis=1)[:, -size:]
    new_times.set_shape((None, size))
    new_values = array_ops.concat([state_values, model._scale_data(values)], axis=1)[:, -size:, :]
    new_values.set_shape((None, size, model.num_features))
    regressors = array_ops.concat([state_regressors, exogenous_regressors], axis=1)[:, -size:, :]
    regressors.set_shape((None, size, model.exogenous_size))
    return new_times, new_values, regressors
