"""``tf.contrib.reduce_slice_ops``: sums, products and extremes of slices, which may overlap or be empty.

TensorFlow 1.15 had a kernel for each.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import array_ops, array_ops_stack, math_ops

from tf1graphs.v1._parity import counted_as

__all__ = ["reduce_slice_max", "reduce_slice_min", "reduce_slice_prod", "reduce_slice_sum"]


def reduce_slice_sum(data: Any, indices: Any, axis: Any, name: str | None = None) -> Any:
    """Returns the sums of slices of ``data`` along a dimension, 0 for an empty slice.

    Args:
        data: A tensor of numbers.
        indices: int32 or int64: the beginnings and ends of the slices, [n, 2], or [n + 1] if each ends where the next
            one begins. What is beyond ``data`` is left out.
        axis: The dimension, an integer [].
        name: The name of the op.

    Returns:
        ``data`` with n elements in that dimension.
    """
    return _reduced("ReduceSliceSum", math_ops.reduce_sum, lambda dtype: 0, data, indices, axis, name)


def reduce_slice_prod(data: Any, indices: Any, axis: Any, name: str | None = None) -> Any:
    """Returns the products of slices, 1 for an empty slice; the arguments are those of ``reduce_slice_sum``."""
    return _reduced("ReduceSliceProd", math_ops.reduce_prod, lambda dtype: 1, data, indices, axis, name)


def reduce_slice_max(data: Any, indices: Any, axis: Any, name: str | None = None) -> Any:
    """Returns the maxima of slices, the lowest number for an empty slice; see ``reduce_slice_sum``."""
    return _reduced("ReduceSliceMax", math_ops.reduce_max, _lowest, data, indices, axis, name)


def reduce_slice_min(data: Any, indices: Any, axis: Any, name: str | None = None) -> Any:
    """Returns the minima of slices, the highest number for an empty slice; see ``reduce_slice_sum``."""
    return _reduced("ReduceSliceMin", math_ops.reduce_min, _highest, data, indices, axis, name)


def _lowest(dtype: Any) -> Any:
    return -float("inf") if dtype.is_floating else dtype.min


def _highest(dtype: Any) -> Any:
    return float("inf") if dtype.is_floating else dtype.max


def _reduced(
    kind: str,
    reduce: Callable[..., Any],
    of_empty: Callable[[Any], Any],
    data: Any,
    indices: Any,
    axis: Any,
    name: str | None,
) -> Any:
    with ops.name_scope(name, kind, [data, indices, axis]):
        data = ops.convert_to_tensor(data, name="data")
        indices = ops.convert_to_tensor(indices, name="indices")
        axis = ops.convert_to_tensor(axis, name="axis")
        return _of_slices(reduce, of_empty(data.dtype), data, indices, axis)


@counted_as(1)
def _of_slices(reduce: Callable[..., Any], of_empty: Any, data: Any, indices: Any, axis: Any) -> Any:
    if indices.get_shape().ndims == 1:
        indices = array_ops_stack.stack([indices[:-1], indices[1:]], axis=1)
    place = math_ops.cast(math_ops.range(array_ops.shape(data)[axis]), indices.dtype)
    inside = math_ops.logical_and(place >= indices[:, :1], place < indices[:, 1:])
    # The dimension comes first, so that a mask [n, length] selects what belongs to each slice.
    axis = math_ops.cast(axis, dtypes.int32)
    rank = array_ops.rank(data)
    others = math_ops.range(rank)
    order = array_ops.concat([[axis], others[:axis], others[axis + 1 :]], 0)
    first = array_ops.transpose(data, order)
    flat = array_ops.reshape(first, [array_ops.shape(first)[0], -1])
    empty = ops.convert_to_tensor(of_empty, dtype=data.dtype)
    found = reduce(array_ops.where_v2(inside[:, :, None], flat[None], empty), axis=1)
    found = array_ops.reshape(found, array_ops.concat([array_ops.shape(found)[:1], array_ops.shape(first)[1:]], 0))
    return array_ops.transpose(found, array_ops.invert_permutation(order))
