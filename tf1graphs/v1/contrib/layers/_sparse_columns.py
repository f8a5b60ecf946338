"""Feature columns of ids, read from sparse or dense features."""

from __future__ import annotations

import collections
from collections.abc import Iterable
from typing import Any, NamedTuple

from tensorflow.python.framework import dtypes, sparse_tensor
from tensorflow.python.ops import lookup_ops, math_ops, parsing_ops, sparse_ops, string_ops
from tf_slim.layers.sparse_ops import dense_to_sparse_tensor

from tf1graphs.v1.contrib.layers._columns import _CategoricalColumn, _is_sparse, _reshape_real_valued_tensor


class _SparseIdLookupConfig(NamedTuple):
    vocabulary_file: str | None = None
    keys: tuple[Any, ...] | None = None
    num_oov_buckets: int = 0
    vocab_size: int | None = None
    default_value: int = -1


class _SparseColumn(
    _CategoricalColumn,
    collections.namedtuple(
        "_SparseColumn", ["column_name", "is_integerized", "bucket_size", "lookup_config", "combiner", "dtype"]
    ),
):
    """Ids of one feature, by bucket or by vocabulary."""

    def __new__(
        cls,
        column_name: str,
        is_integerized: bool = False,
        bucket_size: int | None = None,
        lookup_config: _SparseIdLookupConfig | None = None,
        combiner: str = "sum",
        dtype: Any = dtypes.string,
    ) -> Any:
        if is_integerized and not dtype.is_integer:
            raise ValueError(f"{column_name}: ids of its own are integers, not {dtype}")
        if dtype != dtypes.string and not dtype.is_integer:
            raise ValueError(f"{column_name}: dtype is to be string or an integer, not {dtype}")
        if (bucket_size is None) == (lookup_config is None):
            raise ValueError(f"{column_name}: give either bucket_size or lookup_config")
        if bucket_size is not None and bucket_size < 1:
            raise ValueError(f"{column_name}: bucket_size is to be 1 or more, not {bucket_size}")
        return super().__new__(cls, column_name, is_integerized, bucket_size, lookup_config, combiner, dtype)

    @property
    def name(self) -> str:
        return str(self.column_name)

    @property
    def length(self) -> int:  # type: ignore[override]
        if self.bucket_size is not None:
            return int(self.bucket_size)
        return int(self.lookup_config.vocab_size + self.lookup_config.num_oov_buckets)

    @property
    def config(self) -> dict[str, Any]:
        return {self.column_name: parsing_ops.VarLenFeature(self.dtype)}

    def is_compatible(self, other_column: Any) -> bool:
        """Whether both may share an embedding: the same vocabulary, or as many ids of a like type."""
        if self.lookup_config and other_column.lookup_config:
            return bool(self.lookup_config == other_column.lookup_config)
        same_kind = self.dtype == other_column.dtype or (self.dtype.is_integer and other_column.dtype.is_integer)
        return bool(self.length == other_column.length and same_kind)

    def _transformed(self, inputs: Any) -> Any:
        feature = inputs.get(self.name)
        if not _is_sparse(feature):
            missing = "" if feature.dtype == dtypes.string else -1
            feature = _reshape_real_valued_tensor(feature, 2, self.name)
            feature = dense_to_sparse_tensor(feature, ignore_value=missing)
        return self._ids(feature)

    def _ids(self, feature: Any) -> Any:
        raise NotImplementedError


def _with_values(feature: Any, values: Any) -> Any:
    return sparse_tensor.SparseTensor(feature.indices, values, feature.dense_shape)


class _SparseColumnIntegerized(_SparseColumn):
    def _ids(self, feature: Any) -> Any:
        return _with_values(feature, math_ops.mod(feature.values, self.bucket_size, name="mod"))


class _SparseColumnHashed(_SparseColumn):
    hash_keys: list[list[int]] | None = None

    def _ids(self, feature: Any) -> Any:
        values = string_ops.as_string(feature.values) if self.dtype.is_integer else feature.values
        if not self.hash_keys:
            ids = string_ops.string_to_hash_bucket_fast(values, self.bucket_size, name="lookup")
            return _with_values(feature, ids)
        hashed = [
            _with_values(feature, string_ops.string_to_hash_bucket_strong(values, self.bucket_size, key))
            for key in self.hash_keys
        ]
        return sparse_ops.sparse_concat(axis=1, sp_inputs=hashed, name="lookup")


class _SparseColumnKeys(_SparseColumn):
    def _ids(self, feature: Any) -> Any:
        table = lookup_ops.index_table_from_tensor(
            self.lookup_config.keys, default_value=self.lookup_config.default_value, dtype=self.dtype, name="lookup"
        )
        return table.lookup(feature)


class _SparseColumnVocabulary(_SparseColumn):
    def _ids(self, feature: Any) -> Any:
        if self.dtype.is_integer:
            feature = _with_values(feature, string_ops.as_string(feature.values))
        table = lookup_ops.index_table_from_file(
            self.lookup_config.vocabulary_file,
            num_oov_buckets=self.lookup_config.num_oov_buckets,
            vocab_size=self.lookup_config.vocab_size,
            default_value=self.lookup_config.default_value,
            name=f"{self.name}_lookup",
        )
        return table.lookup(feature)


class _WeightedSparseColumn(
    _CategoricalColumn,
    collections.namedtuple("_WeightedSparseColumn", ["sparse_id_column", "weight_column_name", "dtype"]),
):
    """The ids of a column, with weights from another feature."""

    @property
    def name(self) -> str:
        return f"{self.sparse_id_column.name}_weighted_by_{self.weight_column_name}"

    @property
    def length(self) -> int:  # type: ignore[override]
        return int(self.sparse_id_column.length)

    @property
    def combiner(self) -> str:  # type: ignore[override]
        return str(self.sparse_id_column.combiner)

    @property
    def config(self) -> dict[str, Any]:
        return {**self.sparse_id_column.config, self.weight_column_name: parsing_ops.VarLenFeature(self.dtype)}

    @property
    def lookup_config(self) -> Any:
        return self.sparse_id_column.lookup_config

    def id_tensor(self, input_tensor: Any) -> Any:
        return input_tensor[0]

    def weight_tensor(self, input_tensor: Any) -> Any:
        return input_tensor[1]

    def is_compatible(self, other_column: Any) -> bool:
        """Whether both may share an embedding."""
        if isinstance(other_column, _WeightedSparseColumn):
            other_column = other_column.sparse_id_column
        return bool(self.sparse_id_column.is_compatible(other_column))

    def _transformed(self, inputs: Any) -> Any:
        ids, weights = inputs.get(self.sparse_id_column), inputs.get(self.weight_column_name)
        if not _is_sparse(weights):
            weights = dense_to_sparse_tensor(weights)
        return ids, weights if self.dtype.is_floating else math_ops.cast(weights, dtypes.float32)


def sparse_column_with_integerized_feature(
    column_name: str, bucket_size: int, combiner: str = "sum", dtype: Any = dtypes.int64
) -> Any:
    """Returns a column whose feature is the id, modulo ``bucket_size``."""
    if bucket_size is None:
        raise ValueError(f"{column_name}: bucket_size is missing")
    return _SparseColumnIntegerized(
        column_name, is_integerized=True, bucket_size=bucket_size, combiner=combiner, dtype=dtype
    )


def sparse_column_with_hash_bucket(
    column_name: str,
    hash_bucket_size: int,
    combiner: str = "sum",
    dtype: Any = dtypes.string,
    hash_keys: list[list[int]] | None = None,
) -> Any:
    """Returns a column whose ids are hashes of the feature; ``hash_keys``, pairs of integers, give an id each.

    Raises:
        ValueError: ``hash_keys`` are no pairs, or an argument is out of range.
    """
    if hash_keys is not None and (not isinstance(hash_keys, list) or not hash_keys):
        raise ValueError(f"{column_name}: hash_keys are a list with pairs, not {hash_keys!r}")
    if any(not _is_pair(pair) for pair in hash_keys or []):
        raise ValueError(f"{column_name}: hash_keys are pairs of integers, not {hash_keys}")
    column = _SparseColumnHashed(column_name, bucket_size=hash_bucket_size, combiner=combiner, dtype=dtype)
    column.hash_keys = hash_keys
    return column


def _is_pair(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(isinstance(number, int) for number in value)


def sparse_column_with_keys(
    column_name: str, keys: Iterable[Any], default_value: int = -1, combiner: str = "sum", dtype: Any = dtypes.string
) -> Any:
    """Returns a column whose ids are the positions of the feature in ``keys``."""
    keys = tuple(keys)
    config = _SparseIdLookupConfig(keys=keys, vocab_size=len(keys), default_value=default_value)
    return _SparseColumnKeys(column_name, lookup_config=config, combiner=combiner, dtype=dtype)


def sparse_column_with_vocabulary_file(
    column_name: str,
    vocabulary_file: str,
    num_oov_buckets: int = 0,
    vocab_size: int | None = None,
    default_value: int = -1,
    combiner: str = "sum",
    dtype: Any = dtypes.string,
) -> Any:
    """Returns a column whose ids are the lines of the feature in a file.

    Raises:
        ValueError: ``vocab_size`` is missing.
    """
    if vocab_size is None:
        raise ValueError(f"{column_name}: vocab_size is missing")
    config = _SparseIdLookupConfig(
        vocabulary_file, num_oov_buckets=num_oov_buckets, vocab_size=vocab_size, default_value=default_value
    )
    return _SparseColumnVocabulary(column_name, lookup_config=config, combiner=combiner, dtype=dtype)


def weighted_sparse_column(sparse_id_column: Any, weight_column_name: str, dtype: Any = dtypes.float32) -> Any:
    """Returns a column with the ids of another one and weights from a feature.

    Raises:
        ValueError: ``dtype`` is no number.
    """
    if not (dtype.is_integer or dtype.is_floating):
        raise ValueError(f"weights are numbers, not {dtype}")
    return _WeightedSparseColumn(sparse_id_column, weight_column_name, dtype)
