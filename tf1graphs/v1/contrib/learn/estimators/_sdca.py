"""Linear models that are trained by stochastic dual coordinate ascent, with ``SDCAOptimizer``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tensorflow.python.framework import dtypes, sparse_tensor, tensor_util
from tensorflow.python.ops import array_ops, variable_scope
from tensorflow.python.training import session_run_hook, training_util

from tf1graphs.v1.contrib.layers._column_models import weighted_sum_from_feature_columns
from tf1graphs.v1.contrib.layers._column_parsing import transform_features
from tf1graphs.v1.contrib.layers._dense_columns import real_valued_column
from tf1graphs.v1.contrib.learn.estimators._number_heads import BinaryLogisticHead, BinarySvmHead, RegressionHead
from tf1graphs.v1.contrib.linear_optimizer import SDCAOptimizer

_BIAS = "tf_virtual_bias_column"
_LOSSES: dict[type, str] = {
    BinarySvmHead: "hinge_loss",
    BinaryLogisticHead: "logistic_loss",
    RegressionHead: "squared_loss",
}


class SdcaUpdateWeightsHook(session_run_hook.SessionRunHook):  # type: ignore[misc]
    """Updates the weights in each step, once the dual variables are."""

    def set_parameters(self, sdca_model: Any, train_op: Any) -> None:
        """Sets the model, and the op that updates its dual variables."""
        self._sdca_model = sdca_model
        self._train_op = train_op

    def begin(self) -> None:
        """Makes the op that updates the weights."""
        self._update_op = self._sdca_model.update_weights(self._train_op)

    def before_run(self, run_context: Any) -> Any:
        """Asks for the op."""
        return session_run_hook.SessionRunArgs(self._update_op)


def _loss_type(head: Any) -> str:
    kind = type(head)
    if kind not in _LOSSES:
        raise ValueError(f"Unsupported head type: {head}")
    assert head.logits_dimension == 1, "SDCA only applies for logits_dimension=1."
    return _LOSSES[kind]


def sdca_model_fn(features: Any, labels: Any, mode: str, params: Mapping[str, Any]) -> Any:
    """Returns a linear model with one logit.

    Args:
        features: The features by name, with the ids of the examples.
        labels: The labels.
        mode: A key of ``ModeKeys``.
        params: ``head``, ``feature_columns``, ``optimizer``, ``weight_column_name`` and maybe ``update_weights_hook``.

    Raises:
        ValueError: The optimizer or the head is of another kind.
    """
    head, columns, optimizer = params["head"], params["feature_columns"], params["optimizer"]
    hook = params.get("update_weights_hook")
    if not isinstance(optimizer, SDCAOptimizer):
        raise ValueError("Optimizer must be of type SDCAOptimizer")
    loss_type = _loss_type(head)
    with variable_scope.variable_scope("linear", partitioner=optimizer.partitioner) as scope:
        features = {**features, **transform_features(features, columns)}
        logits, variables, bias = weighted_sum_from_feature_columns(features, columns, num_outputs=1, scope=scope)
        _add_bias_column(columns, features, bias, variables)

    def train(loss: Any) -> Any:
        model, train_op = optimizer.get_train_step(
            variables, params["weight_column_name"], loss_type, features, labels, training_util.get_global_step()
        )
        if hook is not None:
            hook.set_parameters(model, train_op)
        return train_op

    model = head.create_model_fn_ops(features=features, labels=labels, mode=mode, train_op_fn=train, logits=logits)
    return model if hook is None else model._replace(training_chief_hooks=[*model.training_chief_hooks, hook])


def _add_bias_column(columns: Any, features: dict[Any, Any], bias: Any, variables: dict[Any, Any]) -> None:
    """Adds a column of ones whose weight is the bias."""
    if any(column.name == _BIAS for column in columns):
        raise ValueError(f"{_BIAS} is a reserved column name.")
    if not columns:
        raise ValueError("feature_columns can't be empty.")
    column = real_valued_column(_BIAS)
    ones = array_ops.ones([_batch_size(features), 1], dtype=dtypes.float32)
    features[column] = ones
    variables[column] = [bias]


def _batch_size(features: Mapping[Any, Any]) -> Any:
    for feature in features.values():
        first = feature[0] if isinstance(feature, tuple) else feature
        if not isinstance(first, sparse_tensor.SparseTensor):
            return array_ops.shape(first)[0]
        shape = tensor_util.constant_value(first.dense_shape)
        if shape is not None:
            return shape[0]
    raise ValueError("Could not infer batch size from input features.")
