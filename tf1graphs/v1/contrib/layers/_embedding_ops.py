"""Embedding look-ups."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import dtypes, ops, sparse_tensor, tensor_shape
from tensorflow.python.ops import array_ops, embedding_ops, math_ops, sparse_ops, variables

from tf1graphs.v1.contrib.layers._sparse_feature_cross import sparse_feature_cross

# What stands for the features of a row that has none.
_NO_STRING, _NO_NUMBER = "6ZxWzWOHxZ", 1288896567


def safe_embedding_lookup_sparse(
    embedding_weights: Any,
    sparse_ids: Any,
    sparse_weights: Any = None,
    combiner: str | None = None,
    default_id: int | None = None,
    name: str | None = None,
    partition_strategy: str = "div",
    max_norm: float | None = None,
) -> Any:
    """Looks up sparse ids, without those below zero and those of weight zero or less, and combines each row's.

    Args:
        embedding_weights: one embedding ``[ids, dimension]`` or the list of its partitions.
        sparse_ids: int64 ids ``[d0, ..., dn]``.
        sparse_weights: their weights; 1 by default.
        combiner: "mean" (also by default), "sum" or "sqrtn".
        default_id: what a row without ids gives; by default it gives zeros.
        name: name of the op.
        partition_strategy: "div" or "mod".
        max_norm: longer embeddings are scaled to this length.

    Returns:
        A dense tensor ``[d0, ..., dn-1, dimension]``.

    Raises:
        ValueError: there is no embedding.
    """
    return embedding_ops.safe_embedding_lookup_sparse(
        embedding_weights,
        sparse_ids,
        sparse_weights,
        combiner or "mean",
        default_id,
        name,
        partition_strategy,
        max_norm,
    )


def embedding_lookup_sparse_with_distributed_aggregation(
    params: Any,
    sp_ids: Any,
    sp_weights: Any,
    partition_strategy: str = "mod",
    name: str | None = None,
    combiner: str | None = None,
    max_norm: float | None = None,
) -> Any:
    """Gives what ``tf.nn.embedding_lookup_sparse`` gives, by default the mean of each row."""
    return embedding_ops.embedding_lookup_sparse(
        params, sp_ids, sp_weights, partition_strategy, name, combiner or "mean", max_norm
    )


def embedding_lookup_unique(params: Any, ids: Any, partition_strategy: str = "mod", name: str | None = None) -> Any:
    """Looks up ids of any shape, each different id once.

    Args:
        params: one embedding ``[ids, ...]`` or the list of its partitions.
        ids: integers.
        partition_strategy: "mod" or "div".
        name: name of the op.
    """
    with ops.name_scope(name, "EmbeddingLookupUnique", [params, ids]):
        ids = ops.convert_to_tensor(ids)
        shape = array_ops.shape(ids)
        flat = array_ops.reshape(ids, math_ops.reduce_prod(shape, keepdims=True))
        unique, positions = array_ops.unique(flat)
        found = embedding_ops.embedding_lookup(params, unique, partition_strategy)
        full_shape = array_ops.concat([shape, array_ops.shape(found)[1:]], 0)
        result = array_ops.reshape(array_ops.gather(found, positions), full_shape)
        result.set_shape(ids.get_shape().concatenate(found.get_shape()[1:]))
        return result


def scattered_embedding_lookup(
    params: Any, values: Any, dimension: int, name: str | None = None, hash_key: int | None = None
) -> Any:
    """Embeds strings or numbers without a table: each element of an embedding is a parameter chosen by a hash.

    Args:
        params: parameters ``[size]`` or the list of partitions of equal size, larger ones first.
        values: tensor of any shape.
        dimension: size of an embedding.
        name: name of the op.
        hash_key: see ``sparse_feature_cross``.

    Returns:
        A float tensor of the shape of ``values`` with ``dimension`` as last dimension.

    Raises:
        ValueError: ``dimension`` is missing or below 1, or the partitions have unlike sizes.

    Source: Chen et al., Compressing Neural Networks with the Hashing Trick, http://arxiv.org/pdf/1504.04788.pdf
    """
    if dimension is None:
        raise ValueError("dimension is missing")
    params = _partitions(params)
    with ops.name_scope(name, "scattered_embedding_lookup", [*params, dimension, values]):
        if dimension <= 0:
            raise ValueError(f"dimension is to be 1 or more, not {dimension}")
        shape = array_ops.shape(values)
        column = array_ops.reshape(values, [-1, 1])
        elements = array_ops.tile(array_ops.expand_dims(math_ops.range(dimension), 0), array_ops.shape(column))
        ids = sparse_feature_cross(
            [elements, column], hashed_output=True, num_buckets=_total_size(params), hash_key=hash_key
        )
        found = embedding_ops.embedding_lookup(params, sparse_ops.sparse_tensor_to_dense(ids), "div")
        return array_ops.reshape(found, array_ops.concat([shape, [dimension]], 0))


def scattered_embedding_lookup_sparse(
    params: Any,
    sparse_values: Any,
    dimension: int,
    combiner: str | None = None,
    default_value: Any = None,
    name: str | None = None,
    hash_key: int | None = None,
) -> Any:
    """Embeds the values of each row by ``scattered_embedding_lookup`` and combines them to ``[rows, dimension]``.

    Raises:
        TypeError: ``sparse_values`` is not sparse.
        ValueError: ``combiner`` is not "mean", "sqrtn" or "sum".
    """
    if not isinstance(sparse_values, sparse_tensor.SparseTensor):
        raise TypeError(f"sparse_values are to be a SparseTensor, not {type(sparse_values).__name__}")
    params = _partitions(params)
    with ops.name_scope(name, "scattered_embedding_lookup_sparse", [*params, sparse_values]) as scope:
        if default_value is None:
            default_value = _NO_STRING if sparse_values.dtype == dtypes.string else _NO_NUMBER
        filled, _ = sparse_ops.sparse_fill_empty_rows(sparse_values, default_value)
        rows = math_ops.cast(filled.indices[:, 0], dtypes.int32)
        values, positions = array_ops.unique(filled.values)
        embeddings = scattered_embedding_lookup(params, values, dimension, hash_key=hash_key)
        combine = {
            "sum": math_ops.sparse_segment_sum,
            "mean": math_ops.sparse_segment_mean,
            "sqrtn": math_ops.sparse_segment_sqrt_n,
        }
        if (combiner or "mean") not in combine:
            raise ValueError(f"combiner is mean, sqrtn or sum, not {combiner!r}")
        return combine[combiner or "mean"](embeddings, positions, rows, name=scope)


def _partitions(params: Any) -> list[Any]:
    if isinstance(params, variables.PartitionedVariable):
        return list(params)
    return params if isinstance(params, list) else [params]


def _total_size(params: list[Any]) -> int:
    sizes: list[int] = []
    for part in params:
        part.get_shape().assert_has_rank(1)
        part.get_shape().assert_is_fully_defined()
        sizes.append(tensor_shape.dimension_value(part.get_shape()[0]))
    total = sum(sizes)
    for number, size in enumerate(sizes):
        expected = (total - number - 1) // len(params) + 1
        if size != expected:
            raise ValueError(f"partition {number} of params has {size} elements in place of {expected}")
    return total
