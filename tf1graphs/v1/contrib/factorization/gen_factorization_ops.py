"""Ops of weighted alternating least squares: TensorFlow 1.15 had kernels for them.

Source: Hu, Koren, Volinsky, "Collaborative Filtering for Implicit Feedback Datasets", section 4.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from tensorflow.python.framework import dtypes, errors, ops, sparse_tensor, tensor_util
from tensorflow.python.ops import (
    array_ops,
    array_ops_stack,
    check_ops,
    cond,
    control_flow_assert,
    math_ops,
    sparse_ops,
)

from tf1graphs.v1._parity import counted_as

__all__ = ["masked_matmul", "wals_compute_partial_lhs_and_rhs"]

_KINDS = ("scalar", "vector", "matrix")


class WALSComputePartialLhsAndRhs(NamedTuple):
    """The parts of normal equations that the observed entries make: float32 [block, depth, depth], [block, depth]."""

    partial_lhs: Any
    partial_rhs: Any


def masked_matmul(
    a: Any, b: Any, mask_indices: Any, transpose_a: Any, transpose_b: Any, name: str | None = None
) -> Any:
    """Returns elements of the product of two matrices, and computes no others.

    Args:
        a: float32 [rows, depth], or [depth, rows] to be transposed.
        b: float32 [depth, columns], or [columns, depth] to be transposed.
        mask_indices: Rows and columns of the product, int64 [number, 2], in any order.
        transpose_a: Whether ``a`` is transposed, a bool or its tensor.
        transpose_b: Whether ``b`` is transposed.
        name: The name scope.

    Returns:
        float32 [number].

    Raises:
        TypeError: A tensor has another dtype.
        InvalidArgumentError: Shapes do not fit, or an index is outside; what is unknown of shapes is checked in the
            run. There 1.15 ended the process at such an index.
    """
    with ops.name_scope(name, "MaskedMatmul"):
        left, right = _input("a", a, dtypes.float32, 2), _input("b", b, dtypes.float32, 2)
        indices = _input("mask_indices", mask_indices, dtypes.int64, 2)
        is_a, is_b = (
            _input(f"transpose_{key}", each, dtypes.bool, 0) for key, each in (("a", transpose_a), ("b", transpose_b))
        )
        if not indices.get_shape().is_compatible_with([None, 2]):
            raise errors.InvalidArgumentError(None, None, "mask_indices should be a matrix of shape [number, 2].")
        return _masked_products(left, right, indices, is_a, is_b)


@counted_as(1)
def _masked_products(a: Any, b: Any, indices: Any, transpose_a: Any, transpose_b: Any) -> Any:
    rows = cond.cond(transpose_a, lambda: array_ops.transpose(a), lambda: array_ops.identity(a))
    columns = cond.cond(transpose_b, lambda: array_ops.identity(b), lambda: array_ops.transpose(b))
    fits = check_ops.assert_equal(
        array_ops.shape(rows)[1], array_ops.shape(columns)[1], message="Matrix shapes are incompatible"
    )
    with ops.control_dependencies([fits]):
        row, column = array_ops_stack.unstack(indices, num=2, axis=1)
        pairs = array_ops.gather(rows, row) * array_ops.gather(columns, column)
    return math_ops.reduce_sum(pairs, axis=1)


def wals_compute_partial_lhs_and_rhs(
    factors: Any,
    factor_weights: Any,
    unobserved_weights: Any,
    input_weights: Any,
    input_indices: Any,
    input_values: Any,
    entry_weights: Any,
    input_block_size: Any,
    input_is_transpose: Any,
    name: str | None = None,
) -> WALSComputePartialLhsAndRhs:
    """Returns what the observed entries of a matrix add to the normal equations of each of its rows.

    Entry ``[row, column]`` of value v and weight w adds w f f' to the left side of its row and (unobserved + w) v f to
    the right side; f is the factor of its column. Either ``entry_weights`` are given, or w is the weight of the row
    times that of the factor; what is not used is empty.

    Args:
        factors: float32 [columns, depth].
        factor_weights: Their weights, float32 [columns].
        unobserved_weights: The weight that each entry of the matrix has besides, float32.
        input_weights: The weights of rows, float32 [block].
        input_indices: Rows and columns of entries, int64 [number, 2].
        input_values: The entries, float32 [number].
        entry_weights: Their weights, float32 [number].
        input_block_size: The number of rows, int64.
        input_is_transpose: Whether ``input_indices`` are columns and rows.
        name: The name scope.

    Returns:
        Left sides [block, depth, depth] and right sides [block, depth].

    Raises:
        TypeError: A tensor has another dtype.
        InvalidArgumentError: Shapes do not fit, both kinds of weights are given, or an index is outside or a weight
            negative; what is unknown of shapes is checked in the run. 1.15 ended the process at such a weight.
    """
    with ops.name_scope(name, "WALSComputePartialLhsAndRhs"):
        floats = {
            "factors": _input("factors", factors, dtypes.float32, 2),
            "factor_weights": _input("factor_weights", factor_weights, dtypes.float32, 1),
            "unobserved_weights": _input("unobserved_weights", unobserved_weights, dtypes.float32, 0),
            "input_weights": _input("input_weights", input_weights, dtypes.float32, 1),
            "input_values": _input("input_values", input_values, dtypes.float32, 1),
            "entry_weights": _input("entry_weights", entry_weights, dtypes.float32, 1),
        }
        indices = _input("input_indices", input_indices, dtypes.int64, 2)
        size = _input("input_block_size", input_block_size, dtypes.int64, 0)
        transposed = _input("input_is_transpose", input_is_transpose, dtypes.bool, 0)
        sides: WALSComputePartialLhsAndRhs = _partial_sides(indices, size, transposed, **floats)
        return sides


def _input(name: str, value: Any, dtype: Any, rank: int) -> Any:
    """Returns a tensor of the dtype and, if that is known, of the rank."""
    if tensor_util.is_tf_type(value) and value.dtype.base_dtype != dtype:
        raise TypeError(f"Input {name!r} has type {value.dtype.base_dtype.name}, and not {dtype.name}.")
    tensor = ops.convert_to_tensor(value, dtype, name=name)
    if tensor.get_shape().ndims not in (None, rank):
        raise errors.InvalidArgumentError(None, None, f"Input {name} should be a {_KINDS[rank]}.")
    return tensor


@counted_as(1)
def _partial_sides(
    indices: Any,
    size: Any,
    transposed: Any,
    factors: Any,
    factor_weights: Any,
    unobserved_weights: Any,
    input_weights: Any,
    input_values: Any,
    entry_weights: Any,
) -> WALSComputePartialLhsAndRhs:
    indices = cond.cond(transposed, lambda: array_ops.reverse(indices, [1]), lambda: array_ops.identity(indices))
    checks = [
        _one_kind_of_weights(factors, factor_weights, input_weights, indices, entry_weights),
        check_ops.assert_equal(
            array_ops.shape(indices)[0],
            array_ops.size(input_values),
            message="Input input_values' length should match the first dimension of Input input_indices",
        ),
    ]
    with ops.control_dependencies(checks):
        weights = cond.cond(
            array_ops.size(entry_weights) > 0,
            lambda: array_ops.identity(entry_weights),
            lambda: array_ops.gather(input_weights, indices[:, 0]) * array_ops.gather(factor_weights, indices[:, 1]),
        )
    with ops.control_dependencies([check_ops.assert_non_negative(weights, message="A weight is negative")]):
        weights = array_ops.identity(weights)
    number, depth = (array_ops.shape(factors, out_type=dtypes.int64)[axis] for axis in range(2))
    shape = array_ops_stack.stack([size, number])
    # As a product of a sparse matrix this takes memory for each factor, not for each entry.
    squares = array_ops.reshape(factors[:, :, None] * factors[:, None, :], [number, depth * depth])
    lhs = _product(indices, weights, shape, squares)
    rhs = _product(indices, (unobserved_weights + weights) * input_values, shape, factors)
    return WALSComputePartialLhsAndRhs(array_ops.reshape(lhs, [size, depth, depth]), rhs)


def _one_kind_of_weights(
    factors: Any, factor_weights: Any, input_weights: Any, indices: Any, entry_weights: Any
) -> Any:
    of_rows, of_factors, of_entries = (array_ops.size(each) for each in (input_weights, factor_weights, entry_weights))
    by_sides = [of_rows > 0, math_ops.equal(of_factors, array_ops.shape(factors)[0]), math_ops.equal(of_entries, 0)]
    by_entries = [
        math_ops.equal(of_rows, 0),
        math_ops.equal(of_factors, 0),
        math_ops.equal(of_entries, array_ops.shape(indices)[0]),
    ]
    message = "The weights of entries are either entry_weights, or both input_weights and factor_weights."
    is_one = math_ops.logical_or(math_ops.reduce_all(by_sides), math_ops.reduce_all(by_entries))
    return control_flow_assert.Assert(is_one, [message])


def _product(indices: Any, values: Any, shape: Any, dense: Any) -> Any:
    return sparse_ops.sparse_tensor_dense_matmul(sparse_tensor.SparseTensor(indices, values, shape), dense)
