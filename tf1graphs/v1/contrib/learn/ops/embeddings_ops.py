"""Embeddings of ids in tensors of any rank."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import ops
from tensorflow.python.ops import array_ops, embedding_ops, math_ops, variable_scope

__all__ = ["categorical_variable", "embedding_lookup"]


def embedding_lookup(params: Any, ids: Any, name: str = "embedding_lookup") -> Any:
    """Returns the embeddings of ids.

    Args:
        params: A tensor ``[classes, ...]``, or a list of tensors that make one.
        ids: Integers of any shape.
        name: The name scope.

    Returns:
        A tensor of the shape of ``ids`` followed by that of an embedding, ``[..., size]``.
    """
    with ops.name_scope(name, "embedding_lookup", [params, ids]):
        params = ops.convert_to_tensor(params)
        ids = ops.convert_to_tensor(ids)
        shape = array_ops.shape(ids)
        flat = embedding_ops.embedding_lookup(
            params, array_ops.reshape(ids, math_ops.reduce_prod(shape, keepdims=True))
        )
        found = array_ops.reshape(flat, array_ops.concat([shape, [-1]], 0))
        found.set_shape(ids.get_shape().concatenate(params.get_shape()[1:]))
        return found


def categorical_variable(tensor_in: Any, n_classes: int, embedding_size: int, name: str) -> Any:
    """Returns embeddings from a new variable ``name/name_embeddings``, ``[n_classes, embedding_size]``.

    Args:
        tensor_in: Classes, integers of any shape.
        n_classes: The number of classes.
        embedding_size: The size of an embedding.
        name: The variable scope.
    """
    with variable_scope.variable_scope(name):
        embeddings = variable_scope.get_variable(f"{name}_embeddings", [n_classes, embedding_size])
        return embedding_lookup(embeddings, tensor_in)
