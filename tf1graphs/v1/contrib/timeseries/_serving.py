"""Receivers of what an exported model is fed: serialized examples, or arrays."""

# ruff: noqa: I001 (_tf_estimator comes first: it prepares TensorFlow for the estimators)
from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tf1graphs.v1 import _tf_estimator  # noqa: F401
from tensorflow.python.feature_column import feature_column_lib
from tensorflow.python.framework import dtypes, ops, tensor_shape, tensor_util
from tensorflow.python.ops import array_ops, math_ops, parsing_ops
from tensorflow.python.util import nest
from tensorflow_estimator.python.estimator.export import export_lib

from tf1graphs.v1.contrib.timeseries._time_series_model import exogenous_feature_placeholders
from tf1graphs.v1.contrib.timeseries.feature_keys import TrainEvalFeatures
from tf1graphs.v1.contrib.timeseries.head import state_to_dictionary

_TIMES, _VALUES = TrainEvalFeatures.TIMES, TrainEvalFeatures.VALUES


def _state_placeholders(model: Any, batch_size: Any, static_batch_size: int | None) -> dict[str, Any]:
    """Returns placeholders of the state by name; what is not fed is zero, in the shape of the start state."""
    with ops.Graph().as_default():
        model.initialize_graph()
        start_state = nest.map_structure(
            lambda part: tensor_util.constant_value(array_ops.zeros_like(part)), model.get_start_state()
        )
    placeholders = {}
    for name, zeros in state_to_dictionary(start_state).items():
        multiples = array_ops.concat([batch_size[None], array_ops.ones(len(zeros.shape), dtype=dtypes.int32)], axis=0)
        placeholders[name] = array_ops.placeholder_with_default(
            input=array_ops.tile(zeros[None, ...], multiples=multiples),
            name=name,
            shape=tensor_shape.TensorShape((static_batch_size,)).concatenate(zeros.shape),
        )
    return placeholders


def parsing_receiver_fn(
    model: Any,
    filtering_length: int,
    prediction_length: int,
    batch_size: int | None,
    values_dtype: Any,
    truncate_values: bool,
) -> Callable[[], Any]:
    """See ``TimeSeriesRegressor.build_one_shot_parsing_serving_input_receiver_fn``.

    Raises:
        ValueError: When it is called, if the model has exogenous features of varying length that are no strings.
    """
    length = filtering_length + prediction_length

    def with_time(key: str, feature: Any) -> Any:
        if isinstance(feature, parsing_ops.FixedLenFeature):
            short = key == _VALUES and not truncate_values
            return feature._replace(shape=(filtering_length if short else length, *feature.shape))
        if feature.dtype == dtypes.string:
            return parsing_ops.FixedLenFeature(shape=(length,), dtype=dtypes.string)
        raise ValueError(f"VarLenFeatures not supported, got {feature} for key {key}")

    def receiver_fn() -> Any:
        column = feature_column_lib.numeric_column
        columns = [
            column(key=_TIMES, dtype=dtypes.int64),
            column(key=_VALUES, dtype=values_dtype, shape=(model.num_features,)),
        ]
        spec = feature_column_lib.make_parse_example_spec([*model.exogenous_feature_columns, *columns])
        examples = array_ops.placeholder(shape=[batch_size], dtype=dtypes.string, name="input")
        features = parsing_ops.parse_example(
            serialized=examples, features={key: with_time(key, feature) for key, feature in spec.items()}
        )
        features[_TIMES] = array_ops.squeeze(features[_TIMES], axis=-1)
        features[_VALUES] = math_ops.cast(features[_VALUES], dtype=model.dtype)[:, :filtering_length]
        features.update(_state_placeholders(model, array_ops.shape(features[_TIMES])[0], batch_size))
        return export_lib.ServingInputReceiver(features, {"examples": examples})

    return receiver_fn


def raw_receiver_fn(model: Any, batch_size: int | None, length: int | None) -> Callable[[], Any]:
    """See ``TimeSeriesRegressor.build_raw_serving_input_receiver_fn``."""

    def receiver_fn() -> Any:
        times = array_ops.placeholder(name=_TIMES, dtype=dtypes.int64, shape=[batch_size, length])
        no_values = array_ops.zeros([batch_size or 0, length or 0, model.num_features], dtype=model.dtype)
        placeholders = {
            _TIMES: times,
            # Prediction alone needs no values.
            _VALUES: array_ops.placeholder_with_default(
                name=_VALUES, input=no_values, shape=(batch_size, length, model.num_features)
            ),
        }
        for key, (shape, dtype) in _exogenous_shapes(model).items():
            placeholders[key] = array_ops.placeholder(dtype=dtype, name=key, shape=[batch_size, length, *shape[1:]])
        placeholders.update(_state_placeholders(model, array_ops.shape(times)[0], batch_size))
        return export_lib.ServingInputReceiver(placeholders, placeholders)

    return receiver_fn


def _exogenous_shapes(model: Any) -> dict[str, tuple[list[Any], Any]]:
    """Returns shape ``[batch, ...]`` and dtype of each exogenous feature."""
    if not model.exogenous_feature_columns:
        return {}
    with ops.Graph().as_default():
        features = exogenous_feature_placeholders(model.exogenous_feature_columns)
    return {key: (value.get_shape().with_rank_at_least(1).as_list(), value.dtype) for key, value in features.items()}
