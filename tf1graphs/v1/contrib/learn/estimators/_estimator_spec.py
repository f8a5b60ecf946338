"""``ModelFnOps`` as a ``tf.estimator.EstimatorSpec``."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import dtypes
from tensorflow.python.platform import tf_logging as logging
from tensorflow.python.saved_model.signature_constants import DEFAULT_SERVING_SIGNATURE_DEF_KEY

from tf1graphs.v1._tf_estimator import estimator
from tf1graphs.v1.contrib.learn._mode_keys import ModeKeys
from tf1graphs.v1.contrib.learn.estimators.constants import ProblemType
from tf1graphs.v1.contrib.learn.estimators.metric_key import MetricKey
from tf1graphs.v1.contrib.learn.estimators.prediction_key import PredictionKey


def estimator_spec(model: Any, default_key: Any) -> Any:
    """Returns the specification of what the ``ModelFnOps`` ``model`` has."""
    modes = {
        ModeKeys.TRAIN: estimator.ModeKeys.TRAIN,
        ModeKeys.EVAL: estimator.ModeKeys.EVAL,
        ModeKeys.INFER: estimator.ModeKeys.PREDICT,
    }
    return estimator.EstimatorSpec(
        mode=modes[model.mode],
        predictions=model.predictions,
        loss=model.loss,
        train_op=model.train_op,
        # An estimator of tf.estimator has the loss by itself.
        eval_metric_ops={key: value for key, value in model.eval_metric_ops.items() if key != MetricKey.LOSS},
        export_outputs=_export_outputs(model.output_alternatives, default_key),
        training_chief_hooks=model.training_chief_hooks,
        training_hooks=model.training_hooks,
        scaffold=model.scaffold,
    )


def _export_outputs(alternatives: dict[Any, Any] | None, default_key: Any) -> dict[Any, Any] | None:
    if not alternatives:
        return None
    if len(alternatives) > 1 and DEFAULT_SERVING_SIGNATURE_DEF_KEY not in alternatives:
        alternatives = {**alternatives, DEFAULT_SERVING_SIGNATURE_DEF_KEY: alternatives[default_key]}
    return {key: _export_output(*alternative) for key, alternative in alternatives.items()}


def _export_output(problem_type: int, outputs: dict[str, Any]) -> Any:
    scores = outputs.get(PredictionKey.SCORES)
    if scores is None:
        scores = outputs.get(PredictionKey.PROBABILITIES)
    if problem_type == ProblemType.LINEAR_REGRESSION:
        return estimator.export.RegressionOutput(scores)
    if problem_type in (ProblemType.CLASSIFICATION, ProblemType.LOGISTIC_REGRESSION):
        return estimator.export.ClassificationOutput(scores=scores, classes=_class_names(outputs))
    if problem_type == ProblemType.UNSPECIFIED:
        return estimator.export.PredictOutput(outputs)
    raise ValueError(f"Unknown problem_type={problem_type}")


def _class_names(outputs: dict[str, Any]) -> Any:
    classes = outputs.get(PredictionKey.CLASSES)
    if classes is not None and classes.dtype == dtypes.string:
        return classes
    logging.warning(
        "classes is %s, Servo inference will not have class ids.", "None" if classes is None else "not string"
    )
    return None
