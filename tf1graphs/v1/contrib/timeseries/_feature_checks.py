"""Whether the features of a model are there, and of the right shapes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tf1graphs.v1.contrib.timeseries.feature_keys import PredictionFeatures, State, TrainEvalFeatures

_TIMES = TrainEvalFeatures.TIMES


def check_train_eval_features(features: Mapping[str, Any], model: Any) -> None:
    """Raises ``ValueError`` if features are not what training and evaluation of ``model`` take."""
    for key in (_TIMES, TrainEvalFeatures.VALUES):
        if key not in features:
            raise ValueError(f"Expected a '{key}' feature for training/evaluation.")
    times, values = features[_TIMES], features[TrainEvalFeatures.VALUES]
    _check_times(times)
    if not values.get_shape().is_compatible_with([None, None, model.num_features]):
        # As in 1.15, the shape in this text is that of the times.
        raise ValueError(
            f"Expected shape (batch dimension, window size, {model.num_features}) for feature "
            f"'{TrainEvalFeatures.VALUES}', since the model was configured with num_features={model.num_features} "
            f"(got shape {times.get_shape()})"
        )
    _check_prefixes(features, times, ignored=[State.STATE_TUPLE])


def check_predict_features(features: Mapping[str, Any], required: Sequence[str]) -> None:
    """Raises ``ValueError`` if features are not what prediction takes."""
    for key in required:
        if key not in features:
            raise ValueError(f"Expected a '{key}' feature for prediction.")
    times = features[PredictionFeatures.TIMES]
    _check_times(times)
    _check_prefixes(features, times, ignored=[key for key in required if key != PredictionFeatures.TIMES])


def _check_times(times: Any) -> None:
    if not times.get_shape().is_compatible_with([None, None]):
        raise ValueError(
            f"Expected shape (batch dimension, window size) for feature '{_TIMES}' (got shape {times.get_shape()})"
        )


def _check_prefixes(features: Mapping[str, Any], times: Any, ignored: Iterable[str]) -> None:
    for name, value in features.items():
        shape = value.get_shape() if name not in ignored else None
        if shape is None or shape.ndims is None:
            continue
        if shape.ndims < 2:
            raise ValueError(
                "Features must have shape (batch dimension, window size, ...) "
                f"(got rank {shape.ndims} for feature '{name}')"
            )
        if not shape[:2].is_compatible_with(times.get_shape()):
            raise ValueError(
                "Features must have shape (batch dimension, window size, ...) where batch dimension and window size "
                f"match the '{_TIMES}' feature (got shape {shape} for feature '{name}' "
                f"but shape {times.get_shape()} for feature '{_TIMES}')"
            )
