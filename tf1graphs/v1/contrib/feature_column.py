"""``tf.contrib.feature_column``: columns of sequences, and their input layer for recurrent networks."""

from __future__ import annotations

import collections
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from tensorflow.python.feature_column import feature_column as fc
from tensorflow.python.feature_column import utils
from tensorflow.python.feature_column.sequence_feature_column import concatenate_context_input
from tensorflow.python.framework import dtypes, ops, tensor_shape
from tensorflow.python.ops import array_ops, check_ops, parsing_ops, sparse_ops, variable_scope

from tf1graphs.v1 import feature_column  # noqa: F401 (its columns of integers are those of 1.15)

__all__ = [
    "sequence_categorical_column_with_hash_bucket",
    "sequence_categorical_column_with_identity",
    "sequence_categorical_column_with_vocabulary_file",
    "sequence_categorical_column_with_vocabulary_list",
    "sequence_input_layer",
    "sequence_numeric_column",
    # Programs import this from the module below python/feature_column, which is this module here.
    "concatenate_context_input",
]


def sequence_input_layer(
    features: dict[str, Any],
    feature_columns: Iterable[Any],
    weight_collections: list[str] | None = None,
    trainable: bool = True,
) -> tuple[Any, Any]:
    """Returns the columns of sequences side by side: inputs [batch, time, depth], and the lengths [batch].

    Args:
        features: The sparse tensors of the columns, by key.
        feature_columns: Numeric sequence columns, and embedding or indicator columns of categorical ones; the
            lengths of an example are the same in all of them.
        weight_collections: Collections that the embedding variables are added to.
        trainable: Whether the embedding variables are trained.

    Raises:
        ValueError: A column is not a dense column of sequences.
    """
    columns = fc._normalize_feature_columns(feature_columns)
    for column in columns:
        if not isinstance(column, fc._SequenceDenseColumn):
            raise ValueError(
                "All feature_columns must be of type _SequenceDenseColumn. You can wrap a sequence_categorical_column "
                f"with an embedding_column or indicator_column. Given (type {type(column)}): {column}"
            )
    columns = sorted(columns, key=lambda column: column.name)
    with variable_scope.variable_scope(None, default_name="sequence_input_layer", values=features.values()):
        builder = fc._LazyBuilder(features)
        inputs, lengths = [], []
        for column in columns:
            with variable_scope.variable_scope(None, default_name=column._var_scope_name):
                dense, length = column._get_sequence_dense_tensor(
                    builder, weight_collections=weight_collections, trainable=trainable
                )
                shape = array_ops.shape(dense)
                depth = column._variable_shape.num_elements()
                inputs.append(array_ops.reshape(dense, [shape[0], shape[1], depth]))
                lengths.append(length)
        for tensors in (inputs, lengths):
            fc._verify_static_batch_size_equality(tensors, columns)
        length = _the_one_length(lengths)
        return array_ops.concat(inputs, -1), length


def _the_one_length(lengths: Sequence[Any]) -> Any:
    with ops.name_scope(None, "assert_all_equal", values=lengths):
        if len(lengths) == 1:
            return lengths[0]
        equal = [check_ops.assert_equal(lengths[0], length) for length in lengths[1:]]
        with ops.control_dependencies(equal):
            return array_ops.identity(lengths[0])


def sequence_categorical_column_with_identity(key: str, num_buckets: int, default_value: int | None = None) -> Any:
    """Returns a column of sequences of integers below ``num_buckets``; as ``categorical_column_with_identity``."""
    return fc._SequenceCategoricalColumn(
        fc._categorical_column_with_identity(key=key, num_buckets=num_buckets, default_value=default_value)
    )


def sequence_categorical_column_with_hash_bucket(key: str, hash_bucket_size: int, dtype: Any = dtypes.string) -> Any:
    """Returns a column of sequences of hashed terms; as ``categorical_column_with_hash_bucket``."""
    return fc._SequenceCategoricalColumn(
        fc._categorical_column_with_hash_bucket(key=key, hash_bucket_size=hash_bucket_size, dtype=dtype)
    )


def sequence_categorical_column_with_vocabulary_file(
    key: str,
    vocabulary_file: str,
    vocabulary_size: int | None = None,
    num_oov_buckets: int = 0,
    default_value: int | None = None,
    dtype: Any = dtypes.string,
) -> Any:
    """Returns a column of sequences of a file's terms; as ``categorical_column_with_vocabulary_file``."""
    return fc._SequenceCategoricalColumn(
        fc._categorical_column_with_vocabulary_file(
            key=key,
            vocabulary_file=vocabulary_file,
            vocabulary_size=vocabulary_size,
            num_oov_buckets=num_oov_buckets,
            default_value=default_value,
            dtype=dtype,
        )
    )


def sequence_categorical_column_with_vocabulary_list(
    key: str, vocabulary_list: Sequence[Any], dtype: Any = None, default_value: int = -1, num_oov_buckets: int = 0
) -> Any:
    """Returns a column of sequences of listed terms; as ``categorical_column_with_vocabulary_list``."""
    return fc._SequenceCategoricalColumn(
        fc._categorical_column_with_vocabulary_list(
            key=key,
            vocabulary_list=vocabulary_list,
            dtype=dtype,
            default_value=default_value,
            num_oov_buckets=num_oov_buckets,
        )
    )


def sequence_numeric_column(
    key: str,
    shape: Sequence[int] = (1,),
    default_value: float = 0.0,
    dtype: Any = dtypes.float32,
    normalizer_fn: Callable[[Any], Any] | None = None,
) -> Any:
    """Returns a column of sequences of numbers.

    Args:
        key: The key of the sparse tensor.
        shape: The shape of one step.
        default_value: Fills the steps after the end of a sequence.
        dtype: The type of the numbers.
        normalizer_fn: Applied to the sparse tensor.

    Raises:
        TypeError: A dimension is no integer, or ``normalizer_fn`` cannot be called.
        ValueError: A dimension is not positive, or ``dtype`` no number.
    """
    shape = fc._check_shape(shape=shape, key=key)
    if not (dtype.is_integer or dtype.is_floating):
        raise ValueError(f"dtype must be convertible to float. dtype: {dtype}, key: {key}")
    if normalizer_fn is not None and not callable(normalizer_fn):
        raise TypeError(f"normalizer_fn must be a callable. Given: {normalizer_fn}")
    return _SequenceNumericColumn(key, shape, default_value, dtype, normalizer_fn)


class _SequenceNumericColumn(
    fc._SequenceDenseColumn,  # type: ignore[misc]
    collections.namedtuple("_SequenceNumericColumn", ["key", "shape", "default_value", "dtype", "normalizer_fn"]),
):
    """What ``sequence_numeric_column`` returns."""

    @property
    def name(self) -> str:
        return str(self.key)

    @property
    def _parse_example_spec(self) -> dict[str, Any]:
        return {self.key: parsing_ops.VarLenFeature(self.dtype)}

    @property
    def _variable_shape(self) -> Any:
        return tensor_shape.TensorShape(self.shape)

    def _transform_feature(self, inputs: Any) -> Any:
        values = inputs.get(self.key)
        return values if self.normalizer_fn is None else self.normalizer_fn(values)

    def _get_sequence_dense_tensor(self, inputs: Any, weight_collections: Any = None, trainable: Any = None) -> Any:
        values = inputs.get(self)
        dense = sparse_ops.sparse_tensor_to_dense(values, default_value=self.default_value)
        shape = array_ops.concat([array_ops.shape(dense)[:1], [-1], self._variable_shape], axis=0)
        dense = array_ops.reshape(dense, shape)
        # In a matrix of values the numbers of a step stand in a row; a tensor of rank 3 has an axis for them.
        per_step = self._variable_shape.num_elements() if values.shape.ndims == 2 else 1
        length = utils.sequence_length_from_sparse_tensor(values, num_elements=per_step)
        return fc._SequenceDenseColumn.TensorSequenceLengthPair(dense_tensor=dense, sequence_length=length)
