"""Labels of connected regions."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import array_ops, math_ops, while_loop


def _smallest_around(labels: Any, images: Any, outside: Any) -> Any:
    """Returns for each pixel the smallest label of itself and those next to it that have its value."""
    found = labels
    for axis in (1, 2):
        for forward in (True, False):
            padding = [[0, 0], [0, 0], [0, 0]]
            padding[axis] = [1, 0] if forward else [0, 1]
            keep = [slice(None)] * 3
            keep[axis] = slice(None, -1) if forward else slice(1, None)
            neighbour = array_ops.pad(labels, padding, constant_values=outside)[tuple(keep)]
            value = array_ops.pad(math_ops.cast(images, dtypes.float64), padding)[tuple(keep)]
            same = math_ops.equal(value, math_ops.cast(images, dtypes.float64))
            found = math_ops.minimum(found, array_ops.where_v2(same, neighbour, found))
    return found


def connected_components(images: Any) -> Any:
    """Returns the number of each pixel's region, 0 where the image is 0 or False.

    Regions are pixels of one value that touch at their edges, numbered from 1 in the order of their first pixels
    over all images. TensorFlow 1.15 had a kernel for this; here the smallest label of each region spreads over it.

    Args:
        images: ``[height, width]`` or ``[number, height, width]``.

    Returns:
        int32 of the shape of ``images``.

    Raises:
        TypeError: The rank is neither 2 nor 3.
    """
    with ops.name_scope("connected_components"):
        given = ops.convert_to_tensor(images, name="images")
        rank = given.get_shape().ndims
        if rank not in (2, 3):
            raise TypeError(f"images should have rank 2 (HW) or 3 (NHW). Static shape is {given.get_shape()}")
        batch = given[None, :, :] if rank == 2 else given
        size = array_ops.size(batch)
        values = math_ops.cast(batch, dtypes.float64)
        is_region = math_ops.not_equal(values, 0)
        own = array_ops.reshape(math_ops.range(size), array_ops.shape(batch))
        labels = array_ops.where_v2(is_region, own, size)
        labels, _ = while_loop.while_loop(
            lambda labels, changed: changed,
            lambda labels, changed: _spread(labels, values, size),
            [labels, True],
        )
        is_first = math_ops.logical_and(is_region, math_ops.equal(labels, own))
        number = math_ops.cumsum(array_ops.reshape(math_ops.cast(is_first, dtypes.int32), [-1]))
        numbers = array_ops.concat([number, [0]], 0)
        found = array_ops.gather(numbers, labels)
        return found[0, :, :] if rank == 2 else found


def _spread(labels: Any, values: Any, size: Any) -> tuple[Any, Any]:
    found = _smallest_around(labels, values, size)
    return found, math_ops.reduce_any(math_ops.not_equal(found, labels))
