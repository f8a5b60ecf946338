"""Checks of tensors whose shapes are known when they run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tensorflow.python.framework import ops, tensor, tensor_util
from tensorflow.python.ops import array_ops, control_flow_assert, math_ops, string_ops


def is_multiple(value: Any, number: Any, told: str) -> Any:
    """Returns an op that fails if a scalar is 0 or no multiple of a number; its message begins with ``told``."""
    holds = math_ops.logical_and(math_ops.equal(value % number, 0), math_ops.not_equal(value, 0))
    parts = [told, string_ops.as_string(number), ", but saw value: ", string_ops.as_string(value)]
    return control_flow_assert.Assert(holds, [string_ops.string_join([*parts, ". Consider setting pad=True."])])


def of_rank(value: Any, rank: Any) -> Any:
    """Returns a tensor once its rank is checked.

    Args:
        value: The tensor.
        rank: The rank, a number or a scalar.

    Raises:
        ValueError: The tensor is known to have another rank.
    """
    told = string_ops.string_join(
        [f"Rank of tensor {value.name} should be: ", string_ops.as_string(rank), ", shape received:"]
    )
    right = math_ops.equal(rank, array_ops.rank(value))
    with ops.control_dependencies([control_flow_assert.Assert(right, [told, array_ops.shape(value)])]):
        checked = array_ops.identity(value, name="rank_checked")
    known = tensor_util.constant_value(rank) if isinstance(rank, tensor.Tensor) else rank
    if known is not None:
        try:
            checked.set_shape(checked.get_shape().with_rank(int(known)))
        except ValueError as error:
            raise ValueError(f"Rank check failed for {value.name}: {error}") from error
    return checked


def of_shape(value: Any, shape: Any) -> Any:
    """Returns a tensor once it is checked that its shape is ``shape``, int32 ``[rank]``.

    Raises:
        ValueError: Both shapes are known, and differ.
    """
    known = tensor_util.constant_value(shape)
    if known is not None:
        shape = known.tolist()
    value = of_rank(value, array_ops.size(shape) if known is None else len(shape))
    told = string_ops.string_join(
        [
            f"Shape of tensor {value.name} should be: ",
            string_ops.as_string(shape),
            ", shape received: ",
            string_ops.as_string(array_ops.shape(value)),
        ]
    )
    right = math_ops.reduce_all(math_ops.equal(shape, array_ops.shape(value)))
    with ops.control_dependencies([control_flow_assert.Assert(right, [told])]):
        checked = array_ops.identity(value, name="shape_checked")
    if known is not None:
        try:
            checked.set_shape(shape)
        except ValueError as error:
            raise ValueError(f"Shape check failed for {value.name}: {error}") from error
    return checked


def of_sizes(value: Any, dimensions: Sequence[int], sizes: Sequence[Any], label: str) -> Any:
    """Returns a tensor once the sizes of some of its dimensions are checked.

    Args:
        value: The tensor; its static shape takes the sizes that are numbers.
        dimensions: The dimensions.
        sizes: The size of each, a number or a scalar.
        label: What messages call the tensor.

    Raises:
        ValueError: The tensor is known to have another rank or size.
    """
    shape = value.get_shape()
    if shape.ndims is not None:
        if shape.ndims <= max(dimensions):
            raise ValueError(
                f"{label}: rank of input is not greater than max(dimensions): {shape.ndims} vs. {max(dimensions)}"
            )
        known = shape.as_list()
        for dimension, size in zip(dimensions, sizes, strict=True):
            if not isinstance(size, tensor.Tensor):
                known[dimension] = size
        try:
            value.set_shape(shape.merge_with(known))
        except ValueError as error:
            raise ValueError(f"Dimensions check failed for {label}: {error}") from error
    checks = [_is_size(value, *each, label) for each in zip(dimensions, sizes, strict=True)]
    with ops.control_dependencies(checks):
        return array_ops.identity(value, name=f"dims_checked_{label}")


def _is_size(value: Any, dimension: int, size: Any, label: str) -> Any:
    right = math_ops.equal(size, array_ops.shape(value)[dimension])
    parts = [
        f"Dimension {dimension} of tensor labeled {label} should be: ",
        string_ops.as_string(size),
        ", shape received: ",
        string_ops.as_string(array_ops.shape(value)),
    ]
    return control_flow_assert.Assert(right, [string_ops.string_join(parts)])
