"""Target columns: what a model predicts, its loss and its metrics."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import array_ops, control_flow_assert, math_ops, nn
from tf_slim.losses import loss_ops
from tf_slim.metrics import metric_ops

Metrics = dict[Any, Callable[..., Any]]


class ProblemType:
    """Kinds of problems."""

    UNSPECIFIED = 0
    CLASSIFICATION = 1
    LINEAR_REGRESSION = 2
    LOGISTIC_REGRESSION = 3


class _TargetColumn:
    """What a model predicts; ``problem_type`` is one of ``ProblemType``."""

    problem_type = ProblemType.UNSPECIFIED

    def __init__(
        self,
        loss_fn: Callable[[Any, Any], Any],
        num_label_columns: int,
        label_name: str | None,
        weight_column_name: str | None,
    ) -> None:
        self._loss_fn = loss_fn
        self.num_label_columns = num_label_columns
        self.label_name = label_name
        self.weight_column_name = weight_column_name

    def logits_to_predictions(self, logits: Any, proba: bool = False) -> Any:
        """Returns the predictions, or with ``proba`` the probabilities."""
        raise NotImplementedError

    def get_eval_ops(self, features: Any, logits: Any, labels: Any, metrics: Metrics | None = None) -> dict[str, Any]:
        """Returns name -> (value, update) of the loss and the metrics."""
        raise NotImplementedError

    def get_weight_tensor(self, features: Any) -> Any:
        """Returns the weights ``[batch]`` of the examples, None where all are 1."""
        if not self.weight_column_name:
            return None
        return array_ops.reshape(math_ops.cast(features[self.weight_column_name], dtypes.float32), shape=(-1,))

    def training_loss(self, logits: Any, target: Any, features: Any, name: str = "training_loss") -> Any:
        """Returns the mean of the weighted losses."""
        losses, _ = self._losses(logits, target, features)
        return math_ops.reduce_mean(losses, name=name)

    def loss(self, logits: Any, target: Any, features: Any) -> Any:
        """Returns the weighted mean of the losses."""
        losses, weights = self._losses(logits, target, features)
        if weights is None:
            return math_ops.reduce_mean(losses, name="loss")
        return math_ops.div(math_ops.reduce_sum(losses), math_ops.reduce_sum(weights), name="loss")

    def _losses(self, logits: Any, target: Any, features: Any) -> tuple[Any, Any]:
        losses = self._loss_fn(logits, target[self.label_name] if isinstance(target, dict) else target)
        weights = self.get_weight_tensor(features)
        if weights is None:
            return losses, None
        return math_ops.multiply(array_ops.reshape(losses, shape=(-1,)), weights), weights

    def _evaluated(self, features: Any, predictions: Any, labels: Any, metrics: Metrics) -> dict[str, Any]:
        labels, weights = math_ops.cast(labels, predictions.dtype), self.get_weight_tensor(features)
        options = {} if weights is None else {"weights": weights}
        return {name: metric(predictions, labels, **options) for name, metric in metrics.items()}


class _RegressionTargetColumn(_TargetColumn):
    problem_type = ProblemType.LINEAR_REGRESSION

    def logits_to_predictions(self, logits: Any, proba: bool = False) -> Any:
        if self.num_label_columns == 1:
            return array_ops.squeeze(logits, axis=[1])
        return logits

    def get_eval_ops(self, features: Any, logits: Any, labels: Any, metrics: Metrics | None = None) -> dict[str, Any]:
        result = {"loss": metric_ops.streaming_mean(self.loss(logits, labels, features))}
        if metrics:
            result.update(self._evaluated(features, self.logits_to_predictions(logits), labels, metrics))
        return result


class _MultiClassTargetColumn(_TargetColumn):
    problem_type = ProblemType.CLASSIFICATION

    def logits_to_predictions(self, logits: Any, proba: bool = False) -> Any:
        if self.num_label_columns == 1:
            logits = array_ops.concat([array_ops.zeros_like(logits), logits], 1)
        return nn.softmax(logits) if proba else math_ops.argmax(logits, 1)

    def get_eval_ops(self, features: Any, logits: Any, labels: Any, metrics: Metrics | None = None) -> dict[str, Any]:
        """Returns name -> (value, update) of the loss and the metrics.

        Args:
            features: the features, for the weights.
            logits: the model's output.
            labels: the classes.
            metrics: name, or (name, "classes" or "probabilities") -> metric of predictions and labels; the accuracy
                by default.

        Raises:
            ValueError: a name is neither.
        """
        if metrics is None:
            metrics = {("accuracy", "classes"): metric_ops.streaming_accuracy}
        by_kind: dict[str, Metrics] = {"classes": {}, "probabilities": {}}
        for name, metric in metrics.items():
            own_name, kind = _name_and_kind(name)
            by_kind[kind][own_name] = metric
        result = {"loss": metric_ops.streaming_mean(self.loss(logits, labels, features))}
        if self.num_label_columns == 1:
            probabilities, floats = math_ops.sigmoid(logits), math_ops.cast(labels, dtypes.float32)
            for name, metric in get_default_binary_metrics_for_eval([0.5]).items():
                result[name] = metric(probabilities, floats)
        for kind, chosen in by_kind.items():
            if chosen:
                predictions = self.logits_to_predictions(logits, proba=kind == "probabilities")
                result.update(self._evaluated(features, predictions, labels, chosen))
        return result


def _name_and_kind(name: Any) -> tuple[str, str]:
    if isinstance(name, str):
        return name, "classes"
    if isinstance(name, tuple) and len(name) == 2 and name[1] in ("classes", "probabilities"):
        return name
    raise ValueError(f"a metric has a name, or a name with classes or probabilities, not {name!r}")


class _BinarySvmTargetColumn(_MultiClassTargetColumn):
    def logits_to_predictions(self, logits: Any, proba: bool = False) -> Any:
        if proba:
            raise ValueError("a support vector machine gives no probabilities")
        return super().logits_to_predictions(logits)


def regression_target(
    label_name: str | None = None, weight_column_name: str | None = None, label_dimension: int = 1
) -> Any:
    """Returns a target of numbers, with the squared error as loss."""
    return _RegressionTargetColumn(_squared_error, label_dimension, label_name, weight_column_name)


def multi_class_target(n_classes: int, label_name: str | None = None, weight_column_name: str | None = None) -> Any:
    """Returns a target of classes, with the cross entropy as loss.

    Raises:
        ValueError: there are less than two classes.
    """
    if n_classes < 2:
        raise ValueError(f"n_classes is to be 2 or more, not {n_classes}")
    loss, columns = (_log_loss, 1) if n_classes == 2 else (_cross_entropy, n_classes)
    return _MultiClassTargetColumn(loss, columns, label_name, weight_column_name)


def binary_svm_target(label_name: str | None = None, weight_column_name: str | None = None) -> Any:
    """Returns a target of two classes, with the hinge loss."""
    return _BinarySvmTargetColumn(_hinge_loss, 1, label_name, weight_column_name)


def _as_column(target: Any) -> Any:
    return array_ops.expand_dims(target, axis=1) if len(target.get_shape()) == 1 else target


def _squared_error(logits: Any, target: Any) -> Any:
    target = _as_column(target)
    logits.get_shape().assert_is_compatible_with(target.get_shape())
    return math_ops.squared_difference(logits, math_ops.cast(target, dtypes.float32))


def _log_loss(logits: Any, target: Any) -> Any:
    labels = math_ops.cast(_as_column(target), dtypes.float32)
    return nn.sigmoid_cross_entropy_with_logits(labels=labels, logits=logits)


def _cross_entropy(logits: Any, target: Any) -> Any:
    if not target.dtype.is_integer:
        raise ValueError(f"classes are integers, not {target.dtype}")
    labels = array_ops.squeeze(target, axis=[1]) if len(target.get_shape()) == 2 else target
    return nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits)


def _hinge_loss(logits: Any, target: Any) -> Any:
    is_column = math_ops.less_equal(array_ops.rank(target), 2)
    check = control_flow_assert.Assert(is_column, ["the target is of shape [batch] or [batch, 1]"])
    with ops.control_dependencies([check]):
        target = array_ops.reshape(target, shape=[array_ops.shape(target)[0], 1])
    return loss_ops.hinge_loss(logits, target)


def get_default_binary_metrics_for_eval(thresholds: list[float]) -> dict[str, Callable[..., Any]]:
    """Returns name -> metric of probabilities and labels, for a model of two classes."""
    metrics: dict[str, Callable[..., Any]] = {
        "labels/prediction_mean": _mean_prediction,
        "labels/actual_target_mean": _mean_label,
        "accuracy/baseline_target_mean": _mean_label,
        "auc": metric_ops.streaming_auc,
    }
    for threshold in thresholds:
        precision = functools.partial(_at_threshold, metric_ops.streaming_precision_at_thresholds, threshold)
        recall = functools.partial(_at_threshold, metric_ops.streaming_recall_at_thresholds, threshold)
        metrics[f"accuracy/threshold_{threshold:f}_mean"] = functools.partial(_accuracy_at, threshold)
        metrics[f"precision/positive_threshold_{threshold:f}_mean"] = precision
        metrics[f"recall/positive_threshold_{threshold:f}_mean"] = recall
    return metrics


def _mean_prediction(predictions: Any, labels: Any, weights: Any = None) -> Any:
    return metric_ops.streaming_mean(predictions, weights=weights)


def _mean_label(predictions: Any, labels: Any, weights: Any = None) -> Any:
    return metric_ops.streaming_mean(labels, weights=weights)


def _accuracy_at(threshold: float, predictions: Any, labels: Any, weights: Any = None) -> Any:
    chosen = math_ops.cast(math_ops.greater_equal(predictions, threshold), dtypes.float32)
    return metric_ops.streaming_accuracy(chosen, labels, weights=weights)


def _at_threshold(
    metric: Callable[..., Any], threshold: float, predictions: Any, labels: Any, weights: Any = None
) -> Any:
    value, update = metric(predictions, labels=labels, thresholds=[threshold], weights=weights)
    return array_ops.squeeze(value), update
