"""What all feature columns share: the protocol, and the arguments of look-ups."""

from __future__ import annotations

from typing import Any, NamedTuple

from tensorflow.python.feature_column import feature_column as core
from tensorflow.python.framework import sparse_tensor
from tensorflow.python.ops import array_ops, init_ops, sparse_ops
from tf_slim.layers.layers import _inner_flatten


class _LinearEmbeddingLookupArguments(NamedTuple):
    input_tensor: Any
    weight_tensor: Any
    vocab_size: int
    combiner: str
    initializer: Any = init_ops.zeros_initializer()


class _DeepEmbeddingLookupArguments(NamedTuple):
    input_tensor: Any
    weight_tensor: Any
    vocab_size: int
    initializer: Any
    combiner: str
    dimension: int
    shared_embedding_name: str | None
    hash_key: int | None
    max_norm: float | None
    trainable: bool


class _FeatureColumn:
    """A feature column; every kind is a named tuple too, whose text decides the order of columns in a model.

    It also has the protocol of ``tf.feature_column`` of 1.15, so that ``tf.feature_column.input_layer`` takes it.
    """

    # Fields that do not count when columns are compared by ``key``.
    _not_in_key: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name, by which the scope of its variables is called."""
        raise NotImplementedError

    @property
    def config(self) -> dict[str, Any]:
        """How its features are parsed from examples."""
        raise NotImplementedError

    @property
    def key(self) -> str:
        """What tells it from other columns; models sort their columns by it."""
        if not self._not_in_key:
            return str(self)
        fields = zip(self._fields, self, strict=True)  # type: ignore[attr-defined,call-overload]
        kept = [f"{name}={value}" for name, value in fields if name not in self._not_in_key]
        return f"{type(self).__name__}({', '.join(kept)})"

    def insert_transformed_feature(self, columns_to_tensors: dict[Any, Any]) -> None:
        """Adds what the column makes of its features, under the column itself."""
        columns_to_tensors[self] = self._transformed(_Features(columns_to_tensors))

    def _transformed(self, inputs: Any) -> Any:
        raise NotImplementedError(f"{self} does not transform features")

    def _to_dnn_input_layer(
        self, input_tensor: Any, weight_collections: Any = None, trainable: bool = True, output_rank: int = 2
    ) -> Any:
        raise ValueError(f"{self} gives no dense tensor")

    def _deep_embedding_lookup_arguments(self, input_tensor: Any) -> _DeepEmbeddingLookupArguments:
        raise NotImplementedError(f"{self} is not embedded")

    def _wide_embedding_lookup_arguments(self, input_tensor: Any) -> _LinearEmbeddingLookupArguments:
        raise NotImplementedError(f"{self} has no ids")

    def _to_dense_tensor(self, input_tensor: Any) -> Any:
        raise NotImplementedError(f"{self} has no numbers")

    def _checkpoint_path(self) -> tuple[str, str] | None:
        return None

    def _transform_feature(self, inputs: Any) -> Any:
        return self._transformed(inputs)

    @property
    def _parse_example_spec(self) -> dict[str, Any]:
        return self.config


class _CategoricalColumn(_FeatureColumn, core._CategoricalColumn):  # type: ignore[misc]
    """A column of ids; ``length`` is how many there are."""

    length: int
    combiner: str

    def id_tensor(self, input_tensor: Any) -> Any:
        """Returns the ids in what the column has made of its features."""
        return input_tensor

    def weight_tensor(self, input_tensor: Any) -> Any:
        """Returns the weights of the ids, None where all are 1."""
        return None

    def _to_dnn_input_layer(
        self, input_tensor: Any, weight_collections: Any = None, trainable: bool = True, output_rank: int = 2
    ) -> Any:
        raise ValueError(f"an input layer takes no ids: use embedding_column or one_hot_column of {self}")

    def _wide_embedding_lookup_arguments(self, input_tensor: Any) -> _LinearEmbeddingLookupArguments:
        return _LinearEmbeddingLookupArguments(
            self.id_tensor(input_tensor), self.weight_tensor(input_tensor), self.length, self.combiner
        )

    @property
    def _num_buckets(self) -> int:
        return self.length

    def _get_sparse_tensors(self, inputs: Any, weight_collections: Any = None, trainable: Any = None) -> Any:
        found = inputs.get(self)
        return core._CategoricalColumn.IdWeightPair(self.id_tensor(found), self.weight_tensor(found))


class _Features:
    """The features by name and the transformed ones by column, which are made when they are first asked for."""

    def __init__(self, columns_to_tensors: dict[Any, Any]) -> None:
        self._columns_to_tensors = columns_to_tensors

    def get(self, key: Any) -> Any:
        if key not in self._columns_to_tensors and isinstance(key, _FeatureColumn):
            key.insert_transformed_feature(self._columns_to_tensors)
        return self._columns_to_tensors[key]


def _reshape_real_valued_tensor(input_tensor: Any, output_rank: int, column_name: str | None = None) -> Any:
    """Returns the tensor with its last dimensions flattened, or one added, to the rank."""
    rank = input_tensor.get_shape().ndims
    if rank is None or output_rank < rank:
        return _inner_flatten(input_tensor, output_rank)
    if output_rank == rank:
        return input_tensor
    if output_rank == rank + 1:
        return array_ops.expand_dims(input_tensor, -1, name="expand_dims")
    raise ValueError(_rank_text(column_name, rank, output_rank))


def _is_sparse(value: Any) -> bool:
    return isinstance(value, sparse_tensor.SparseTensor)


def _with_rank(tensor: Any, column_name: str, rank: int) -> Any:
    known = tensor.get_shape().ndims
    if known is None and _is_sparse(tensor):
        known = tensor.dense_shape.get_shape().as_list()[0]
    if known is None:
        raise ValueError(f"the rank of the features of {column_name} is unknown")
    if rank > known + 1:
        raise ValueError(_rank_text(column_name, known, rank))
    if rank < known:
        return _inner_flatten(tensor, rank)
    if rank == known:
        return tensor
    if _is_sparse(tensor):
        return sparse_ops.sparse_reshape(tensor, array_ops.concat([tensor.dense_shape, [1]], 0))
    return array_ops.expand_dims(tensor, -1)


def _rank_text(column_name: str | None, rank: int, wanted: int) -> str:
    return f"the features of {column_name} are of rank {rank} in place of {wanted}: 2 for examples, 3 for sequences"
