"""``multi_label_head``: any number of several classes at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from tensorflow.python.framework import dtypes, ops, sparse_tensor
from tensorflow.python.ops import array_ops, check_ops, lookup_ops, math_ops, sparse_ops
from tensorflow.python.ops.losses import losses_impl
from tensorflow.python.ops.losses.losses_impl import Reduction
from tensorflow.python.saved_model.signature_constants import DEFAULT_SERVING_SIGNATURE_DEF_KEY
from tensorflow.python.summary import summary
from tensorflow.python.training import training_util
from tensorflow_estimator.python.estimator import model_fn
from tensorflow_estimator.python.estimator.canned import head as heads
from tensorflow_estimator.python.estimator.canned.metric_keys import MetricKeys
from tensorflow_estimator.python.estimator.canned.prediction_keys import PredictionKeys
from tensorflow_estimator.python.estimator.export.export_output import PredictOutput

from tf1graphs.v1.contrib.estimator import _multi_label_metrics as metrics

_Loss = Callable[..., Any]


def multi_label_head(
    n_classes: int,
    weight_column: Any = None,
    thresholds: Iterable[float] | None = None,
    label_vocabulary: Sequence[str] | None = None,
    loss_reduction: str = Reduction.SUM_OVER_BATCH_SIZE,
    loss_fn: _Loss | None = None,
    classes_for_class_based_metrics: Sequence[Any] | None = None,
    name: str | None = None,
) -> Any:
    """Returns a head for any number of classes at once: a sigmoid for each class.

    Labels are multi-hot [..., n_classes], or a sparse tensor [..., ?] of class numbers or names.

    Args:
        n_classes: The number of classes, at least 2.
        weight_column: The key of the weights [..., 1] in the features, or a numeric column.
        thresholds: Numbers between 0 and 1 at which accuracy, precision and recall are evaluated.
        label_vocabulary: The names of the classes, if the labels are strings.
        loss_reduction: One of ``tf.losses.Reduction`` but ``NONE``.
        loss_fn: Takes labels, logits and perhaps features and returns losses [..., 1].
        classes_for_class_based_metrics: Numbers or names of classes that get metrics of their own.
        name: Stands behind the keys of summaries and metrics, and is the name scope.

    Raises:
        ValueError: An argument is not as said above.
    """
    thresholds = tuple(thresholds) if thresholds else ()
    if n_classes is None or n_classes < 2:
        raise ValueError(f"n_classes must be > 1 for multi-class classification. Given: {n_classes}")
    for threshold in thresholds:
        if not 0.0 < threshold < 1.0:
            raise ValueError(f"thresholds must be in (0, 1) range. Given: {threshold}")
    if label_vocabulary is not None:
        _check_vocabulary(label_vocabulary, n_classes)
    if loss_fn:
        heads._validate_loss_fn_args(loss_fn)
    if loss_reduction not in Reduction.all() or loss_reduction == Reduction.NONE:
        raise ValueError(f"Invalid loss_reduction: {loss_reduction}")
    class_ids = _class_ids(classes_for_class_based_metrics or (), label_vocabulary, n_classes)
    return _MultiLabelHead(
        n_classes, weight_column, thresholds, label_vocabulary, loss_reduction, loss_fn, class_ids, name
    )


def _check_vocabulary(vocabulary: Any, n_classes: int) -> None:
    if not isinstance(vocabulary, (list, tuple)):
        raise ValueError(f"label_vocabulary must be a list or tuple. Given type: {type(vocabulary)}")
    if len(vocabulary) != n_classes:
        raise ValueError(f"Length of label_vocabulary must be n_classes ({n_classes}). Given: {len(vocabulary)}")


def _class_ids(classes: Sequence[Any], vocabulary: Sequence[str] | None, n_classes: int) -> tuple[int, ...]:
    if classes and isinstance(classes[0], str):
        if not vocabulary:
            raise ValueError("label_vocabulary must be provided when classes_for_class_based_metrics are sting.")
        return tuple(vocabulary.index(each) for each in classes)
    for class_id in classes:
        if not 0 <= class_id < n_classes:
            raise ValueError(
                f"All classes_for_class_based_metrics must be in range [0, {n_classes - 1}]. Given: {class_id}"
            )
    return tuple(classes)


class _MultiLabelHead(heads._Head):  # type: ignore[misc]
    """What ``multi_label_head`` returns."""

    def __init__(
        self,
        n_classes: int,
        weight_column: Any,
        thresholds: tuple[float, ...],
        label_vocabulary: Sequence[str] | None,
        loss_reduction: str,
        loss_fn: _Loss | None,
        class_ids: tuple[int, ...],
        name: str | None,
    ) -> None:
        self._n_classes = n_classes
        self._weight_column = weight_column
        self._thresholds = thresholds
        self._label_vocabulary = label_vocabulary
        self._loss_reduction = loss_reduction
        self._loss_fn = loss_fn
        self._class_ids = class_ids
        self._name = name

    @property
    def name(self) -> str | None:
        return self._name

    @property
    def logits_dimension(self) -> int:
        return self._n_classes

    def create_loss(self, features: Any, mode: str, logits: Any, labels: Any) -> Any:
        """Returns the loss of multi-hot or sparse labels, as a ``LossSpec``."""
        logits = ops.convert_to_tensor(logits)
        labels = heads._check_dense_labels_match_logits_and_reshape(
            labels=self._multi_hot(labels), logits=logits, expected_labels_dimension=self.logits_dimension
        )
        if self._loss_fn:
            unreduced = heads._call_loss_fn(
                loss_fn=self._loss_fn, labels=labels, logits=logits, features=features, expected_loss_dim=1
            )
        else:
            of_classes = losses_impl.sigmoid_cross_entropy(labels, logits, reduction=Reduction.NONE)
            unreduced = math_ops.reduce_mean(of_classes, axis=-1, keepdims=True)
        weights = heads._get_weights_and_check_match_logits(
            features=features, weight_column=self._weight_column, logits=logits
        )
        loss = losses_impl.compute_weighted_loss(unreduced, weights=weights, reduction=self._loss_reduction)
        return heads.LossSpec(training_loss=loss, unreduced_loss=unreduced, weights=weights, processed_labels=labels)

    def _multi_hot(self, labels: Any) -> Any:
        if labels is None:
            raise ValueError(
                "You must provide a labels Tensor. Given: None. Suggested troubleshooting steps: Check that your data "
                "contain your label feature. Check that your input_fn properly parses and returns labels."
            )
        if not isinstance(labels, sparse_tensor.SparseTensor):
            return heads._assert_range(
                labels, 2, message="labels must be an integer indicator Tensor with values in [0, 1]"
            )
        if labels.dtype == dtypes.string:
            return self._indicator(self._ids_of_names(labels))
        message = f"labels must be an integer SparseTensor with values in [0, {self._n_classes})"
        below = ops.convert_to_tensor(self._n_classes, dtype=labels.dtype)
        checks = [
            check_ops.assert_integer(labels.values, message=message),
            check_ops.assert_less(labels.values, below, message=message),
            check_ops.assert_non_negative(labels.values, message=message),
        ]
        with ops.control_dependencies(checks):
            return self._indicator(labels)

    def _ids_of_names(self, labels: Any) -> Any:
        table = lookup_ops.index_table_from_tensor(tuple(self._label_vocabulary or ()), name="class_id_lookup")
        return sparse_tensor.SparseTensor(labels.indices, table.lookup(labels.values), labels.dense_shape)

    def _indicator(self, ids: Any) -> Any:
        return math_ops.cast(sparse_ops.sparse_to_indicator(ids, self._n_classes), dtypes.int64)

    def _create_tpu_estimator_spec(
        self,
        features: Any,
        mode: str,
        logits: Any,
        labels: Any = None,
        optimizer: Any = None,
        train_op_fn: Callable[[Any], Any] | None = None,
        regularization_losses: Sequence[Any] | None = None,
    ) -> Any:
        with ops.name_scope(self._name, "head"):
            logits = heads._check_logits_final_dim(logits, self.logits_dimension)
            with ops.name_scope(None, "predictions", (logits,)):
                probabilities = math_ops.sigmoid(logits, name=PredictionKeys.PROBABILITIES)
            predictions = {PredictionKeys.LOGITS: logits, PredictionKeys.PROBABILITIES: probabilities}
            if mode == model_fn.ModeKeys.PREDICT:
                outputs = self._export_outputs(predictions, probabilities)
                return model_fn._TPUEstimatorSpec(mode, predictions=predictions, export_outputs=outputs)
            loss = self.create_loss(features, mode, logits, labels)
            extra = math_ops.add_n(regularization_losses) if regularization_losses else None
            total = loss.training_loss if extra is None else math_ops.add_n([loss.training_loss, extra])
            if mode == model_fn.ModeKeys.EVAL:
                tensors = {
                    "labels": loss.processed_labels,
                    "probabilities": probabilities,
                    "weights": loss.weights,
                    "unreduced_loss": loss.unreduced_loss,
                    "regularization_loss": extra,
                }
                evaluated = heads._create_eval_metrics_tuple(self._eval_metric_ops, tensors)
                return model_fn._TPUEstimatorSpec(mode, predictions=predictions, loss=total, eval_metrics=evaluated)
            train_op = heads._append_update_ops(_train_op(total, optimizer, train_op_fn))
            mean = self._mean_of_sum(loss)
        self._summarize({MetricKeys.LOSS: total, MetricKeys.LOSS_MEAN: mean, MetricKeys.LOSS_REGULARIZATION: extra})
        return model_fn._TPUEstimatorSpec(mode, predictions=predictions, loss=total, train_op=train_op)

    def _export_outputs(self, predictions: dict[str, Any], probabilities: Any) -> dict[str, Any]:
        classified = heads._classification_output(
            scores=probabilities, n_classes=self._n_classes, label_vocabulary=self._label_vocabulary
        )
        return {
            DEFAULT_SERVING_SIGNATURE_DEF_KEY: classified,
            heads._CLASSIFY_SERVING_KEY: classified,
            heads._PREDICT_SERVING_KEY: PredictOutput(predictions),
        }

    def _mean_of_sum(self, loss: Any) -> Any:
        if self._loss_reduction != Reduction.SUM:
            return None
        return loss.training_loss / math_ops.reduce_sum(loss.weights * array_ops.ones_like(loss.unreduced_loss))

    def _summarize(self, losses: dict[str, Any]) -> None:
        with ops.name_scope(""):
            for key, loss in losses.items():
                if loss is not None:
                    summary.scalar(heads._summary_key(self._name, key), loss)

    def _eval_metric_ops(
        self, labels: Any, probabilities: Any, weights: Any, unreduced_loss: Any, regularization_loss: Any
    ) -> dict[str, Any]:
        with metrics.scope(labels, probabilities, weights, unreduced_loss, regularization_loss):
            found = {
                **metrics.of_all_labels(labels, probabilities, weights, unreduced_loss, regularization_loss),
                **metrics.at_thresholds(labels, probabilities, weights, self._thresholds),
                **metrics.of_classes(labels, probabilities, weights, self._class_ids, self._label_vocabulary),
            }
        return metrics.named(found, self._name)


def _train_op(loss: Any, optimizer: Any, train_op_fn: Callable[[Any], Any] | None) -> Any:
    if optimizer is not None:
        if train_op_fn is not None:
            raise ValueError("train_op_fn and optimizer cannot both be set.")
        return optimizer.minimize(loss, global_step=training_util.get_global_step())
    if train_op_fn is None:
        raise ValueError("train_op_fn and optimizer cannot both be None.")
    return train_op_fn(loss)
