"""Feature columns of the ids of other columns: one-hot, and crossed."""

from __future__ import annotations

import collections
from collections.abc import Iterable
from typing import Any

from tensorflow.python.feature_column import feature_column as core
from tensorflow.python.framework import tensor_shape
from tensorflow.python.ops import array_ops, math_ops, sparse_ops
from tf_slim.layers.layers import _inner_flatten

from tf1graphs.v1.contrib.layers._columns import _CategoricalColumn, _FeatureColumn
from tf1graphs.v1.contrib.layers._dense_columns import _BucketizedColumn
from tf1graphs.v1.contrib.layers._sparse_columns import _SparseColumn
from tf1graphs.v1.contrib.layers._sparse_feature_cross import sparse_feature_cross


class _OneHotColumn(
    _FeatureColumn,
    core._DenseColumn,  # type: ignore[misc]
    collections.namedtuple("_OneHotColumn", ["sparse_id_column"]),
):
    """A dense vector with the sum of the one-hot vectors, or the weights, of an example's ids."""

    @property
    def name(self) -> str:
        return f"{self.sparse_id_column.name}_one_hot"

    @property
    def length(self) -> int:
        """How many ids there are."""
        return int(self.sparse_id_column.length)

    @property
    def config(self) -> dict[str, Any]:
        return self.sparse_id_column.config  # type: ignore[no-any-return]

    def _transformed(self, inputs: Any) -> Any:
        return inputs.get(self.sparse_id_column)

    def _to_dnn_input_layer(
        self, input_tensor: Any, weight_collections: Any = None, trainable: bool = True, output_rank: int = 2
    ) -> Any:
        ids = _inner_flatten(self.sparse_id_column.id_tensor(input_tensor), output_rank)
        weights = self.sparse_id_column.weight_tensor(input_tensor)
        if weights is None:
            dense_ids = sparse_ops.sparse_tensor_to_dense(ids, default_value=-1)
            one_hot = array_ops.one_hot(dense_ids, depth=self.length, on_value=1.0, off_value=0.0)
            return math_ops.reduce_sum(one_hot, axis=[output_rank - 1])
        merged = sparse_ops.sparse_merge(sp_ids=ids, sp_values=weights, vocab_size=self.length)
        # Slicing to its own shape drops ids out of range.
        sliced = sparse_ops.sparse_slice(merged, array_ops.zeros_like(merged.dense_shape), merged.dense_shape)
        dense = sparse_ops.sparse_tensor_to_dense(sliced)
        return array_ops.reshape(dense, array_ops.concat([array_ops.shape(dense)[:-1], [self.length]], axis=0))

    def _transform_feature(self, inputs: Any) -> Any:
        return self._to_dnn_input_layer(inputs.get(self.sparse_id_column))

    @property
    def _variable_shape(self) -> Any:
        return tensor_shape.TensorShape([self.length])

    def _get_dense_tensor(self, inputs: Any, weight_collections: Any = None, trainable: Any = None) -> Any:
        return inputs.get(self)


class _CrossedColumn(
    _CategoricalColumn,
    collections.namedtuple(
        "_CrossedColumn",
        ["columns", "hash_bucket_size", "hash_key", "combiner", "ckpt_to_load_from", "tensor_name_in_ckpt"],
    ),
):
    """Hashes of the features of several columns together."""

    @property
    def name(self) -> str:
        return "_X_".join(sorted(column.name for column in self.columns))

    @property
    def config(self) -> dict[str, Any]:
        return {name: feature for column in self.columns for name, feature in column.config.items()}

    @property
    def length(self) -> int:  # type: ignore[override]
        return int(self.hash_bucket_size)

    def _checkpoint_path(self) -> tuple[str, str] | None:
        return (self.ckpt_to_load_from, self.tensor_name_in_ckpt) if self.ckpt_to_load_from is not None else None

    def _transformed(self, inputs: Any) -> Any:
        features = [_feature_to_cross(column, inputs) for column in _leaves(self)]
        return sparse_feature_cross(
            features, hashed_output=True, num_buckets=self.hash_bucket_size, hash_key=self.hash_key, name="cross"
        )


def _leaves(cross: _CrossedColumn) -> list[Any]:
    return [
        leaf
        for column in cross.columns
        for leaf in (_leaves(column) if isinstance(column, _CrossedColumn) else [column])
    ]


def _feature_to_cross(column: Any, inputs: Any) -> Any:
    if isinstance(column, _BucketizedColumn):
        return column.to_sparse_tensor(inputs.get(column))
    try:
        return inputs.get(column.name)
    except KeyError:
        raise ValueError(f"the features have no {column.name}") from None


def one_hot_column(sparse_id_column: Any) -> Any:
    """Returns a column of one-hot vectors of another one's ids."""
    return _OneHotColumn(sparse_id_column)


def crossed_column(
    columns: Iterable[Any],
    hash_bucket_size: int,
    combiner: str = "sum",
    ckpt_to_load_from: str | None = None,
    tensor_name_in_ckpt: str | None = None,
    hash_key: int | None = None,
) -> Any:
    """Returns a column of the hashes of the features of several columns together.

    Args:
        columns: at least two columns of ids, of buckets, or crossed ones.
        hash_bucket_size: how many ids there are.
        combiner: how the weights of one example are joined.
        ckpt_to_load_from: checkpoint with the initial weights.
        tensor_name_in_ckpt: their name there.
        hash_key: see ``sparse_feature_cross``.

    Raises:
        TypeError: a column cannot be crossed.
        ValueError: there are less than two columns or buckets, or one of the checkpoint's arguments is missing.
    """
    columns = list(columns)
    for column in columns:
        if not isinstance(column, (_SparseColumn, _CrossedColumn, _BucketizedColumn)):
            raise TypeError(f"columns of ids, of buckets and crossed ones can be crossed, not {column!r}")
    if len(columns) < 2:
        raise ValueError(f"a cross needs two columns or more, not {len(columns)}")
    if hash_bucket_size < 2:
        raise ValueError(f"hash_bucket_size is to be 2 or more, not {hash_bucket_size}")
    if (ckpt_to_load_from is None) != (tensor_name_in_ckpt is None):
        raise ValueError("ckpt_to_load_from and tensor_name_in_ckpt go together")
    ordered = tuple(sorted(columns, key=lambda column: column.name))
    return _CrossedColumn(ordered, hash_bucket_size, hash_key, combiner, ckpt_to_load_from, tensor_name_in_ckpt)
