"""The metrics that ``evaluate`` is given, and what of a model's metrics is run when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tensorflow.python.ops import control_flow_ops
from tensorflow.python.platform import tf_logging as logging

from tf1graphs.v1.contrib.learn.metric_spec import MetricSpec


def make_metrics_ops(metrics: Mapping[Any, Any] | None, features: Any, labels: Any, predictions: Any) -> dict[Any, Any]:
    """Returns the results of metrics by name.

    Args:
        metrics: Name -> ``MetricSpec`` or function of predictions and labels; or (name, key of a prediction) ->
            function.
        features: A dictionary of tensors.
        labels: A tensor or a dictionary of them.
        predictions: A tensor or a dictionary of them.

    Raises:
        ValueError: A function is given without a key and there is more than one prediction, or the other way round.
    """
    found = {}
    # In the order of their names, so that each run builds the same graph.
    for name, metric in sorted((metrics or {}).items()):
        if isinstance(metric, MetricSpec):
            found[name] = metric.create_metric_ops(features, labels, predictions)
        elif isinstance(name, tuple):
            found[name[0]] = _with_key(name, metric, labels, predictions)
        elif isinstance(predictions, dict):
            raise ValueError(
                "Metrics passed provide only name, no prediction, but predictions are dict. "
                f"Metrics: {metrics}, Labels: {_only(labels)}."
            )
        else:
            found[name] = metric(predictions, _only(labels))
    return found


def _with_key(name: tuple[Any, ...], metric: Any, labels: Any, predictions: Any) -> Any:
    if len(name) != 2:
        raise ValueError(f"Invalid metric for {name}. It returned a tuple with len {len(name)}, expected 2.")
    if not isinstance(predictions, dict):
        raise ValueError(
            f"Metrics passed provide (name, prediction), but predictions are not dict. Predictions: {predictions}."
        )
    key = name[1]
    label = labels[key] if isinstance(labels, dict) and key in labels else _only(labels)
    return metric(predictions[key], label)


def _only(labels: Any) -> Any:
    """Returns the label of a dictionary with one."""
    return next(iter(labels.values())) if isinstance(labels, dict) and len(labels) == 1 else labels


def split_metrics(metrics: Mapping[Any, Any]) -> tuple[Any, dict[Any, Any]]:
    """Returns the op that updates all metrics, None without one, and their values by name."""
    updates, values = [], {}
    for name, metric in metrics.items():
        values[name] = metric
        if isinstance(metric, (list, tuple)):
            if len(metric) == 2:
                values[name], update = metric
                updates.append(update)
            else:
                logging.warning(
                    "Ignoring metric %s. It returned a list|tuple with len %s, expected 2", name, len(metric)
                )
    return control_flow_ops.group(*updates) if updates else None, values
