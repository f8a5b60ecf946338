"""Warping images by a flow, dense or given at some points."""

from __future__ import annotations

from typing import Any

import numpy as np
from tensorflow.python.framework import constant_op, dtypes, ops, tensor_shape
from tensorflow.python.ops import array_ops, array_ops_stack, check_ops, math_ops

from tf1graphs.v1.contrib.image._spline import interpolate_spline


def _neighbours(queries: Any, size: Any, dtype: Any) -> tuple[Any, Any, Any]:
    """Returns for coordinates of one axis the grid lines before and after, and the position between them."""
    last = math_ops.cast(size - 2, queries.dtype)
    before = math_ops.minimum(math_ops.maximum(math_ops.floor(queries), 0.0), last)
    between = math_ops.cast(queries - before, dtype)
    between = math_ops.minimum(math_ops.maximum(constant_op.constant(0.0, dtype), between), 1.0)
    line = math_ops.cast(before, dtypes.int32)
    return line, line + 1, array_ops.expand_dims(between, 2)


def _interpolate_bilinear(
    grid: Any, query_points: Any, name: str = "interpolate_bilinear", indexing: str = "ij"
) -> Any:
    """Returns the values of a grid at points, ``[batch, points, channels]``.

    Args:
        grid: ``[batch, height, width, channels]``, at least 2 by 2.
        query_points: ``[batch, points, 2]``.
        name: The name scope.
        indexing: ``"ij"`` for points (row, column), ``"xy"`` for (column, row).

    Raises:
        ValueError: The rank of the grid or ``indexing`` is wrong.
    """
    if indexing not in ("ij", "xy"):
        raise ValueError("Indexing mode must be 'ij' or 'xy'")
    with ops.name_scope(name):
        grid = ops.convert_to_tensor(grid)
        query_points = ops.convert_to_tensor(query_points)
        if grid.get_shape().ndims != 4:
            raise ValueError(f"Grid must be 4 dimensional. Received size: {grid.get_shape()}")
        batch, height, width, channels = (array_ops.shape(grid)[axis] for axis in range(4))
        checks = [
            check_ops.assert_equal(len(query_points.get_shape()), 3, message="Query points must be 3 dimensional."),
            check_ops.assert_equal(
                array_ops.shape(query_points)[2], 2, message="Query points must be size 2 in dim 2."
            ),
            check_ops.assert_greater_equal(height, 2, message="Grid height must be at least 2."),
            check_ops.assert_greater_equal(width, 2, message="Grid width must be at least 2."),
        ]
        with ops.control_dependencies(checks):
            rows, columns = array_ops_stack.unstack(query_points, axis=2)[:: 1 if indexing == "ij" else -1]
        top, bottom, down = _neighbours(rows, height, grid.dtype)
        left, right, along = _neighbours(columns, width, grid.dtype)
        flat = array_ops.reshape(grid, [batch * height * width, channels])
        offsets = array_ops.reshape(math_ops.range(batch) * height * width, [batch, 1])

        def at(row: Any, column: Any) -> Any:
            return array_ops.gather(flat, offsets + row * width + column)

        upper_left, lower_left = at(top, left), at(bottom, left)
        upper = along * (at(top, right) - upper_left) + upper_left
        lower = along * (at(bottom, right) - lower_left) + lower_left
        return down * (lower - upper) + upper


def dense_image_warp(image: Any, flow: Any, name: str = "dense_image_warp") -> Any:
    """Returns an image whose pixel at ``p`` is the bilinear value of the given one at ``p - flow[p]``.

    Args:
        image: ``[batch, height, width, channels]``.
        flow: ``[batch, height, width, 2]``, rows before columns.
        name: The name scope.
    """
    with ops.name_scope(name):
        batch, height, width, channels = (array_ops.shape(image)[axis] for axis in range(4))
        columns, rows = array_ops.meshgrid(math_ops.range(width), math_ops.range(height))
        points = math_ops.cast(array_ops_stack.stack([rows, columns], axis=2), flow.dtype)
        points = array_ops.reshape(array_ops.expand_dims(points, axis=0) - flow, [batch, height * width, 2])
        return array_ops.reshape(_interpolate_bilinear(image, points), [batch, height, width, channels])


def _pixel_locations(height: int, width: int) -> Any:
    return np.stack(np.meshgrid(np.arange(height), np.arange(width), indexing="ij"), -1).reshape([-1, 2])


def _boundary_locations(height: int, width: int, points_per_edge: int) -> Any:
    """Returns points on the edges of an image: its corners and that many between two of them."""
    rows = np.linspace(0, height - 1, points_per_edge + 2)
    columns = np.linspace(0, width - 1, points_per_edge + 2)
    ys, xs = np.meshgrid(rows, columns, indexing="ij")
    on_edge = (xs == 0) | (xs == width - 1) | (ys == 0) | (ys == height - 1)
    return np.stack([ys[on_edge], xs[on_edge]], axis=-1)


def _for_each(points: Any, batch: int, dtype: Any) -> Any:
    return constant_op.constant(np.tile(points[None], [batch, 1, 1]), dtype=dtype)


def sparse_image_warp(
    image: Any,
    source_control_point_locations: Any,
    dest_control_point_locations: Any,
    interpolation_order: int = 2,
    regularization_weight: float = 0.0,
    num_boundary_points: int = 0,
    name: str = "sparse_image_warp",
) -> Any:
    """Warps an image so that some points move where they shall; a spline moves the others.

    Args:
        image: ``[batch, height, width, channels]`` of known shape.
        source_control_point_locations: ``[batch, points, 2]``, rows before columns.
        dest_control_point_locations: ``[batch, points, 2]``.
        interpolation_order: The order of the spline.
        regularization_weight: The weight of its smoothness.
        num_boundary_points: 0, or one more than the number of points on each edge that stay where they are.
        name: The name scope.

    Returns:
        The warped image, and the flow ``[batch, height, width, 2]``.
    """
    image = ops.convert_to_tensor(image)
    source = ops.convert_to_tensor(source_control_point_locations)
    destination = ops.convert_to_tensor(dest_control_point_locations)
    flows = destination - source
    with ops.name_scope(name):
        batch, height, width, _ = image.get_shape().as_list()
        pixels = _for_each(_pixel_locations(height, width), batch, image.dtype)
        if num_boundary_points > 0:
            edge = _boundary_locations(height, width, num_boundary_points - 1)
            number = tensor_shape.dimension_value(destination.shape[0])
            flows = array_ops.concat([flows, _for_each(np.zeros_like(edge), number, destination.dtype)], 1)
            destination = array_ops.concat([destination, _for_each(edge, number, destination.dtype)], 1)
        flow = interpolate_spline(destination, flows, pixels, interpolation_order, regularization_weight)
        flow = array_ops.reshape(flow, [batch, height, width, 2])
        return dense_image_warp(image, flow), flow
