"""Metrics that are the value of a tensor at the last step."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import ops
from tensorflow.python.ops import array_ops, control_flow_ops, state_ops, variable_v1
from tensorflow.python.util import nest


def identity_metric(name: str, tensor: Any) -> tuple[Any, Any]:
    """Returns the value and the update op of a metric that keeps ``tensor``, of any shape."""
    variable = variable_v1.VariableV1(
        name=f"{name}_identity_metric",
        initial_value=array_ops.zeros([], dtype=tensor.dtype),
        collections=[ops.GraphKeys.LOCAL_VARIABLES],
        validate_shape=False,
    )
    update = state_ops.assign(variable, tensor, validate_shape=False)
    variable.set_shape(tensor.get_shape())
    return variable.value(), update


def nested_identity_metric(name: str, tensors: Any) -> tuple[Any, Any]:
    """Returns the nested values and the update op of a metric that keeps a nested structure of tensors."""
    metrics = [identity_metric(f"{name}_{number}", tensor) for number, tensor in enumerate(nest.flatten(tensors))]
    values, updates = zip(*metrics, strict=True)
    return nest.pack_sequence_as(tensors, list(values)), control_flow_ops.group(*updates)
