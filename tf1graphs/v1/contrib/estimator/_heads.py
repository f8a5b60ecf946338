"""Heads: what an estimator's logits mean, with loss, metrics and outputs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tensorflow.python.ops import math_ops, nn_impl
from tensorflow.python.ops.losses.losses_impl import Reduction
from tensorflow_estimator.python.estimator.canned import head as heads

_Loss = Callable[..., Any]


def multi_class_head(
    n_classes: int,
    weight_column: Any = None,
    label_vocabulary: Sequence[str] | None = None,
    loss_reduction: str = Reduction.SUM_OVER_BATCH_SIZE,
    loss_fn: _Loss | None = None,
    name: str | None = None,
) -> Any:
    """Returns a head for one of more than two classes; see ``tf.estimator.MultiClassHead``."""
    return heads._multi_class_head_with_softmax_cross_entropy_loss(
        n_classes=n_classes,
        weight_column=weight_column,
        label_vocabulary=label_vocabulary,
        loss_reduction=loss_reduction,
        loss_fn=loss_fn,
        name=name,
    )


def binary_classification_head(
    weight_column: Any = None,
    thresholds: Sequence[float] | None = None,
    label_vocabulary: Sequence[str] | None = None,
    loss_reduction: str = Reduction.SUM_OVER_BATCH_SIZE,
    loss_fn: _Loss | None = None,
    name: str | None = None,
) -> Any:
    """Returns a head for one of two classes; see ``tf.estimator.BinaryClassHead``."""
    return heads._binary_logistic_head_with_sigmoid_cross_entropy_loss(
        weight_column=weight_column,
        thresholds=thresholds,
        label_vocabulary=label_vocabulary,
        loss_reduction=loss_reduction,
        loss_fn=loss_fn,
        name=name,
    )


def regression_head(
    weight_column: Any = None,
    label_dimension: int = 1,
    loss_reduction: str = Reduction.SUM_OVER_BATCH_SIZE,
    loss_fn: _Loss | None = None,
    inverse_link_fn: Callable[[Any], Any] | None = None,
    name: str | None = None,
) -> Any:
    """Returns a head for numbers; see ``tf.estimator.RegressionHead``."""
    return heads._regression_head(
        weight_column=weight_column,
        label_dimension=label_dimension,
        loss_reduction=loss_reduction,
        loss_fn=loss_fn,
        inverse_link_fn=inverse_link_fn,
        name=name,
    )


def poisson_regression_head(
    weight_column: Any = None,
    label_dimension: int = 1,
    loss_reduction: str = Reduction.SUM_OVER_BATCH_SIZE,
    compute_full_loss: bool = True,
    name: str | None = None,
) -> Any:
    """Returns a head for counts; see ``tf.estimator.PoissonRegressionHead``."""

    def loss(labels: Any, logits: Any) -> Any:
        return nn_impl.log_poisson_loss(targets=labels, log_input=logits, compute_full_loss=compute_full_loss)

    return regression_head(weight_column, label_dimension, loss_reduction, loss, math_ops.exp, name)


def logistic_regression_head(
    weight_column: Any = None, loss_reduction: str = Reduction.SUM_OVER_BATCH_SIZE, name: str | None = None
) -> Any:
    """Returns a head for probabilities; see ``tf.estimator.LogisticRegressionHead``."""

    def loss(labels: Any, logits: Any) -> Any:
        labels = heads._assert_range(labels, n_classes=2, message="Labels must be in range [0, 1]")
        return nn_impl.sigmoid_cross_entropy_with_logits(labels=labels, logits=logits)

    return regression_head(weight_column, 1, loss_reduction, loss, math_ops.sigmoid, name)
