"""The losses of the heads. Each returns two: the one to minimize, and the one to report.

The first is the mean of the examples' losses times their weights; the second is divided by the weights' sum.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tensorflow.python.framework import dtypes, ops, sparse_tensor
from tensorflow.python.ops import (
    array_ops,
    control_flow_assert,
    math_ops,
    nn_impl,
    nn_ops,
    sparse_ops,
    weights_broadcast_ops,
)
from tensorflow.python.ops.losses import losses_impl
from tensorflow.python.platform import tf_logging as logging
from tensorflow.python.util import tf_decorator, tf_inspect

Loss = Callable[..., tuple[Any, Any]]


def weight_tensor(features: Mapping[str, Any], name: str | None) -> Any:
    """Returns the weights that a feature has, those of ``[batch]`` as ``[batch, 1]``; None without a name.

    Raises:
        ValueError: There is no such feature.
    """
    if not name:
        return None
    if name not in features:
        raise ValueError(f"Weights {name} missing from features.")
    with ops.name_scope(None, "weight_tensor"):
        weights = math_ops.cast(features[name], dtypes.float32)
        if weights.get_shape().ndims != 1:
            return weights
        logging.warning("Weights %s has shape %s, expanding to make it 2d.", name, weights.get_shape())
        is_sparse = isinstance(weights, sparse_tensor.SparseTensor)
        return (sparse_ops.sparse_reshape if is_sparse else array_ops.reshape)(weights, (-1, 1))


def weighted_loss(losses: Any, weights: Any) -> tuple[Any, Any]:
    """Returns the mean of losses times weights, and their sum over the sum of the weights."""
    with ops.name_scope("loss") as scope:
        if weights is None:
            loss = math_ops.reduce_mean(losses, name=scope)
            return loss, loss
        weights = weights_broadcast_ops.broadcast_weights(weights, losses)
        with ops.name_scope(None, "weighted_loss") as name:
            weighted = math_ops.multiply(losses, weights, name=name)
        mean = math_ops.reduce_mean(weighted, name=scope)
        normalized = math_ops.div(
            math_ops.reduce_sum(weighted),
            math_ops.cast(math_ops.reduce_sum(weights), dtypes.float32),
            name="weighted_average_loss",
        )
        return mean, normalized


def _as_column(values: Any) -> Any:
    return array_ops.expand_dims(values, axis=1) if len(values.get_shape()) == 1 else values


def _columns(labels: Any, logits: Any) -> tuple[Any, Any]:
    logits = ops.convert_to_tensor(logits)
    labels = _as_column(ops.convert_to_tensor(labels))
    logits = _as_column(logits)
    logits.get_shape().assert_is_compatible_with(labels.get_shape())
    return labels, logits


def mean_squared_loss(labels: Any, logits: Any, weights: Any = None) -> tuple[Any, Any]:
    """Returns the squared error of numbers ``[batch]`` or ``[batch, dimension]``."""
    with ops.name_scope(None, "mean_squared_loss") as name:
        labels, logits = _columns(labels, logits)
        errors = math_ops.squared_difference(logits, math_ops.cast(labels, dtypes.float32), name=name)
        return weighted_loss(errors, weights)


def poisson_loss(labels: Any, logits: Any, weights: Any = None) -> tuple[Any, Any]:
    """Returns the loss of counts whose expected value's logarithm the logits are."""
    with ops.name_scope(None, "_poisson_loss") as name:
        labels, logits = _columns(labels, logits)
        losses = nn_impl.log_poisson_loss(labels, logits, compute_full_loss=True, name=name)
        return weighted_loss(losses, weights)


def log_loss_with_two_classes(labels: Any, logits: Any, weights: Any = None) -> tuple[Any, Any]:
    """Returns the cross entropy of labels 0 and 1, ``[batch]`` or ``[batch, 1]``, and logits ``[batch, 1]``."""
    with ops.name_scope(None, "log_loss_with_two_classes") as name:
        logits = ops.convert_to_tensor(logits)
        labels = _as_column(math_ops.cast(labels, dtypes.float32))
        losses = nn_impl.sigmoid_cross_entropy_with_logits(labels=labels, logits=logits, name=name)
        return weighted_loss(losses, weights)


def softmax_cross_entropy_loss(labels: Any, logits: Any, weights: Any = None) -> tuple[Any, Any]:
    """Returns the cross entropy of classes ``[batch]`` or ``[batch, 1]`` and logits ``[batch, classes]``.

    Raises:
        ValueError: The labels are no integers.
    """
    with ops.name_scope(None, "softmax_cross_entropy_loss") as name:
        labels = ops.convert_to_tensor(labels)
        if not labels.dtype.is_integer:
            raise ValueError(f"Labels dtype should be integer Instead got {labels.dtype}.")
        is_column = len(labels.get_shape()) == 2
        if is_column:
            labels = array_ops.squeeze(labels, axis=(1,))
        losses = nn_ops.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits, name=name)
        return weighted_loss(array_ops.expand_dims(losses, axis=(1,)) if is_column else losses, weights)


def sigmoid_cross_entropy_loss(labels: Any, logits: Any, weights: Any = None) -> tuple[Any, Any]:
    """Returns the cross entropy of labels 0 and 1 and logits, both ``[batch, classes]``."""
    with ops.name_scope(None, "sigmoid_cross_entropy_loss") as name:
        labels = math_ops.cast(labels, dtypes.float32)
        losses = nn_impl.sigmoid_cross_entropy_with_logits(labels=labels, logits=logits, name=name)
        return weighted_loss(losses, weights)


def hinge_loss(labels: Any, logits: Any, weights: Any = None) -> tuple[Any, Any]:
    """Returns the hinge loss of labels 0 and 1, ``[batch]`` or ``[batch, 1]``, and logits ``[batch, 1]``."""
    with ops.name_scope(None, "hinge_loss") as name:
        message = "labels shape should be either [batch_size, 1] or [batch_size]"
        check = control_flow_assert.Assert(math_ops.less_equal(array_ops.rank(labels), 2), (message,))
        with ops.control_dependencies((check,)):
            labels = array_ops.reshape(labels, shape=(-1, 1))
        losses = losses_impl.hinge_loss(labels=labels, logits=logits, scope=name, reduction=losses_impl.Reduction.NONE)
        return weighted_loss(losses, weights)


def custom_loss(loss_fn: Callable[..., Any] | None) -> Loss | None:
    """Returns a loss of a function of ``labels``, ``logits`` and ``weights`` that returns one scalar.

    Raises:
        ValueError: The function does not take these.
    """
    if not loss_fn:
        return None
    names = _argument_names(loss_fn)
    for name in ("labels", "logits", "weights"):
        if name not in names:
            raise ValueError(f"Argument {name} not found in loss_fn.")

    def loss(labels: Any, logits: Any, weights: Any = None) -> tuple[Any, Any]:
        found = loss_fn(labels, logits) if weights is None else loss_fn(labels, logits, weights)
        return found, found

    return loss


def _argument_names(function: Any) -> list[str]:
    _, function = tf_decorator.unwrap(function)
    if hasattr(function, "__code__"):
        names: list[str] = tf_inspect.getfullargspec(function).args
        return names
    return _argument_names(function.func if hasattr(function, "func") else function.__call__)
