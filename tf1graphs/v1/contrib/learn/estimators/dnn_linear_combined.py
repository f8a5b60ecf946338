"""Estimators of fully connected layers and a linear model together: wide and deep."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tensorflow.python.framework import ops
from tensorflow.python.ops import control_flow_ops, nn_ops, state_ops
from tensorflow.python.training import training_util
from tensorflow.python.training.sync_replicas_optimizer import SyncReplicasOptimizer
from tf_slim.layers.optimizers import optimize_loss

from tf1graphs.v1.contrib.learn.estimators import _towers, head
from tf1graphs.v1.contrib.learn.estimators._canned import Classifier, RegressorWithMetrics
from tf1graphs.v1.contrib.learn.estimators.estimator import Estimator

__all__ = ["DNNLinearCombinedClassifier", "DNNLinearCombinedEstimator", "DNNLinearCombinedRegressor"]

_LINEAR_LEARNING_RATE = 0.2
_NO_COLUMNS = "Either linear_feature_columns or dnn_feature_columns must be defined."


def _optimizer(optimizer: Any, default: str) -> Any:
    made = optimizer() if callable(optimizer) else optimizer or default
    if isinstance(made, SyncReplicasOptimizer):
        raise ValueError(
            "SyncReplicasOptimizer is not supported in DNNLinearCombined model. If you want to use this optimizer, "
            "please use either DNN or Linear model."
        )
    return made


def _combined_model_fn(features: Any, labels: Any, mode: str, params: Mapping[str, Any], config: Any = None) -> Any:
    """Returns the model that ``params`` describe; see the estimators."""
    wide, deep = params.get("linear_feature_columns"), params.get("dnn_feature_columns")
    if not wide and not deep:
        raise ValueError(_NO_COLUMNS)
    features = _towers.feature_dict(features)
    num_logits = params["head"].logits_dimension
    wide_optimizer = _optimizer(params.get("linear_optimizer"), "Ftrl")
    deep_optimizer = _optimizer(params.get("dnn_optimizer"), "Adagrad")
    parts, input_scope = [], ""
    if deep:
        deep_logits, input_scope = _deep_logits(features, deep, mode, params, config)
        parts.append(deep_logits)
    if wide:
        with _towers.linear_scope(config) as scope:
            joint = params.get("joint_linear_weights", False)
            wide_logits = _towers.linear_logits(features, wide, num_logits, joint, scope)
            _towers.add_layer_summary(wide_logits, scope.name)
        parts.append(wide_logits)

    def train(loss: Any) -> Any:
        global_step = training_util.get_global_step()
        # Each optimizer counts a step unless the bug is mended.
        is_mended = params.get("fix_global_step_increment_bug", True)
        train_ops = []
        if deep:
            variables = ops.get_collection(_towers.DNN_SCOPE)
            train_ops.append(
                _towers.train_dnn(
                    loss,
                    global_step,
                    deep_optimizer,
                    params,
                    input_scope,
                    variables=variables,
                    increment_global_step=not is_mended,
                )
            )
        if wide:
            train_ops.append(_train_linear(loss, global_step, wide_optimizer, params, not is_mended))
        train_op = control_flow_ops.group(*train_ops)
        if not is_mended:
            return train_op
        with ops.control_dependencies([train_op]), ops.colocate_with(global_step):
            return state_ops.assign_add(global_step, 1).op

    return params["head"].create_model_fn_ops(
        features=features, mode=mode, labels=labels, train_op_fn=train, logits=sum(parts[1:], parts[0])
    )


def _deep_logits(features: Any, columns: Any, mode: str, params: Mapping[str, Any], config: Any) -> tuple[Any, str]:
    if not params.get("dnn_hidden_units"):
        raise ValueError("dnn_hidden_units must be defined when dnn_feature_columns is specified.")
    with _towers.dnn_scope(config):
        return _towers.dnn_logits(
            features,
            columns,
            mode,
            hidden_units=params["dnn_hidden_units"],
            num_logits=params["head"].logits_dimension,
            activation_fn=params.get("dnn_activation_fn") or nn_ops.relu,
            dropout=params.get("dnn_dropout"),
            input_partitioner=params.get("input_layer_partitioner") or _towers.feature_partitioner(config),
        )


def _train_linear(
    loss: Any, global_step: Any, optimizer: Any, params: Mapping[str, Any], increment_global_step: bool
) -> Any:
    return optimize_loss(
        loss=loss,
        global_step=global_step,
        learning_rate=min(_LINEAR_LEARNING_RATE, 1.0 / math.sqrt(len(params["linear_feature_columns"]))),
        optimizer=optimizer,
        clip_gradients=params.get("gradient_clip_norm"),
        variables=ops.get_collection(_towers.LINEAR_SCOPE),
        name=_towers.LINEAR_SCOPE,
        summaries=[],
        increment_global_step=increment_global_step,
    )


def _input_partitioner(config: Any, min_slice_size: int | None) -> Any:
    return None if min_slice_size is None else _towers.partitioner(config, min_slice_size=min_slice_size)


class DNNLinearCombinedEstimator(Estimator):
    """Predicts what a head says with layers and a linear model; see ``DNNLinearCombinedClassifier``.

    Args:
        head: A head of ``tf.contrib.learn``.
        model_dir: The folder of checkpoints and summaries.
        linear_feature_columns: The columns of the linear model.
        linear_optimizer: The optimizer of the linear model.
        _joint_linear_weights: Whether all columns of the linear model have one variable together.
        dnn_feature_columns: The columns that make the input layer.
        dnn_optimizer: The optimizer of the layers.
        dnn_hidden_units: The widths of the layers.
        dnn_activation_fn: The activation of the layers, relu by default.
        dnn_dropout: The part of the outputs of each layer that training drops.
        gradient_clip_norm: The global norm that the gradients of each part are clipped to.
        config: A ``tf.contrib.learn.RunConfig``.
        feature_engineering_fn: Takes features and labels, and returns those of the model.
        embedding_lr_multipliers: Embedding column -> factor of its learning rate.
        fix_global_step_increment_bug: Whether a step of training counts once, not once for each part.
        input_layer_partitioner: What splits the variables of the input layer.

    Raises:
        ValueError: There are no columns.
    """

    def __init__(
        self,
        head: Any,
        model_dir: str | None = None,
        linear_feature_columns: Iterable[Any] | None = None,
        linear_optimizer: Any = None,
        _joint_linear_weights: bool = False,
        dnn_feature_columns: Iterable[Any] | None = None,
        dnn_optimizer: Any = None,
        dnn_hidden_units: Sequence[int] | None = None,
        dnn_activation_fn: Any = None,
        dnn_dropout: float | None = None,
        gradient_clip_norm: float | None = None,
        config: Any = None,
        feature_engineering_fn: Any = None,
        embedding_lr_multipliers: Mapping[Any, float] | None = None,
        fix_global_step_increment_bug: bool = False,
        input_layer_partitioner: Any = None,
    ) -> None:
        linear_feature_columns = tuple(linear_feature_columns or [])
        dnn_feature_columns = tuple(dnn_feature_columns or [])
        if not linear_feature_columns + dnn_feature_columns:
            raise ValueError(_NO_COLUMNS)
        super().__init__(
            model_fn=_combined_model_fn,
            model_dir=model_dir,
            config=config,
            params={
                "head": head,
                "linear_feature_columns": linear_feature_columns,
                "linear_optimizer": linear_optimizer,
                "joint_linear_weights": _joint_linear_weights,
                "dnn_feature_columns": dnn_feature_columns,
                "dnn_optimizer": dnn_optimizer,
                "dnn_hidden_units": dnn_hidden_units,
                "dnn_activation_fn": dnn_activation_fn,
                "dnn_dropout": dnn_dropout,
                "gradient_clip_norm": gradient_clip_norm,
                "embedding_lr_multipliers": embedding_lr_multipliers,
                "fix_global_step_increment_bug": fix_global_step_increment_bug,
                "input_layer_partitioner": input_layer_partitioner,
            },
            feature_engineering_fn=feature_engineering_fn,
        )


class DNNLinearCombinedClassifier(Classifier):
    """Classifies with fully connected layers and a linear model, whose logits are added up.

    Args:
        model_dir: The folder of checkpoints and summaries; a temporary one by default.
        n_classes: The number of classes.
        weight_column_name: The feature with the weights of the examples.
        linear_feature_columns: The columns of the linear model.
        linear_optimizer: The optimizer of the linear model, a function that makes one, or its name; Ftrl by default.
        _joint_linear_weights: Whether all columns of the linear model have one variable together.
        dnn_feature_columns: The columns that make the input layer.
        dnn_optimizer: The optimizer of the layers; Adagrad by default.
        dnn_hidden_units: The widths of the layers.
        dnn_activation_fn: The activation of the layers.
        dnn_dropout: The part of the outputs of each layer that training drops.
        gradient_clip_norm: The global norm that the gradients of each part are clipped to.
        enable_centered_bias: Whether there is a bias that is trained by itself.
        config: A ``tf.contrib.learn.RunConfig``.
        feature_engineering_fn: Takes features and labels, and returns those of the model.
        embedding_lr_multipliers: Embedding column -> factor of its learning rate.
        input_layer_min_slice_size: The size in bytes from which on variables of the input layer are split.
        label_keys: The names of the classes, of more than two.
        fix_global_step_increment_bug: Whether a step of training counts once, not once for each part.

    Raises:
        ValueError: There are no columns, fewer than two classes, or names for another number of them.
    """

    def __init__(
        self,
        model_dir: str | None = None,
        n_classes: int = 2,
        weight_column_name: str | None = None,
        linear_feature_columns: Iterable[Any] | None = None,
        linear_optimizer: Any = None,
        _joint_linear_weights: bool = False,
        dnn_feature_columns: Iterable[Any] | None = None,
        dnn_optimizer: Any = None,
        dnn_hidden_units: Sequence[int] | None = None,
        dnn_activation_fn: Any = nn_ops.relu,
        dnn_dropout: float | None = None,
        gradient_clip_norm: float | None = None,
        enable_centered_bias: bool = False,
        config: Any = None,
        feature_engineering_fn: Any = None,
        embedding_lr_multipliers: Mapping[Any, float] | None = None,
        input_layer_min_slice_size: int | None = None,
        label_keys: Sequence[str] | None = None,
        fix_global_step_increment_bug: bool = False,
    ) -> None:
        linear_feature_columns = tuple(linear_feature_columns or [])
        dnn_feature_columns = tuple(dnn_feature_columns or [])
        self._feature_columns = linear_feature_columns + dnn_feature_columns
        if not self._feature_columns:
            raise ValueError(_NO_COLUMNS)
        super().__init__(
            model_fn=_combined_model_fn,
            model_dir=model_dir,
            config=config,
            params={
                "head": head.multi_class_head(
                    n_classes=n_classes,
                    weight_column_name=weight_column_name,
                    enable_centered_bias=enable_centered_bias,
                    label_keys=label_keys,
                ),
                "linear_feature_columns": linear_feature_columns,
                "linear_optimizer": linear_optimizer,
                "joint_linear_weights": _joint_linear_weights,
                "dnn_feature_columns": dnn_feature_columns,
                "dnn_optimizer": dnn_optimizer,
                "dnn_hidden_units": dnn_hidden_units,
                "dnn_activation_fn": dnn_activation_fn,
                "dnn_dropout": dnn_dropout,
                "gradient_clip_norm": gradient_clip_norm,
                "embedding_lr_multipliers": embedding_lr_multipliers,
                "input_layer_partitioner": _input_partitioner(config, input_layer_min_slice_size),
                "fix_global_step_increment_bug": fix_global_step_increment_bug,
            },
            feature_engineering_fn=feature_engineering_fn,
        )


class DNNLinearCombinedRegressor(RegressorWithMetrics):
    """Predicts numbers with layers and a linear model; see ``DNNLinearCombinedClassifier``.

    Args:
        model_dir: The folder of checkpoints and summaries.
        weight_column_name: The feature with the weights of the examples.
        linear_feature_columns: The columns of the linear model.
        linear_optimizer: The optimizer of the linear model.
        _joint_linear_weights: Whether all columns of the linear model have one variable together.
        dnn_feature_columns: The columns that make the input layer.
        dnn_optimizer: The optimizer of the layers.
        dnn_hidden_units: The widths of the layers.
        dnn_activation_fn: The activation of the layers.
        dnn_dropout: The part of the outputs of each layer that training drops.
        gradient_clip_norm: The global norm that the gradients of each part are clipped to.
        enable_centered_bias: Whether there is a bias that is trained by itself.
        label_dimension: The number of numbers of an example.
        config: A ``tf.contrib.learn.RunConfig``.
        feature_engineering_fn: Takes features and labels, and returns those of the model.
        embedding_lr_multipliers: Embedding column -> factor of its learning rate.
        input_layer_min_slice_size: The size in bytes from which on variables of the input layer are split.
        fix_global_step_increment_bug: Whether a step of training counts once, not once for each part.

    Raises:
        ValueError: There are no columns.
    """

    def __init__(
        self,
        model_dir: str | None = None,
        weight_column_name: str | None = None,
        linear_feature_columns: Sequence[Any] | None = None,
        linear_optimizer: Any = None,
        _joint_linear_weights: bool = False,
        dnn_feature_columns: Sequence[Any] | None = None,
        dnn_optimizer: Any = None,
        dnn_hidden_units: Sequence[int] | None = None,
        dnn_activation_fn: Any = nn_ops.relu,
        dnn_dropout: float | None = None,
        gradient_clip_norm: float | None = None,
        enable_centered_bias: bool = False,
        label_dimension: int = 1,
        config: Any = None,
        feature_engineering_fn: Any = None,
        embedding_lr_multipliers: Mapping[Any, float] | None = None,
        input_layer_min_slice_size: int | None = None,
        fix_global_step_increment_bug: bool = False,
    ) -> None:
        linear_feature_columns = linear_feature_columns or []
        dnn_feature_columns = dnn_feature_columns or []
        self._feature_columns = [*linear_feature_columns, *dnn_feature_columns]
        if not self._feature_columns:
            raise ValueError(_NO_COLUMNS)
        super().__init__(
            model_fn=_combined_model_fn,
            model_dir=model_dir,
            config=config,
            params={
                "head": head.regression_head(
                    weight_column_name=weight_column_name,
                    label_dimension=label_dimension,
                    enable_centered_bias=enable_centered_bias,
                ),
                "linear_feature_columns": linear_feature_columns,
                "linear_optimizer": linear_optimizer,
                "joint_linear_weights": _joint_linear_weights,
                "dnn_feature_columns": dnn_feature_columns,
                "dnn_optimizer": dnn_optimizer,
                "dnn_hidden_units": dnn_hidden_units,
                "dnn_activation_fn": dnn_activation_fn,
                "dnn_dropout": dnn_dropout,
                "gradient_clip_norm": gradient_clip_norm,
                "embedding_lr_multipliers": embedding_lr_multipliers,
                "input_layer_partitioner": _input_partitioner(config, input_layer_min_slice_size),
                "fix_global_step_increment_bug": fix_global_step_increment_bug,
            },
            feature_engineering_fn=feature_engineering_fn,
        )
