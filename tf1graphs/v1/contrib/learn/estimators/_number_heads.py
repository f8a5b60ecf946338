"""The head of numbers, and those of two classes, which have one logit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tensorflow.python.framework import ops
from tensorflow.python.ops import array_ops, math_ops, nn_ops
from tensorflow.python.ops import metrics_impl as metrics_lib

from tf1graphs.v1.contrib.learn.estimators import _head_metrics
from tf1graphs.v1.contrib.learn.estimators._head_losses import Loss, hinge_loss, log_loss_with_two_classes
from tf1graphs.v1.contrib.learn.estimators._single_head import SingleHead, classification_outputs
from tf1graphs.v1.contrib.learn.estimators.constants import ProblemType
from tf1graphs.v1.contrib.learn.estimators.metric_key import MetricKey
from tf1graphs.v1.contrib.learn.estimators.prediction_key import PredictionKey


class RegressionHead(SingleHead):
    """Predicts numbers ``[batch]``, or ``[batch, dimension]``."""

    _default_scope = "regression_head"

    def __init__(self, label_dimension: int, loss_fn: Loss, link_fn: Callable[[Any], Any], **options: Any) -> None:
        super().__init__(ProblemType.LINEAR_REGRESSION, label_dimension, loss_fn, **options)
        self._link_fn = link_fn

    def _logits_to_predictions(self, logits: Any) -> dict[str, Any]:
        with ops.name_scope(None, "predictions"):
            if self.logits_dimension == 1:
                logits = array_ops.squeeze(logits, axis=(1,), name=PredictionKey.SCORES)
            return {PredictionKey.SCORES: self._link_fn(logits)}

    def _metrics(self, loss: Any, predictions: dict[str, Any], labels: Any, weights: Any) -> dict[str, Any]:
        return {MetricKey.LOSS: metrics_lib.mean(loss)}


def _two_logits(logits: Any) -> Any:
    return array_ops.concat((array_ops.zeros_like(logits), logits), 1)


class BinaryLogisticHead(SingleHead):
    """Predicts the probability of the second of two classes."""

    _default_scope = "binary_logistic_head"

    def __init__(self, loss_fn: Loss | None, thresholds: Sequence[float] | None, **options: Any) -> None:
        super().__init__(ProblemType.LOGISTIC_REGRESSION, 1, loss_fn or log_loss_with_two_classes, **options)
        self._thresholds = thresholds or (0.5,)

    def _logits_to_predictions(self, logits: Any) -> dict[str, Any]:
        with ops.name_scope(None, "predictions"):
            both = _two_logits(logits)
            return {
                PredictionKey.LOGITS: logits,
                PredictionKey.LOGISTIC: math_ops.sigmoid(logits, name=PredictionKey.LOGISTIC),
                PredictionKey.PROBABILITIES: nn_ops.softmax(both, name=PredictionKey.PROBABILITIES),
                PredictionKey.CLASSES: math_ops.argmax(both, 1, name=PredictionKey.CLASSES),
            }

    def _outputs(self, predictions: dict[str, Any]) -> dict[str, Any]:
        return classification_outputs(predictions)

    def _metrics(self, loss: Any, predictions: dict[str, Any], labels: Any, weights: Any) -> dict[str, Any]:
        classes, logistic = predictions[PredictionKey.CLASSES], predictions[PredictionKey.LOGISTIC]
        metrics = {
            MetricKey.LOSS: metrics_lib.mean(loss),
            MetricKey.ACCURACY: metrics_lib.accuracy(labels, classes, weights),
            MetricKey.PREDICTION_MEAN: _head_metrics.streaming_mean(logistic, weights),
            MetricKey.LABEL_MEAN: _head_metrics.streaming_mean(labels, weights),
            MetricKey.ACCURACY_BASELINE: _head_metrics.streaming_mean(labels, weights),
            MetricKey.AUC: _head_metrics.streaming_auc(logistic, labels, weights),
            MetricKey.AUC_PR: _head_metrics.streaming_auc(logistic, labels, weights, curve="PR"),
        }
        at_threshold = {
            MetricKey.ACCURACY_MEAN: _head_metrics.accuracy_at_threshold,
            MetricKey.PRECISION_MEAN: _head_metrics.precision_at_threshold,
            MetricKey.RECALL_MEAN: _head_metrics.recall_at_threshold,
        }
        for threshold in self._thresholds:
            for key, metric in at_threshold.items():
                metrics[key % threshold] = metric(logistic, labels, weights, threshold)
        return metrics


class BinarySvmHead(SingleHead):
    """Predicts one of two classes by the sign of the logit, trained by the hinge loss."""

    _default_scope = "binary_svm_head"

    def __init__(self, **options: Any) -> None:
        super().__init__(ProblemType.LOGISTIC_REGRESSION, 1, hinge_loss, **options)

    def _logits_to_predictions(self, logits: Any) -> dict[str, Any]:
        with ops.name_scope(None, "predictions"):
            classes = math_ops.argmax(_two_logits(logits), 1, name=PredictionKey.CLASSES)
            return {PredictionKey.LOGITS: logits, PredictionKey.CLASSES: classes}

    def _metrics(self, loss: Any, predictions: dict[str, Any], labels: Any, weights: Any) -> dict[str, Any]:
        classes = predictions[PredictionKey.CLASSES]
        return {
            MetricKey.LOSS: metrics_lib.mean(loss),
            MetricKey.ACCURACY: metrics_lib.accuracy(labels, classes, weights),
        }
