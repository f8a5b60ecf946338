"""Optimizers: what is written, what is refused, and that it trains as TensorFlow 1.15 did."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf
from optimizer_calls import defined, outcome

from tf1graphs.migrate.calls import Refuse, Replace

FIXTURE = Path(__file__).parents[2] / "fixtures" / "tf115" / "migrate_optimizers.json"
RECORDED = json.loads(FIXTURE.read_text())

# Before, after, and the classes or functions defined.
WRITTEN = [
    ("tf.train.GradientDescentOptimizer(0.5)", "tf.keras.optimizers.SGD(0.5)", ""),
    ("tf.train.GradientDescentOptimizer(1)", "tf.keras.optimizers.SGD(1.0)", ""),
    ("tf.train.GradientDescentOptimizer(learning_rate=RATE)", "tf.keras.optimizers.SGD(RATE)", ""),
    ("tf.train.GradientDescentOptimizer(RATE * 0.1)", "tf.keras.optimizers.SGD(RATE * 0.1)", ""),
    ("tf.train.GradientDescentOptimizer(tf.constant(0.1))", "tf.keras.optimizers.SGD(float(tf.constant(0.1)))", ""),
    ("tf.train.GradientDescentOptimizer(float(rates[0]))", "tf.keras.optimizers.SGD(float(rates[0]))", ""),
    (
        "tf.train.GradientDescentOptimizer(RATE\n * tf.exp(2.0))",
        "tf.keras.optimizers.SGD(float(RATE\n * tf.exp(2.0)))",
        "",
    ),
    ("tf.train.GradientDescentOptimizer(rate)", "tf.keras.optimizers.SGD()", ""),
    ("tf.train.GradientDescentOptimizer(0.5, use_locking=True, name='sgd')", "tf.keras.optimizers.SGD(0.5)", ""),
    ("tf.train.MomentumOptimizer(1e-2, 0.9)", "Momentum(1e-2, momentum=0.9)", "Momentum"),
    ("tf.train.MomentumOptimizer(0.1, 1)", "Momentum(0.1, momentum=1.0)", "Momentum"),
    (
        "tf.train.MomentumOptimizer(0.1, momentum=0.9, use_nesterov=True)",
        "Momentum(0.1, momentum=0.9, nesterov=True)",
        "Momentum",
    ),
    ("tf.train.MomentumOptimizer(rate, 0.9)", "Momentum(momentum=0.9)", "Momentum"),
    ("tf.train.AdamOptimizer()", "Adam(epsilon=1e-8)", "Adam"),
    ("tf.train.AdamOptimizer(1e-4)", "Adam(1e-4, epsilon=1e-8)", "Adam"),
    ("tf.train.AdamOptimizer(1e-4, beta1=0.5)", "Adam(1e-4, epsilon=1e-8, beta_1=0.5)", "Adam"),
    ("tf.train.AdamOptimizer(1e-4, epsilon=0.1)", "Adam(1e-4, epsilon=0.1)", "Adam"),
    ("tf.train.AdagradOptimizer(0.1)", "tf.keras.optimizers.Adagrad(0.1, epsilon=0.0)", ""),
    ("tf.train.AdadeltaOptimizer()", "tf.keras.optimizers.Adadelta(epsilon=1e-8)", ""),
    ("tf.train.RMSPropOptimizer(0.01)", "RMSProp(0.01)", "RMSProp"),
    ("tf.train.RMSPropOptimizer(0.01, 0.99, centered=True)", "CenteredRMSProp(0.01, decay=0.99)", "CenteredRMSProp"),
    ("tf.train.FtrlOptimizer(0.1, accum_name='sums')", "tf.keras.optimizers.Ftrl(0.1)", ""),
    (
        "tf.train.ProximalGradientDescentOptimizer(0.1, l1_regularization_strength=0.5)",
        "ProximalGradientDescent(0.1, l1=0.5)",
        "ProximalGradientDescent",
    ),
    ("tf.train.ProximalAdagradOptimizer(0.1)", "ProximalAdagrad(0.1)", "ProximalAdagrad"),
    ("tf.contrib.opt.AdaMaxOptimizer()", "tf.keras.optimizers.Adamax(epsilon=1e-8)", ""),
    ("tf.contrib.opt.NadamOptimizer()", "Nadam(epsilon=1e-8)", "Nadam"),
    ("tf.contrib.opt.LazyAdamOptimizer()", "Adam(epsilon=1e-8)", "Adam"),
]
WRITTEN_FOR_ROWS = [
    ("tf.train.GradientDescentOptimizer(0.5)", "tf.keras.optimizers.SGD(0.5)", ""),
    ("tf.train.MomentumOptimizer(0.1, 0.9)", "Momentum(0.1, momentum=0.9)", "sum_by_row Momentum"),
    ("tf.train.AdamOptimizer(0.1)", "Adam(0.1, epsilon=1e-8)", "Adam"),
    ("tf.train.AdagradOptimizer(0.1)", "Adagrad(0.1, epsilon=0.0)", "Adagrad"),
    ("tf.train.AdadeltaOptimizer()", "Adadelta()", "sum_by_row Adadelta"),
    ("tf.train.RMSPropOptimizer(0.01)", "RMSProp(0.01)", "sum_by_row RMSProp"),
    ("tf.train.FtrlOptimizer(0.1)", "Ftrl(0.1)", "sum_by_row Ftrl"),
    ("tf.contrib.opt.LazyAdamOptimizer(0.1)", "LazyAdam(0.1, epsilon=1e-8)", "sum_by_row Adam LazyAdam"),
]
REFUSED = [
    ("tf.train.MomentumOptimizer(0.1, rate)", "`momentum` is a tensor"),
    ("tf.train.AdamOptimizer(rate, beta1=rate)", "`beta1` is a tensor"),
    ("tf.train.RMSPropOptimizer(0.1, centered=flags.centered)", "`centered` is not a literal"),
    ("tf.train.AdagradDAOptimizer(0.1, step)", "no dual averaging"),
    ("tf.contrib.opt.AdamWOptimizer(0.01)", "decays a variable while"),
    ("tf.contrib.opt.MomentumWOptimizer(0.01, 0.1, 0.9)", "decays a variable while"),
]
REFUSED_FOR_ROWS = ["tf.contrib.opt.AdaMaxOptimizer()", "tf.contrib.opt.NadamOptimizer()"]
# Each class that is defined.
DEFINED = [
    "tf.train.MomentumOptimizer(0.05, 0.9)",
    "tf.train.AdamOptimizer(0.05)",
    "tf.train.AdagradOptimizer(0.05)",
    "tf.train.RMSPropOptimizer(0.05, momentum=0.5)",
    "tf.train.RMSPropOptimizer(0.05, centered=True)",
    "tf.train.AdadeltaOptimizer(0.5)",
    "tf.train.FtrlOptimizer(0.05)",
    "tf.train.ProximalGradientDescentOptimizer(0.05)",
    "tf.train.ProximalAdagradOptimizer(0.05)",
    "tf.contrib.opt.LazyAdamOptimizer(0.05)",
]


@pytest.mark.parametrize(("source", "text", "names"), WRITTEN)
def test_what_is_written(source: str, text: str, names: str) -> None:
    found = outcome(source)
    assert isinstance(found, Replace)
    assert (found.text, [each.name for each in found.needs]) == (text, names.split())


@pytest.mark.parametrize(("source", "text", "names"), WRITTEN_FOR_ROWS)
def test_what_is_written_where_rows_are_looked_up(source: str, text: str, names: str) -> None:
    found = outcome(source, has_row_gradients=True)
    assert isinstance(found, Replace)
    assert (found.text, [each.name for each in found.needs]) == (text, names.split())


@pytest.mark.parametrize(("source", "reason"), REFUSED)
def test_refused(source: str, reason: str) -> None:
    found = outcome(source)
    assert isinstance(found, Refuse)
    assert reason in found.reason


@pytest.mark.parametrize("source", REFUSED_FOR_ROWS)
def test_refused_where_rows_are_looked_up(source: str) -> None:
    assert isinstance(outcome(source, has_row_gradients=True), Refuse)


@pytest.mark.parametrize("has_rows", [False, True])
@pytest.mark.parametrize("source", DEFINED)
def test_definitions_fit_into_88_columns(source: str, has_rows: bool) -> None:
    found = outcome(source, has_rows)
    assert isinstance(found, Replace)
    for definition in found.needs:
        assert definition.source.endswith("\n") and not definition.source.endswith("\n\n")
        assert max(map(len, definition.source.splitlines())) <= 88


class Training:
    """The program that TensorFlow 1.15 was recorded with, around an optimizer."""

    def __init__(self, source: str, variables: list[Any], has_rows: bool) -> None:
        found = outcome(source, has_rows)
        assert isinstance(found, Replace)
        self.optimizer = eval(found.text, defined(found))
        self.variables = variables
        self._has_rows = has_rows
        self._changes = "rate" in source

    def run(self, first: int, last: int) -> list[np.ndarray]:
        """Returns all values after each of the steps."""
        states = []
        for i in range(first, last):
            self._step(tf.constant(RECORDED["rows"][i % len(RECORDED["rows"])]), tf.constant(0.1 / (1 + i)))
            states.append(np.concatenate([tf.convert_to_tensor(each).numpy().ravel() for each in self.variables]))
        return states

    @tf.function
    def _step(self, rows: tf.Tensor, rate: tf.Tensor) -> None:
        table, weights, bias = self.variables
        with tf.GradientTape() as tape:
            one_hot = tf.one_hot(rows, 5, dtype=table.dtype)
            looked_up = tf.gather(table, rows) if self._has_rows else tf.matmul(one_hot, table)
            loss = tf.reduce_sum(tf.square(tf.tanh(tf.matmul(looked_up, weights) + bias) - 0.5))
        gradients = tape.gradient(loss, self.variables)
        if self._changes:
            self.optimizer.learning_rate.assign(rate)
        self.optimizer.apply_gradients(zip(gradients, self.variables))


def fresh(kind: Any = tf.Variable, dtype: str = "float32") -> list[Any]:
    table, weights = np.sin(np.arange(1, 11)).reshape(5, 2), np.cos(np.arange(1, 5)).reshape(2, 2)
    return [kind(value.astype(dtype)) for value in (table, weights, np.array([0.5, -0.25]))]


def computes_the_same(source: str, has_rows: bool) -> None:
    states = Training(source, fresh(), has_rows).run(0, RECORDED["steps"])
    first, last = RECORDED["optimizers"][source]["rows" if has_rows else "dense"]
    np.testing.assert_allclose(states[0], first, rtol=1e-6, atol=1e-6)
    np.testing.assert_allclose(states[-1], last, rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("source", RECORDED["optimizers"])
def test_trains_as_in_115(source: str) -> None:
    computes_the_same(source, has_rows=False)


@pytest.mark.parametrize(
    "source", [each for each in RECORDED["optimizers"] if "AdaMax" not in each and "Nadam" not in each]
)
def test_trains_looked_up_rows_as_in_115(source: str) -> None:
    computes_the_same(source, has_rows=True)


@pytest.mark.parametrize("source", DEFINED)
def test_definition_continues_from_a_checkpoint(source: str, tmp_path: Path) -> None:
    trained = Training(source, fresh(), has_rows=True)
    trained.run(0, 6)
    checkpoint = tf.train.Checkpoint(optimizer=trained.optimizer, variables=trained.variables)
    path = checkpoint.save(tmp_path / "checkpoint")
    restored = Training(source, fresh(), has_rows=True)
    tf.train.Checkpoint(optimizer=restored.optimizer, variables=restored.variables).restore(path)
    np.testing.assert_array_equal(restored.run(6, 12)[-1], trained.run(6, 12)[-1])


@pytest.mark.parametrize("source", DEFINED)
def test_definition_trains_variables_of_keras_and_of_float64(source: str) -> None:
    expected = Training(source, fresh(), has_rows=True).run(0, 6)[-1]
    np.testing.assert_array_equal(Training(source, fresh(keras.Variable), has_rows=True).run(0, 6)[-1], expected)
    np.testing.assert_allclose(Training(source, fresh(dtype="float64"), True).run(0, 6)[-1], expected, atol=1e-5)
