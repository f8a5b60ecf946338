"""The metrics of the heads, each its value and the op that updates it."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import array_ops, math_ops, weights_broadcast_ops
from tensorflow.python.ops import metrics_impl as metrics
from tensorflow.python.platform import tf_logging as logging


def _float_weights(weights: Any) -> Any:
    if weights is None:
        return None
    with ops.name_scope(None, "float_weights") as name:
        return math_ops.cast(weights, dtypes.float32, name=name)


def _broadcast_weights(weights: Any, values: Any) -> Any:
    weights = _float_weights(weights)
    return None if weights is None else weights_broadcast_ops.broadcast_weights(weights, values)


def streaming_mean(values: Any, weights: Any = None, class_id: int | None = None) -> Any:
    """Returns the mean of labels or predictions ``[batch]`` or ``[batch, classes]``: of all, or of a class."""
    values = math_ops.cast(values, dtypes.float32)
    weights = _broadcast_weights(weights, values)
    if class_id is not None:
        weights = None if weights is None else weights[:, class_id]
        values = values[:, class_id]
    return metrics.mean(values, weights)


def part_of_class(classes: Any, weights: Any, class_id: int) -> Any:
    """Returns the part of classes ``[batch]`` that are one class."""
    is_class = math_ops.equal(math_ops.cast(class_id, dtypes.int32), math_ops.cast(classes, dtypes.int32))
    found = array_ops.where(is_class, array_ops.ones_like(classes), array_ops.zeros_like(classes))
    return metrics.mean(found, weights=weights)


def streaming_auc(
    predictions: Any, labels: Any, weights: Any = None, class_id: int | None = None, curve: str = "ROC"
) -> Any:
    """Returns the area under a curve, ``"ROC"`` or ``"PR"``, for all classes or one."""
    predictions = math_ops.cast(predictions, dtypes.float32)
    if labels.dtype.base_dtype != dtypes.bool:
        logging.warning("Casting %s labels to bool.", labels.dtype)
        labels = math_ops.cast(labels, dtypes.bool)
    weights = _broadcast_weights(weights, predictions)
    if class_id is not None:
        weights = None if weights is None else weights[:, class_id]
        predictions = predictions[:, class_id]
        labels = labels[:, class_id]
    return metrics.auc(labels, predictions, weights, curve=curve)


def accuracy_at_threshold(predictions: Any, labels: Any, weights: Any, threshold: float) -> Any:
    """Returns the part of the examples that are right where predictions from the threshold on count as 1."""
    chosen = math_ops.cast(math_ops.greater_equal(predictions, threshold), dtypes.float32)
    return metrics.accuracy(labels, chosen, weights)


def precision_at_threshold(predictions: Any, labels: Any, weights: Any, threshold: float) -> Any:
    """Returns the part of what is predicted to be 1 that is 1."""
    return _squeezed(metrics.precision_at_thresholds(labels, predictions, (threshold,), _float_weights(weights)))


def recall_at_threshold(predictions: Any, labels: Any, weights: Any, threshold: float) -> Any:
    """Returns the part of what is 1 that is predicted to be 1."""
    return _squeezed(metrics.recall_at_thresholds(labels, predictions, (threshold,), _float_weights(weights)))


def _squeezed(metric: Any) -> tuple[Any, Any]:
    value, update = metric
    return array_ops.squeeze(value), array_ops.squeeze(update)
