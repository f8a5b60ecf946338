"""Moving averages: what is written, what is refused, and the values after training."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf
from optimizer_calls import outcome

from tf1graphs.migrate.calls import Refuse, Replace

FIXTURE = Path(__file__).parents[2] / "fixtures" / "tf115" / "migrate_optimizers.json"
RECORDED = json.loads(FIXTURE.read_text())

UNCHANGED = [
    "tf.train.ExponentialMovingAverage(0.99)",
    "tf.train.ExponentialMovingAverage(DECAY, num_updates=step)",
    "tf.train.ExponentialMovingAverage(0.99, num_updates=model.step)",
    "tf.train.ExponentialMovingAverage(0.99, zero_debias=True, name='average')",
]
REFUSED = [
    ("tf.train.ExponentialMovingAverage(rate)", "`decay` is a tensor"),
    ("tf.train.ExponentialMovingAverage(0.99, step + 1)", "`num_updates` is computed"),
]


@pytest.mark.parametrize("source", UNCHANGED)
def test_unchanged(source: str) -> None:
    assert outcome(source) == Replace(source)


def test_written_with_keywords() -> None:
    found = outcome("tf.train.ExponentialMovingAverage(decay=0.99, num_updates=step)")
    assert found == Replace("tf.train.ExponentialMovingAverage(0.99, num_updates=step)")


@pytest.mark.parametrize(("source", "reason"), REFUSED)
def test_refused(source: str, reason: str) -> None:
    found = outcome(source)
    assert isinstance(found, Refuse)
    assert reason in found.reason


@pytest.mark.parametrize("source", RECORDED["averages"])
def test_values_of_115(source: str) -> None:
    found = outcome(source)
    assert isinstance(found, Replace)
    step = tf.Variable(0, trainable=False)
    weights = tf.Variable([1.0, 2.0])
    average = eval(found.text, {"tf": tf, "step": step})
    # Creates the averages, so that they can be restored or read before the first step.
    average.apply([weights])
    optimizer = tf.keras.optimizers.SGD(0.1)

    @tf.function
    def train() -> None:
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(tf.square(weights - tf.cast(step, tf.float32)))
        optimizer.apply_gradients([(tape.gradient(loss, weights), weights)])
        step.assign_add(1)
        average.apply([weights])

    for _ in range(RECORDED["steps"]):
        train()
    np.testing.assert_allclose(average.average(weights), RECORDED["averages"][source], rtol=1e-6)
