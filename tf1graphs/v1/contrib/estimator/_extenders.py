"""Estimators that do what another one does, and more."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tensorflow.python.framework import sparse_tensor, tensor
from tensorflow.python.ops import sparse_ops
from tensorflow.python.util import function_utils
from tensorflow_estimator.python.estimator.estimator import Estimator
from tensorflow_estimator.python.estimator.export.export_output import PredictOutput
from tensorflow_estimator.python.estimator.mode_keys import ModeKeys


def add_metrics(estimator: Any, metric_fn: Callable[..., Mapping[str, Any]]) -> Any:
    """Returns an estimator with more metrics.

    Args:
        estimator: A ``tf.estimator.Estimator``.
        metric_fn: Returns metrics by name; takes any of ``features``, ``labels``, ``predictions`` and ``config``.

    Raises:
        ValueError: ``metric_fn`` takes something else.
    """
    names = function_utils.fn_args(metric_fn)
    unexpected = set(names) - {"features", "labels", "predictions", "config"}
    if unexpected:
        raise ValueError(f"metric_fn ({metric_fn}) has following not expected args: {list(unexpected)}")

    def model_fn(features: Any, labels: Any, mode: str, config: Any) -> Any:
        spec = estimator.model_fn(features, labels, mode, config)
        if mode != ModeKeys.EVAL:
            return spec
        known = {"features": features, "labels": labels, "predictions": spec.predictions, "config": config}
        added = metric_fn(**{name: known[name] for name in names})
        return spec._replace(eval_metric_ops={**(spec.eval_metric_ops or {}), **added})

    return Estimator(
        model_fn=model_fn,
        model_dir=estimator.model_dir,
        config=estimator.config,
        warm_start_from=estimator._warm_start_settings,
    )


def forward_features(
    estimator: Any, keys: str | Sequence[str] | None = None, sparse_default_values: Mapping[str, Any] | None = None
) -> Any:
    """Returns an estimator whose predictions also have features, such as the key of an example.

    Args:
        estimator: A ``tf.estimator.Estimator`` whose predictions are a dictionary.
        keys: The features; all by default.
        sparse_default_values: For each sparse feature, what fills the dense prediction.

    Raises:
        TypeError: A key is no string.
    """
    chosen = [keys] if isinstance(keys, str) else keys
    if chosen is not None and not (isinstance(chosen, (list, tuple)) and all(isinstance(key, str) for key in chosen)):
        raise TypeError(f"keys should be either a string or a list of strings. Given: {keys!r}")

    def model_fn(features: Any, labels: Any, mode: str, config: Any) -> Any:
        spec = estimator.model_fn(features, labels, mode, config)
        if spec.predictions is None:
            return spec
        names = features.keys() if chosen is None else chosen
        _check(names, features, spec.predictions)
        forwarded = {name: _dense(name, features[name], sparse_default_values or {}) for name in names}
        for key in ("predict", "serving_default"):
            output = (spec.export_outputs or {}).get(key)
            if isinstance(output, PredictOutput):
                output.outputs.update(forwarded)
        return spec._replace(predictions={**spec.predictions, **forwarded})

    return Estimator(model_fn=model_fn, model_dir=estimator.model_dir, config=estimator.config)


def _check(names: Any, features: Mapping[str, Any], predictions: Any) -> None:
    if not isinstance(predictions, dict):
        raise ValueError(f"Predictions should be a dict to be able to forward features. Given: {type(predictions)}")
    for name in names:
        if name not in features:
            raise ValueError(f'Key "{name}" is not in features dict, which has the keys {features.keys()}.')
        if name in predictions:
            raise ValueError(f"Cannot forward feature key ({name}). Since it does exist in predictions.")


def _dense(name: str, feature: Any, defaults: Mapping[str, Any]) -> Any:
    feature = sparse_tensor.convert_to_tensor_or_sparse_tensor(feature)
    if name in defaults:
        if not isinstance(feature, sparse_tensor.SparseTensor):
            raise ValueError(f"Feature ({name}) is expected to be a `SparseTensor`.")
        feature = sparse_ops.sparse_tensor_to_dense(feature, default_value=defaults[name])
    if not isinstance(feature, tensor.Tensor):
        raise ValueError(
            f"Feature ({name}) should be a Tensor. Please use `keys` argument of forward_features to filter unwanted "
            f"features, or add key to argument `sparse_default_values`. Its type is {type(feature)}."
        )
    return feature
