"""Linear models with their losses."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import ops
from tensorflow.python.ops import array_ops, math_ops, nn_ops
from tensorflow.python.ops.losses import losses_impl

__all__ = ["mean_squared_error_regressor", "softmax_classifier"]


def mean_squared_error_regressor(
    tensor_in: Any, labels: Any, weights: Any, biases: Any, name: str | None = None
) -> tuple[Any, Any]:
    """Returns predictions, and their mean squared error.

    Args:
        tensor_in: Features ``[batch, size]``.
        labels: ``[batch]`` or ``[batch, outputs]``.
        weights: ``[size, outputs]``.
        biases: ``[outputs]``.
        name: The name scope.
    """
    with ops.name_scope(name, "mean_squared_error_regressor", [tensor_in, labels]):
        predictions = nn_ops.xw_plus_b(tensor_in, weights, biases)
        if len(labels.get_shape()) == 1 and len(predictions.get_shape()) == 2:
            predictions = array_ops.squeeze(predictions, axis=[1])
        return predictions, losses_impl.mean_squared_error(labels, predictions)


def softmax_classifier(
    tensor_in: Any, labels: Any, weights: Any, biases: Any, class_weight: Any = None, name: str | None = None
) -> tuple[Any, Any]:
    """Returns probabilities ``[batch, classes]``, and their cross entropy.

    The probabilities are those of the logits times the weights of the classes.

    Args:
        tensor_in: Features ``[batch, size]``.
        labels: Which class it is, one-hot, ``[batch, classes]``.
        weights: ``[size, classes]``.
        biases: ``[classes]``.
        class_weight: What the logits of each class are multiplied by, ``[classes]``.
        name: The name scope.
    """
    with ops.name_scope(name, "softmax_classifier", [tensor_in, labels]):
        logits = nn_ops.xw_plus_b(tensor_in, weights, biases)
        if class_weight is not None:
            logits = math_ops.multiply(logits, class_weight)
        return nn_ops.softmax(logits), losses_impl.softmax_cross_entropy(labels, logits)
