"""Estimators that learn a bias alone: what a better model is compared with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tensorflow.python.framework import ops
from tensorflow.python.ops import array_ops, check_ops
from tf_slim.layers.optimizers import optimize_loss

from tf1graphs.v1.contrib.learn.estimators import _towers, head
from tf1graphs.v1.contrib.learn.estimators.estimator import Estimator
from tf1graphs.v1.contrib.learn.estimators.prediction_key import PredictionKey

__all__ = ["DebugClassifier", "DebugRegressor", "debug_model_fn"]

_LEARNING_RATE = 0.3


def debug_model_fn(features: Any, labels: Any, mode: str, params: Mapping[str, Any], config: Any = None) -> Any:
    """Returns a model whose logits are zero; ``params["head"]`` is its head, with a centered bias.

    Raises:
        ValueError: There are no features.
    """
    features = _towers.feature_dict(features)
    if not features:
        raise ValueError("Features cannot be empty.")
    first, *others = (array_ops.shape(feature)[0] for feature in features.values())
    checks = [check_ops.assert_equal(first, other) for other in others]
    with ops.control_dependencies(checks):
        logits = array_ops.zeros([first, params["head"].logits_dimension])

    def train(loss: Any) -> Any:
        return optimize_loss(loss, global_step=None, learning_rate=_LEARNING_RATE, optimizer="Adagrad")

    return params["head"].create_model_fn_ops(
        features=features, labels=labels, mode=mode, train_op_fn=train, logits=logits
    )


class _DebugEstimator(Estimator):
    def _each(self, key: str, input_fn: Any, batch_size: int | None) -> Iterator[Any]:
        predictions = self.predict(input_fn=input_fn, batch_size=batch_size, outputs=[key])
        return (prediction[key] for prediction in predictions)


class DebugClassifier(_DebugEstimator):
    """Learns how often each class comes.

    Args:
        model_dir: The folder of checkpoints and summaries; a temporary one by default.
        n_classes: The number of classes.
        weight_column_name: The feature with the weights of the examples.
        config: A ``tf.contrib.learn.RunConfig``.
        feature_engineering_fn: Takes features and labels, and returns those of the model.
        label_keys: The names of the classes, of more than two.
    """

    def __init__(
        self,
        model_dir: str | None = None,
        n_classes: int = 2,
        weight_column_name: str | None = None,
        config: Any = None,
        feature_engineering_fn: Any = None,
        label_keys: Sequence[str] | None = None,
    ) -> None:
        super().__init__(
            model_fn=debug_model_fn,
            model_dir=model_dir,
            config=config,
            params={
                "head": head.multi_class_head(
                    n_classes=n_classes,
                    weight_column_name=weight_column_name,
                    enable_centered_bias=True,
                    label_keys=label_keys,
                )
            },
            feature_engineering_fn=feature_engineering_fn,
        )

    def predict_classes(self, input_fn: Any = None, batch_size: int | None = None) -> Iterator[Any]:
        """Yields the classes."""
        return self._each(PredictionKey.CLASSES, input_fn, batch_size)

    def predict_proba(self, input_fn: Any = None, batch_size: int | None = None) -> Iterator[Any]:
        """Yields the probabilities of the classes."""
        return self._each(PredictionKey.PROBABILITIES, input_fn, batch_size)


class DebugRegressor(_DebugEstimator):
    """Learns the mean of numbers.

    Args:
        model_dir: The folder of checkpoints and summaries; a temporary one by default.
        label_dimension: The number of numbers of an example.
        weight_column_name: The feature with the weights of the examples.
        config: A ``tf.contrib.learn.RunConfig``.
        feature_engineering_fn: Takes features and labels, and returns those of the model.
    """

    def __init__(
        self,
        model_dir: str | None = None,
        label_dimension: int = 1,
        weight_column_name: str | None = None,
        config: Any = None,
        feature_engineering_fn: Any = None,
    ) -> None:
        super().__init__(
            model_fn=debug_model_fn,
            model_dir=model_dir,
            config=config,
            params={
                "head": head.regression_head(
                    weight_column_name=weight_column_name, label_dimension=label_dimension, enable_centered_bias=True
                )
            },
            feature_engineering_fn=feature_engineering_fn,
        )

    def predict_scores(self, input_fn: Any = None, batch_size: int | None = None) -> Iterator[Any]:
        """Yields the numbers."""
        return self._each(PredictionKey.SCORES, input_fn, batch_size)
