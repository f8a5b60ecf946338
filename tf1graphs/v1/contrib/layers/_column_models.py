"""Input layers and linear models of feature columns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tensorflow.python.framework import dtypes, ops, sparse_tensor
from tensorflow.python.ops import array_ops, init_ops, math_ops, nn_ops, sparse_ops, variable_scope
from tensorflow.python.util import nest
from tf_slim.ops.variables import model_variable

from tf1graphs.v1.contrib.layers._column_parsing import check_feature_columns, sorted_columns, transformed
from tf1graphs.v1.contrib.layers._column_variables import (
    _as_list,
    _embeddings_from_arguments,
    _maybe_restore_from_checkpoint,
)
from tf1graphs.v1.contrib.layers._columns import _with_rank
from tf1graphs.v1.contrib.layers._dense_columns import _BucketizedColumn, _RealValuedColumn
from tf1graphs.v1.contrib.layers._derived_columns import _CrossedColumn, _OneHotColumn
from tf1graphs.v1.contrib.layers._embedding_columns import _EmbeddingColumn, _ScatteredEmbeddingColumn
from tf1graphs.v1.contrib.layers._embedding_ops import safe_embedding_lookup_sparse
from tf1graphs.v1.contrib.layers._var_len_column import _RealValuedVarLenColumn


def input_from_feature_columns(
    columns_to_tensors: dict[Any, Any],
    feature_columns: Iterable[Any],
    weight_collections: Any = None,
    trainable: bool = True,
    scope: Any = None,
    cols_to_outs: dict[Any, Any] | None = None,
) -> Any:
    """Returns the input layer ``[batch, width]``: the dense columns side by side, in the order of their keys.

    Args:
        columns_to_tensors: name of a feature -> tensor, or column -> transformed tensor.
        feature_columns: dense columns: of numbers, buckets, one-hot vectors, embeddings.
        weight_collections: collections that the embeddings are added to.
        trainable: whether they are trained.
        scope: variable scope.
        cols_to_outs: dict that takes each column's part.

    Raises:
        ValueError: a column is not dense or given twice, or ``cols_to_outs`` is no dict.
    """
    return _input_layer(
        columns_to_tensors,
        feature_columns,
        weight_collections,
        trainable,
        scope,
        2,
        "input_from_feature_columns",
        cols_to_outs,
    )


def sequence_input_from_feature_columns(
    columns_to_tensors: dict[Any, Any],
    feature_columns: Iterable[Any],
    weight_collections: Any = None,
    trainable: bool = True,
    scope: Any = None,
) -> Any:
    """Returns the input layer ``[batch, steps, width]`` of sequences; see ``input_from_feature_columns``.

    Raises:
        ValueError: a column is not one of numbers, one-hot vectors or embeddings, or rests on one that cannot be.
    """
    for column in feature_columns:
        if not isinstance(column, (_OneHotColumn, _EmbeddingColumn, _RealValuedColumn, _RealValuedVarLenColumn)):
            raise ValueError(
                f"a sequence's input takes numbers, one-hot vectors and embeddings, not {type(column).__name__}"
            )
        source = getattr(column, "sparse_id_column", None)
        if isinstance(source, (_ScatteredEmbeddingColumn, _BucketizedColumn, _CrossedColumn)):
            raise ValueError(
                f"a sequence's input takes no column that rests on {source.name}, a {type(source).__name__}"
            )
    return _input_layer(
        columns_to_tensors,
        feature_columns,
        weight_collections,
        trainable,
        scope,
        3,
        "sequence_input_from_feature_columns",
        None,
    )


def _input_layer(
    features: dict[Any, Any],
    columns: Iterable[Any],
    collections: Any,
    trainable: bool,
    scope: Any,
    rank: int,
    default_name: str,
    parts: dict[Any, Any] | None,
) -> Any:
    features = features.copy()
    check_feature_columns(columns)
    if parts is not None and not isinstance(parts, dict):
        raise ValueError("cols_to_outs takes the parts of the columns: it is a dict or None")
    with variable_scope.variable_scope(scope, default_name=default_name, values=features.values()):
        outputs = []
        for column in sorted_columns(columns):
            with variable_scope.variable_scope(None, default_name=column.name, values=features.values()):
                output = _dense_part(column, transformed(column, features), collections, trainable, rank)
            outputs.append(output)
            if parts is not None:
                parts[column] = output
        return array_ops.concat(outputs, rank - 1)


def _dense_part(column: Any, tensor: Any, collections: Any, trainable: bool, rank: int) -> Any:
    if rank == 3:
        tensor = nest.map_structure(lambda part: _with_rank(part, column.name, 3), tensor)
    collections = _with_global_variables(collections)
    try:
        arguments = column._deep_embedding_lookup_arguments(tensor)
    except NotImplementedError as no_embedding:
        try:
            return column._to_dnn_input_layer(tensor, collections, trainable, output_rank=rank)
        except ValueError as error:
            raise ValueError(f"no input layer can be made of {column.name}: {error}; {no_embedding}") from error
    return _embeddings_from_arguments(column, arguments, collections, trainable, output_rank=rank)


def weighted_sum_from_feature_columns(
    columns_to_tensors: dict[Any, Any],
    feature_columns: Iterable[Any],
    num_outputs: int,
    weight_collections: Any = None,
    trainable: bool = True,
    scope: Any = None,
) -> tuple[Any, dict[Any, Any], Any]:
    """Makes a linear model with weights for each column.

    Args:
        columns_to_tensors: name of a feature -> tensor, or column -> transformed tensor.
        feature_columns: columns of ids or numbers.
        num_outputs: width of the output.
        weight_collections: collections that the variables are added to.
        trainable: whether they are trained.
        scope: variable scope.

    Returns:
        The output ``[batch, num_outputs]``, column -> list of its variables, and the bias.

    Raises:
        ValueError: a column is given twice or is an embedding.
    """
    features = columns_to_tensors.copy()
    check_feature_columns(feature_columns)
    with variable_scope.variable_scope(
        scope, default_name="weighted_sum_from_feature_columns", values=features.values()
    ):
        outputs, variables = [], {}
        for column in sorted_columns(feature_columns):
            tensor = transformed(column, features)
            weights, output = _linear_part(column, tensor, features, num_outputs, trainable, weight_collections)
            outputs.append(array_ops.reshape(output, shape=(-1, num_outputs)))
            variables[column] = weights
            _maybe_restore_from_checkpoint(column._checkpoint_path(), weights)
        bias = _bias(num_outputs, trainable, weight_collections)
        return nn_ops.bias_add(math_ops.add_n(outputs), bias), variables, bias


def _linear_part(
    column: Any, tensor: Any, features: dict[Any, Any], num_outputs: int, trainable: bool, collections: Any
) -> tuple[list[Any], Any]:
    try:
        arguments = column._wide_embedding_lookup_arguments(tensor)
    except NotImplementedError:
        with variable_scope.variable_scope(None, default_name=column.name, values=features.values()):
            dense = _with_rank(column._to_dense_tensor(tensor), column.name, 2)
            weight = model_variable(
                "weight",
                shape=[dense.get_shape()[1], num_outputs],
                initializer=init_ops.zeros_initializer(),
                trainable=trainable,
                collections=collections,
            )
            return [weight], math_ops.matmul(dense, weight, name="matmul")
    except ValueError as error:
        raise ValueError(f"no linear model can be made of {column.name}: {error}") from error
    with variable_scope.variable_scope(None, default_name=column.name, values=features.values()):
        return _looked_up(arguments, num_outputs, trainable, collections, f"{column.name}_weights")


def _looked_up(arguments: Any, num_outputs: int, trainable: bool, collections: Any, name: str) -> tuple[list[Any], Any]:
    weights = _as_list(
        model_variable(
            "weights",
            shape=[arguments.vocab_size, num_outputs],
            dtype=dtypes.float32,
            initializer=arguments.initializer,
            trainable=trainable,
            collections=collections,
        )
    )
    output = safe_embedding_lookup_sparse(
        weights,
        arguments.input_tensor,
        sparse_weights=arguments.weight_tensor,
        combiner=arguments.combiner,
        name=name,
    )
    return weights, output


def joint_weighted_sum_from_feature_columns(
    columns_to_tensors: dict[Any, Any],
    feature_columns: Iterable[Any],
    num_outputs: int,
    weight_collections: Any = None,
    trainable: bool = True,
    scope: Any = None,
) -> tuple[Any, list[Any], Any]:
    """Makes a linear model of columns of ids with one variable for all of them.

    Takes the arguments of ``weighted_sum_from_feature_columns``.

    Returns:
        The output ``[batch, num_outputs]``, the list of the weights' partitions, and the bias.

    Raises:
        NotImplementedError: a column has numbers.
        AssertionError: a column has weights or is not combined by "sum".
    """
    features = columns_to_tensors.copy()
    check_feature_columns(feature_columns)
    default_name = "joint_weighted_sum_from_feature_columns"
    with variable_scope.variable_scope(scope, default_name=default_name, values=features.values()):
        parts = []
        for column in sorted_columns(feature_columns):
            tensor = transformed(column, features)
            try:
                parts.append(column._wide_embedding_lookup_arguments(tensor))
            except NotImplementedError:
                raise NotImplementedError(
                    f"{column.name} has numbers: use weighted_sum_from_feature_columns, or put them into buckets"
                ) from None
        joint = _joined(parts)
        with variable_scope.variable_scope(None, default_name="linear_weights", values=features.values()):
            weights, output = _looked_up(joint, num_outputs, trainable, weight_collections, "_weights")
        bias = _bias(num_outputs, trainable, weight_collections)
        return nn_ops.bias_add(output, bias), weights, bias


def _joined(parts: list[Any]) -> Any:
    """Returns the look-up of all parts together: the ids of each part come after those of the part before."""
    assert parts, "a linear model needs a column"
    size, ids = 0, []
    for part in parts:
        assert part.weight_tensor is None, "a joint linear model takes no weighted ids"
        assert part.combiner == "sum", "a joint linear model takes the combiner sum alone"
        tensor = part.input_tensor
        ids.append(sparse_tensor.SparseTensor(tensor.indices, tensor.values + size, tensor.dense_shape))
        size += part.vocab_size
    return parts[0]._replace(input_tensor=sparse_ops.sparse_concat(1, ids), vocab_size=size)


def _bias(num_outputs: int, trainable: bool, collections: Any) -> Any:
    return model_variable(
        "bias_weight",
        shape=[num_outputs],
        initializer=init_ops.zeros_initializer(),
        trainable=trainable,
        collections=_with_global_variables(collections),
    )


def _with_global_variables(collections: Any) -> Any:
    return list({*collections, ops.GraphKeys.GLOBAL_VARIABLES}) if collections else collections
