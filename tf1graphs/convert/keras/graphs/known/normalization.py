"""Batch normalization with moments that are variables, and layer normalization with those of the inputs."""

from __future__ import annotations

from typing import Any

from tf1graphs.convert.keras.graphs.building import Building, Part, refuse, scope_of
from tf1graphs.convert.keras.graphs.known._images import check_channels_last
from tf1graphs.convert.keras.graphs.network import Ref
from tf1graphs.convert.keras.graphs.patterns import Found

# What ``tf.nn.batch_normalization`` makes with and without a scale and an offset.
_NORMALIZED = ("Mul", "?inputs", "?inverse")
_FORMULAS = (
    ("Add", _NORMALIZED, ("Sub", "?beta", ("Mul", "?mean", "?inverse"))),
    ("Add", _NORMALIZED, ("Mul", ("Neg", "?mean"), "?inverse")),
)
_INVERSES = (
    ("Mul", ("Rsqrt", ("Add", "?variance", "?epsilon")), "?gamma"),
    ("Rsqrt", ("Add", "?variance", "?epsilon")),
)
_VARIANCE = ("Mean", ("SquaredDifference", "?inputs", "?mean"), "?axes")
_MEAN = ("Mean", "?inputs", "?axes")


def _layer(building: Building, node: Any, inputs: Any, variables: dict[str, str], epsilon: float) -> Any:
    """A ``BatchNormalization`` over the last axis, with those of gamma and beta that ``variables`` has."""
    parts = [Part((source,), (name,)) for name, source in variables.items()]
    scope = scope_of(variables["moving_mean"], node)
    has = {"scale": "gamma" in variables, "center": "beta" in variables}
    return building.layer("BatchNormalization", scope, inputs, parts, epsilon=epsilon, **has)


def _fused(building: Building, node: Any, index: int) -> Any:
    check_channels_last(node)
    if node.attr["is_training"].b:
        raise refuse(node, "it normalizes with the moments of its batch, as in training")
    if index:
        raise refuse(node, "more than the normalized values is asked of it")
    variables = {"moving_mean": building.variable_of(node, 3), "moving_variance": building.variable_of(node, 4)}
    for number, (name, neutral) in enumerate((("gamma", 1.0), ("beta", 0.0)), 1):
        value = building.values.constant(building.network.inputs(node)[number])
        if value is None or (value != neutral).any():
            variables[name] = building.variable_of(node, number)
    return _layer(building, node, building.input_of(node), variables, node.attr["epsilon"].f)


def _formula(building: Building, node: Any) -> tuple[Found, float] | None:
    """What stands for the names in the formula that ``node`` ends, and epsilon; None if it is not that."""
    found = next((match for each in _FORMULAS if (match := building.find(each, Ref(node.name)))), None)
    inverse = found and next((match for each in _INVERSES if (match := building.find(each, found["?inverse"]))), None)
    epsilon = building.values.constant(inverse["?epsilon"]) if inverse else None
    if not found or not inverse or epsilon is None:
        return None
    return {**found, **inverse}, float(epsilon)


def _variables(building: Building, found: Found, names: dict[str, str]) -> dict[str, str] | None:
    """The variables by the layer's names for them; None if one of them is none."""
    read = {name: building.values.variable(found[ref]) for name, ref in names.items() if ref in found}
    variables = {name: variable for name, variable in read.items() if variable}
    return variables if len(variables) == len(read) else None


def of_batch_normalization(building: Building, node: Any) -> Any | None:
    """What ``tf.nn.batch_normalization`` makes of moments that are variables; None if ``node`` is not its end."""
    formula = _formula(building, node)
    names = {"gamma": "?gamma", "beta": "?beta", "moving_mean": "?mean", "moving_variance": "?variance"}
    variables = _variables(building, formula[0], names) if formula else None
    if not formula or not variables:
        return None
    return _layer(building, node, building.tensor(formula[0]["?inputs"]), variables, formula[1])


def of_layer_normalization(building: Building, node: Any) -> Any | None:
    """What ``tf.contrib.layers.layer_norm`` makes over the last axis; None if ``node`` is not its end."""
    formula = _formula(building, node)
    if not formula or not {"?gamma", "?beta"} <= set(formula[0]):
        return None
    found, epsilon = formula
    variables = _variables(building, found, {"gamma": "?gamma", "beta": "?beta"})
    variance, mean = building.find(_VARIANCE, found["?variance"]), building.find(_MEAN, found["?mean"])
    if not variables or not variance or not mean:
        return None
    inputs = building.tensor(found["?inputs"])
    axes = [building.values.constant(each["?axes"]) for each in (mean, variance)]
    is_last = all(axis is not None and axis.tolist() in ([-1], [len(inputs.shape) - 1]) for axis in axes)
    if not is_last or mean["?inputs"] != found["?inputs"] or variance["?mean"] != found["?mean"]:
        raise refuse(node, "it normalizes over more than the last axis")
    parts = [Part((source,), (name,)) for name, source in variables.items()]
    return building.layer("LayerNormalization", scope_of(variables["gamma"], node), inputs, parts, epsilon=epsilon)


OPS = dict.fromkeys(("FusedBatchNorm", "FusedBatchNormV2", "FusedBatchNormV3"), _fused)
