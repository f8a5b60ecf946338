"""Products and powers of matrices, in batches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tensorflow.python.framework import dtypes, ops, tensor_shape
from tensorflow.python.ops import array_ops, functional_ops, linalg_ops, math_ops, while_loop


def block_diagonal(matrices: Sequence[Any], dtype: Any = dtypes.float32, name: str = "block_diagonal") -> Any:
    """Returns the block diagonal matrix of some matrices.

    Args:
        matrices: Each ``[..., rows, columns]``, of the same batch shape.
        dtype: Their dtype.
        name: The name of the op.

    Returns:
        ``[..., sum of rows, sum of columns]``, zero outside the blocks.
    """
    matrices = [ops.convert_to_tensor(matrix, dtype=dtype) for matrix in matrices]
    shapes = [matrix.get_shape().with_rank_at_least(2) for matrix in matrices]
    batch_shape = tensor_shape.TensorShape(None)
    for shape in shapes:
        batch_shape = batch_shape.merge_with(shape[:-2])
    rows, columns = (sum((shape.dims[axis] for shape in shapes), tensor_shape.Dimension(0)) for axis in (-2, -1))
    all_columns = math_ops.add_n([array_ops.shape(matrix)[-1] for matrix in matrices])
    padded: list[Any] = []
    before: Any = 0
    for matrix in matrices:
        after = before + array_ops.shape(matrix)[-1]
        none_but_last = array_ops.zeros([array_ops.rank(matrix) - 1, 2], dtype=dtypes.int32)
        paddings = array_ops.concat([none_but_last, [(before, all_columns - after)]], axis=0)
        padded.append(array_ops.pad(tensor=matrix, paddings=paddings))
        before = after
    blocked = array_ops.concat(padded, -2, name=name)
    blocked.set_shape(batch_shape.concatenate((rows, columns)))
    return blocked


def power_sums_tensor(array_size: Any, power_matrix: Any, multiplier: Any) -> Any:
    r"""Returns the sums :math:`\sum_{k < n} A^k M (A^k)^T` for each ``n`` below ``array_size``.

    Args:
        array_size: How many sums, a scalar integer.
        power_matrix: ``A``, ``[size, size]``.
        multiplier: ``M``, ``[size, size]``.

    Returns:
        ``[array_size, size, size]``.
    """
    array_size = math_ops.cast(array_size, dtypes.int32)
    power_matrix = ops.convert_to_tensor(power_matrix)
    identity = linalg_ops.eye(array_ops.shape(power_matrix)[0], dtype=power_matrix.dtype)
    identity.set_shape(power_matrix.get_shape())
    powers = functional_ops.scan(
        lambda previous, _: math_ops.matmul(previous, power_matrix),
        math_ops.range(array_size - 1),
        initializer=identity,
    )
    first = array_ops.expand_dims(multiplier, 0)
    others = math_ops.matmul(batch_times_matrix(powers, multiplier), powers, adjoint_b=True)
    sums = math_ops.cumsum(array_ops.concat([first, others], 0))
    return array_ops.concat([array_ops.expand_dims(array_ops.zeros_like(multiplier), 0), sums], 0)


def matrix_to_powers(matrix: Any, powers: Any) -> Any:
    """Returns the powers ``[number, size, size]`` of a matrix ``[size, size]`` to integers ``[number]``."""
    tiled = array_ops.tile(array_ops.expand_dims(matrix, 0), [array_ops.size(powers), 1, 1])
    return batch_matrix_pow(tiled, powers)


def batch_matrix_pow(matrices: Any, powers: Any) -> Any:
    """Returns each matrix ``[batch, size, size]`` to its own integer power, ``[batch]``.

    Source: exponentiation by squaring.
    """
    matrices = ops.convert_to_tensor(matrices)
    powers = math_ops.cast(powers, dtype=dtypes.int32)
    ones = array_ops.ones([array_ops.shape(matrices)[1]], dtype=matrices.dtype)
    identities = array_ops.tile(array_ops.expand_dims(array_ops.diag(ones), 0), [array_ops.shape(matrices)[0], 1, 1])
    square, residual, product = while_loop.while_loop(
        _some_residual_above_one, _square_once, [matrices, powers, identities]
    )
    is_power_zero = math_ops.equal(residual, array_ops.zeros_like(residual, dtype=dtypes.int32))
    return array_ops.where(is_power_zero, identities, math_ops.matmul(square, product))


def _some_residual_above_one(square: Any, residual: Any, product: Any) -> Any:
    return math_ops.reduce_any(math_ops.greater(residual, array_ops.ones_like(residual)))


def _square_once(square: Any, residual: Any, product: Any) -> Any:
    even = math_ops.equal(residual % 2, array_ops.zeros(array_ops.shape(residual), dtype=dtypes.int32))
    new_product = array_ops.where(even, product, math_ops.matmul(product, square))
    new_square = math_ops.matmul(square, square)
    is_open = math_ops.greater(residual, 1)
    new_residual = residual - residual % 2
    new_residual //= 2
    product = array_ops.where(is_open, new_product, product)
    square = array_ops.where(is_open, new_square, square)
    return square, array_ops.where(is_open, new_residual, residual), product


def batch_times_matrix(batch: Any, matrix: Any, adj_x: bool = False, adj_y: bool = False) -> Any:
    """Returns the products of matrices ``[batch, rows, inner]`` with one matrix ``[inner, columns]``.

    ``adj_x`` and ``adj_y`` say that the factors are given transposed.
    """
    batch, matrix = ops.convert_to_tensor(batch), ops.convert_to_tensor(matrix)
    assert batch.get_shape().ndims == 3
    assert matrix.get_shape().ndims == 2
    if adj_x:
        batch = array_ops.transpose(batch, [0, 2, 1])
    static, dynamic = batch.get_shape().as_list(), array_ops.shape(batch)
    size, rows = (dynamic[i] if static[i] is None else static[i] for i in range(2))
    in_one = array_ops.reshape(batch, [-1, dynamic[2]])
    axis = 0 if adj_y else 1
    columns = matrix.get_shape().as_list()[axis]
    if columns is None:
        columns = array_ops.shape(matrix)[axis]
    return array_ops.reshape(math_ops.matmul(in_one, matrix, adjoint_b=adj_y), [size, rows, columns])


def matrix_times_batch(matrix: Any, batch: Any, adj_x: bool = False, adj_y: bool = False) -> Any:
    """Returns the products of one matrix ``[rows, inner]`` with matrices ``[batch, inner, columns]``."""
    product = batch_times_matrix(batch=batch, matrix=matrix, adj_x=not adj_y, adj_y=not adj_x)
    return array_ops.transpose(product, [0, 2, 1])


def make_toeplitz_matrix(inputs: Any, name: str | None = None) -> Any:
    """Returns the symmetric block Toeplitz matrix of blocks ``[lags, size, size]``: ``[lags * size, lags * size]``."""
    number = array_ops.shape(inputs)[0]
    size = array_ops.shape(inputs)[1]
    whole = size * number
    lags = array_ops.reshape(math_ops.range(number), shape=[1, -1])
    blocks = array_ops.gather(inputs, math_ops.abs(lags - array_ops.transpose(lags)))
    output = array_ops.reshape(array_ops.transpose(blocks, [0, 2, 1, 3]), [whole, whole])
    return array_ops.identity(output, name=name)
