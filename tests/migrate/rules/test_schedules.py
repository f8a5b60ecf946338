"""Learning-rate schedules: what is written, what is refused, and the values by step."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf
from optimizer_calls import defined, outcome

from tf1graphs.migrate.calls import Refuse, Replace, Split

FIXTURE = Path(__file__).parents[2] / "fixtures" / "tf115" / "migrate_optimizers.json"
RECORDED = json.loads(FIXTURE.read_text())["schedules"]

# Before, the class with its arguments.
CREATED = [
    ("tf.train.exponential_decay(0.1, step, 100, 0.96)", "ExponentialDecay(0.1, 100, 0.96)"),
    (
        "tf.train.exponential_decay(0.1, step, decay_rate=0.96, decay_steps=N // 10, staircase=True, name='rate')",
        "ExponentialDecay(0.1, N // 10, 0.96, staircase=True)",
    ),
    ("tf.train.natural_exp_decay(0.1, step, 100, 0.5)", "ExponentialDecay(0.1, 100, tf.exp(-0.5))"),
    ("tf.train.natural_exp_decay(0.1, step, 100, -1.0)", "ExponentialDecay(0.1, 100, tf.exp(-(-1.0)))"),
    ("tf.train.inverse_time_decay(0.1, step, 100, 0.5)", "InverseTimeDecay(0.1, 100, 0.5)"),
    ("tf.train.polynomial_decay(0.1, step, 100, 0.01)", "PolynomialDecay(0.1, 100, end_learning_rate=0.01)"),
    ("tf.train.cosine_decay(0.1, step, 100, 0.2)", "CosineDecay(0.1, 100, alpha=0.2)"),
    ("tf.train.cosine_decay_restarts(0.1, step, 100)", "CosineDecayRestarts(0.1, 100)"),
    ("tf.train.piecewise_constant(step, [10], [1.0, 0.1])", "PiecewiseConstantDecay([10], [1.0, 0.1])"),
]
COMPUTED = [
    (
        "tf.train.exponential_decay(rate, step, 100, 0.96)",
        "tf.keras.optimizers.schedules.ExponentialDecay(rate, 100, 0.96)(step)",
    ),
    (
        "tf.train.linear_cosine_decay(0.1, step, 100, beta=0.01)",
        "linear_cosine_decay(0.1, step, 100, beta=0.01)",
    ),
]
REFUSED = [
    ("tf.train.exponential_decay(0.1, step, step, 0.96)", "`decay_steps` is a tensor"),
    ("tf.train.piecewise_constant(step, [step], [1.0, 0.1])", "`boundaries` is a tensor"),
    ("tf.train.noisy_linear_cosine_decay(0.1, step, 100)", "random numbers"),
]


@pytest.mark.parametrize(("source", "created"), CREATED)
def test_what_is_created(source: str, created: str) -> None:
    found = outcome(source)
    created = f"tf.keras.optimizers.schedules.{created}"
    assert found == Split(created, "{object}(step)", "learning_rate_schedule")


@pytest.mark.parametrize(("source", "text"), COMPUTED)
def test_what_is_computed_at_each_step(source: str, text: str) -> None:
    found = outcome(source)
    assert isinstance(found, Replace)
    assert found.text == text


@pytest.mark.parametrize(("source", "reason"), REFUSED)
def test_refused(source: str, reason: str) -> None:
    found = outcome(source)
    assert isinstance(found, Refuse)
    assert reason in found.reason


@pytest.mark.parametrize("dtype", [tf.int64, tf.int32])
@pytest.mark.parametrize("source", RECORDED)
def test_values_of_115(source: str, dtype: tf.DType) -> None:
    found = outcome(source)
    names = defined(found)
    text = found.use.format(object="schedule") if isinstance(found, Split) else found.text
    value = tf.function(lambda step, rate: eval(text, {**names, "step": step, "rate": rate}))
    values = [float(value(tf.constant(step, dtype), tf.constant(0.2))) for step in range(21)]
    np.testing.assert_allclose(values, RECORDED[source], rtol=1e-6)
