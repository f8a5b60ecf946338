"""Encoders of sequences of ids."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import sparse_tensor
from tensorflow.python.ops import embedding_ops, math_ops, variable_scope
from tf_slim.layers.sparse_ops import dense_to_sparse_tensor
from tf_slim.ops.variables import model_variable

from tf1graphs.v1.contrib.layers._embedding_ops import embedding_lookup_unique, safe_embedding_lookup_sparse


def bow_encoder(
    ids: Any,
    vocab_size: int,
    embed_dim: int,
    sparse_lookup: bool = True,
    initializer: Any = None,
    regularizer: Any = None,
    trainable: bool = True,
    scope: Any = None,
    reuse: bool | None = None,
) -> Any:
    """Embeds ids ``[batch, length]``, dense or sparse, and averages over the length: ``[batch, embed_dim]``.

    With ``sparse_lookup`` the id 0 of a dense tensor is padding and does not count.

    Raises:
        ValueError: ``vocab_size`` or ``embed_dim`` is zero.
        TypeError: ``ids`` are sparse and ``sparse_lookup`` is off.
    """
    if not vocab_size or not embed_dim:
        raise ValueError(f"vocab_size and embed_dim are to be 1 or more, not {vocab_size} and {embed_dim}")
    is_sparse = isinstance(ids, sparse_tensor.SparseTensor)
    with variable_scope.variable_scope(scope, "bow_encoder", [ids], reuse=reuse):
        embeddings = model_variable(
            "embeddings",
            shape=[vocab_size, embed_dim],
            initializer=initializer,
            regularizer=regularizer,
            trainable=trainable,
        )
        if sparse_lookup:
            sparse_ids = ids if is_sparse else dense_to_sparse_tensor(ids)
            return safe_embedding_lookup_sparse([embeddings], sparse_ids, combiner="mean", default_id=0)
        if is_sparse:
            raise TypeError(f"without sparse_lookup ids are to be dense, not {ids}")
        return math_ops.reduce_mean(embedding_ops.embedding_lookup(embeddings, ids), axis=1)


def embed_sequence(
    ids: Any,
    vocab_size: int | None = None,
    embed_dim: int | None = None,
    unique: bool = False,
    initializer: Any = None,
    regularizer: Any = None,
    trainable: bool = True,
    scope: Any = None,
    reuse: bool | None = None,
) -> Any:
    """Embeds ids ``[batch, length]`` to ``[batch, length, embed_dim]``; with ``unique`` looks each id up once.

    Raises:
        ValueError: ``vocab_size`` or ``embed_dim`` is missing and the embedding is not reused.
    """
    if not (reuse or (vocab_size and embed_dim)):
        raise ValueError(f"a new embedding needs vocab_size and embed_dim, not {vocab_size} and {embed_dim}")
    is_known = not (reuse and vocab_size is None) and embed_dim is not None
    with variable_scope.variable_scope(scope, "EmbedSequence", [ids], reuse=reuse):
        embeddings = model_variable(
            "embeddings",
            shape=[vocab_size, embed_dim] if is_known else None,
            initializer=initializer,
            regularizer=regularizer,
            trainable=trainable,
        )
        look_up = embedding_lookup_unique if unique else embedding_ops.embedding_lookup
        return look_up(embeddings, ids)
