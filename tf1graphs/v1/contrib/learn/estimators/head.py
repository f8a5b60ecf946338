"""Heads: what the logits of a model mean, with loss, training, metrics and outputs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tensorflow.python.ops import array_ops, math_ops

from tf1graphs.v1.contrib.learn.estimators._class_heads import MultiClassHead, MultiLabelHead
from tf1graphs.v1.contrib.learn.estimators._head_losses import custom_loss, mean_squared_loss, poisson_loss
from tf1graphs.v1.contrib.learn.estimators._multi_head import LossOnlyHead, MultiHead, loss_merger, no_op_train_fn
from tf1graphs.v1.contrib.learn.estimators._number_heads import BinaryLogisticHead, BinarySvmHead, RegressionHead
from tf1graphs.v1.contrib.learn.estimators._single_head import Head

__all__ = [
    "Head",
    "binary_svm_head",
    "loss_only_head",
    "multi_class_head",
    "multi_head",
    "multi_label_head",
    "no_op_train_fn",
    "poisson_regression_head",
    "regression_head",
]


def regression_head(
    label_name: str | None = None,
    weight_column_name: str | None = None,
    label_dimension: int = 1,
    enable_centered_bias: bool = False,
    head_name: str | None = None,
    link_fn: Callable[[Any], Any] | None = None,
) -> Head:
    """Returns a head for numbers, with the squared error.

    Args:
        label_name: The key of the label, where labels are a dictionary.
        weight_column_name: The feature with the weights of the examples.
        label_dimension: The number of numbers of an example.
        enable_centered_bias: Whether there is a bias that is trained by itself.
        head_name: A name for the variable scope, and a suffix of the names of metrics and summaries.
        link_fn: Makes predictions of logits, the identity by default.
    """
    return RegressionHead(
        label_dimension,
        mean_squared_loss,
        link_fn or array_ops.identity,
        label_name=label_name,
        weight_column_name=weight_column_name,
        enable_centered_bias=enable_centered_bias,
        head_name=head_name,
    )


def poisson_regression_head(
    label_name: str | None = None,
    weight_column_name: str | None = None,
    label_dimension: int = 1,
    enable_centered_bias: bool = False,
    head_name: str | None = None,
) -> Head:
    """Returns a head for counts, whose logits are logarithms; see ``regression_head``."""
    return RegressionHead(
        label_dimension,
        poisson_loss,
        math_ops.exp,
        label_name=label_name,
        weight_column_name=weight_column_name,
        enable_centered_bias=enable_centered_bias,
        head_name=head_name,
    )


def multi_class_head(
    n_classes: int,
    label_name: str | None = None,
    weight_column_name: str | None = None,
    enable_centered_bias: bool = False,
    head_name: str | None = None,
    thresholds: Sequence[float] | None = None,
    metric_class_ids: Sequence[int] | None = None,
    loss_fn: Callable[..., Any] | None = None,
    label_keys: Sequence[str] | None = None,
) -> Head:
    """Returns a head for one of two or more classes an example, with the cross entropy.

    Args:
        n_classes: The number of classes.
        label_name: The key of the label, where labels are a dictionary.
        weight_column_name: The feature with the weights of the examples.
        enable_centered_bias: Whether there is a bias that is trained by itself.
        head_name: A name for the variable scope, and a suffix of the names of metrics and summaries.
        thresholds: The thresholds of metrics of two classes, 0.5 by default.
        metric_class_ids: The classes with metrics of their own, of more than two.
        loss_fn: A loss in place of the cross entropy: a scalar of ``labels``, ``logits`` and ``weights``.
        label_keys: The names of the classes, of more than two; labels and predicted classes are then names.

    Raises:
        ValueError: There are not so many classes, or names for others than ``n_classes``.
    """
    if n_classes is None or n_classes < 2:
        raise ValueError(f"n_classes must be > 1 for classification: {n_classes}.")
    loss = custom_loss(loss_fn)
    options: dict[str, Any] = {
        "label_name": label_name,
        "weight_column_name": weight_column_name,
        "enable_centered_bias": enable_centered_bias,
        "head_name": head_name,
    }
    if n_classes > 2:
        return MultiClassHead(n_classes, loss, metric_class_ids, label_keys, **options)
    if metric_class_ids:
        raise ValueError("metric_class_ids invalid for n_classes==2.")
    if label_keys:
        raise ValueError("label_keys is not supported for n_classes=2.")
    return BinaryLogisticHead(loss, thresholds, **options)


def binary_svm_head(
    label_name: str | None = None,
    weight_column_name: str | None = None,
    enable_centered_bias: bool = False,
    head_name: str | None = None,
    thresholds: Sequence[float] | None = None,
) -> Head:
    """Returns a head for one of two classes, with the hinge loss; see ``multi_class_head``.

    No metric of it has a threshold.
    """
    return BinarySvmHead(
        label_name=label_name,
        weight_column_name=weight_column_name,
        enable_centered_bias=enable_centered_bias,
        head_name=head_name,
    )


def multi_label_head(
    n_classes: int,
    label_name: str | None = None,
    weight_column_name: str | None = None,
    enable_centered_bias: bool = False,
    head_name: str | None = None,
    thresholds: Sequence[float] | None = None,
    metric_class_ids: Sequence[int] | None = None,
    loss_fn: Callable[..., Any] | None = None,
) -> Head:
    """Returns a head for any number of classes an example, with the cross entropy; see ``multi_class_head``.

    Labels are 0 or 1, ``[batch, n_classes]``, or the ids of classes, sparse. No metric of it has a threshold.

    Raises:
        ValueError: There is one class alone.
    """
    if n_classes < 2:
        raise ValueError("n_classes must be > 1 for classification.")
    return MultiLabelHead(
        n_classes,
        custom_loss(loss_fn),
        metric_class_ids,
        label_name=label_name,
        weight_column_name=weight_column_name,
        enable_centered_bias=enable_centered_bias,
        head_name=head_name,
    )


def loss_only_head(loss_fn: Callable[[], Any], head_name: str | None = None) -> Head:
    """Returns a head that adds a loss, one tensor or a list, to those of other heads."""
    return LossOnlyHead(loss_fn, head_name=head_name)


def multi_head(heads: Sequence[Any], loss_weights: Sequence[float] | None = None) -> Head:
    """Returns a head of several heads with names.

    Args:
        heads: The heads.
        loss_weights: What the loss of each is multiplied by.

    Raises:
        ValueError: A head has no name, or there are more or fewer weights than heads.
    """
    return MultiHead(heads, loss_merger(heads, loss_weights))


# Programs of before 1.2 know them by these names.
_Head = Head
_binary_svm_head = binary_svm_head
_multi_class_head = multi_class_head
_multi_head = multi_head
_multi_label_head = multi_label_head
_poisson_regression_head = poisson_regression_head
_regression_head = regression_head
