"""The variables of feature columns."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import variables
from tensorflow.python.training import checkpoint_utils
from tf_slim.layers.layers import _inner_flatten
from tf_slim.ops.variables import model_variable

from tf1graphs.v1.contrib.layers._columns import _DeepEmbeddingLookupArguments
from tf1graphs.v1.contrib.layers._embedding_ops import safe_embedding_lookup_sparse, scattered_embedding_lookup_sparse


def _embeddings_from_arguments(
    column: Any,
    args: _DeepEmbeddingLookupArguments,
    weight_collections: Any,
    trainable: bool,
    output_rank: int = 2,
) -> Any:
    """Makes the variable and returns the embedded column, of rank ``output_rank``."""
    ids = _inner_flatten(args.input_tensor, output_rank)
    weights = None if args.weight_tensor is None else _inner_flatten(args.weight_tensor, output_rank)

    def variable(name: str, shape: list[int]) -> Any:
        return model_variable(
            name,
            shape=shape,
            dtype=dtypes.float32,
            initializer=args.initializer,
            trainable=trainable and args.trainable,
            collections=weight_collections,
        )

    if args.hash_key:
        return scattered_embedding_lookup_sparse(
            variable("weights", [args.vocab_size]),
            ids,
            args.dimension,
            hash_key=args.hash_key,
            combiner=args.combiner,
            name="lookup",
        )
    shape = [args.vocab_size, args.dimension]
    if args.shared_embedding_name is None:
        embeddings = variable("weights", shape)
    else:
        embeddings = _shared_variable(args.shared_embedding_name, shape, variable)
    partitions = _as_list(embeddings)
    _maybe_restore_from_checkpoint(column._checkpoint_path(), partitions)
    return safe_embedding_lookup_sparse(
        partitions,
        ids,
        sparse_weights=weights,
        combiner=args.combiner,
        name=f"{column.name}weights",
        max_norm=args.max_norm,
    )


def _shared_variable(name: str, shape: list[int], make: Any) -> Any:
    collection = ops.get_default_graph().get_collection_ref(f"SHARED_EMBEDDING_COLLECTION_{name.upper()}")
    if not collection:
        collection.append(make(name, shape))
    elif len(collection) > 1:
        raise ValueError(f"several variables are collected as the shared embedding {name}")
    elif collection[0].get_shape() != shape:
        raise ValueError(
            f"the shared embedding {name} has the shape {collection[0].get_shape()}, and {shape} is wanted: give the "
            "columns another shared_embedding_name"
        )
    return collection[0]


def _as_list(variable: Any) -> list[Any]:
    return [variable] if isinstance(variable, variables.Variable) else list(variable)


def _maybe_restore_from_checkpoint(checkpoint_path: tuple[str, str] | None, variable: list[Any]) -> None:
    if checkpoint_path is not None:
        path, name = checkpoint_path
        checkpoint_utils.init_from_checkpoint(path, {name: variable[0] if len(variable) == 1 else variable})
