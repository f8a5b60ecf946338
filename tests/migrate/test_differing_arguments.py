"""Functions that are called with other arguments from call to call: none of them is taken for what it always is."""

from __future__ import annotations

import pytest

from tf1graphs.migrate import native

_PROGRAM = """\
import tensorflow as tf
def dense(inputs, units, activation, name):
    return tf.layers.dense(inputs, units, activation, name=name)
x = tf.placeholder(tf.float32, [None, 2])
y = dense(dense(x, 3, {0}, "a"), 1, {1}, "b")
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(y, {{x: [[1.0, 2.0]]}}))
"""


@pytest.mark.parametrize(
    ("first", "second", "layer"),
    [
        ("tf.nn.relu", "None", "tf.keras.layers.Dense(units, activation=activation)"),
        ("None", "tf.nn.relu", "tf.keras.layers.Dense(units, activation=activation)"),
        ("tf.nn.relu", "tf.nn.tanh", "tf.keras.layers.Dense(units, activation=activation)"),
        # A no-op: it is none in each call.
        ("None", "None", "tf.keras.layers.Dense(units)"),
    ],
)
def test_an_activation(first: str, second: str, layer: str) -> None:
    assert f"self.dense = {layer}\n" in native.migrate(_PROGRAM.format(first, second))
