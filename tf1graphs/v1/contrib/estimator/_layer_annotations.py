"""DNN estimators that leave notes on their input layer in the graph, for methods that attribute predictions to inputs.

Only the columns of TensorFlow before 1.13 (``_numeric_column`` and so on) make an input layer that leaves notes, in
1.15 too; with the columns of ``tf.feature_column`` these are just the estimators of ``tf.estimator``.
Source of such a method: Sundararajan, Taly and Yan, Axiomatic Attribution for Deep Networks, 2017.
"""

from __future__ import annotations

import functools
import pickle
from collections.abc import Callable, Sequence
from typing import Any
from unittest import mock

from google.protobuf import any_pb2
from tensorflow.python.feature_column import feature_column as columns
from tensorflow.python.framework import indexed_slices, ops
from tensorflow.python.ops import nn_ops
from tensorflow.python.ops.losses.losses_impl import Reduction
from tensorflow.python.saved_model.utils_impl import build_tensor_info
from tensorflow_estimator.python.estimator.canned import dnn
from tensorflow_estimator.python.estimator.estimator import Estimator

# The collections of notes. The second name was misspelt, and is what readers of exported graphs ask for.
_FEATURES = "layer_annotations/unprocessed_features"
_OUTPUTS = "layer_annotatons/processed_features"
_COLUMNS = "layer_annotations/feature_columns"


def DNNClassifierWithLayerAnnotations(  # noqa: N802
    hidden_units: Sequence[int],
    feature_columns: Sequence[Any],
    model_dir: str | None = None,
    n_classes: int = 2,
    weight_column: Any = None,
    label_vocabulary: Sequence[str] | None = None,
    optimizer: Any = "Adagrad",
    activation_fn: Callable[[Any], Any] = nn_ops.relu,
    dropout: float | None = None,
    input_layer_partitioner: Any = None,
    config: Any = None,
    warm_start_from: Any = None,
    loss_reduction: str = Reduction.SUM,
) -> Any:
    """Returns a ``tf.estimator.DNNClassifier``, with the same arguments, whose graph has notes on its input layer."""
    classifier = dnn.DNNClassifier(
        hidden_units,
        feature_columns,
        model_dir,
        n_classes,
        weight_column,
        label_vocabulary,
        optimizer,
        activation_fn,
        dropout,
        input_layer_partitioner,
        config,
        warm_start_from,
        loss_reduction,
    )
    return _annotated(classifier, model_dir, config, warm_start_from)


def DNNRegressorWithLayerAnnotations(  # noqa: N802
    hidden_units: Sequence[int],
    feature_columns: Sequence[Any],
    model_dir: str | None = None,
    label_dimension: int = 1,
    weight_column: Any = None,
    optimizer: Any = "Adagrad",
    activation_fn: Callable[[Any], Any] = nn_ops.relu,
    dropout: float | None = None,
    input_layer_partitioner: Any = None,
    config: Any = None,
    warm_start_from: Any = None,
    loss_reduction: str = Reduction.SUM,
) -> Any:
    """Returns a ``tf.estimator.DNNRegressor``, with the same arguments, whose graph has notes on its input layer."""
    regressor = dnn.DNNRegressor(
        hidden_units,
        feature_columns,
        model_dir,
        label_dimension,
        weight_column,
        optimizer,
        activation_fn,
        dropout,
        input_layer_partitioner,
        config,
        warm_start_from,
        loss_reduction,
    )
    return _annotated(regressor, model_dir, config, warm_start_from)


def _annotated(estimator: Any, model_dir: str | None, config: Any, warm_start_from: Any) -> Any:
    def model_fn(features: Any, labels: Any, mode: str, config: Any) -> Any:
        annotating = _annotating(columns._internal_input_layer)
        with mock.patch.object(columns, "_internal_input_layer", annotating):
            return estimator.model_fn(features, labels, mode, config)

    return Estimator(model_fn, model_dir=model_dir, config=config, warm_start_from=warm_start_from)


def _annotating(input_layer: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(input_layer)
    def annotated(features: Any, feature_columns: Sequence[Any], **options: Any) -> Any:
        outputs: dict[Any, Any] = {}
        layer = input_layer(features, feature_columns, **{**options, "cols_to_output_tensors": outputs})
        for key in columns.make_parse_example_spec(feature_columns):
            _note(_FEATURES, key, indexed_slices.internal_convert_to_tensor_or_indexed_slices(features[key]))
        for column in feature_columns:
            ops.add_to_collection(_COLUMNS, _pickled(column))
        for column, tensor in outputs.items():
            _note(_OUTPUTS, column.name, tensor)
        return layer

    return annotated


def _note(collection: str, key: str, tensor: Any) -> None:
    packed = any_pb2.Any()
    packed.Pack(build_tensor_info(tensor))
    ops.add_to_collection(f"{collection}/keys", key)
    ops.add_to_collection(f"{collection}/values", packed)


def _pickled(column: Any) -> bytes:
    # The function that makes an embedding's variable cannot be pickled.
    return pickle.dumps(column._replace(layer_creator=None) if hasattr(column, "layer_creator") else column)
