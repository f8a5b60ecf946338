"""What heads are, and what all heads with logits of their own have in common."""

from __future__ import annotations

import abc
from collections.abc import Callable, Mapping
from typing import Any

from tensorflow.python.framework import ops, sparse_tensor
from tensorflow.python.ops import array_ops, control_flow_ops, math_ops, nn_ops, string_ops, variable_scope
from tensorflow.python.summary import summary
from tf_slim.layers.layers import linear

from tf1graphs.v1.contrib.learn.estimators._centered_bias import centered_bias, centered_bias_step
from tf1graphs.v1.contrib.learn.estimators._head_losses import Loss, weight_tensor
from tf1graphs.v1.contrib.learn.estimators.metric_key import MetricKey
from tf1graphs.v1.contrib.learn.estimators.model_fn import ModeKeys, ModelFnOps
from tf1graphs.v1.contrib.learn.estimators.prediction_key import PredictionKey


class Head(abc.ABC):
    """The top of a model: what its logits mean, with loss, training, metrics and outputs."""

    @property
    @abc.abstractmethod
    def logits_dimension(self) -> int:
        """The number of logits of an example."""

    @abc.abstractmethod
    def create_model_fn_ops(
        self,
        features: Mapping[str, Any],
        mode: str,
        labels: Any = None,
        train_op_fn: Callable[[Any], Any] | None = None,
        logits: Any = None,
        logits_input: Any = None,
        scope: Any = None,
    ) -> ModelFnOps:
        """Returns what a model function returns.

        Args:
            features: The features by name.
            mode: A key of ``ModeKeys``.
            labels: A tensor, or a dictionary of them.
            train_op_fn: Returns the op that trains, of the loss.
            logits: The logits ``[batch, logits_dimension]``.
            logits_input: What to make the logits of, in their place: ``[batch, width]``.
            scope: The variable scope.

        Raises:
            ValueError: There is no such mode, both or neither of the logits are given, or ``train_op_fn`` is missing.
        """


def summary_key(head_name: str | None, key: str) -> str:
    """Returns the name of a metric or summary of a head."""
    return f"{key}/{head_name}" if head_name else key


def add_loss_summary(loss: Any, head_name: str | None) -> None:
    """Adds the summary of a loss, named by the key alone, outside of all scopes."""
    with ops.name_scope(""):
        summary.scalar(summary_key(head_name, MetricKey.LOSS), array_ops.identity(loss))


def required_train_op_fn(train_op_fn: Any) -> Any:
    """Returns the function.

    Raises:
        ValueError: It is missing.
    """
    if train_op_fn is None:
        raise ValueError("train_op_fn can not be None in TRAIN mode")
    return train_op_fn


def labels_tensor(labels: Any, name: str | None) -> Any:
    """Returns the label of a name, or the only one, as a tensor or sparse tensor."""
    label = labels[name] if isinstance(labels, dict) else labels
    return sparse_tensor.convert_to_tensor_or_sparse_tensor(label)


def dense_labels(labels: Any, name: str | None) -> Any:
    """Returns the label of a name, or the only one, as a tensor.

    Raises:
        ValueError: It is sparse.
    """
    found = labels_tensor(labels, name)
    if isinstance(found, sparse_tensor.SparseTensor):
        raise ValueError("SparseTensor is not supported.")
    return found


class SingleHead(Head):
    """A head with logits of its own. A subclass says what they predict, and what of that is measured."""

    _default_scope: str

    def __init__(
        self,
        problem_type: int | None,
        logits_dimension: int | None,
        loss_fn: Loss,
        label_name: str | None = None,
        weight_column_name: str | None = None,
        enable_centered_bias: bool = False,
        head_name: str | None = None,
    ) -> None:
        if problem_type is None:
            raise ValueError(f"Invalid problem_type {problem_type}.")
        if logits_dimension is None or logits_dimension < 1:
            raise ValueError(f"Invalid logits_dimension {logits_dimension}.")
        self._problem_type = problem_type
        self._logits_dimension = logits_dimension
        self._loss_fn = loss_fn
        self._label_name = label_name
        self._weight_column_name = weight_column_name
        self._enable_centered_bias = enable_centered_bias
        self._head_name = head_name

    @property
    def logits_dimension(self) -> int:
        """The number of logits of an example."""
        return self._logits_dimension

    @property
    def label_name(self) -> str | None:
        """The key of the label."""
        return self._label_name

    @property
    def weight_column_name(self) -> str | None:
        """The feature with the weights."""
        return self._weight_column_name

    @property
    def head_name(self) -> str | None:
        """The name of the head."""
        return self._head_name

    def create_model_fn_ops(
        self,
        features: Mapping[str, Any],
        mode: str,
        labels: Any = None,
        train_op_fn: Callable[[Any], Any] | None = None,
        logits: Any = None,
        logits_input: Any = None,
        scope: Any = None,
    ) -> ModelFnOps:
        """Returns what a model function returns; see ``Head``."""
        with variable_scope.variable_scope(scope, default_name=self._head_name or self._default_scope):
            with_labels = mode != ModeKeys.INFER and labels is not None
            labels = self._transform_labels(labels) if with_labels else None
            logits = self._logits(logits, logits_input)
            ModeKeys.validate(mode)
            bias = centered_bias(self._logits_dimension, self._head_name) if self._enable_centered_bias else None
            if bias is not None:
                logits = nn_ops.bias_add(logits, bias)
            predictions = self._logits_to_predictions(logits)
            loss = train_op = metrics = None
            if with_labels:
                weights = weight_tensor(features, self._weight_column_name)
                loss, reported = self._loss(labels, logits, weights)
                add_loss_summary(reported, self._head_name)
                if mode == ModeKeys.TRAIN:
                    train_op = self._train_op(loss, labels, logits, weights, bias, required_train_op_fn(train_op_fn))
                metrics = self._named_metrics(reported, predictions, labels, weights)
            return ModelFnOps(
                mode=mode,
                predictions=predictions,
                loss=loss,
                train_op=train_op,
                eval_metric_ops=metrics,
                output_alternatives={self._head_name: (self._problem_type, self._outputs(predictions))},
            )

    def _logits(self, logits: Any, logits_input: Any) -> Any:
        if logits is None:
            if logits_input is None:
                raise ValueError("Neither logits nor logits_input supplied.")
            return linear(logits_input, self._logits_dimension, scope="logits")
        if logits_input is not None:
            raise ValueError("Both logits and logits_input supplied.")
        logits = ops.convert_to_tensor(logits, name="logits")
        if logits.get_shape().dims is not None:
            logits.get_shape().dims[-1].assert_is_compatible_with(self._logits_dimension)
        return logits

    def _train_op(self, loss: Any, labels: Any, logits: Any, weights: Any, bias: Any, train_op_fn: Any) -> Any:
        batch_size = array_ops.shape(logits)[0]
        step = None if bias is None else centered_bias_step(bias, batch_size, labels, self._loss, weights)
        with ops.name_scope(None, "train_op"):
            train_op = train_op_fn(loss)
            return train_op if step is None else control_flow_ops.group(train_op, step)

    def _named_metrics(self, loss: Any, predictions: dict[str, Any], labels: Any, weights: Any) -> dict[str, Any]:
        with ops.name_scope("metrics"):
            metrics = self._metrics(loss, predictions, labels, weights)
            return {summary_key(self._head_name, key): metric for key, metric in metrics.items()}

    def _transform_labels(self, labels: Any) -> Any:
        return dense_labels(labels, self._label_name)

    def _loss(self, labels: Any, logits: Any, weights: Any = None) -> tuple[Any, Any]:
        return self._loss_fn(labels, logits, weights)

    def _outputs(self, predictions: dict[str, Any]) -> dict[str, Any]:
        """Returns what an exported model gives."""
        return predictions

    @abc.abstractmethod
    def _logits_to_predictions(self, logits: Any) -> dict[str, Any]:
        """Returns the predictions by the names of ``PredictionKey``."""

    @abc.abstractmethod
    def _metrics(self, loss: Any, predictions: dict[str, Any], labels: Any, weights: Any) -> dict[str, Any]:
        """Returns the metrics by the names of ``MetricKey``."""


def classification_outputs(predictions: dict[str, Any], label_keys: Any = None) -> dict[str, Any]:
    """Returns probabilities and the names of their classes, both ``[batch, classes]``: what a server expects."""
    probabilities = predictions[PredictionKey.PROBABILITIES]
    with ops.name_scope(None, "_classification_output_alternatives"):
        batch_size = array_ops.shape(probabilities)[0]
        if label_keys:
            names = array_ops.expand_dims(input=label_keys, axis=0)
            classes = array_ops.tile(input=names, multiples=[batch_size, 1], name="classes_tensor")
        else:
            ids = array_ops.expand_dims(input=math_ops.range(array_ops.shape(probabilities)[1]), axis=0)
            classes = array_ops.tile(input=ids, multiples=[batch_size, 1])
            classes = string_ops.as_string(classes, name="classes_tensor")
    return {PredictionKey.PROBABILITIES: probabilities, PredictionKey.CLASSES: classes}
