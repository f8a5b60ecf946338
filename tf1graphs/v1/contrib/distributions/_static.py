"""Shapes that are known while the graph is built, and the ops for those that are not.

Programs with a graph seed see how many ops are made, so these make 1.15's.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from tensorflow.python.framework import constant_op, ops, tensor_util
from tensorflow.python.ops import array_ops, math_ops


def static_value(x: Any) -> Any:
    """Returns the NumPy value of what can be converted to a tensor, None where only a run knows it."""
    return tensor_util.constant_value(ops.convert_to_tensor(x))


def logical_and(*conditions: Any) -> Any:
    """Returns a boolean scalar: whether all conditions hold."""
    values = [static_value(condition) for condition in conditions]
    if any(value is not None and not bool(value) for value in values):
        return constant_op.constant(False)
    if all(value is not None for value in values):
        return constant_op.constant(True)
    return math_ops.logical_and(*conditions) if len(conditions) == 2 else math_ops.reduce_all(conditions)


def logical_not(condition: Any) -> Any:
    """Returns a boolean scalar: whether the condition does not hold."""
    value = static_value(condition)
    return math_ops.logical_not(condition) if value is None else constant_op.constant(np.logical_not(value))


def logical_equal(x: Any, y: Any) -> Any:
    """Returns a boolean scalar where both values are known: whether they are equal."""
    values = static_value(x), static_value(y)
    if None in [None if value is None else 0 for value in values]:
        return math_ops.equal(x, y)
    return constant_op.constant(np.array_equal(*values))


def joined(*vectors: Any) -> list[Any] | None:
    """Returns the numbers of vectors one after the other, None where one of them is not known."""
    values = [static_value(vector) for vector in vectors]
    return None if any(value is None for value in values) else [number for value in values for number in value]


def concat_vectors(*vectors: Any) -> Any:
    """Returns vectors one after the other: a list where all are known, else a tensor."""
    numbers = joined(*vectors)
    return array_ops.concat(vectors, axis=0) if numbers is None else numbers


def ndims_of_shape(shape: Any) -> Any:
    """Returns the number of dimensions that a shape vector describes, an integer scalar.

    Raises:
        ValueError: ``shape`` is not a vector.
        TypeError: It has no integers.
    """
    if shape.shape.ndims not in (None, 1):
        raise ValueError("input is not a valid shape: not 1D")
    if not shape.dtype.is_integer:
        raise TypeError("input is not a valid shape: wrong dtype")
    if shape.shape.is_fully_defined():
        return constant_op.constant(shape.shape.as_list()[0])
    return array_ops.shape(shape)[0]


def broadcast_shape(*tensors: Any) -> Any:
    """Returns the shape that tensors broadcast to: a list where it is known, else a tensor."""
    static = tensors[0].shape
    for tensor in tensors[1:]:
        static = array_ops.broadcast_static_shape(static, tensor.shape)
    if static.is_fully_defined():
        return static.as_list()
    dynamic = array_ops.shape(tensors[0])
    for tensor in tensors[1:]:
        dynamic = array_ops.broadcast_dynamic_shape(dynamic, array_ops.shape(tensor))
    return dynamic


def batch_ndims(distribution: Any) -> Any:
    """Returns the number of dimensions of a distribution's batch: a number where it is known, else a scalar tensor."""
    ndims = distribution.batch_shape.ndims
    return array_ops.shape(distribution.batch_shape_tensor())[0] if ndims is None else ndims


def first_dimension(shape_tensor: Any) -> Any:
    """Returns the length of a shape vector: a number where it is known, else a scalar tensor."""
    static = shape_tensor.shape.with_rank_at_least(1).dims[0].value
    return array_ops.shape(shape_tensor)[0] if static is None else static
