"""The shapes and kinds of the batches that arrays are fed in."""

from __future__ import annotations

from typing import Any

import numpy as np
from tensorflow.python.framework import dtypes
from tensorflow.python.platform import tf_logging as logging


def each(function: Any, values: Any, *others: Any) -> Any:
    """Applies a function to a value, or to each of a dictionary with what other dictionaries have at its key."""
    if not isinstance(values, dict):
        return function(values, *others)
    return {key: function(value, *(_at(other, key) for other in others)) for key, value in values.items()}


def _at(value: Any, key: Any) -> Any:
    return value.get(key) if isinstance(value, dict) else value


def checked_dtype(dtype: Any) -> Any:
    """Returns the dtype, and warns where models have no use for it."""
    if dtypes.as_dtype(dtype) == dtypes.float64:
        logging.warning("float64 is not supported by many models, consider casting to float32.")
    return dtype


def check_array(array: Any, dtype: Any) -> Any:
    """Returns an array or list as an array of the dtype, and anything else as it is."""
    return np.asarray(array, dtype=dtype) if isinstance(array, (np.ndarray, list)) else array


def batch_shapes(x_shape: Any, y_shape: Any, n_classes: Any, batch_size: int | None) -> tuple[Any, Any, int]:
    """Returns the shapes of a batch of features and labels, and its size.

    Args:
        x_shape: The shape of the features, or a dictionary of shapes.
        y_shape: The same of labels, or None.
        n_classes: The number of classes if labels become one-hot vectors, a dictionary where the labels are one.
        batch_size: The size of a batch; all examples by default.

    Raises:
        ValueError: The size of a batch is not positive.
    """
    if batch_size is not None and batch_size <= 0:
        raise ValueError(f"Invalid batch_size {batch_size}.")
    first = next(iter(x_shape.values())) if isinstance(x_shape, dict) else x_shape
    size = first[0] if batch_size is None else batch_size

    def of_features(shape: Any) -> list[int]:
        return [size, *(shape[1:] if len(shape) > 1 else [1])]

    def of_labels(shape: Any, classes: int | None) -> list[int]:
        inner = shape[2:] if len(shape) > 1 and shape[1] == 1 else shape[1:]
        return [size, *inner, *([classes] if classes is not None and classes > 1 else [])]

    return each(of_features, x_shape), None if y_shape is None else each(of_labels, y_shape, n_classes), size
