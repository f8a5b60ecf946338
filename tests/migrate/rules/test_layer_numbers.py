"""What the rules write for layers computes what TensorFlow 1.15 computed, from the same weights and inputs."""

from __future__ import annotations

import gzip
import inspect
import json
import linecache
from operator import attrgetter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tensorflow as tf
from keras.src.initializers import random_initializers
from layer_calls import Migrated, migrated
from layer_cases import CASES, STEPS, inputs, upstream, weights

FIXTURE = Path(__file__).parents[2] / "fixtures" / "tf115" / "migrate_layers.json.gz"
RECORDED = json.loads(gzip.decompress(FIXTURE.read_bytes()))
ALL = [(shape, source) for shape, sources in CASES.items() for source in sources]
DRAWS = {"uniform": "RandomUniform", "normal": "RandomStandardNormal", "truncated_normal": "TruncatedNormal"}


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> dict[tuple[int, ...], list[str]]:
    """The distribution, and its parameters, that initial values of a shape, in any order, are drawn from."""
    found: dict[tuple[int, ...], list[str]] = {}

    def watched(name: str) -> Any:
        draw = getattr(random_initializers.random, name)

        def call(*arguments: Any, **options: Any) -> Any:
            bound = inspect.signature(draw).bind(*arguments, **options)
            bound.apply_defaults()
            shape, *parameters = (value for key, value in bound.arguments.items() if key not in ("dtype", "seed"))
            found[tuple(sorted(shape))] = [DRAWS[name], *map(str, parameters)]
            return draw(*arguments, **options)

        return call

    for name in DRAWS:
        monkeypatch.setattr(random_initializers.random, name, watched(name))
    return found


def compiled(result: Migrated) -> tuple[Any, list[Any]]:
    """Returns the expression as a tf.function of ``x`` and ``training``, and the objects that it uses."""
    scope: dict[str, Any] = {"tf": tf}
    # AutoGraph reads the source.
    source = "".join(f"{each.source}\n\n" for each in result.definitions)
    source += "".join(f"layer_{place} = {split.create}\n" for place, split in enumerate(result.splits))
    source += f"\n\n@tf.function\ndef compute(x, training):\n    return {result.text}\n"
    name = f"<migrated {id(result)}>"
    linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
    exec(compile(source, name, "exec"), scope)
    return scope["compute"], [scope[f"layer_{place}"] for place in range(len(result.splits))]


@pytest.mark.parametrize("shape, source", ALL, ids=[f"{len(shape)}: {source}" for shape, source in ALL])
def test_computes_what_tensorflow_1_15_computed(
    shape: tuple[int, ...], source: str, drawn: dict[tuple[int, ...], list[str]]
) -> None:
    expected = RECORDED[f"{'x'.join(map(str, shape))} {source}"]
    names = sorted(expected["variables"])
    result = migrated(source, names[0].rpartition("/")[0] if names else None)
    compute, objects = compiled(result)
    compute.get_concrete_function(tf.TensorSpec(shape), tf.TensorSpec((), tf.bool))

    variables = {
        f"{name.rpartition('/')[0]}/{old}": attrgetter(new)(layer)
        for name in names[:1]
        for layer, split in zip(objects, result.splits)
        for new, old in split.variables.items()
    }
    assert sorted(variables) == names
    for place, name in enumerate(names):
        start(variables[name], expected["starts"][name], drawn)
        variables[name].assign(weights(variables[name].shape, place))
    trained = [variables[name].value for name in names if variables[name].trainable]
    assert [name for name in names if variables[name].trainable] == expected["trained"]

    for step, answer in enumerate(expected["steps"]):
        x = tf.constant(inputs(shape, step))
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = compute(x, tf.constant(step == STEPS - 1))
            loss = tf.reduce_sum(y * upstream(y.shape)) + sum(sum(layer.losses) for layer in objects)
        gradients = [tf.convert_to_tensor(each) for each in tape.gradient(loss, [x, *trained]) if each is not None]
        equal(y, answer["y"])
        for found, wanted in zip(gradients, answer["gradients"], strict=True):
            equal(found, wanted)
    for name in names:
        equal(variables[name], expected["variables"][name])


def equal(found: Any, expected: Any) -> None:
    np.testing.assert_allclose(np.asarray(found), np.asarray(expected, np.float32), rtol=1e-6, atol=1e-6)


def start(variable: Any, expected: list[str], drawn: dict[tuple[int, ...], list[str]]) -> None:
    """Checks what the variable's first value is drawn from, or that it is the constant."""
    found = drawn.get(tuple(sorted(variable.shape)), ["Constant", str(np.asarray(variable).flat[0])])
    assert found[0] == expected[0]
    np.testing.assert_allclose(np.float32(found[1:]), np.float32(expected[1:]), rtol=1e-5)


@pytest.mark.parametrize(
    "source, kept",
    [
        ("tf.layers.dropout(x, 0.2, training=training)", 0.8),
        ("tf.layers.dropout(x * 1.0, 0.2, training=training)", 0.8),
        ("tf.layers.dropout(x, training=True)", 0.5),
        ("tf.contrib.layers.dropout(x, 0.8)", 0.8),
        ("tf.contrib.layers.dropout(x, 0.8, is_training=training)", 0.8),
    ],
)
def test_drops_where_it_trains(source: str, kept: float) -> None:
    compute, _ = compiled(migrated(source))
    x = tf.ones([100, 100])
    dropped = np.asarray(compute(x, tf.constant(True)))
    np.testing.assert_allclose(np.unique(dropped), [0, 1 / kept], rtol=1e-6)
    assert abs(np.mean(dropped > 0) - kept) < 0.03
    if "=training" in source:
        np.testing.assert_array_equal(compute(x, tf.constant(False)), x)
        np.testing.assert_array_equal(compute(x, False), x)
