"""Reading and transforming the features of feature columns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tensorflow.python.ops import array_ops, parsing_ops

from tf1graphs.v1.contrib.layers._columns import _FeatureColumn, _is_sparse
from tf1graphs.v1.contrib.layers._dense_columns import real_valued_column


def check_feature_columns(feature_columns: Iterable[Any]) -> None:
    """Refuses a dict, and columns of the same key.

    Raises:
        ValueError: so.
    """
    if isinstance(feature_columns, dict):
        raise ValueError("feature_columns is a dict: pass a list of its values")
    seen = set()
    for column in feature_columns:
        if column.key in seen:
            raise ValueError(f"two columns have the key of {column.name}: leave one of them out")
        seen.add(column.key)


def sorted_columns(columns: Iterable[Any]) -> list[Any]:
    """Returns the columns in the order of a model."""
    return sorted(set(columns), key=lambda column: column.key)


def transformed(column: Any, features: dict[Any, Any]) -> Any:
    """Returns what the column makes of its features, and remembers it in ``features``."""
    if column not in features:
        column.insert_transformed_feature(features)
    return features[column]


def transform_features(features: dict[Any, Any], feature_columns: Iterable[Any]) -> dict[Any, Any]:
    """Returns column -> transformed tensor."""
    features = features.copy()
    check_feature_columns(feature_columns)
    return {column: transformed(column, features) for column in sorted_columns(feature_columns)}


def create_feature_spec_for_parsing(feature_columns: Any) -> dict[str, Any]:
    """Returns name -> feature for ``tf.parse_example``, of columns or of a dict with columns.

    Raises:
        TypeError: what is given is no feature column.
    """
    columns = feature_columns.values() if isinstance(feature_columns, dict) else feature_columns
    spec: dict[str, Any] = {}
    for column in columns:
        if not isinstance(column, _FeatureColumn):
            raise TypeError(f"{column!r} is no feature column")
        spec.update(column.config)
    return spec


def make_place_holder_tensors_for_base_features(feature_columns: Any) -> dict[str, Any]:
    """Returns name -> placeholder for all features of the columns."""
    return {
        name: array_ops.sparse_placeholder(feature.dtype, name=f"Placeholder_{name}")
        if isinstance(feature, parsing_ops.VarLenFeature)
        else array_ops.placeholder(feature.dtype, shape=(None, feature.shape[0]), name=f"Placeholder_{name}")
        for name, feature in create_feature_spec_for_parsing(feature_columns).items()
    }


def parse_feature_columns_from_examples(
    serialized: Any, feature_columns: Iterable[Any], name: str | None = None, example_names: Any = None
) -> dict[Any, Any]:
    """Parses serialized ``tf.Example``s; returns name -> tensor and column -> transformed tensor."""
    check_feature_columns(feature_columns)
    features: dict[Any, Any] = parsing_ops.parse_example(
        serialized, create_feature_spec_for_parsing(feature_columns), name=name, example_names=example_names
    )
    for column in sorted_columns(feature_columns):
        transformed(column, features)
    return features


def parse_feature_columns_from_sequence_examples(
    serialized: Any,
    context_feature_columns: Any,
    sequence_feature_columns: Any,
    name: str | None = None,
    example_name: Any = None,
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Parses one serialized ``tf.SequenceExample``; returns name -> tensor of its context and of its sequences.

    Raises:
        ValueError: ``serialized`` is more than one.
    """
    try:
        serialized = array_ops.reshape(serialized, [])
    except ValueError as error:
        raise ValueError(f"serialized is to be one sequence example; batch what is parsed: {error}") from error
    columns = [context_feature_columns or [], sequence_feature_columns or []]
    for each in columns:
        check_feature_columns(each)
    context, sequence = (create_feature_spec_for_parsing(each) for each in columns)
    steps = {key: _of_steps(feature) for key, feature in sequence.items()}
    return parsing_ops.parse_single_sequence_example(  # type: ignore[no-any-return]
        serialized, context, steps, example_name, name
    )


def _of_steps(feature: Any) -> Any:
    if isinstance(feature, parsing_ops.VarLenFeature):
        return feature
    return parsing_ops.FixedLenSequenceFeature(
        shape=feature.shape, dtype=feature.dtype, allow_missing=feature.default_value is not None
    )


def infer_real_valued_columns(features: Any) -> list[Any]:
    """Returns a ``real_valued_column`` for the tensor, or for each of a dict, whose dimensions but the batch are one.

    Raises:
        ValueError: a tensor is sparse or no number.
    """
    tensors = features if isinstance(features, dict) else {"": features}
    return [_real_valued(name, tensor) for name, tensor in tensors.items()]


def _real_valued(name: str, tensor: Any) -> Any:
    if _is_sparse(tensor):
        raise ValueError(f"no column can be inferred from the sparse {name} {tensor}: make one for it")
    if not (tensor.dtype.is_integer or tensor.dtype.is_floating):
        raise ValueError(f"no column of numbers can be inferred from {name} {tensor}: make one for it")
    dimension = 1
    for size in tensor.get_shape().as_list()[1:]:
        dimension *= size
    return real_valued_column(name, dimension=dimension, dtype=tensor.dtype)
