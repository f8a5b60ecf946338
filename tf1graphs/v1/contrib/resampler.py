"""``tf.contrib.resampler``: values of images between their pixels, as spatial transformer networks need them.

Source: Jaderberg and others, "Spatial Transformer Networks", https://arxiv.org/abs/1506.02025, equation 5.
"""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import dtypes, errors, ops
from tensorflow.python.ops import array_ops, array_ops_stack, check_ops, math_ops

from tf1graphs.v1._parity import counted_as

__all__ = ["resampler"]


def resampler(data: Any, warp: Any, name: str = "resampler") -> Any:
    """Returns the values of images at coordinates, interpolated between the four pixels around each.

    There are zeros around the images. TensorFlow 1.15 had a kernel for this.

    Args:
        data: float16, float32 or float64 [batch, height, width, channels].
        warp: Coordinates x, to the right, and y, [batch, ..., 2], of the same dtype.
        name: The name scope.

    Returns:
        [batch, ..., channels]; there are gradients by both arguments.

    Raises:
        UnimplementedError: ``data`` is not of rank 4, or the last dimension of ``warp`` is not 2.
        InvalidArgumentError: The batches differ. What is unknown of shapes is checked in the run, with this error.
    """
    with ops.name_scope(name, "resampler", [data, warp]):
        data = ops.convert_to_tensor(data, name="data")
        warp = ops.convert_to_tensor(warp, name="warp")
        _check(data.get_shape(), warp.get_shape())
        return _interpolated(data, warp)


def _check(data: Any, warp: Any) -> None:
    if data.ndims not in (None, 4):
        raise errors.UnimplementedError(
            None,
            None,
            "Only bilinear interpolation is currently supported. The input data shape must be "
            f"[batch_size, data_height, data_width, data_channels], but is: {data}",
        )
    if warp.ndims is not None and warp[-1:].as_list() not in ([None], [2]):
        raise errors.UnimplementedError(
            None,
            None,
            "Only bilinear interpolation is supported, warping coordinates must be 2D; "
            f"warp shape last entry should be 2, but shape vector is: {warp}",
        )
    if not data[:1].is_compatible_with(warp[:1]):
        message = f"Batch size of data and warp tensor must be the same, but input shapes are: {data}, {warp}"
        raise errors.InvalidArgumentError(None, None, message)


@counted_as(1)
def _interpolated(data: Any, warp: Any) -> Any:
    shape = array_ops.shape(warp)
    checks = [
        check_ops.assert_equal(shape[-1], 2, message="warp should be of size 2 in its last dimension"),
        check_ops.assert_equal(shape[0], array_ops.shape(data)[0], message="data and warp have other batches"),
    ]
    with ops.control_dependencies(checks):
        points = array_ops.reshape(warp, [shape[0], -1, 2])
    x, y = points[..., 0], points[..., 1]
    left, top = math_ops.floor(x), math_ops.floor(y)
    to_right, to_bottom = left + 1 - x, top + 1 - y
    values = math_ops.add_n(
        [
            (to_right * to_bottom)[..., None] * _pixels(data, left, top),
            ((1 - to_right) * (1 - to_bottom))[..., None] * _pixels(data, left + 1, top + 1),
            (to_right * (1 - to_bottom))[..., None] * _pixels(data, left, top + 1),
            ((1 - to_right) * to_bottom)[..., None] * _pixels(data, left + 1, top),
        ]
    )
    values = array_ops.reshape(values, array_ops.concat([shape[:-1], array_ops.shape(data)[3:]], 0))
    values.set_shape(warp.get_shape()[:-1].concatenate(data.get_shape()[3:]))
    return values


def _pixels(data: Any, x: Any, y: Any) -> Any:
    """Returns the pixels at whole coordinates [batch, points], zeros outside: [batch, points, channels]."""
    batch, height, width = (array_ops.shape(data)[axis] for axis in range(3))
    # Compared as floats, before coordinates that no integer has are cast.
    inside = math_ops.logical_and(
        math_ops.logical_and(x >= 0, x <= math_ops.cast(width - 1, x.dtype)),
        math_ops.logical_and(y >= 0, y <= math_ops.cast(height - 1, y.dtype)),
    )
    zeros = array_ops.zeros_like(x)
    column, row = (math_ops.cast(array_ops.where_v2(inside, each, zeros), dtypes.int32) for each in (x, y))
    image = array_ops.broadcast_to(math_ops.range(batch)[:, None], array_ops.shape(row))
    found = array_ops.gather_nd(data, array_ops_stack.stack([image, row, column], axis=-1))
    return array_ops.where_v2(inside[..., None], found, array_ops.zeros_like(found))
