"""What mixtures of both kinds need: masks that choose a component, and the standard deviation of a mixture."""

from __future__ import annotations

from typing import Any

import numpy as np
from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import array_ops, math_ops

from tf1graphs.v1.contrib.distributions._static import batch_ndims


def one_hot(indices: Any, depth: Any, dtype: Any) -> Any:
    """Returns ones where a component is chosen, ``[..., depth]``."""
    on, off = np.ones([], dtype=dtype.as_numpy_dtype), np.zeros([], dtype=dtype.as_numpy_dtype)
    return array_ops.one_hot(indices=indices, depth=depth, on_value=on, off_value=off)


def pad(x: Any, mixture: Any, categorical: Any, event_ndims: Any) -> Any:
    """Returns ``[sample, batch, k, 1, ..., 1]`` for ``[sample, batch, k]``, with as many ones as events have sizes.

    Where the categorical distribution has no batch, ``batch`` becomes ones.
    """
    with ops.name_scope("pad_mix_dims", values=[x]):
        mixture_ndims, categorical_ndims = batch_ndims(mixture), batch_ndims(categorical)
        missing = array_ops.where_v2(categorical.is_scalar_batch(), mixture_ndims, mixture_ndims - categorical_ndims)
        shape = array_ops.shape(x)
        ones = array_ops.ones([missing], dtype=dtypes.int32), array_ops.ones([event_ndims], dtype=dtypes.int32)
        return array_ops.reshape(x, shape=array_ops.concat([shape[:-1], ones[0], shape[-1:], ones[1]], axis=0))


def stddev(weights: Any, means: Any, stddevs: Any) -> Any:
    """Returns the standard deviations of mixtures, ``[number]``.

    Args:
        weights: The probabilities of the components, ``[number, k]``.
        means: Their means, ``[number, k]``.
        stddevs: Their standard deviations, ``[number, k]``.
    """
    row = array_ops.expand_dims(weights, axis=1)
    mean_column, stddev_column = array_ops.expand_dims(means, axis=2), array_ops.expand_dims(stddevs, axis=2)

    def weighted(column: Any) -> Any:
        return array_ops.reshape(math_ops.matmul(row, column), (-1,))

    mean = weighted(mean_column)
    within, between = weighted(math_ops.square(stddev_column)), weighted(math_ops.square(mean_column))
    return math_ops.sqrt(within + between - math_ops.square(mean))
