"""The two parts that models of feature columns are made of: layers, and a linear model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tensorflow.python.feature_column import feature_column as core_columns
from tensorflow.python.framework import ops
from tensorflow.python.ops import nn_impl, partitioned_variables, variable_scope
from tensorflow.python.summary import summary
from tf_slim.layers import layers
from tf_slim.layers.optimizers import optimize_loss

from tf1graphs.v1.contrib.layers import _column_models
from tf1graphs.v1.contrib.layers._columns import _FeatureColumn
from tf1graphs.v1.contrib.layers._embedding_columns import _EmbeddingColumn
from tf1graphs.v1.contrib.learn.estimators.model_fn import ModeKeys

DNN_LEARNING_RATE = 0.05
DNN_SCOPE = "dnn"
LINEAR_SCOPE = "linear"
# The size in bytes from which on variables of features are split between parameter servers.
_MIN_SLICE_SIZE = 64 << 20


def feature_dict(features: Any) -> Any:
    """Returns features by name; the name of the only one is empty."""
    return features if isinstance(features, dict) else {"": features}


def partitioner(config: Any, **options: Any) -> Any:
    """Returns what splits variables between the parameter servers of a configuration."""
    number = config.num_ps_replicas if config else 0
    return partitioned_variables.min_max_variable_partitioner(max_partitions=number, **options)


def feature_partitioner(config: Any, min_slice_size: int | None = None) -> Any:
    """Returns what splits the variables of features, which may be large."""
    return partitioner(config, min_slice_size=min_slice_size or _MIN_SLICE_SIZE)


def are_contrib_columns(columns: Iterable[Any]) -> bool:
    """Whether all columns are of ``tf.contrib.layers``; those of ``tf.feature_column`` go elsewhere."""
    return all(isinstance(column, _FeatureColumn) for column in columns)


def add_layer_summary(values: Any, tag: str, separator: str = "/") -> None:
    """Adds summaries of the outputs of a layer: how many are zero, and their distribution."""
    summary.scalar(f"{tag}{separator}fraction_of_zero_values", nn_impl.zero_fraction(values))
    summary.histogram(f"{tag}{separator}activation", values)


def dnn_scope(config: Any) -> Any:
    """Returns the variable scope of the layers."""
    return variable_scope.variable_scope(DNN_SCOPE, partitioner=partitioner(config))


def dnn_logits(
    features: dict[str, Any],
    columns: Sequence[Any],
    mode: str,
    hidden_units: Sequence[int],
    num_logits: int,
    activation_fn: Any,
    dropout: float | None,
    input_partitioner: Any,
    separator: str = "/",
) -> tuple[Any, str]:
    """Makes fully connected layers, to be called in their scope, with variables in the collection of its name.

    Args:
        features: The features by name.
        columns: The columns that make the input layer.
        mode: A key of ``ModeKeys``; there is dropout in training alone.
        hidden_units: The widths of the layers.
        num_logits: The width of the last one, which has no activation.
        activation_fn: The activation of the others.
        dropout: The part of the outputs that are dropped.
        input_partitioner: What splits the variables of the input layer.
        separator: What stands between the names of layers and summaries.

    Returns:
        The logits ``[batch, num_logits]``, and the name of the scope of the input layer.
    """
    collections = [DNN_SCOPE]
    with variable_scope.variable_scope("input_from_feature_columns", partitioner=input_partitioner) as input_scope:
        if are_contrib_columns(columns):
            net = _column_models.input_from_feature_columns(
                features, columns, weight_collections=collections, scope=input_scope
            )
        else:
            net = core_columns.input_layer(features, columns, weight_collections=collections)
    for index, units in enumerate(hidden_units):
        with variable_scope.variable_scope(f"hiddenlayer_{index}") as scope:
            net = layers.fully_connected(
                net, units, activation_fn=activation_fn, variables_collections=collections, scope=scope
            )
            if dropout is not None and mode == ModeKeys.TRAIN:
                net = layers.dropout(net, keep_prob=1.0 - dropout)
        add_layer_summary(net, scope.name, separator)
    with variable_scope.variable_scope("logits") as scope:
        logits = layers.fully_connected(
            net, num_logits, activation_fn=None, variables_collections=collections, scope=scope
        )
    add_layer_summary(logits, scope.name, separator)
    return logits, input_scope.name


def linear_scope(config: Any) -> Any:
    """Returns the variable scope of the linear model."""
    return variable_scope.variable_scope(LINEAR_SCOPE, partitioner=feature_partitioner(config))


def linear_logits(
    features: dict[str, Any], columns: Sequence[Any], num_logits: int, joint_weights: bool, scope: Any
) -> Any:
    """Returns the logits ``[batch, num_logits]`` of a linear model, whose variables are in the collection ``linear``.

    Args:
        features: The features by name.
        columns: The columns.
        num_logits: The number of logits.
        joint_weights: Whether all columns have one variable together.
        scope: The variable scope.
    """
    if not are_contrib_columns(columns):
        return core_columns.linear_model(features, columns, units=num_logits, weight_collections=[LINEAR_SCOPE])
    weighted_sum = (
        _column_models.joint_weighted_sum_from_feature_columns
        if joint_weights
        else _column_models.weighted_sum_from_feature_columns
    )
    logits, _, _ = weighted_sum(features, columns, num_logits, weight_collections=[LINEAR_SCOPE], scope=scope)
    return logits


def embedding_multipliers(rates: Mapping[Any, float] | None, input_scope: str) -> dict[Any, float] | None:
    """Returns what the gradients of variables of embedding columns are multiplied by.

    Args:
        rates: Embedding column -> factor of its learning rate.
        input_scope: The name of the scope of the input layer.

    Raises:
        ValueError: A column is no embedding column, or has no variable.
    """
    found = {}
    for column, rate in (rates or {}).items():
        if not isinstance(column, _EmbeddingColumn):
            raise ValueError(
                f"learning rate multipler can only be defined for embedding columns. It is defined for {column}"
            )
        variables = ops.get_collection(DNN_SCOPE, f"{input_scope}/{column.name}")
        if not variables:
            raise ValueError(f"Couldn't find a variable for column {column}")
        found.update(dict.fromkeys(variables, rate))
    return found or None


def train_dnn(
    loss: Any, global_step: Any, optimizer: Any, params: Mapping[str, Any], scope: str, **options: Any
) -> Any:
    """Returns the op that trains the layers.

    Args:
        loss: The loss.
        global_step: The step, which it increments.
        optimizer: An optimizer, or the name or class of one.
        params: May have ``embedding_lr_multipliers`` and ``gradient_clip_norm``.
        scope: The name of the scope of the input layer.
        options: More arguments of ``tf.contrib.layers.optimize_loss``.
    """
    return optimize_loss(
        loss=loss,
        global_step=global_step,
        learning_rate=DNN_LEARNING_RATE,
        optimizer=optimizer,
        gradient_multipliers=embedding_multipliers(params.get("embedding_lr_multipliers"), scope),
        clip_gradients=params.get("gradient_clip_norm"),
        name=DNN_SCOPE,
        summaries=[],
        **options,
    )
