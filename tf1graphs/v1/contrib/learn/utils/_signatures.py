"""The signatures of a SavedModel, from the inputs and outputs that a model may be served with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tensorflow.python.framework import dtypes
from tensorflow.python.saved_model import signature_constants, signature_def_utils

from tf1graphs.v1.contrib.learn.estimators.constants import ProblemType
from tf1graphs.v1.contrib.learn.estimators.prediction_key import PredictionKey
from tf1graphs.v1.contrib.learn.utils import input_fn_utils

DEFAULT_INPUT_ALTERNATIVE_KEY = "default_input_alternative"
FEATURES_INPUT_ALTERNATIVE_KEY = "features_input_alternative"
_DEFAULT_OUTPUT_ALTERNATIVE_KEY = "default_output_alternative"

_CLASSIFICATIONS = (ProblemType.CLASSIFICATION, ProblemType.LOGISTIC_REGRESSION)

Outputs = dict[Any, tuple[Any, dict[str, Any]]]


def build_standardized_signature_def(
    input_tensors: Mapping[str, Any], output_tensors: Mapping[str, Any], problem_type: Any
) -> Any:
    """Returns a ``SignatureDef``: for classification or regression where it can be, else for prediction.

    Args:
        input_tensors: The inputs by name.
        output_tensors: The outputs by name.
        problem_type: The ``ProblemType``.

    Raises:
        ValueError: There are no inputs, or no outputs.
    """
    for name, tensors in [("input_tensors", input_tensors), ("output_tensors", output_tensors)]:
        if not tensors:
            raise ValueError(f"{name} must be provided.")
    inputs, outputs = list(input_tensors.values()), list(output_tensors.values())
    classes, scores = _classes_and_scores(output_tensors)
    found = classes is not None or scores is not None
    if problem_type in _CLASSIFICATIONS and len(inputs) == 1 and (found or len(outputs) == 1):
        if not found:
            classes, scores = (outputs[0], None) if outputs[0].dtype == dtypes.string else (None, outputs[0])
        return signature_def_utils.classification_signature_def(inputs[0], classes, scores)
    if problem_type == ProblemType.LINEAR_REGRESSION and len(inputs) == len(outputs) == 1:
        return signature_def_utils.regression_signature_def(inputs[0], outputs[0])
    return signature_def_utils.predict_signature_def(input_tensors, output_tensors)


def _classes_and_scores(outputs: Mapping[str, Any]) -> tuple[Any, Any]:
    scores = outputs.get(PredictionKey.SCORES)
    if scores is None:
        scores = outputs.get(PredictionKey.PROBABILITIES)
    classes = outputs.get(PredictionKey.CLASSES)
    # TensorFlow Serving takes names of classes alone.
    return classes if classes is not None and classes.dtype == dtypes.string else None, scores


def get_input_alternatives(input_ops: Any) -> tuple[dict[str, Any], Any]:
    """Returns the inputs that a model may be served with, by name, and the features.

    Args:
        input_ops: ``InputFnOps``, or a pair of features and labels.

    Raises:
        ValueError: There are no features.
    """
    alternatives = {}
    features = input_ops[0]
    if isinstance(input_ops, input_fn_utils.InputFnOps):
        alternatives[DEFAULT_INPUT_ALTERNATIVE_KEY] = input_ops.default_inputs
    if not features:
        raise ValueError("Features must be defined.")
    return alternatives, features


def get_output_alternatives(model_fn_ops: Any, default_output_alternative_key: Any = None) -> tuple[Outputs, Any]:
    """Returns the outputs that a model may be served with, ``(problem, tensors)`` by name, and the name of the default.

    Args:
        model_fn_ops: The ``ModelFnOps``.
        default_output_alternative_key: That name; it may be left out where there is one.

    Raises:
        ValueError: There is no such name, or several and none is given.
    """
    alternatives: Outputs = model_fn_ops.output_alternatives
    key = default_output_alternative_key
    if not alternatives:
        if key:
            raise ValueError(f"Requested default_output_alternative: {key}, but available output_alternatives are: []")
        outputs = model_fn_ops.predictions
        if not isinstance(outputs, dict):
            outputs = {PredictionKey.GENERIC: outputs}
        return {_DEFAULT_OUTPUT_ALTERNATIVE_KEY: (ProblemType.UNSPECIFIED, outputs)}, _DEFAULT_OUTPUT_ALTERNATIVE_KEY
    available = f"available output_alternatives are: {sorted(alternatives, key=str)}"
    if key and key not in alternatives:
        raise ValueError(f"Requested default_output_alternative: {key}, but {available}")
    if not key and len(alternatives) > 1:
        raise ValueError(f"Please specify a default_output_alternative.  {available.capitalize()}")
    return alternatives, key or next(iter(alternatives))


def build_all_signature_defs(
    input_alternatives: Mapping[str, Any], output_alternatives: Outputs, actual_default_output_alternative_key: Any
) -> dict[str, Any]:
    """Returns a ``SignatureDef`` for each pair of inputs and outputs, and one for serving, by name.

    Args:
        input_alternatives: What ``get_input_alternatives`` gives.
        output_alternatives: What ``get_output_alternatives`` gives.
        actual_default_output_alternative_key: The name of the outputs to serve.

    Raises:
        ValueError: There are no default inputs.
    """
    signatures = {
        f"{input_key}:{output_key or 'None'}": build_standardized_signature_def(inputs, outputs, problem_type)
        for input_key, inputs in input_alternatives.items()
        for output_key, (problem_type, outputs) in output_alternatives.items()
    }
    default_inputs = input_alternatives.get(DEFAULT_INPUT_ALTERNATIVE_KEY)
    if not default_inputs:
        raise ValueError("A default input_alternative must be provided.")
    problem_type, outputs = output_alternatives[actual_default_output_alternative_key]
    default = build_standardized_signature_def(default_inputs, outputs, problem_type)
    return {**signatures, signature_constants.DEFAULT_SERVING_SIGNATURE_DEF_KEY: default}
