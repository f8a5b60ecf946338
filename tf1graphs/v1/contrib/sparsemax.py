"""``tf.contrib.sparsemax``: a softmax that gives most classes no probability at all, and its loss.

Source: Martins and Astudillo, "From Softmax to Sparsemax", https://arxiv.org/abs/1602.02068.
"""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import array_ops, array_ops_stack, math_ops, nn_ops

__all__ = ["sparsemax", "sparsemax_loss"]


def sparsemax(logits: Any, name: str | None = None) -> Any:
    """Returns the probabilities [batch, classes] nearest to ``logits`` (Algorithm 1): ``max(logits - tau, 0)``.

    Args:
        logits: float16, float32 or float64 [batch, classes]; a row with an infinity or a NaN gives NaN.
        name: The name scope.
    """
    with ops.name_scope(name, "sparsemax", [logits]):
        logits = ops.convert_to_tensor(logits, name="logits")
        batch, classes = array_ops.shape(logits)[0], array_ops.shape(logits)[1]
        descending, _ = nn_ops.top_k(logits, k=classes)
        sums = math_ops.cumsum(descending, axis=1)
        rank = math_ops.range(1, math_ops.cast(classes, logits.dtype) + 1, dtype=logits.dtype)
        # The condition holds for the classes of the support and no other, so their number is its count.
        in_support = 1 + rank * descending > sums
        support = math_ops.reduce_sum(math_ops.cast(in_support, dtypes.int32), axis=1)
        last = math_ops.maximum(support, 1) - 1
        support_sum = array_ops.gather_nd(sums, array_ops_stack.stack([math_ops.range(0, batch), last], axis=1))
        tau = (support_sum - 1) / math_ops.cast(support, logits.dtype)
        probabilities = math_ops.maximum(math_ops.cast(0, logits.dtype), logits - tau[:, array_ops.newaxis])
        invalid = math_ops.logical_or(math_ops.equal(support, 0), math_ops.is_nan(sums[:, -1]))
        nan = array_ops.fill([batch, classes], math_ops.cast(float("nan"), logits.dtype))
        return array_ops.where(invalid, nan, probabilities)


def sparsemax_loss(logits: Any, sparsemax: Any, labels: Any, name: str | None = None) -> Any:
    """Returns the loss [batch] whose gradient is ``sparsemax - labels`` (Equation 27).

    Args:
        logits: [batch, classes].
        sparsemax: The sparsemax of ``logits``.
        labels: Probabilities [batch, classes].
        name: The name scope.
    """
    with ops.name_scope(name, "sparsemax_loss", [logits, sparsemax, labels]):
        logits = ops.convert_to_tensor(logits, name="logits")
        sparsemax = ops.convert_to_tensor(sparsemax, name="sparsemax")
        labels = ops.convert_to_tensor(labels, name="labels")
        # A logit of minus infinity has no part in either sum, where a product would be NaN.
        supported = math_ops.logical_or(sparsemax > 0, math_ops.is_nan(sparsemax))
        support_part = array_ops.where(
            supported, sparsemax * (logits - 0.5 * sparsemax), array_ops.zeros_like(sparsemax)
        )
        label_part = labels * (0.5 * labels - logits)
        unlabeled_infinity = math_ops.logical_and(math_ops.equal(labels, 0), math_ops.is_inf(logits))
        label_part = array_ops.where(unlabeled_infinity, array_ops.zeros_like(logits), label_part)
        return math_ops.reduce_sum(support_part + label_part, axis=1)
