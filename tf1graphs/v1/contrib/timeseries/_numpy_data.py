"""Series in arrays, with or without dimensions for batch, time and feature."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from tf1graphs.v1.contrib.timeseries.feature_keys import TrainEvalFeatures

_TIMES, _VALUES = TrainEvalFeatures.TIMES, TrainEvalFeatures.VALUES
# What the values may have at most by the number of dimensions of the times, and what those do not have.
_SHAPES = {
    0: ("1 dimension ([number of features])", "a batch or time dimension"),
    1: ("2 dimensions ([series length, number of features])", "a batch dimension"),
}


def canonicalize_numpy_data(data: Mapping[str, Any], require_single_batch: bool) -> dict[str, Any]:
    """Returns arrays with batch, time and, the values, feature dimensions.

    Args:
        data: ``times`` ``[]``, ``[time]`` or ``[batch, time]``, and ``values`` and other arrays of that shape with
            more dimensions after it.
        require_single_batch: Whether the batch must be 1.

    Raises:
        ValueError: Times or values are missing, or shapes do not fit.
    """
    features = {key: np.array(value) for key, value in data.items()}
    if _TIMES not in features or _VALUES not in features:
        raise ValueError(f"{_TIMES} and {_VALUES} are required features.")
    times = features[_TIMES]
    for key, value in features.items():
        if value.shape[: times.ndim] != times.shape:
            raise ValueError(
                "All features must have their shapes prefixed by the shape of the times feature. Got shape "
                f"{value.shape} for feature '{key}', but shape {times.shape} for '{_TIMES}'"
            )
    if times.ndim > 2:
        raise ValueError(
            "Got an unexpected number of dimensions for times. Was expecting at most two ([batch size, series "
            f"length]), but got shape {times.shape}."
        )
    if times.ndim < 2:
        features[_VALUES] = _with_features(features[_VALUES], times.ndim)
        missing = tuple(range(2 - times.ndim))
        features = {key: np.expand_dims(value, missing) for key, value in features.items()}
    if require_single_batch and features[_TIMES].shape[0] != 1:
        raise ValueError("Got batch input, was expecting unbatched input.")
    return features


def _with_features(values: Any, times_dimensions: int) -> Any:
    """Returns values with a dimension of features, those of times with less than two dimensions."""
    if values.ndim == times_dimensions:
        return values[..., None]
    if values.ndim > times_dimensions + 1:
        expected, lacking = _SHAPES[times_dimensions]
        raise ValueError(
            f"Got an unexpected number of dimensions for the '{_VALUES}' feature. Was expecting at most {expected} "
            f"since '{_TIMES}' does not have {lacking}, but got shape {values.shape}"
        )
    return values
