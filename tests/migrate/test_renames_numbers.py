"""What the tables and rules make of an expression computes what TensorFlow 1.15 computed: values, gradients, draws."""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))

import renames_cases as cases
from expressions import migrated

FIXTURE = Path(__file__).resolve().parents[1] / "fixtures" / "tf115" / "migrate_renames.json.gz"
INPUTS = ("x", "y", "images")
# What TensorFlow 2 rounds otherwise.
TOLERANCES: dict[str, float] = {}


@pytest.fixture(scope="module")
def recorded() -> dict[str, Any]:
    with gzip.open(FIXTURE, "rt") as file:
        found: dict[str, Any] = json.load(file)
    return found


def names_for(expression: str) -> tuple[str, dict[str, Any]]:
    """Returns a migrated expression, and what it uses."""
    import tensorflow as tf

    text, needs = migrated(expression)
    names = cases.names(tf)
    for definition in needs:
        exec(definition.source, names)
    return text, names


def evaluated(expression: str, in_function: bool) -> tuple[Any, Any]:
    """Returns the value of a migrated expression, and the gradients of the sum of its floats."""
    import tensorflow as tf

    text, names = names_for(expression)
    tensors = (tf.Tensor, tf.SparseTensor)
    parts: list[Any] = []

    def run(inputs: list[Any]) -> Any:
        with tf.GradientTape() as tape:
            tape.watch(inputs)
            value = eval(text, {**names, **dict(zip(INPUTS, inputs))})
            parts[:] = cases.flat(value)
            floats = [each for each in parts if isinstance(each, tf.Tensor) and each.dtype == tf.float32]
        gradients = tape.gradient(floats, inputs, unconnected_gradients="zero")
        return [each for each in parts if isinstance(each, tensors)], [tf.convert_to_tensor(each) for each in gradients]

    function = tf.function(run, autograph=False) if in_function else run
    values, gradients = function([names[name] for name in INPUTS])
    computed = iter(values)
    found = [next(computed) if isinstance(each, tensors) else each for each in parts]
    return cases.kept(found), cases.kept(gradients)


def assert_same(found: Any, expected: Any, tolerance: float) -> None:
    """Compares nested lists: numbers nearly, all else exactly."""
    if isinstance(expected, list):
        assert len(found) == len(expected)
        if expected and all(isinstance(each, float) for each in expected):
            np.testing.assert_allclose(found, expected, rtol=tolerance, atol=tolerance)
        else:
            for one, other in zip(found, expected):
                assert_same(one, other, tolerance)
    else:
        assert found == expected


@pytest.mark.parametrize("expression", cases.EXPRESSIONS)
def test_values_and_gradients(expression: str, recorded: dict[str, Any]) -> None:
    found = json.loads(json.dumps(evaluated(expression, in_function=True)))
    assert_same(found, recorded[expression], TOLERANCES.get(expression, 2e-6))


@pytest.mark.parametrize("expression", cases.KERAS)
def test_values_and_gradients_of_keras(expression: str, recorded: dict[str, Any]) -> None:
    found = json.loads(json.dumps(evaluated(expression, in_function=False)))
    assert_same(found, recorded[expression], TOLERANCES.get(expression, 2e-6))


@pytest.mark.parametrize("expression", cases.DISTRIBUTIONS)
def test_draws(expression: str, recorded: dict[str, Any]) -> None:
    text, names = names_for(expression)
    dtype, size, *found = cases.moments(eval(text, names))
    assert [dtype, size] == recorded[expression][:2]
    np.testing.assert_allclose(found, recorded[expression][2:], rtol=0.05, atol=0.05 * found[-1])
