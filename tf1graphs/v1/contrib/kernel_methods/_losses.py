"""The hinge loss of several classes."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import array_ops, check_ops, math_ops, nn_ops
from tensorflow.python.ops.losses import losses_impl


def sparse_multiclass_hinge_loss(
    labels: Any,
    logits: Any,
    weights: Any = 1.0,
    scope: str | None = None,
    loss_collection: str | None = ops.GraphKeys.LOSSES,
    reduction: str = losses_impl.Reduction.SUM_BY_NONZERO_WEIGHTS,
) -> Any:
    """Returns ``max_c(logits_c - logits_label + [c != label])``, weighted.

    Source: Crammer and Singer, "On the Algorithmic Implementation of Multiclass Kernel-based Vector Machines",
    http://jmlr.csail.mit.edu/papers/volume2/crammer01a/crammer01a.pdf.

    Args:
        labels: The classes, int32 or int64, ``[batch]`` or ``[batch, 1]``.
        logits: ``[batch, classes]``, of floats.
        weights: A weight, or one for each example, ``[batch]`` or ``[batch, 1]``.
        scope: The scope of the ops.
        loss_collection: The collection that the loss is put into.
        reduction: A ``tf.losses.Reduction``; by ``NONE`` the loss is ``[batch]``, else ``[]``.

    Raises:
        ValueError: A shape or the type of the labels is another.
    """
    with ops.name_scope(scope, "sparse_multiclass_hinge_loss", (logits, labels)) as name:
        rank = logits.get_shape().ndims
        if rank != 2:
            raise ValueError(f"logits should have rank 2 ([batch_size, num_classes]). Given rank is {rank}")
        shape = array_ops.shape(logits)
        batch_size, num_classes = shape[0], shape[1]
        logits = math_ops.cast(logits, dtypes.float32)
        labels = _flat_labels(labels, num_classes)
        weights = _flat_weights(weights, labels)
        examples = array_ops.reshape(math_ops.range(batch_size), shape=[batch_size, 1])
        classes = array_ops.reshape(math_ops.cast(labels, examples.dtype), shape=[batch_size, 1])
        indices = array_ops.concat([examples, classes], axis=1)
        chosen = array_ops.reshape(array_ops.gather_nd(params=logits, indices=indices), shape=[batch_size, 1])
        others = array_ops.one_hot(indices=labels, depth=num_classes, on_value=0.0, off_value=1.0)
        margins = nn_ops.relu(logits - chosen + others)
        loss = math_ops.reduce_max(margins, axis=1)
        return losses_impl.compute_weighted_loss(loss, weights, name, loss_collection, reduction=reduction)


def _flat_labels(labels: Any, num_classes: Any) -> Any:
    if labels.dtype not in (dtypes.int32, dtypes.int64):
        raise ValueError(f"Invalid dtype for labels: {labels.dtype}. Acceptable dtypes: int32 and int64")
    rank = labels.get_shape().ndims
    if rank not in (1, 2):
        raise ValueError(f"labels should have rank 1 ([batch_size]) or 2 ([batch_size, 1]). Given rank is {rank}")
    with ops.control_dependencies([check_ops.assert_less(labels, math_ops.cast(num_classes, labels.dtype))]):
        return array_ops.reshape(labels, shape=[-1])


def _flat_weights(weights: Any, labels: Any) -> Any:
    weights = ops.convert_to_tensor(weights)
    rank = weights.get_shape().ndims
    if rank not in (0, 1, 2):
        raise ValueError(
            f"non-scalar weights should have rank 1 ([batch_size]) or 2 ([batch_size, 1]). Given rank is {rank}"
        )
    if rank > 0:
        weights = array_ops.reshape(weights, shape=[-1])
        weights.get_shape().assert_is_compatible_with(labels.get_shape())
    return weights
