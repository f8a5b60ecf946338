"""Batch normalization with moments that are variables: as one operation, and as the formula of ``tf.nn``."""

from __future__ import annotations

from typing import Any

from tf1graphs.convert.keras.graphs.building import Building, Part, refuse, scope_of
from tf1graphs.convert.keras.graphs.known._images import check_channels_last
from tf1graphs.convert.keras.graphs.network import Ref

_FORMULAS = (
    ("Add", ("Mul", "?inputs", "?inverse"), ("Sub", "?beta", ("Mul", "?mean", "?inverse"))),
    ("Add", ("Mul", "?inputs", "?inverse"), ("Neg", ("Mul", "?mean", "?inverse"))),
)
_INVERSES = (
    ("Mul", ("Rsqrt", ("Add", "?variance", "?epsilon")), "?gamma"),
    ("Rsqrt", ("Add", "?variance", "?epsilon")),
)


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


def of_formula(building: Building, node: Any) -> Any | None:
    """What ``tf.nn.batch_normalization`` makes, of which ``node`` is the last sum; None if it is not that."""
    found = next((match for each in _FORMULAS if (match := building.find(each, Ref(node.name)))), None)
    if found is None:
        return None
    inverse = next((match for each in _INVERSES if (match := building.find(each, found["?inverse"]))), None)
    if inverse is None:
        return None
    refs = {"gamma": "?gamma", "beta": "?beta", "moving_mean": "?mean", "moving_variance": "?variance"}
    named = {name: {**found, **inverse}.get(ref) for name, ref in refs.items()}
    variables = {name: building.values.variable(ref) for name, ref in named.items() if ref}
    epsilon = building.values.constant(inverse["?epsilon"])
    if epsilon is None or None in variables.values():
        return None
    known = {name: variable for name, variable in variables.items() if variable}
    return _layer(building, node, building.tensor(found["?inputs"]), known, float(epsilon))


OPS = dict.fromkeys(("FusedBatchNorm", "FusedBatchNormV2", "FusedBatchNormV3"), _fused)
