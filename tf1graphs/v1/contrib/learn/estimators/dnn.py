"""Estimators of fully connected layers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tensorflow.python.ops import math_ops, nn_ops
from tensorflow.python.training import training_util

from tf1graphs.v1.contrib.learn.estimators import _towers, head
from tf1graphs.v1.contrib.learn.estimators._canned import Classifier, RegressorWithMetrics
from tf1graphs.v1.contrib.learn.estimators.estimator import Estimator

__all__ = ["DNNClassifier", "DNNEstimator", "DNNRegressor"]

_ACTIVATIONS = {"relu": nn_ops.relu, "tanh": math_ops.tanh, "sigmoid": math_ops.sigmoid}


def _activation(activation: Any) -> Any:
    if not isinstance(activation, str):
        return activation
    if activation not in _ACTIVATIONS:
        raise ValueError(f"Activation name should be one of [{', '.join(_ACTIVATIONS)}], you provided {activation}.")
    return _ACTIVATIONS[activation]


def _dnn_model_fn(features: Any, labels: Any, mode: str, params: Mapping[str, Any], config: Any = None) -> Any:
    """Returns the model of the layers that ``params`` describe; see the estimators."""
    features = _towers.feature_dict(features)
    optimizer = params.get("optimizer") or "Adagrad"
    with _towers.dnn_scope(config):
        logits, input_scope = _towers.dnn_logits(
            features,
            params["feature_columns"],
            mode,
            hidden_units=params["hidden_units"],
            num_logits=params["head"].logits_dimension,
            activation_fn=_activation(params.get("activation_fn")),
            dropout=params.get("dropout"),
            input_partitioner=_towers.feature_partitioner(config, params.get("input_layer_min_slice_size")),
            separator="_",
        )

        def train(loss: Any) -> Any:
            made = optimizer() if callable(optimizer) else optimizer
            return _towers.train_dnn(loss, training_util.get_global_step(), made, params, input_scope)

        return params["head"].create_model_fn_ops(
            features=features, mode=mode, labels=labels, train_op_fn=train, logits=logits
        )


class DNNClassifier(Classifier):
    """Classifies with fully connected layers.

    Args:
        hidden_units: The widths of the layers.
        feature_columns: The columns that make the input layer.
        model_dir: The folder of checkpoints and summaries; a temporary one by default.
        n_classes: The number of classes.
        weight_column_name: The feature with the weights of the examples.
        optimizer: An optimizer, a function that makes one, or its name; Adagrad by default.
        activation_fn: The activation, or ``"relu"``, ``"tanh"`` or ``"sigmoid"``.
        dropout: The part of the outputs of each layer that training drops.
        gradient_clip_norm: The global norm that the gradients are clipped to.
        enable_centered_bias: Whether there is a bias that is trained by itself.
        config: A ``tf.contrib.learn.RunConfig``.
        feature_engineering_fn: Takes features and labels, and returns those of the model.
        embedding_lr_multipliers: Embedding column -> factor of its learning rate.
        input_layer_min_slice_size: The size in bytes from which on variables of the input layer are split between
            parameter servers.
        label_keys: The names of the classes, of more than two.

    Raises:
        ValueError: There are fewer than two classes, or names for another number of them.
    """

    def __init__(
        self,
        hidden_units: Sequence[int],
        feature_columns: Iterable[Any],
        model_dir: str | None = None,
        n_classes: int = 2,
        weight_column_name: str | None = None,
        optimizer: Any = None,
        activation_fn: Any = nn_ops.relu,
        dropout: float | None = None,
        gradient_clip_norm: float | None = None,
        enable_centered_bias: bool = False,
        config: Any = None,
        feature_engineering_fn: Any = None,
        embedding_lr_multipliers: Mapping[Any, float] | None = None,
        input_layer_min_slice_size: int | None = None,
        label_keys: Sequence[str] | None = None,
    ) -> None:
        self._feature_columns = tuple(feature_columns or [])
        super().__init__(
            model_fn=_dnn_model_fn,
            model_dir=model_dir,
            config=config,
            params={
                "head": head.multi_class_head(
                    n_classes,
                    weight_column_name=weight_column_name,
                    enable_centered_bias=enable_centered_bias,
                    label_keys=label_keys,
                ),
                "hidden_units": hidden_units,
                "feature_columns": self._feature_columns,
                "optimizer": optimizer,
                "activation_fn": activation_fn,
                "dropout": dropout,
                "gradient_clip_norm": gradient_clip_norm,
                "embedding_lr_multipliers": embedding_lr_multipliers,
                "input_layer_min_slice_size": input_layer_min_slice_size,
            },
            feature_engineering_fn=feature_engineering_fn,
        )


class DNNRegressor(RegressorWithMetrics):
    """Predicts numbers with fully connected layers; see ``DNNClassifier``.

    Args:
        hidden_units: The widths of the layers.
        feature_columns: The columns that make the input layer.
        model_dir: The folder of checkpoints and summaries.
        weight_column_name: The feature with the weights of the examples.
        optimizer: An optimizer, a function that makes one, or its name.
        activation_fn: The activation.
        dropout: The part of the outputs of each layer that training drops.
        gradient_clip_norm: The global norm that the gradients are clipped to.
        enable_centered_bias: Whether there is a bias that is trained by itself.
        config: A ``tf.contrib.learn.RunConfig``.
        feature_engineering_fn: Takes features and labels, and returns those of the model.
        label_dimension: The number of numbers of an example.
        embedding_lr_multipliers: Embedding column -> factor of its learning rate.
        input_layer_min_slice_size: The size in bytes from which on variables of the input layer are split.
    """

    def __init__(
        self,
        hidden_units: Sequence[int],
        feature_columns: Iterable[Any],
        model_dir: str | None = None,
        weight_column_name: str | None = None,
        optimizer: Any = None,
        activation_fn: Any = nn_ops.relu,
        dropout: float | None = None,
        gradient_clip_norm: float | None = None,
        enable_centered_bias: bool = False,
        config: Any = None,
        feature_engineering_fn: Any = None,
        label_dimension: int = 1,
        embedding_lr_multipliers: Mapping[Any, float] | None = None,
        input_layer_min_slice_size: int | None = None,
    ) -> None:
        self._feature_columns = tuple(feature_columns or [])
        super().__init__(
            model_fn=_dnn_model_fn,
            model_dir=model_dir,
            config=config,
            params={
                "head": head.regression_head(
                    label_dimension=label_dimension,
                    weight_column_name=weight_column_name,
                    enable_centered_bias=enable_centered_bias,
                ),
                "hidden_units": hidden_units,
                "feature_columns": self._feature_columns,
                "optimizer": optimizer,
                "activation_fn": activation_fn,
                "dropout": dropout,
                "gradient_clip_norm": gradient_clip_norm,
                "embedding_lr_multipliers": embedding_lr_multipliers,
                "input_layer_min_slice_size": input_layer_min_slice_size,
            },
            feature_engineering_fn=feature_engineering_fn,
        )


class DNNEstimator(Estimator):
    """Predicts what a head says with fully connected layers; see ``DNNClassifier``.

    Args:
        head: A head of ``tf.contrib.learn``.
        hidden_units: The widths of the layers.
        feature_columns: The columns that make the input layer.
        model_dir: The folder of checkpoints and summaries.
        optimizer: An optimizer, a function that makes one, or its name.
        activation_fn: The activation.
        dropout: The part of the outputs of each layer that training drops.
        gradient_clip_norm: The global norm that the gradients are clipped to.
        config: A ``tf.contrib.learn.RunConfig``.
        feature_engineering_fn: Takes features and labels, and returns those of the model.
        embedding_lr_multipliers: Embedding column -> factor of its learning rate.
        input_layer_min_slice_size: The size in bytes from which on variables of the input layer are split.
    """

    def __init__(
        self,
        head: Any,
        hidden_units: Sequence[int],
        feature_columns: Iterable[Any],
        model_dir: str | None = None,
        optimizer: Any = None,
        activation_fn: Any = nn_ops.relu,
        dropout: float | None = None,
        gradient_clip_norm: float | None = None,
        config: Any = None,
        feature_engineering_fn: Any = None,
        embedding_lr_multipliers: Mapping[Any, float] | None = None,
        input_layer_min_slice_size: int | None = None,
    ) -> None:
        super().__init__(
            model_fn=_dnn_model_fn,
            model_dir=model_dir,
            config=config,
            params={
                "head": head,
                "hidden_units": hidden_units,
                "feature_columns": feature_columns,
                "optimizer": optimizer,
                "activation_fn": activation_fn,
                "dropout": dropout,
                "gradient_clip_norm": gradient_clip_norm,
                "embedding_lr_multipliers": embedding_lr_multipliers,
                "input_layer_min_slice_size": input_layer_min_slice_size,
            },
            feature_engineering_fn=feature_engineering_fn,
        )
