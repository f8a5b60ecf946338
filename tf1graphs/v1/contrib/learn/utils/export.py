"""``export``: writes an estimator's model in the format of before SavedModels, for ``tf.contrib.session_bundle``."""

from __future__ import annotations

from typing import Any

from tensorflow.python.client import session as session_lib
from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import array_ops, control_flow_ops, lookup_ops, variables
from tensorflow.python.platform import tf_logging as logging
from tensorflow.python.training import checkpoint_management, saver, training_util

from tf1graphs.v1.contrib.learn.utils import gc
from tf1graphs.v1.contrib.session_bundle import exporter

__all__ = [
    "classification_signature_fn",
    "classification_signature_fn_with_prob",
    "export_estimator",
    "generic_signature_fn",
    "logistic_regression_signature_fn",
    "regression_signature_fn",
]


def _checked_examples(examples: Any) -> Any:
    if examples is None:
        raise ValueError("examples cannot be None when using this signature fn.")
    return examples


def _part(predictions: Any, key: str) -> Any:
    return predictions[key] if isinstance(predictions, dict) else predictions


def generic_signature_fn(examples: Any, unused_features: Any, predictions: Any) -> tuple[Any, dict[str, Any]]:
    """Returns the signature of serialized examples and all predictions by name, and no others.

    Raises:
        ValueError: There are no examples.
    """
    outputs = predictions if isinstance(predictions, dict) else {"outputs": predictions}
    return exporter.generic_signature({"inputs": _checked_examples(examples), **outputs}), {}


def classification_signature_fn(examples: Any, unused_features: Any, predictions: Any) -> tuple[Any, dict[str, Any]]:
    """Returns the signature of serialized examples and their classes, and no others.

    Raises:
        ValueError: There are no examples.
    """
    classes = _part(predictions, "classes")
    return exporter.classification_signature(_checked_examples(examples), classes_tensor=classes), {}


def classification_signature_fn_with_prob(
    examples: Any, unused_features: Any, predictions: Any
) -> tuple[Any, dict[str, Any]]:
    """Returns the signature of serialized examples and the probabilities of classes, and no others.

    Raises:
        ValueError: There are no examples.
    """
    scores = _part(predictions, "probabilities")
    return exporter.classification_signature(_checked_examples(examples), scores_tensor=scores), {}


def regression_signature_fn(examples: Any, unused_features: Any, predictions: Any) -> tuple[Any, dict[str, Any]]:
    """Returns the signature of serialized examples and numbers, and no others.

    Raises:
        ValueError: There are no examples.
    """
    signature = exporter.regression_signature(input_tensor=_checked_examples(examples), output_tensor=predictions)
    return signature, {}


def logistic_regression_signature_fn(
    examples: Any, unused_features: Any, predictions: Any
) -> tuple[Any, dict[str, Any]]:
    """Returns the signature of serialized examples and the probability of the second of two classes, and no others.

    Raises:
        ValueError: There are no examples.
    """
    positive = _part(predictions, "probabilities")[:, 1]
    return regression_signature_fn(examples, unused_features, positive)


def _default_input_fn(estimator: Any, examples: Any) -> Any:
    return estimator._get_feature_ops_from_example(examples)


def export_estimator(
    estimator: Any,
    export_dir: str,
    signature_fn: Any = None,
    input_fn: Any = _default_input_fn,
    default_batch_size: int | None = 1,
    exports_to_keep: int | None = None,
) -> None:
    """Writes the model of the last checkpoint of an estimator; see ``tf.contrib.learn.Estimator.export``."""
    _export_estimator(
        estimator=estimator,
        export_dir=export_dir,
        signature_fn=signature_fn,
        input_fn=input_fn,
        default_batch_size=default_batch_size,
        exports_to_keep=exports_to_keep,
    )


def _export_estimator(
    estimator: Any,
    export_dir: str,
    signature_fn: Any,
    input_fn: Any,
    default_batch_size: int | None,
    exports_to_keep: int | None,
    input_feature_key: Any = None,
    use_deprecated_input_fn: bool = True,
    prediction_key: Any = None,
    checkpoint_path: str | None = None,
) -> Any:
    with ops.Graph().as_default() as graph:
        training_util.create_global_step(graph)
        examples: Any = None
        if use_deprecated_input_fn:
            shape = [default_batch_size]
            examples = array_ops.placeholder(dtype=dtypes.string, shape=shape, name="input_example_tensor")
            features = (input_fn or _default_input_fn)(estimator, examples)
        elif input_fn is None:
            raise ValueError("input_fn must be defined.")
        else:
            features, _ = input_fn()
            if input_feature_key is not None:
                examples = features.pop(input_feature_key)
        if not features and examples is None:
            raise ValueError("Either features or examples must be defined.")
        predictions = estimator._get_predict_ops(features).predictions
        if prediction_key is not None:
            predictions = predictions[prediction_key]
        signature, others = (signature_fn or _signature_fn_of(estimator))(examples, features, predictions)
        path = checkpoint_path or checkpoint_management.latest_checkpoint(estimator._model_dir)
        keep = None if exports_to_keep is None else gc.largest_export_versions(exports_to_keep)
        return _write(path, export_dir, signature, others, keep)


def _signature_fn_of(estimator: Any) -> Any:
    """Returns the function of signatures that a program's own estimator has, or the one of all predictions."""
    if hasattr(estimator, "_create_signature_fn"):
        return estimator._create_signature_fn()
    logging.warning("No signature_fn is given: the model is exported with a generic signature.")
    return generic_signature_fn


def _write(path: str, export_dir: str, signature: Any, others: Any, keep: Any) -> Any:
    """Writes the default graph, with the variables of a checkpoint."""
    with session_lib.Session("") as session:
        saved = saver.Saver()
        saved.restore(session, path)
        export = exporter.Exporter(saved)
        export.init(
            init_op=control_flow_ops.group(variables.local_variables_initializer(), lookup_ops.tables_initializer()),
            default_graph_signature=signature,
            named_graph_signatures=others,
            assets_collection=ops.get_collection(ops.GraphKeys.ASSET_FILEPATHS),
        )
        return export.export(export_dir, training_util.get_global_step(), session, exports_to_keep=keep)
