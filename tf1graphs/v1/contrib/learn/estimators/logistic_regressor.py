"""``LogisticRegressor``: an estimator of a model function of probabilities, with their metrics."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tensorflow.python.framework import dtypes
from tensorflow.python.ops import math_ops
from tf_slim.metrics import metric_ops as metrics_lib

from tf1graphs.v1.contrib.learn.estimators.constants import ProblemType
from tf1graphs.v1.contrib.learn.estimators.estimator import Estimator
from tf1graphs.v1.contrib.learn.estimators.metric_key import MetricKey
from tf1graphs.v1.contrib.learn.estimators.model_fn import ModeKeys, ModelFnOps

__all__ = ["LogisticRegressor"]


def LogisticRegressor(  # noqa: N802 (the name of 1.15)
    model_fn: Callable[..., Any],
    thresholds: Sequence[float] | None = None,
    model_dir: str | None = None,
    config: Any = None,
    feature_engineering_fn: Any = None,
) -> Estimator:
    """Returns an estimator of a model function whose predictions are probabilities.

    Args:
        model_fn: Returns predictions, loss and train op, of features, labels and mode.
        thresholds: The thresholds of metrics, 0.5 by default.
        model_dir: The folder of checkpoints and summaries; a temporary one by default.
        config: A ``tf.contrib.learn.RunConfig``.
        feature_engineering_fn: Takes features and labels, and returns those of the model.
    """

    def with_metrics(features: Any, labels: Any, mode: str, params: Mapping[str, Any]) -> ModelFnOps:
        predictions, loss, train_op = model_fn(features, labels, mode)
        metrics = None
        if mode == ModeKeys.EVAL:
            metrics = _metrics(labels, predictions, params.get("thresholds") or [0.5])
        return ModelFnOps(
            mode=mode,
            predictions=predictions,
            loss=loss,
            train_op=train_op,
            eval_metric_ops=metrics,
            output_alternatives={"head": (ProblemType.LOGISTIC_REGRESSION, {"predictions": predictions})},
        )

    return Estimator(
        model_fn=with_metrics,
        model_dir=model_dir,
        config=config,
        params={"thresholds": thresholds},
        feature_engineering_fn=feature_engineering_fn,
    )


def _metrics(labels: Any, predictions: Any, thresholds: Sequence[float]) -> dict[str, Any]:
    label = next(iter(labels.values())) if isinstance(labels, dict) and len(labels) == 1 else labels
    metrics = {
        MetricKey.PREDICTION_MEAN: metrics_lib.streaming_mean(predictions),
        MetricKey.LABEL_MEAN: metrics_lib.streaming_mean(label),
        MetricKey.ACCURACY_BASELINE: metrics_lib.streaming_mean(label),
        MetricKey.AUC: metrics_lib.streaming_auc(labels=label, predictions=predictions),
    }
    at_threshold = {
        MetricKey.ACCURACY_MEAN: metrics_lib.streaming_accuracy,
        MetricKey.PRECISION_MEAN: metrics_lib.streaming_precision,
        MetricKey.RECALL_MEAN: metrics_lib.streaming_recall,
    }
    for threshold in thresholds:
        above = math_ops.cast(
            math_ops.greater_equal(predictions, threshold),
            dtypes.float32,
            name=f"predictions_at_threshold_{threshold:f}",
        )
        for key, metric in at_threshold.items():
            metrics[key % threshold] = metric(labels=label, predictions=above)
    return metrics
