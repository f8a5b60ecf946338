"""What ``tf.keras.layers.LSTM`` and its like become, and which are refused; test_layer_numbers.py computes them."""

from __future__ import annotations

import pytest
from layer_calls import outcome

from tf1graphs.migrate.calls import Refuse, Split
from tf1graphs.migrate.rules.keras_recurrent import HARD_SIGMOID

CREATED = [
    ("tf.keras.layers.LSTM(8)", "tf.keras.layers.LSTM(8, recurrent_activation=hard_sigmoid)"),
    (
        "tf.keras.layers.LSTM(8, return_sequences=True, dropout=0.0, implementation=2)",
        "tf.keras.layers.LSTM(8, recurrent_activation=hard_sigmoid, return_sequences=True)",
    ),
    (
        "tf.keras.layers.LSTM(8, recurrent_activation='sigmoid')",
        "tf.keras.layers.LSTM(8, recurrent_activation='sigmoid')",
    ),
    ("tf.keras.layers.GRU(8)", "tf.keras.layers.GRU(8, recurrent_activation=hard_sigmoid, reset_after=False)"),
    (
        "tf.keras.layers.GRUCell(8, activation='hard_sigmoid', recurrent_activation=f, reset_after=True)",
        "tf.keras.layers.GRUCell(8, activation=hard_sigmoid, recurrent_activation=f, reset_after=True)",
    ),
]

REFUSED = [
    ("tf.keras.layers.LSTM(8, dropout=0.2)", "Keras drops the same dropout for all gates"),
    ("tf.keras.layers.GRU(8, recurrent_dropout=rate)", "Keras drops the same recurrent_dropout for all gates"),
    ("tf.keras.layers.LSTM(8, recurrent_constraint=f)", "recurrent_constraint is applied by TensorFlow 1's optimizers"),
]


@pytest.mark.parametrize("source, create", CREATED)
def test_created_once(source: str, create: str) -> None:
    found = outcome(source)
    assert isinstance(found, Split)
    assert (found.create, found.use) == (create, "{object}")
    assert found.needs == ((HARD_SIGMOID,) if "hard_sigmoid" in create else ())


@pytest.mark.parametrize("source, reason", REFUSED)
def test_refused(source: str, reason: str) -> None:
    found = outcome(source)
    assert isinstance(found, Refuse)
    assert found.reason == reason


def test_the_variables_of_a_layer_are_those_of_its_cell() -> None:
    layer, cell = outcome("tf.keras.layers.LSTM(8)"), outcome("tf.keras.layers.LSTMCell(8, use_bias=False)")
    assert isinstance(layer, Split) and isinstance(cell, Split)
    assert layer.variables == {
        "cell.kernel": "kernel",
        "cell.recurrent_kernel": "recurrent_kernel",
        "cell.bias": "bias",
    }
    assert cell.variables == {"kernel": "kernel", "recurrent_kernel": "recurrent_kernel"}
