"""Checks of a tensor's shape, at once where it is known, in the graph where it is not."""

from __future__ import annotations

from typing import Any

import numpy as np
from tensorflow.python.framework import dtypes, ops, sparse_tensor, tensor_util
from tensorflow.python.ops import array_ops, check_ops, control_flow_assert, math_ops


def assert_scalar_int(tensor: Any, name: str | None = None) -> Any:
    """Returns the tensor.

    Raises:
        ValueError: it is no scalar or not of an integer type.
    """
    with ops.name_scope(name, "assert_scalar_int", [tensor]) as scope:
        tensor = ops.convert_to_tensor(tensor)
        if not tensor.dtype.base_dtype.is_integer:
            raise ValueError(f"{tensor.name} is to be an integer, not {tensor.dtype}")
        return check_ops.assert_scalar(tensor, name=scope)


def with_same_shape(expected_tensor: Any, tensor: Any) -> Any:
    """Returns ``tensor``, checked to have the shape of ``expected_tensor``; see ``with_shape``."""
    with ops.name_scope(f"{tensor.op.name}/", values=[expected_tensor, tensor]):
        shape = expected_tensor.get_shape()
        known = shape.is_fully_defined()
        return with_shape(shape.as_list() if known else array_ops.shape(expected_tensor, name="expected_shape"), tensor)


def with_shape(expected_shape: Any, tensor: Any) -> Any:
    """Returns ``tensor``, checked to have the expected shape; a single element may stand for a scalar.

    A shape that is not known yet is checked in the graph: another one then raises ``InvalidArgumentError``.

    Args:
        expected_shape: list, tuple, int32 array or int32 tensor; -1 in a tensor matches any size.
        tensor: a dense tensor.

    Raises:
        ValueError: the shapes differ, the expected one is not int32 or not of rank 1, or ``tensor`` is sparse.
    """
    if isinstance(tensor, sparse_tensor.SparseTensor):
        raise ValueError("the shape of a sparse tensor is not checked")
    if tensor_util.is_tf_type(expected_shape):
        _check_type(expected_shape.dtype.base_dtype == dtypes.int32, expected_shape, tensor)
        return _checked_in_graph(expected_shape, tensor)
    if isinstance(expected_shape, (list, tuple)):
        expected_shape = np.asarray(expected_shape)
        if expected_shape.size == 0 or expected_shape.dtype == np.int64:
            expected_shape = expected_shape.astype(np.int32)
    if isinstance(expected_shape, np.ndarray):
        if expected_shape.ndim > 1:
            raise ValueError(
                f"the shape expected of {tensor.name} is of rank {expected_shape.ndim} in place of 1: {expected_shape}"
            )
        _check_type(expected_shape.dtype == np.int32, expected_shape, tensor)
    actual, wants_scalar = tensor.get_shape(), len(expected_shape) < 1
    if not actual.is_fully_defined():
        if wants_scalar:
            return _as_scalar(tensor)
        result = _checked_in_graph(expected_shape, tensor)
        result.set_shape(expected_shape)
        return result
    if actual.is_compatible_with(expected_shape):
        return tensor
    if wants_scalar and actual.is_compatible_with([1]):
        return _as_scalar(tensor)
    raise ValueError(f"{tensor.name} has the shape {actual} in place of {expected_shape}")


def _check_type(is_int32: bool, expected_shape: Any, tensor: Any) -> None:
    if not is_int32:
        raise ValueError(
            f"the shape expected of {tensor.name} is {expected_shape.dtype} in place of int32: {expected_shape}"
        )


def _as_scalar(tensor: Any) -> Any:
    with ops.name_scope(f"{tensor.op.name}/", values=[tensor]):
        return array_ops.reshape(tensor, [])


def _checked_in_graph(expected: Any, tensor: Any) -> Any:
    with ops.name_scope(f"{tensor.op.name}/", values=[tensor]):
        with ops.name_scope("assert_shape", values=[tensor]) as scope:
            actual = array_ops.shape(tensor, name="actual")
            matches = _matches(expected, actual, tensor)
            message = f"{tensor.name} has another shape than expected: [expected] [actual]"
            check = control_flow_assert.Assert(matches, [message, expected, actual], name=scope)
        with ops.control_dependencies([check]):
            return array_ops.identity(tensor)


def _matches(expected: Any, actual: Any, tensor: Any) -> Any:
    with ops.name_scope("is_shape", values=[tensor]) as scope:
        with ops.name_scope("is_rank", values=[tensor]) as rank_scope:
            rank = ops.convert_to_tensor(array_ops.size(expected), name="expected")
            same_rank = math_ops.equal(rank, array_ops.rank(tensor, name="actual"), name=rank_scope)
        with ops.name_scope("shape_tensor_equal", values=[expected, actual]) as equal_scope:
            same = math_ops.logical_or(math_ops.equal(expected, -1), math_ops.equal(expected, actual, "equal"))
            all_same = math_ops.reduce_all(same, name=equal_scope)
        return math_ops.logical_and(same_rank, all_same, name=scope)
