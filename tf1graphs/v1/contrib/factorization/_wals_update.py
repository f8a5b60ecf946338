"""New factors of rows from the factors of columns: the step of weighted alternating least squares, and its loss.

Source: Hu, Koren, Volinsky, "Collaborative Filtering for Implicit Feedback Datasets", section 4.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from tensorflow.python.framework import constant_op, dtypes, ops, sparse_tensor, tensor_util
from tensorflow.python.ops import array_ops, array_ops_stack, linalg_ops, math_ops, sparse_ops

from tf1graphs.v1._parity import counted_as
from tf1graphs.v1.contrib.factorization import gen_factorization_ops


class Penalties(NamedTuple):
    """The weight of each entry, observed or not, and the weight of the squares of factors and it times the identity."""

    unobserved: Any
    regularization: Any
    regularization_matrix: Any


class Entries(NamedTuple):
    """Observed entries [row, column], both counted from 0 in the order in which they are met, and who they are."""

    indices: Any
    values: Any
    rows: Any
    columns: Any


class Losses(NamedTuple):
    """Scalars for all rows, estimated from those that are met."""

    unregularized: Any
    regularization: Any
    sum_weights: Any


@counted_as(lambda sp_input, is_transposed: 18 + 17 * is_transposed)
def entries(sp_input: Any, is_transposed: bool) -> Entries:
    """Returns the entries of a matrix, or of the one that it is the transposed of."""
    ids = [array_ops.unique(each) for each in array_ops_stack.unstack(sp_input.indices, num=2, axis=1)]
    if is_transposed:
        ids.reverse()
    places = [math_ops.cast(each.idx, dtypes.int64) for each in ids]
    return Entries(array_ops_stack.stack(places, axis=1), sp_input.values, *(each.y for each in ids))


def _ops_of_given_weights(found: Entries, given: Any) -> int:
    # 1.15 makes a tensor of them twice, this is the second time.
    is_float32 = bool(ops.convert_to_tensor(given).dtype == dtypes.float32)
    return 34 + (not is_float32) + (not tensor_util.is_tf_type(given))


@counted_as(_ops_of_given_weights)
def given_weights(found: Entries, given: Any) -> Any:
    """Returns the weights of rows, float32 [rows], where one for all or one for each is given."""
    return array_ops.ones([array_ops.size(found.rows)]) * math_ops.cast(given, dtypes.float32)


def _ops_of_update(
    found: Entries, columns: Any, weights: Any, gramian: Any, numbers: tuple[int, int], penalties: Penalties
) -> int:
    return 67 + 14 * (weights is not None) + 10 * (penalties.regularization is not None)


@counted_as(_ops_of_update)
def update(
    found: Entries,
    columns: Any,
    weights: tuple[Any, Any] | None,
    gramian: Any,
    numbers: tuple[int, int],
    penalties: Penalties,
) -> tuple[Any, Losses]:
    """Returns the factors of rows with the least loss, and that loss.

    Args:
        found: The observed entries.
        columns: The factors of their columns, float32 [columns, depth].
        weights: The weights of the rows, float32 [rows], and of the columns, [columns], whose product an entry weighs
            above the unobserved ones; or None.
        gramian: The product of the factors of all columns with themselves, float32 [depth, depth].
        numbers: How many rows and columns there are in all.
        penalties: The weights of the loss.

    Returns:
        float32 [rows, depth], and scalars.
    """
    rows = _new_factors(found, columns, weights, gramian, penalties)
    return rows, _losses(found, rows, columns, weights, gramian, numbers, penalties)


def _new_factors(
    found: Entries, columns: Any, weights: tuple[Any, Any] | None, gramian: Any, penalties: Penalties
) -> Any:
    lhs = penalties.unobserved * gramian
    if penalties.regularization_matrix is not None:
        lhs += penalties.regularization_matrix
    number = array_ops.size(found.rows, out_type=dtypes.int64)
    if weights is None:
        shape = array_ops_stack.stack([number, array_ops.size(found.columns, out_type=dtypes.int64)])
        matrix = sparse_tensor.SparseTensor(found.indices, found.values, shape)
        rhs = penalties.unobserved * sparse_ops.sparse_tensor_dense_matmul(matrix, columns)
        return array_ops.transpose(linalg_ops.matrix_solve(lhs, array_ops.transpose(rhs)))
    partial_lhs, rhs = gen_factorization_ops.wals_compute_partial_lhs_and_rhs(
        columns,
        weights[1],
        penalties.unobserved,
        weights[0],
        found.indices,
        found.values,
        [],
        number,
        False,
        name="wals_compute_partial_lhs_rhs",
    )
    return array_ops.squeeze(linalg_ops.matrix_solve(lhs + partial_lhs, rhs[..., None]), [2])


def _losses(
    found: Entries,
    rows: Any,
    columns: Any,
    weights: tuple[Any, Any] | None,
    gramian: Any,
    numbers: tuple[int, int],
    penalties: Penalties,
) -> Losses:
    products = gen_factorization_ops.masked_matmul(rows, columns, found.indices, False, True)
    errors = math_ops.square(found.values - products)
    row_gramian = math_ops.matmul(rows, rows, transpose_a=True)
    to_all = numbers[0] / math_ops.cast(array_ops.size(found.rows), dtypes.float32)
    # The squares of all products are in the gramians, so that the unobserved ones are not visited.
    everywhere = (
        math_ops.reduce_sum(errors)
        - math_ops.reduce_sum(math_ops.square(products))
        + math_ops.trace(math_ops.matmul(row_gramian, gramian))
    )
    unregularized = penalties.unobserved * everywhere
    sum_weights = penalties.unobserved * math_ops.cast(numbers[0] * numbers[1], dtypes.float32)
    if weights is not None:
        above = array_ops.gather(weights[0], found.indices[:, 0]) * array_ops.gather(weights[1], found.indices[:, 1])
        unregularized += math_ops.reduce_sum(above * errors)
        sum_weights += math_ops.reduce_sum(above) * to_all
    regularization = constant_op.constant(0.0)
    if penalties.regularization is not None:
        squares = math_ops.trace(row_gramian) * to_all + math_ops.trace(gramian)
        regularization = penalties.regularization * squares
    return Losses(unregularized * to_all, regularization, sum_weights)
