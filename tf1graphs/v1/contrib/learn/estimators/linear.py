"""Linear estimators."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tensorflow.python.framework import ops
from tensorflow.python.ops import clip_ops, gradients
from tensorflow.python.platform import tf_logging as logging
from tensorflow.python.training import training_util
from tensorflow.python.training.ftrl import FtrlOptimizer
from tf_slim.layers.optimizers import OPTIMIZER_CLS_NAMES

from tf1graphs.v1.contrib.learn.estimators import _towers, head
from tf1graphs.v1.contrib.learn.estimators._canned import Classifier, Regressor
from tf1graphs.v1.contrib.learn.estimators._sdca import SdcaUpdateWeightsHook, sdca_model_fn
from tf1graphs.v1.contrib.learn.estimators.estimator import Estimator
from tf1graphs.v1.contrib.linear_optimizer import SDCAOptimizer

__all__ = ["LinearClassifier", "LinearEstimator", "LinearRegressor", "sdca_model_fn"]

_LEARNING_RATE = 0.2


def _optimizer(optimizer: Any, columns: Sequence[Any]) -> Any:
    if not optimizer:
        return FtrlOptimizer(learning_rate=min(_LEARNING_RATE, 1.0 / math.sqrt(len(columns))))
    if isinstance(optimizer, str):
        return OPTIMIZER_CLS_NAMES[optimizer](learning_rate=_LEARNING_RATE)
    return optimizer() if callable(optimizer) else optimizer


def _linear_model_fn(features: Any, labels: Any, mode: str, params: Mapping[str, Any], config: Any = None) -> Any:
    """Returns the linear model that ``params`` describe; see the estimators."""
    features = _towers.feature_dict(features)
    columns = params["feature_columns"]
    with _towers.linear_scope(config) as scope:
        logits = _towers.linear_logits(
            features, columns, params["head"].logits_dimension, params.get("joint_weights", False), scope
        )

        def train(loss: Any) -> Any:
            variables = ops.get_collection(_towers.LINEAR_SCOPE)
            found = gradients.gradients(loss, variables)
            if params.get("gradient_clip_norm"):
                found, _ = clip_ops.clip_by_global_norm(found, params["gradient_clip_norm"])
            optimizer = _optimizer(params.get("optimizer"), columns)
            pairs = zip(found, variables, strict=True)
            return optimizer.apply_gradients(pairs, global_step=training_util.get_global_step())

        return params["head"].create_model_fn_ops(
            features=features, mode=mode, labels=labels, train_op_fn=train, logits=logits
        )


def _training(
    optimizer: Any, weight_column_name: str | None, gradient_clip_norm: float | None, joint_weights: bool
) -> tuple[Any, dict[str, Any]]:
    """Returns the model function, and what of ``params`` says how it is trained."""
    if not isinstance(optimizer, SDCAOptimizer):
        return _linear_model_fn, {
            "optimizer": optimizer,
            "gradient_clip_norm": gradient_clip_norm,
            "joint_weights": joint_weights,
        }
    assert not joint_weights, "joint weights are incompatible with the SDCAOptimizer"
    return sdca_model_fn, {
        "optimizer": optimizer,
        "weight_column_name": weight_column_name,
        "update_weights_hook": SdcaUpdateWeightsHook(),
    }


class LinearClassifier(Classifier):
    """Classifies with a linear model.

    Args:
        feature_columns: The columns of the model.
        model_dir: The folder of checkpoints and summaries; a temporary one by default.
        n_classes: The number of classes.
        weight_column_name: The feature with the weights of the examples.
        optimizer: An optimizer, a function that makes one, or its name; Ftrl by default. An ``SDCAOptimizer`` trains
            in its own way.
        gradient_clip_norm: The global norm that the gradients are clipped to.
        enable_centered_bias: Whether there is a bias that is trained by itself.
        _joint_weight: Whether all columns have one variable together.
        config: A ``tf.contrib.learn.RunConfig``.
        feature_engineering_fn: Takes features and labels, and returns those of the model.
        label_keys: The names of the classes, of more than two.

    Raises:
        AssertionError: There are no columns, or an ``SDCAOptimizer`` cannot train such a model.
        ValueError: There are fewer than two classes, or names for another number of them.
    """

    def __init__(
        self,
        feature_columns: Iterable[Any],
        model_dir: str | None = None,
        n_classes: int = 2,
        weight_column_name: str | None = None,
        optimizer: Any = None,
        gradient_clip_norm: float | None = None,
        enable_centered_bias: bool = False,
        _joint_weight: bool = False,
        config: Any = None,
        feature_engineering_fn: Any = None,
        label_keys: Sequence[str] | None = None,
    ) -> None:
        self._feature_columns = tuple(feature_columns or [])
        assert self._feature_columns, "a linear model needs a column"
        if isinstance(optimizer, SDCAOptimizer):
            if enable_centered_bias:
                raise ValueError("enable_centered_bias is not supported with SDCA")
            assert n_classes == 2, "SDCA only applies to binary classification."
        model_fn, training = _training(optimizer, weight_column_name, gradient_clip_norm, _joint_weight)
        super().__init__(
            model_fn=model_fn,
            model_dir=model_dir,
            config=config,
            params={
                "head": head.multi_class_head(
                    n_classes,
                    weight_column_name=weight_column_name,
                    enable_centered_bias=enable_centered_bias,
                    label_keys=label_keys,
                ),
                "feature_columns": self._feature_columns,
                **training,
            },
            feature_engineering_fn=feature_engineering_fn,
        )


class LinearRegressor(Regressor):
    """Predicts numbers with a linear model; see ``LinearClassifier``.

    Args:
        feature_columns: The columns of the model.
        model_dir: The folder of checkpoints and summaries.
        weight_column_name: The feature with the weights of the examples.
        optimizer: An optimizer, a function that makes one, or its name.
        gradient_clip_norm: The global norm that the gradients are clipped to.
        enable_centered_bias: Whether there is a bias that is trained by itself.
        label_dimension: The number of numbers of an example.
        _joint_weights: Whether all columns have one variable together.
        config: A ``tf.contrib.learn.RunConfig``.
        feature_engineering_fn: Takes features and labels, and returns those of the model.

    Raises:
        AssertionError: There are no columns.
    """

    def __init__(
        self,
        feature_columns: Iterable[Any],
        model_dir: str | None = None,
        weight_column_name: str | None = None,
        optimizer: Any = None,
        gradient_clip_norm: float | None = None,
        enable_centered_bias: bool = False,
        label_dimension: int = 1,
        _joint_weights: bool = False,
        config: Any = None,
        feature_engineering_fn: Any = None,
    ) -> None:
        self._feature_columns = tuple(feature_columns or [])
        assert self._feature_columns, "a linear model needs a column"
        if isinstance(optimizer, SDCAOptimizer):
            if enable_centered_bias:
                enable_centered_bias = False
                logging.warning("centered_bias is not supported with SDCA, please disable it explicitly.")
            assert label_dimension == 1, "SDCA only applies for label_dimension=1."
        model_fn, training = _training(optimizer, weight_column_name, gradient_clip_norm, _joint_weights)
        super().__init__(
            model_fn=model_fn,
            model_dir=model_dir,
            config=config,
            params={
                "head": head.regression_head(
                    weight_column_name=weight_column_name,
                    label_dimension=label_dimension,
                    enable_centered_bias=enable_centered_bias,
                ),
                "feature_columns": self._feature_columns,
                **training,
            },
            feature_engineering_fn=feature_engineering_fn,
        )


class LinearEstimator(Estimator):
    """Predicts what a head says with a linear model; see ``LinearClassifier``.

    Args:
        feature_columns: The columns of the model.
        head: A head of ``tf.contrib.learn``.
        model_dir: The folder of checkpoints and summaries.
        weight_column_name: Not used: the head knows the weights.
        optimizer: An optimizer, a function that makes one, or its name.
        gradient_clip_norm: The global norm that the gradients are clipped to.
        _joint_weights: Whether all columns have one variable together.
        config: A ``tf.contrib.learn.RunConfig``.
        feature_engineering_fn: Takes features and labels, and returns those of the model.

    Raises:
        AssertionError: There are no columns.
    """

    def __init__(
        self,
        feature_columns: Sequence[Any],
        head: Any,
        model_dir: str | None = None,
        weight_column_name: str | None = None,
        optimizer: Any = None,
        gradient_clip_norm: float | None = None,
        _joint_weights: bool = False,
        config: Any = None,
        feature_engineering_fn: Any = None,
    ) -> None:
        assert feature_columns, "a linear model needs a column"
        if isinstance(optimizer, SDCAOptimizer):
            raise ValueError("LinearEstimator does not support SDCA optimizer.")
        super().__init__(
            model_fn=_linear_model_fn,
            model_dir=model_dir,
            config=config,
            params={
                "head": head,
                "feature_columns": feature_columns,
                "optimizer": optimizer,
                "gradient_clip_norm": gradient_clip_norm,
                "joint_weights": _joint_weights,
            },
            feature_engineering_fn=feature_engineering_fn,
        )
