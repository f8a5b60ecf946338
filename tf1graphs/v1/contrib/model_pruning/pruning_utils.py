"""``tf.contrib.model_pruning.python.pruning_utils``: masks of blocks, and variables in several parts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from tensorflow.python.framework import constant_op, dtypes, ops
from tensorflow.python.ops import array_ops, control_flow_ops, init_ops, nn_ops, state_ops, variable_scope

__all__ = [
    "determine_partitioned_axis",
    "expand_tensor",
    "factorized_pool",
    "kronecker_product",
    "partitioned_variable_assign",
    "variable_assign",
    "weight_mask_variable",
    "weight_threshold_variable",
]


def weight_mask_variable(var: Any, scope: Any) -> Any:
    """Returns the variable ``mask`` of a scope, all ones, with the shape of ``var``."""
    ones = init_ops.ones_initializer()
    with variable_scope.variable_scope(scope):
        return variable_scope.get_variable("mask", var.get_shape(), initializer=ones, trainable=False, dtype=var.dtype)


def weight_threshold_variable(var: Any, scope: Any) -> Any:
    """Returns the variable ``threshold`` of a scope, []."""
    zeros = init_ops.zeros_initializer()
    with variable_scope.variable_scope(scope):
        return variable_scope.get_variable("threshold", [], initializer=zeros, trainable=False, dtype=var.dtype)


def kronecker_product(mat1: Any, mat2: Any) -> Any:
    """Returns the Kronecker product of [m1, n1] and [m2, n2], [m1 m2, n1 n2]."""
    m1, n1 = mat1.get_shape().as_list()
    left = array_ops.reshape(mat1, [m1, 1, n1, 1])
    m2, n2 = mat2.get_shape().as_list()
    right = array_ops.reshape(mat2, [1, m2, 1, n2])
    return array_ops.reshape(left * right, [m1 * m2, n1 * n2])


def expand_tensor(tensor: Any, block_dims: Sequence[int]) -> Any:
    """Returns [m, n] with each element as a block of ``block_dims``, [m height, n width].

    Raises:
        ValueError: The tensor is no matrix, or ``block_dims`` no pair.
    """
    if tensor.get_shape().ndims != 2:
        raise ValueError("Input tensor must be rank 2")
    if len(block_dims) != 2:
        raise ValueError("block_dims must have 2 elements")
    height, width = block_dims
    expanded = _repeat_rows(tensor, height) if height > 1 else tensor
    if width > 1:
        expanded = array_ops.transpose(_repeat_rows(array_ops.transpose(expanded), width))
    return expanded


def _repeat_rows(tensor: Any, times: int) -> Any:
    rows, columns = tensor.shape.as_list()
    # Row r of the k-th copy of the tensor becomes row r * times + k.
    places = np.add.outer(np.arange(times), np.arange(rows) * times).reshape(-1, 1).astype(np.int32)
    indices = constant_op.constant(places)
    return array_ops.scatter_nd(indices, array_ops.tile(tensor, [times, 1]), [rows * times, columns])


def factorized_pool(
    input_tensor: Any,
    window_shape: Sequence[int],
    pooling_type: str,
    strides: Sequence[int],
    padding: str,
    name: str | None = None,
) -> Any:
    """Returns a matrix pooled along its columns and then along its rows.

    Args:
        input_tensor: [height, width].
        window_shape: The size of a window, a pair.
        pooling_type: ``"AVG"`` or ``"MAX"``.
        strides: A pair.
        padding: ``"SAME"`` or ``"VALID"``.
        name: The name scope.

    Raises:
        ValueError: The tensor is no matrix.
    """
    if input_tensor.get_shape().ndims != 2:
        raise ValueError("factorized_pool() accepts tensors of rank 2 only")
    height, width = input_tensor.get_shape()
    with ops.name_scope(name, "factorized_pool"):
        pooled = array_ops.reshape(input_tensor, [1, 1, height, width], name=f"{input_tensor.op.name}_aligned")
        for window, stride in zip(window_shape, strides, strict=True):
            pooled = nn_ops.pool(
                pooled,
                window_shape=[1, window],
                pooling_type=pooling_type,
                strides=[1, stride],
                padding=padding,
            )
            # The other dimension is pooled next, and both are in their places after that.
            pooled = array_ops.transpose(pooled, perm=[0, 1, 3, 2])
    return array_ops.squeeze(pooled, axis=[0, 1])


def determine_partitioned_axis(partitioned_variable: Any) -> int:
    """Returns the dimension that a partitioned variable is cut along.

    Raises:
        ValueError: It is cut along none, or several.
    """
    axis = 0
    for partition in partitioned_variable:
        cut = np.less(partition.get_shape().as_list(), partitioned_variable.get_shape().as_list())
        if np.count_nonzero(cut) != 1:
            raise ValueError(f"Number of partitioned axes {np.count_nonzero(cut)} not equal to 1")
        axis = int(np.flatnonzero(cut)[0])
    return axis


def variable_assign(var: Any, new_value: Any) -> Any:
    """Returns an assignment named after its variable."""
    return state_ops.assign(var, new_value, name=f"{var.op.name}_assign")


def partitioned_variable_assign(partitioned_var: Any, new_value: Any) -> Any:
    """Returns a group of assignments, one for each part of a partitioned variable."""
    parts = list(partitioned_var)
    axis = 0 if len(parts) == 1 else determine_partitioned_axis(partitioned_var)
    sizes = np.array([part.get_shape().as_list()[axis] for part in parts])
    values = array_ops.split(new_value, ops.convert_to_tensor(sizes, dtype=dtypes.int32), axis=axis)
    assigned = [variable_assign(*each) for each in zip(parts, values, strict=True)]
    return control_flow_ops.group(*assigned, name=f"{partitioned_var.name}_group_assign")
