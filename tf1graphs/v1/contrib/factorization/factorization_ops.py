"""``WALSModel``: the graph of weighted alternating least squares."""

from __future__ import annotations

import contextlib
from typing import Any

from tensorflow.python.framework import dtypes, ops, sparse_tensor
from tensorflow.python.ops import array_ops, control_flow_ops, linalg_ops, math_ops, state_ops, variables
from tensorflow.python.ops.variable_v1 import VariableV1

from tf1graphs.v1.contrib.factorization import _wals_shards, _wals_update
from tf1graphs.v1.contrib.factorization._wals_caches import Cache, cached

__all__ = ["WALSModel"]


class WALSModel:
    """Factors U of rows and V of columns whose products are near the entries of a sparse matrix A.

    The loss is the sum of w (a - u v)^2 over all entries of A, those that are not observed taken as 0, and the
    regularization times the sum of the squares of U and V. An observed entry has the weight
    ``unobserved_weight + row_weight * column_weight``, any other ``unobserved_weight``.

    The variables are ``row_weights_shard_0``, ``col_weights_shard_0``, ``row_factors_shard_0``,
    ``col_factors_shard_0`` and so on for each shard, ``row_gramian`` and ``col_gramian``; the caches are local ones
    below ``transient_vars``. Run ``initialize_op`` and ``worker_init`` once; before the rows are updated
    ``row_update_prep_gramian_op``, then ``initialize_row_update_op``, and likewise before the columns are.

    Args:
        input_rows: The number of rows.
        input_cols: The number of columns.
        n_components: The depth of factors.
        unobserved_weight: The weight of every entry.
        regularization: The weight of the squares of factors; none of them without it.
        row_init: ``"random"``, or the first factors of rows: those of each shard in a list, or of the only shard.
        col_init: The same of columns.
        num_row_shards: The number of variables that hold factors of rows.
        num_col_shards: The same of columns.
        row_weights: One weight, those of the rows of each shard in a list, or None where all entries weigh the same.
        col_weights: The same of columns; None where ``row_weights`` is.
        use_factors_weights_cache: Whether each worker keeps a copy of factors and weights.
        use_gramian_cache: Whether each worker keeps a copy of the gramians.
        use_scoped_vars: Whether factors and weights are below scopes of their names.

    Raises:
        AssertionError: One of ``row_weights`` and ``col_weights`` is None, or a list does not have one item a shard.
        ValueError: Weights are no numbers, or a weight is negative.
    """

    def __init__(
        self,
        input_rows: int,
        input_cols: int,
        n_components: int,
        unobserved_weight: Any = 0.1,
        regularization: Any = None,
        row_init: Any = "random",
        col_init: Any = "random",
        num_row_shards: int = 1,
        num_col_shards: int = 1,
        row_weights: Any = 1,
        col_weights: Any = 1,
        use_factors_weights_cache: bool = True,
        use_gramian_cache: bool = True,
        use_scoped_vars: bool = False,
    ) -> None:
        assert (row_weights is None) == (col_weights is None)
        matrix = None if regularization is None else regularization * linalg_ops.eye(n_components)
        self._penalties = _wals_update.Penalties(unobserved_weight, regularization, matrix)
        self._row = _Axis("row", input_rows, num_row_shards)
        self._col = _Axis("col", input_cols, num_col_shards)
        axes = (self._row, self._col)
        scope = ops.name_scope if use_scoped_vars else contextlib.nullcontext
        for axis, init in zip(axes, (row_weights, col_weights), strict=True):
            name = f"{axis.name}_weights"
            with scope(name):
                axis.weights = _wals_shards.weights(init, axis.number, axis.num_shards, name)
        for axis, init in zip(axes, (row_init, col_init), strict=True):
            name = f"{axis.name}_factors"
            with scope(name):
                axis.factors = _wals_shards.factors(axis.number, n_components, axis.num_shards, init, name)
        for axis in axes:
            zeros = array_ops.zeros([n_components, n_components])
            axis.gramian = VariableV1(zeros, dtype=dtypes.float32, name=f"{axis.name}_gramian")
        for axis, other in zip(axes, reversed(axes), strict=True):
            with ops.name_scope(f"{axis.name}_prepare_gramian"):
                axis.prepare_gramian = _gramian_of(other)
        with ops.name_scope("transient_vars"):
            self._make_caches(use_factors_weights_cache, use_gramian_cache)

    def _make_caches(self, of_factors_and_weights: bool, of_gramians: bool) -> None:
        axes = (self._row, self._col)
        for axis in axes:
            axis.factors_cache = cached(axis.factors, f"{axis.name}_factors_cache", of_factors_and_weights)
        fills = []
        for axis in axes:
            if axis.weights is not None:
                axis.weights_cache = cached(axis.weights, f"{axis.name}_wt_cache", of_factors_and_weights)
                fills.append(axis.weights_cache.fill)
        for axis in axes:
            axis.gramian_cache = cached(axis.gramian, f"{axis.name}_gramian_cache", of_gramians)
        for axis, other in zip(axes, reversed(axes), strict=True):
            axis.initialize_update = control_flow_ops.group(
                other.factors_cache.fill,
                axis.factors_cache.empty,
                other.gramian_cache.fill,
                axis.gramian_cache.empty,
            )
        # Where there are no weights, a group of nothing is the op that does nothing.
        self._worker_init = control_flow_ops.group(*fills, name="worker_init")

    @property
    def row_factors(self) -> list[Any]:
        """The variables of the factors of rows, a shard each."""
        return self._row.factors

    @property
    def col_factors(self) -> list[Any]:
        """The variables of the factors of columns, a shard each."""
        return self._col.factors

    @property
    def row_weights(self) -> list[Any] | None:
        """The variables of the weights of rows, a shard each."""
        return self._row.weights

    @property
    def col_weights(self) -> list[Any] | None:
        """The variables of the weights of columns, a shard each."""
        return self._col.weights

    @property
    def initialize_op(self) -> Any:
        """An op that initializes factors, gramians and weights; the chief runs it."""
        axes = (self._row, self._col)
        parts = [axis.factors for axis in axes] + [[axis.gramian] for axis in axes]
        parts += [axis.weights for axis in axes if axis.weights is not None]
        return variables.variables_initializer([each for part in parts for each in part])

    @property
    def worker_init(self) -> Any:
        """The op that copies the weights; each worker runs it once they are set."""
        return self._worker_init

    @property
    def row_update_prep_gramian_op(self) -> Any:
        """The op that computes what updates of rows need of all columns; the chief runs it, before the next op."""
        return self._row.prepare_gramian

    @property
    def col_update_prep_gramian_op(self) -> Any:
        """The op that computes what updates of columns need of all rows; the chief runs it, before the next op."""
        return self._col.prepare_gramian

    @property
    def initialize_row_update_op(self) -> Any:
        """The op that each worker runs before rows are updated."""
        return self._row.initialize_update

    @property
    def initialize_col_update_op(self) -> Any:
        """The op that each worker runs before columns are updated."""
        return self._col.initialize_update

    @classmethod
    def scatter_update(
        cls, factor: list[Any], indices: Any, values: Any, sharding_func: Any, name: str | None = None
    ) -> Any:
        """Returns the op that writes rows of factors.

        Args:
            factor: The shards.
            indices: The numbers of the rows, int64 [rows].
            values: The rows, float32 [rows, depth].
            sharding_func: From numbers of rows to those of shards, and of rows there.
            name: The name of the op.
        """
        return _wals_shards.scatter_update(factor, indices, values, sharding_func, name)

    def update_row_factors(self, sp_input: Any = None, transpose_input: bool = False) -> tuple[Any, Any, Any, Any, Any]:
        """Returns new factors of rows, and what they lose.

        Args:
            sp_input: Whole rows of the matrix, with the indices that they have there, in any order.
            transpose_input: Whether ``sp_input`` is the transposed of that.

        Returns:
            The new factors float32 [rows, depth], in the order in which the rows are met; the op that assigns them;
            the loss of all rows, estimated from these; the regularization, to be added to it; the sum of the weights
            of entries, of which the loss is a mean.

        Raises:
            AssertionError: ``sp_input`` is no ``SparseTensor``.
        """
        return self._updated(self._row, self._col, sp_input, transpose_input)

    def update_col_factors(self, sp_input: Any = None, transpose_input: bool = False) -> tuple[Any, Any, Any, Any, Any]:
        """Returns new factors of columns, and what they lose: see ``update_row_factors``.

        Args:
            sp_input: Whole columns of the matrix, as [row, column].
            transpose_input: Whether ``sp_input`` is the transposed of that.
        """
        return self._updated(self._col, self._row, sp_input, not transpose_input)

    def project_row_factors(
        self, sp_input: Any = None, transpose_input: bool = False, projection_weights: Any = None
    ) -> Any:
        """Returns the factors of rows that may not be in the matrix.

        Args:
            sp_input: The rows; their numbers only tell them apart.
            transpose_input: Whether ``sp_input`` is the transposed of that.
            projection_weights: Their weights: one for all, 1 without it, or float32 [rows].

        Returns:
            float32 [rows, depth], in the order in which the rows are met.

        Raises:
            AssertionError: ``sp_input`` is no ``SparseTensor``.
            InvalidArgumentError: The weights are a matrix.
        """
        weights = 1 if projection_weights is None else projection_weights
        return self._updated(self._row, self._col, sp_input, transpose_input, weights)[0]

    def project_col_factors(
        self, sp_input: Any = None, transpose_input: bool = False, projection_weights: Any = None
    ) -> Any:
        """Returns the factors of columns that may not be in the matrix: see ``project_row_factors``.

        Args:
            sp_input: The columns, as [row, column].
            transpose_input: Whether ``sp_input`` is the transposed of that.
            projection_weights: Their weights.
        """
        weights = 1 if projection_weights is None else projection_weights
        return self._updated(self._col, self._row, sp_input, not transpose_input, weights)[0]

    def _updated(
        self, axis: _Axis, other: _Axis, sp_input: Any, is_transposed: bool, given_weights: Any = None
    ) -> tuple[Any, Any, Any, Any, Any]:
        """Updates ``axis``, whose entries are the rows of ``sp_input``, or its columns if ``is_transposed``."""
        assert isinstance(sp_input, sparse_tensor.SparseTensor)
        found = _wals_update.entries(sp_input, is_transposed)
        gramian = other.gramian_cache.value
        columns = _wals_shards.looked_up(other.factors_cache.value, found.columns)
        weights = _weights_of(axis, other, found, given_weights)
        numbers = (axis.number, other.number)
        values, losses = _wals_update.update(found, columns, weights, gramian, numbers, self._penalties)
        update = _wals_shards.scatter_update(axis.factors, found.rows, values, axis.place, f"{axis.name}_update")
        return (values, update, *losses)


class _Axis:
    """The rows, or the columns, of the matrix: their variables, and the ops that get those ready."""

    weights: list[Any] | None
    factors: list[Any]
    gramian: Any
    factors_cache: Cache
    gramian_cache: Cache
    weights_cache: Cache
    prepare_gramian: Any
    initialize_update: Any

    def __init__(self, name: str, number: int, num_shards: int) -> None:
        self.name = name
        self.number = number
        self.num_shards = num_shards
        self.place = _wals_shards.place(number, num_shards)


def _gramian_of(axis: _Axis) -> Any:
    """Returns the op that computes the gramian of the factors."""
    products = []
    for shard in axis.factors:
        with ops.colocate_with(shard):
            products.append(math_ops.matmul(shard, shard, transpose_a=True))
    with ops.colocate_with(axis.gramian):
        return state_ops.assign(axis.gramian, math_ops.add_n(products)).op


def _weights_of(axis: _Axis, other: _Axis, found: _wals_update.Entries, given: Any) -> tuple[Any, Any] | None:
    """Returns the weights of the entries' rows and columns, or None where all entries weigh the same."""
    if axis.weights is None:
        return None
    if given is None:
        rows = _wals_shards.looked_up(axis.weights_cache.value, found.rows)
    else:
        rows = _wals_update.given_weights(found, given)
    return rows, _wals_shards.looked_up(other.weights_cache.value, found.columns)
