"""Feature columns of numbers, and of numbers in buckets."""

from __future__ import annotations

import collections
from collections.abc import Callable, Sequence
from typing import Any

from tensorflow.python.feature_column import feature_column as core
from tensorflow.python.framework import dtypes, sparse_tensor, tensor_shape
from tensorflow.python.ops import array_ops, math_ops, parsing_ops
from tf_slim.layers.bucketization_op import bucketize

from tf1graphs.v1.contrib.layers._columns import (
    _CategoricalColumn,
    _FeatureColumn,
    _LinearEmbeddingLookupArguments,
    _reshape_real_valued_tensor,
)


class _RealValuedColumn(
    _FeatureColumn,
    core._DenseColumn,  # type: ignore[misc]
    collections.namedtuple("_RealValuedColumn", ["column_name", "dimension", "default_value", "dtype", "normalizer"]),
):
    """A feature of ``dimension`` numbers."""

    _not_in_key = ("normalizer",)

    @property
    def name(self) -> str:
        return str(self.column_name)

    @property
    def config(self) -> dict[str, Any]:
        default = None if self.default_value is None else list(self.default_value)
        return {self.column_name: parsing_ops.FixedLenFeature([self.dimension], self.dtype, default)}

    @property
    def normalizer_fn(self) -> Callable[[Any], Any] | None:
        """The function applied to the numbers."""
        return self.normalizer  # type: ignore[no-any-return]

    def _transformed(self, inputs: Any) -> Any:
        numbers = inputs.get(self.name)
        return math_ops.cast(self.normalizer(numbers) if self.normalizer else numbers, dtypes.float32)

    def _to_dnn_input_layer(
        self, input_tensor: Any, weight_collections: Any = None, trainable: bool = True, output_rank: int = 2
    ) -> Any:
        return _reshape_real_valued_tensor(math_ops.cast(input_tensor, dtypes.float32), output_rank, self.name)

    def _to_dense_tensor(self, input_tensor: Any) -> Any:
        return input_tensor

    @property
    def _variable_shape(self) -> Any:
        return tensor_shape.TensorShape([self.dimension])

    def _get_dense_tensor(self, inputs: Any, weight_collections: Any = None, trainable: Any = None) -> Any:
        return inputs.get(self)


class _BucketizedColumn(
    _CategoricalColumn,
    core._DenseColumn,  # type: ignore[misc]
    collections.namedtuple("_BucketizedColumn", ["source_column", "boundaries"]),
):
    """The buckets that the numbers of a column fall into."""

    combiner = "sum"

    @property
    def name(self) -> str:
        return f"{self.source_column.name}_bucketized"

    @property
    def length(self) -> int:  # type: ignore[override]
        return len(self.boundaries) + 1

    @property
    def config(self) -> dict[str, Any]:
        return self.source_column.config  # type: ignore[no-any-return]

    @property
    def _num_buckets(self) -> int:
        return int(self.length * self.source_column.dimension)

    @property
    def _variable_shape(self) -> Any:
        return tensor_shape.TensorShape([self._num_buckets])

    def _transformed(self, inputs: Any) -> Any:
        return bucketize(inputs.get(self.source_column), boundaries=list(self.boundaries), name="bucketize")

    def to_sparse_tensor(self, input_tensor: Any) -> Any:
        """Returns the ids ``[batch, dimension]`` of buckets ``[batch, dimension]``: those of number i after i - 1's."""
        dimension, batch = self.source_column.dimension, array_ops.shape(input_tensor)[0]
        rows = array_ops.reshape(array_ops.tile(math_ops.range(batch)[:, None], [1, dimension]), [-1])
        columns = array_ops.tile(math_ops.range(dimension), [batch])
        ids = array_ops.reshape(input_tensor, [-1]) + self.length * columns
        indices = math_ops.cast(array_ops.transpose([rows, columns]), dtypes.int64)
        return sparse_tensor.SparseTensor(indices, ids, math_ops.cast([batch, dimension], dtypes.int64))

    def _to_dnn_input_layer(
        self, input_tensor: Any, weight_collections: Any = None, trainable: bool = True, output_rank: int = 2
    ) -> Any:
        if output_rank != 2:
            raise ValueError(f"the buckets of {self.name} are no sequence: output_rank is to be 2")
        one_hot = array_ops.one_hot(math_ops.cast(input_tensor, dtypes.int64), self.length, 1.0, 0.0, name="one_hot")
        return array_ops.reshape(one_hot, [-1, self._num_buckets], name="reshape")

    def _wide_embedding_lookup_arguments(self, input_tensor: Any) -> _LinearEmbeddingLookupArguments:
        return _LinearEmbeddingLookupArguments(
            self.to_sparse_tensor(input_tensor), None, self._num_buckets, self.combiner
        )

    def _get_sparse_tensors(self, inputs: Any, weight_collections: Any = None, trainable: Any = None) -> Any:
        return core._CategoricalColumn.IdWeightPair(self.to_sparse_tensor(inputs.get(self)), None)

    def _get_dense_tensor(self, inputs: Any, weight_collections: Any = None, trainable: Any = None) -> Any:
        return self._to_dnn_input_layer(inputs.get(self), weight_collections, trainable)


def real_valued_column(
    column_name: str,
    dimension: int = 1,
    default_value: Any = None,
    dtype: Any = dtypes.float32,
    normalizer: Callable[[Any], Any] | None = None,
) -> Any:
    """Returns a column of ``dimension`` numbers.

    Args:
        column_name: name of the feature.
        dimension: how many numbers there are.
        default_value: number, or list of ``dimension`` numbers, for examples without the feature.
        dtype: type of the feature; the column gives float32.
        normalizer: function applied to the numbers.

    Raises:
        TypeError: ``dimension`` is no integer, or ``default_value`` does not fit ``dtype``.
        ValueError: ``dimension`` is below 1, ``dtype`` is no number, or the list of defaults has another length.
    """
    if not isinstance(dimension, int):
        raise TypeError(f"{column_name}: dimension is to be an integer, not {dimension!r}")
    if dimension < 1:
        raise ValueError(f"{column_name}: dimension is to be 1 or more, not {dimension}")
    if not (dtype.is_integer or dtype.is_floating):
        raise ValueError(f"{column_name}: dtype is to be a number, not {dtype}")
    default = None if default_value is None else _defaults(column_name, dimension, default_value, dtype)
    return _RealValuedColumn(column_name, dimension, default, dtype, normalizer)


def _defaults(column_name: str, dimension: int, value: Any, dtype: Any) -> tuple[float, ...]:
    values = value if isinstance(value, list) else [value] * dimension
    if len(values) != dimension:
        raise ValueError(f"{column_name}: default_value has {len(values)} numbers and dimension is {dimension}")
    if all(isinstance(number, int) for number in values) and dtype.is_integer:
        return tuple(values)
    if all(isinstance(number, (int, float)) for number in values) and dtype.is_floating:
        return tuple(float(number) for number in values)
    raise TypeError(f"{column_name}: default_value {value!r} is no {dtype}")


def bucketized_column(source_column: Any, boundaries: Sequence[float]) -> Any:
    """Returns a column of the buckets of another one's numbers.

    Args:
        source_column: a ``real_valued_column``.
        boundaries: sorted list or tuple of where a new bucket begins; equal ones count once.

    Raises:
        TypeError: the source is no ``real_valued_column``.
        ValueError: the boundaries are empty or not sorted.
    """
    if not isinstance(source_column, _RealValuedColumn):
        raise TypeError(f"buckets are made of a real_valued_column, not of {source_column}")
    if not isinstance(boundaries, (list, tuple)) or not boundaries:
        raise ValueError(f"boundaries are a list or tuple with numbers, not {boundaries!r}")
    if list(boundaries) != sorted(boundaries):
        raise ValueError(f"boundaries are not sorted: {boundaries}")
    return _BucketizedColumn(source_column, tuple(dict.fromkeys(boundaries)))
