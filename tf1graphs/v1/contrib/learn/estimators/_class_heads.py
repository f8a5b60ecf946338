"""The heads of several classes, which have a logit for each: of one class an example, or of any number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tensorflow.python.framework import dtypes, ops, sparse_tensor
from tensorflow.python.ops import lookup_ops, math_ops, nn_ops, sparse_ops
from tensorflow.python.ops import metrics_impl as metrics_lib

from tf1graphs.v1.contrib.learn.estimators import _head_metrics
from tf1graphs.v1.contrib.learn.estimators._head_losses import (
    Loss,
    sigmoid_cross_entropy_loss,
    softmax_cross_entropy_loss,
)
from tf1graphs.v1.contrib.learn.estimators._single_head import (
    SingleHead,
    classification_outputs,
    dense_labels,
    labels_tensor,
)
from tf1graphs.v1.contrib.learn.estimators.constants import ProblemType
from tf1graphs.v1.contrib.learn.estimators.metric_key import MetricKey
from tf1graphs.v1.contrib.learn.estimators.prediction_key import PredictionKey


def _checked_class_ids(class_ids: Sequence[int] | None, n_classes: int) -> tuple[int, ...]:
    for class_id in class_ids or ():
        if not 0 <= class_id < n_classes:
            raise ValueError(f"Class ID {class_id} not in [0, {n_classes}).")
    return tuple(class_ids or ())


class MultiClassHead(SingleHead):
    """Predicts one of more than two classes, which may have names."""

    _default_scope = "multi_class_head"

    def __init__(
        self,
        n_classes: int,
        loss_fn: Loss | None,
        metric_class_ids: Sequence[int] | None,
        label_keys: Sequence[str] | None,
        **options: Any,
    ) -> None:
        super().__init__(ProblemType.CLASSIFICATION, n_classes, loss_fn or softmax_cross_entropy_loss, **options)
        self._metric_class_ids = _checked_class_ids(metric_class_ids, n_classes)
        if label_keys and len(label_keys) != n_classes:
            raise ValueError("Length of label_keys must equal n_classes.")
        self._label_keys = label_keys

    def _transform_labels(self, labels: Any) -> Any:
        """Returns the labels, and the numbers of the classes that they name."""
        found = dense_labels(labels, self._label_name)
        if not self._label_keys:
            return found, found
        table = lookup_ops.index_table_from_tensor(self._label_keys, name="label_id_lookup")
        return found, table.lookup(found)

    def _loss(self, labels: Any, logits: Any, weights: Any = None) -> tuple[Any, Any]:
        return self._loss_fn(labels[1], logits, weights=weights)

    def _logits_to_predictions(self, logits: Any) -> dict[str, Any]:
        with ops.name_scope(None, "predictions"):
            classes = math_ops.argmax(logits, 1, name=PredictionKey.CLASSES)
            if self._label_keys:
                names = lookup_ops.index_to_string_table_from_tensor(self._label_keys, name="class_string_lookup")
                classes = names.lookup(classes)
            return {
                PredictionKey.LOGITS: logits,
                PredictionKey.PROBABILITIES: nn_ops.softmax(logits, name=PredictionKey.PROBABILITIES),
                PredictionKey.CLASSES: classes,
            }

    def _outputs(self, predictions: dict[str, Any]) -> dict[str, Any]:
        return classification_outputs(predictions, self._label_keys)

    def _metrics(self, loss: Any, predictions: dict[str, Any], labels: Any, weights: Any) -> dict[str, Any]:
        logits, classes = predictions[PredictionKey.LOGITS], predictions[PredictionKey.CLASSES]
        probabilities = predictions[PredictionKey.PROBABILITIES]
        metrics = {
            MetricKey.LOSS: metrics_lib.mean(loss),
            MetricKey.ACCURACY: metrics_lib.accuracy(labels[0], classes, weights),
        }
        # Classes with names have no metrics of their own.
        for class_id in () if self._label_keys else self._metric_class_ids:
            of_class = {
                MetricKey.CLASS_PREDICTION_MEAN: _head_metrics.part_of_class(classes, weights, class_id),
                MetricKey.CLASS_LABEL_MEAN: _head_metrics.part_of_class(labels[1], weights, class_id),
                MetricKey.CLASS_PROBABILITY_MEAN: _head_metrics.streaming_mean(probabilities, weights, class_id),
                MetricKey.CLASS_LOGITS_MEAN: _head_metrics.streaming_mean(logits, weights, class_id),
            }
            metrics.update({key % class_id: metric for key, metric in of_class.items()})
        return metrics


class MultiLabelHead(SingleHead):
    """Predicts for each class whether an example is of it."""

    _default_scope = "multi_label_head"

    def __init__(
        self, n_classes: int, loss_fn: Loss | None, metric_class_ids: Sequence[int] | None, **options: Any
    ) -> None:
        super().__init__(ProblemType.CLASSIFICATION, n_classes, loss_fn or sigmoid_cross_entropy_loss, **options)
        self._metric_class_ids = _checked_class_ids(metric_class_ids, n_classes)

    def _transform_labels(self, labels: Any) -> Any:
        """Returns labels ``[batch, classes]``, made of the ids of classes where they are sparse."""
        found = labels_tensor(labels, self._label_name)
        if not isinstance(found, sparse_tensor.SparseTensor):
            return found
        return math_ops.cast(sparse_ops.sparse_to_indicator(found, self._logits_dimension), dtypes.int64)

    def _logits_to_predictions(self, logits: Any) -> dict[str, Any]:
        with ops.name_scope(None, "predictions"):
            return {
                PredictionKey.LOGITS: logits,
                PredictionKey.PROBABILITIES: math_ops.sigmoid(logits, name=PredictionKey.PROBABILITIES),
                PredictionKey.CLASSES: math_ops.cast(
                    math_ops.greater(logits, 0), dtypes.int64, name=PredictionKey.CLASSES
                ),
            }

    def _outputs(self, predictions: dict[str, Any]) -> dict[str, Any]:
        return classification_outputs(predictions)

    def _metrics(self, loss: Any, predictions: dict[str, Any], labels: Any, weights: Any) -> dict[str, Any]:
        logits, classes = predictions[PredictionKey.LOGITS], predictions[PredictionKey.CLASSES]
        probabilities = predictions[PredictionKey.PROBABILITIES]
        metrics = {
            MetricKey.LOSS: metrics_lib.mean(loss),
            MetricKey.ACCURACY: metrics_lib.accuracy(labels, classes, weights),
            MetricKey.AUC: _head_metrics.streaming_auc(probabilities, labels, weights),
            MetricKey.AUC_PR: _head_metrics.streaming_auc(probabilities, labels, weights, curve="PR"),
        }
        for class_id in self._metric_class_ids:
            of_class = {
                MetricKey.CLASS_PREDICTION_MEAN: _head_metrics.streaming_mean(classes, weights, class_id),
                MetricKey.CLASS_LABEL_MEAN: _head_metrics.streaming_mean(labels, weights, class_id),
                MetricKey.CLASS_PROBABILITY_MEAN: _head_metrics.streaming_mean(probabilities, weights, class_id),
                MetricKey.CLASS_LOGITS_MEAN: _head_metrics.streaming_mean(logits, weights, class_id),
                MetricKey.CLASS_AUC: _head_metrics.streaming_auc(probabilities, labels, weights, class_id),
                MetricKey.CLASS_AUC_PR: _head_metrics.streaming_auc(
                    probabilities, labels, weights, class_id, curve="PR"
                ),
            }
            metrics.update({key % class_id: metric for key, metric in of_class.items()})
        return metrics
