"""One ``EstimatorSpec`` of those of all towers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tensorflow.python.framework import ops
from tensorflow.python.ops import array_ops, control_flow_ops, math_ops, state_ops
from tensorflow_estimator.python.estimator.export.export_output import (
    ClassificationOutput,
    PredictOutput,
    RegressionOutput,
)
from tensorflow_estimator.python.estimator.model_fn import EstimatorSpec, ModeKeys

from tf1graphs.v1.contrib.estimator._towers import total


def replaced(spec: EstimatorSpec, **fields: Any) -> EstimatorSpec:
    """Returns the spec with other fields, checked as a new one."""
    return EstimatorSpec(**{**{name: getattr(spec, name) for name in spec._fields}, **fields})


def train_spec(specs: Sequence[EstimatorSpec], device: str) -> EstimatorSpec:
    """Returns the spec of the last tower, whose optimizer applies the gradients of all, with the sum of losses."""
    loss = total([spec.loss for spec in specs], device, "loss")
    return replaced(specs[-1], mode=ModeKeys.TRAIN, loss=loss)


def eval_spec(specs: Sequence[EstimatorSpec], device: str) -> EstimatorSpec:
    """Returns the spec of the first tower, with the sum of losses and metrics that count what all towers saw."""
    loss = total([spec.loss for spec in specs], device, "loss")
    updates = [update for spec in specs for _, update in spec.eval_metric_ops.values()]
    with ops.control_dependencies(updates):
        update = _add_metric_variables(len(specs))
    metrics = {name: (value, update) for name, (value, _) in specs[0].eval_metric_ops.items()}
    return replaced(specs[0], mode=ModeKeys.EVAL, loss=loss, eval_metric_ops=metrics)


def _add_metric_variables(towers: int) -> Any:
    """Moves what the other towers' metric variables have counted into those of the first, and starts them at 0."""
    variables = ops.get_collection(ops.GraphKeys.METRIC_VARIABLES)
    of_each = len(variables) // towers
    if len(variables) % towers != 0:
        raise ValueError(
            "Different `EstimatorSpec.eval_metric_ops` across `model_fn()` calls. "
            f"Expected {of_each * towers} local variables, but got {len(variables)} instead."
        )
    resets = []
    for index in range(of_each):
        others = variables[index + of_each :: of_each]
        with ops.control_dependencies([state_ops.assign_add(variables[index], math_ops.add_n(others))]):
            resets += [
                state_ops.assign(other, array_ops.zeros(array_ops.shape(other), dtype=other.dtype)) for other in others
            ]
    return control_flow_ops.group(*resets)


def predict_spec(specs: Sequence[EstimatorSpec], device: str) -> EstimatorSpec:
    """Returns the spec of the first tower, with the predictions and outputs of all, one after the other."""
    with ops.device(device):
        predictions = _concatenated(spec.predictions for spec in specs)
        outputs = _by_key(spec.export_outputs or {} for spec in specs)
        merged = {name: _merged(parts) for name, parts in outputs.items()}
    return replaced(specs[0], mode=ModeKeys.PREDICT, predictions=predictions, export_outputs=merged)


def _merged(outputs: Sequence[Any]) -> Any:
    first = outputs[0]
    if isinstance(first, PredictOutput):
        return PredictOutput(outputs=_concatenated(output.outputs for output in outputs))
    if isinstance(first, RegressionOutput):
        return RegressionOutput(value=array_ops.concat([output.value for output in outputs], axis=0))
    scores = None if first.scores is None else array_ops.concat([output.scores for output in outputs], axis=0)
    # 1.15 stacks the classes of the towers, where it concatenates all else.
    classes = None if first.classes is None else array_ops.stack([output.classes for output in outputs], axis=0)
    return ClassificationOutput(scores=scores, classes=classes)


def _concatenated(tensors: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    return {name: array_ops.concat(parts, axis=0, name=name) for name, parts in _by_key(tensors).items()}


def _by_key(mappings: Iterable[Mapping[str, Any]]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for mapping in mappings:
        for name, value in mapping.items():
            found.setdefault(name, []).append(value)
    return found
