"""A new mask: the weights above a threshold, which is the size of the smallest weight to keep."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import array_ops, math_ops, nn_ops

from tf1graphs.v1.contrib.model_pruning import pruning_utils


def new_mask(
    weights: Any, threshold: Any, sparsity_of: Callable[[str], Any], block_dims: list[int], spec: Any
) -> tuple[Any, Any]:
    """Returns the new threshold, [], and the new mask, with the shape of ``weights``.

    Args:
        weights: The weights; those that are matrices, but for dimensions of 1, are masked by blocks.
        threshold: The threshold before, [].
        sparsity_of: Gives the sparsity of weights with a name.
        block_dims: The height and width of a block; a size of -1 becomes that of the weights.
        spec: The parameters.

    Raises:
        ValueError: The pooling function of blocks is unknown.
    """
    squeezed = array_ops.squeeze(weights)
    if squeezed.get_shape().ndims != 2 or block_dims == [1, 1]:
        return _above_threshold(weights, threshold, sparsity_of, spec.threshold_decay)
    shape = squeezed.get_shape().as_list()
    for axis in range(2):
        if block_dims[axis] == -1:
            block_dims[axis] = shape[axis]
    if spec.block_pooling_function not in ("AVG", "MAX"):
        raise ValueError(f"Unknown pooling function for block sparsity: {spec.block_pooling_function}")
    with ops.name_scope(f"{weights.op.name}_pruning_ops"):
        pooled = _pooled(math_ops.abs(squeezed), block_dims, spec, f"{weights.op.name}_pooled")
        smoothed, mask = _above_threshold(pooled, threshold, sparsity_of, spec.threshold_decay)
        mask = array_ops.slice(pruning_utils.expand_tensor(mask, block_dims), [0, 0], shape)
    return smoothed, array_ops.reshape(mask, array_ops.shape(weights))


def _pooled(sizes: Any, block_dims: list[int], spec: Any, name: str) -> Any:
    options = {
        "window_shape": block_dims,
        "pooling_type": spec.block_pooling_function,
        "strides": block_dims,
        "padding": "SAME",
        "name": name,
    }
    if spec.use_tpu:
        return pruning_utils.factorized_pool(sizes, **options)
    height, width = sizes.get_shape()
    pooled = nn_ops.pool(array_ops.reshape(sizes, [1, height, width, 1]), **options)
    return array_ops.squeeze(pooled, axis=[0, 3])


def _above_threshold(weights: Any, threshold: Any, sparsity_of: Callable[[str], Any], decay: float) -> tuple[Any, Any]:
    sparsity = sparsity_of(weights.op.name)
    with ops.name_scope(f"{weights.op.name}_pruning_ops"):
        sizes = math_ops.abs(weights)
        count = math_ops.cast(array_ops.size(sizes), dtypes.float32)
        kept = math_ops.cast(math_ops.round(count * (1 - sparsity)), dtypes.int32)
        descending, _ = nn_ops.top_k(array_ops.reshape(sizes, [-1]), k=array_ops.size(sizes))
        current = array_ops.gather(descending, kept - 1)
        smoothed = math_ops.add_n([math_ops.multiply(current, 1 - decay), math_ops.multiply(threshold, decay)])
        mask = math_ops.cast(math_ops.greater_equal(sizes, smoothed), dtypes.float32)
    return smoothed, mask
