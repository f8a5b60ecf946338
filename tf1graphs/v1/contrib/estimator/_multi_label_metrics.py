"""The metrics of ``multi_label_head``: of all labels, at thresholds, and of single classes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import array_ops, metrics_impl
from tensorflow_estimator.python.estimator.canned import head as heads
from tensorflow_estimator.python.estimator.canned.metric_keys import MetricKeys

_AT_THRESHOLDS = (
    (MetricKeys.ACCURACY_AT_THRESHOLD, heads._accuracy_at_threshold),
    (MetricKeys.PRECISION_AT_THRESHOLD, heads._precision_at_threshold),
    (MetricKeys.RECALL_AT_THRESHOLD, heads._recall_at_threshold),
)


def _mean(labels: Any, predictions: Any, weights: Any, name: str) -> Any:
    return heads._predictions_mean(predictions=predictions, weights=weights, name=name)


def _auc(labels: Any, predictions: Any, weights: Any, name: str) -> Any:
    return heads._auc(labels=labels, predictions=predictions, weights=weights, name=name)


def _auc_pr(labels: Any, predictions: Any, weights: Any, name: str) -> Any:
    return heads._auc(labels=labels, predictions=predictions, weights=weights, curve="PR", name=name)


# For a class: key with its number, key with its name in the vocabulary, metric.
_OF_CLASSES: tuple[tuple[str, str, Callable[..., Any]], ...] = (
    (MetricKeys.PROBABILITY_MEAN_AT_CLASS, MetricKeys.PROBABILITY_MEAN_AT_NAME, _mean),
    (MetricKeys.AUC_AT_CLASS, MetricKeys.AUC_AT_NAME, _auc),
    (MetricKeys.AUC_PR_AT_CLASS, MetricKeys.AUC_PR_AT_NAME, _auc_pr),
)


def of_all_labels(
    labels: Any, probabilities: Any, weights: Any, unreduced_loss: Any, regularization_loss: Any
) -> dict[str, Any]:
    """Returns the mean loss and the areas under both curves, over all labels [..., classes]."""
    found = {
        MetricKeys.LOSS_MEAN: metrics_impl.mean(unreduced_loss, weights=weights, name=MetricKeys.LOSS_MEAN),
        MetricKeys.AUC: metrics_impl.auc(labels, probabilities, weights=weights, name=MetricKeys.AUC),
        MetricKeys.AUC_PR: metrics_impl.auc(labels, probabilities, weights=weights, curve="PR", name=MetricKeys.AUC_PR),
    }
    if regularization_loss is not None:
        name = MetricKeys.LOSS_REGULARIZATION
        found[name] = metrics_impl.mean(regularization_loss, name=name)
    return found


def at_thresholds(labels: Any, probabilities: Any, weights: Any, thresholds: Iterable[float]) -> dict[str, Any]:
    """Returns accuracy, precision and recall of the labels with a probability above each threshold."""
    return {
        key % threshold: metric(
            labels=labels, predictions=probabilities, weights=weights, threshold=threshold, name=key % threshold
        )
        for threshold in thresholds
        for key, metric in _AT_THRESHOLDS
    }


def of_classes(
    labels: Any, probabilities: Any, weights: Any, class_ids: Iterable[int], vocabulary: Sequence[str] | None
) -> dict[str, Any]:
    """Returns the mean probability and the areas under both curves of single classes."""
    found = {}
    for class_id in class_ids:
        of_class = _slice(labels, probabilities, class_id)
        for by_number, by_name, metric in _OF_CLASSES:
            key = by_number % class_id if vocabulary is None else by_name % vocabulary[class_id]
            found[key] = metric(*of_class, weights, name=key)
    return found


def _slice(labels: Any, probabilities: Any, class_id: int) -> tuple[Any, Any]:
    rank = array_ops.rank(probabilities) - 1
    begin = array_ops.concat([array_ops.zeros([rank], dtype=dtypes.int32), [class_id]], axis=0)
    size = array_ops.concat([-1 * array_ops.ones([rank], dtype=dtypes.int32), [1]], axis=0)
    sliced = array_ops.slice(probabilities, begin=begin, size=size)
    return array_ops.slice(labels, begin=begin, size=size), sliced


def named(metrics: dict[str, Any], head_name: str | None) -> dict[str, Any]:
    """Returns the metrics under their keys with the name of the head behind."""
    return {heads._summary_key(head_name, key): metric for key, metric in metrics.items()}


def scope(*tensors: Any) -> Any:
    """Returns the name scope in which 1.15 made these metrics."""
    return ops.name_scope(None, "metrics", [each for each in tensors if each is not None])
