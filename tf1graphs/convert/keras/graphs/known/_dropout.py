"""``tf.nn.dropout``, which is the identity at inference."""

from __future__ import annotations

from typing import Any

from tf1graphs.convert.keras.graphs.building import Building
from tf1graphs.convert.keras.graphs.network import Ref

_RANDOM = ("Add", ("Mul", ("RandomUniform", "?shape"), "?range"), "?lowest")
# By the rate of what is dropped (1.13 and later), by the probability of what is kept (before), at either scaling.
_PATTERNS = (
    ("Mul", ("Mul", "?inputs", "?scale"), ("Cast", ("GreaterEqual", _RANDOM, "?rate"))),
    ("Mul", ("RealDiv", "?inputs", "?keep"), ("Cast", ("GreaterEqual", _RANDOM, "?rate"))),
    ("Mul", ("RealDiv", "?inputs", "?keep"), ("Floor", ("Add", "?keep", _RANDOM))),
    ("Mul", ("Mul", "?inputs", "?scale"), ("Floor", ("Add", "?keep", _RANDOM))),
)


def without_dropout(building: Building, ref: Ref) -> Ref:
    """What is dropped out of in ``ref``; ``ref`` itself where it is no dropout."""
    found = next((match for each in _PATTERNS if (match := building.find(each, ref))), None)
    return found["?inputs"] if found else ref


def of_dropout(building: Building, node: Any) -> Any | None:
    """A ``Dropout`` of the same rate, or nothing in its place where a placeholder gives the rate; else None."""
    found = next((match for each in _PATTERNS if (match := building.find(each, Ref(node.name)))), None)
    if found is None:
        return None
    inputs = building.tensor(found["?inputs"])
    given = building.values.constant(found["?rate" if "?rate" in found else "?keep"])
    if given is None:
        return inputs
    rate = float(given) if "?rate" in found else 1 - float(given)
    return building.layer("Dropout", node.name, inputs, rate=rate)
