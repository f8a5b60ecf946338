"""Feature columns that embed the ids of other columns."""

from __future__ import annotations

import collections
import math
from collections.abc import Sequence
from typing import Any

from tensorflow.python.feature_column import feature_column as core
from tensorflow.python.framework import dtypes, tensor_shape
from tensorflow.python.ops import init_ops, parsing_ops

from tf1graphs.v1.contrib.layers._column_variables import _embeddings_from_arguments
from tf1graphs.v1.contrib.layers._columns import _DeepEmbeddingLookupArguments, _FeatureColumn
from tf1graphs.v1.contrib.layers._sparse_columns import _SparseColumn, _WeightedSparseColumn


class _Embedding(_FeatureColumn, core._DenseColumn):  # type: ignore[misc]
    """What embeds; ``dimension`` is the size of an embedding."""

    dimension: int
    _not_in_key = ("initializer",)

    @property
    def _variable_shape(self) -> Any:
        return tensor_shape.TensorShape([self.dimension])

    def _get_dense_tensor(self, inputs: Any, weight_collections: Any = None, trainable: Any = None) -> Any:
        arguments = self._deep_embedding_lookup_arguments(inputs.get(self))
        return _embeddings_from_arguments(self, arguments, weight_collections, trainable)


class _EmbeddingColumn(
    _Embedding,
    collections.namedtuple(
        "_EmbeddingColumn",
        [
            "sparse_id_column",
            "dimension",
            "combiner",
            "initializer",
            "ckpt_to_load_from",
            "tensor_name_in_ckpt",
            "shared_embedding_name",
            "shared_vocab_size",
            "max_norm",
            "trainable",
        ],
    ),
):
    def __new__(
        cls,
        sparse_id_column: Any,
        dimension: int,
        combiner: str = "mean",
        initializer: Any = None,
        ckpt_to_load_from: str | None = None,
        tensor_name_in_ckpt: str | None = None,
        shared_embedding_name: str | None = None,
        shared_vocab_size: int | None = None,
        max_norm: float | None = None,
        trainable: bool = True,
    ) -> Any:
        if initializer is not None and not callable(initializer):
            raise ValueError(
                f"the initializer of the embedding of {sparse_id_column.name} is no function: {initializer!r}"
            )
        if (ckpt_to_load_from is None) != (tensor_name_in_ckpt is None):
            raise ValueError("ckpt_to_load_from and tensor_name_in_ckpt go together")
        if initializer is None:
            initializer = init_ops.truncated_normal_initializer(stddev=1 / math.sqrt(sparse_id_column.length))
        return super().__new__(
            cls,
            sparse_id_column,
            dimension,
            combiner,
            initializer,
            ckpt_to_load_from,
            tensor_name_in_ckpt,
            shared_embedding_name,
            shared_vocab_size,
            max_norm,
            trainable,
        )

    @property
    def name(self) -> str:
        kind = "embedding" if self.shared_embedding_name is None else "shared_embedding"
        return f"{self.sparse_id_column.name}_{kind}"

    @property
    def length(self) -> int:
        """How many ids there are."""
        return int(self.shared_vocab_size or self.sparse_id_column.length)

    @property
    def config(self) -> dict[str, Any]:
        return self.sparse_id_column.config  # type: ignore[no-any-return]

    def _transformed(self, inputs: Any) -> Any:
        return inputs.get(self.sparse_id_column)

    def _deep_embedding_lookup_arguments(self, input_tensor: Any) -> _DeepEmbeddingLookupArguments:
        return _DeepEmbeddingLookupArguments(
            self.sparse_id_column.id_tensor(input_tensor),
            self.sparse_id_column.weight_tensor(input_tensor),
            self.length,
            self.initializer,
            self.combiner,
            self.dimension,
            self.shared_embedding_name,
            None,
            self.max_norm,
            self.trainable,
        )

    def _wide_embedding_lookup_arguments(self, input_tensor: Any) -> Any:
        raise ValueError(f"a linear model takes no embedding: use the column of its ids in place of {self}")

    def _checkpoint_path(self) -> tuple[str, str] | None:
        return (self.ckpt_to_load_from, self.tensor_name_in_ckpt) if self.ckpt_to_load_from is not None else None


class _ScatteredEmbeddingColumn(
    _Embedding,
    collections.namedtuple(
        "_ScatteredEmbeddingColumn", ["column_name", "size", "dimension", "hash_key", "combiner", "initializer"]
    ),
):
    @property
    def name(self) -> str:
        return f"{self.column_name}_scattered_embedding"

    @property
    def config(self) -> dict[str, Any]:
        return {self.column_name: parsing_ops.VarLenFeature(dtypes.string)}

    def _transformed(self, inputs: Any) -> Any:
        return inputs.get(self.column_name)

    def _deep_embedding_lookup_arguments(self, input_tensor: Any) -> _DeepEmbeddingLookupArguments:
        return _DeepEmbeddingLookupArguments(
            input_tensor,
            None,
            self.size,
            self.initializer,
            self.combiner,
            self.dimension,
            None,
            self.hash_key,
            None,
            True,
        )


def embedding_column(
    sparse_id_column: Any,
    dimension: int,
    combiner: str = "mean",
    initializer: Any = None,
    ckpt_to_load_from: str | None = None,
    tensor_name_in_ckpt: str | None = None,
    max_norm: float | None = None,
    trainable: bool = True,
) -> Any:
    """Returns a column that embeds the ids of another one.

    Args:
        sparse_id_column: the column with the ids.
        dimension: size of an embedding.
        combiner: how those of one example are joined: "mean", "sqrtn" or "sum".
        initializer: initializer of the embedding; normal with a deviation of 1 / sqrt(ids) by default.
        ckpt_to_load_from: checkpoint with the initial embedding.
        tensor_name_in_ckpt: its name there.
        max_norm: longer embeddings are scaled to this length.
        trainable: whether it is trained.

    Raises:
        ValueError: the initializer is no function, or one of the checkpoint's arguments is missing.
    """
    return _EmbeddingColumn(
        sparse_id_column,
        dimension,
        combiner,
        initializer,
        ckpt_to_load_from,
        tensor_name_in_ckpt,
        max_norm=max_norm,
        trainable=trainable,
    )


def shared_embedding_columns(
    sparse_id_columns: Sequence[Any],
    dimension: int,
    combiner: str = "mean",
    shared_embedding_name: str | None = None,
    initializer: Any = None,
    ckpt_to_load_from: str | None = None,
    tensor_name_in_ckpt: str | None = None,
    max_norm: float | None = None,
    trainable: bool = True,
) -> Sequence[Any]:
    """Returns columns that embed the ids of several columns by one embedding; see ``embedding_column``.

    Raises:
        TypeError: ``sparse_id_columns`` is no sequence of columns of ids.
        ValueError: it is empty, or the columns have unlike vocabularies.
    """
    if not isinstance(sparse_id_columns, Sequence) or isinstance(sparse_id_columns, str):
        raise TypeError(f"sparse_id_columns are a list or tuple, not {type(sparse_id_columns)}")
    if not sparse_id_columns:
        raise ValueError("sparse_id_columns are empty")
    for column in sparse_id_columns:
        if not isinstance(column, (_SparseColumn, _WeightedSparseColumn)):
            raise TypeError(f"an embedding is shared by columns of ids; {column!r} is none")
    if any(not _are_compatible(sparse_id_columns[0], column) for column in sparse_id_columns[1:]):
        raise ValueError("columns of unlike vocabularies cannot share an embedding")
    alone = len(sparse_id_columns) == 1
    embedded = [
        _EmbeddingColumn(
            column,
            dimension,
            combiner,
            initializer,
            ckpt_to_load_from,
            tensor_name_in_ckpt,
            shared_embedding_name if alone else shared_embedding_name or _shared_name(sparse_id_columns),
            None if alone else sparse_id_columns[0].length,
            max_norm,
            trainable,
        )
        for column in sparse_id_columns
    ]
    return embedded if alone else tuple(embedded)


def _are_compatible(first: Any, column: Any) -> bool:
    if isinstance(first, _WeightedSparseColumn):
        return first.is_compatible(column)
    return bool(column.is_compatible(first))


def _shared_name(columns: Sequence[Any]) -> str:
    ordered = sorted(columns, key=lambda column: (isinstance(column, _WeightedSparseColumn), column.name))
    name = "_".join(column.name for column in ordered[:3])
    others = f"_plus_{len(ordered) - 3}_others" if len(ordered) > 3 else ""
    return f"{name}{others}_shared_embedding"


def scattered_embedding_column(
    column_name: str, size: int, dimension: int, hash_key: int, combiner: str = "mean", initializer: Any = None
) -> Any:
    """Returns a column that embeds strings by hashing; see ``scattered_embedding_lookup``.

    Raises:
        ValueError: ``size`` or ``dimension`` is below 1, or ``combiner`` or ``initializer`` is none.
    """
    if dimension < 1 or size < 1:
        raise ValueError(f"{column_name}: dimension and size are to be 1 or more, not {dimension} and {size}")
    if combiner not in ("mean", "sqrtn", "sum"):
        raise ValueError(f"{column_name}: combiner is mean, sqrtn or sum, not {combiner!r}")
    if initializer is not None and not callable(initializer):
        raise ValueError(f"{column_name}: initializer is no function: {initializer!r}")
    initializer = initializer or init_ops.truncated_normal_initializer(stddev=0.1)
    return _ScatteredEmbeddingColumn(column_name, size, dimension, hash_key, combiner, initializer)
