"""Calls of what ``functools.partial`` makes of symbols of TensorFlow."""

from __future__ import annotations

import pytest

from tf1graphs.migrate import native
from tf1graphs.migrate.facts.interpreter import Interpreter
from tf1graphs.migrate.facts.trace import Trace
from tf1graphs.migrate.rewriting import partials
from tf1graphs.migrate.source import Source

_HEAD = """\
import tensorflow as tf
from functools import partial
x = tf.placeholder(tf.float32, [None, 2])
start = tf.ones_initializer()
"""
_DENSE = "dense = partial(tf.layers.dense, activation=tf.nn.relu, kernel_initializer=start)\n"
WRITTEN = {
    f"{_DENSE}y = dense(x, 3)\n": "y = tf.layers.dense(x, 3, activation=tf.nn.relu, kernel_initializer=start)\n",
    f"{_DENSE}y = dense(x, activation=None)\n": "y = tf.layers.dense(x, activation=None, kernel_initializer=start)\n",
    "twice = partial(tf.multiply, 2.0)\ny = twice(x)\n": "y = tf.multiply(2.0, x)\n",
}
# The function is more than called, is called within its own arguments, or is given what differs or does something.
LEFT = [
    f"{_DENSE}y = list(map(dense, [x]))\n",
    f"{_DENSE}y = dense(dense(x, 3), 2)\n",
    f"{_DENSE}y = dense(*pair)\n",
    "n = 1.0\nn = 2.0\ntwice = partial(tf.multiply, n)\ny = twice(x)\n",
    "twice = partial(tf.multiply, tf.Variable(2.0))\ny = twice(x) + twice(x)\n",
    "show = partial(print, end='')\nshow(1)\n",
]


def _written(text: str) -> str | None:
    interpreter = Interpreter(Source(text), Trace())
    interpreter.program()
    found = partials.written_out(interpreter.facts)
    return found.text if found else None


@pytest.mark.parametrize("source", WRITTEN)
def test_calls_the_symbol(source: str) -> None:
    assert _written(_HEAD + source) == _HEAD + WRITTEN[source]


@pytest.mark.parametrize("source", LEFT)
def test_leaves_others(source: str) -> None:
    assert _written(_HEAD + source) is None


def test_functions_within_one_another() -> None:
    run = "sess = tf.Session()\nsess.run(tf.global_variables_initializer())\nprint(sess.run(y, {x: data}))\n"
    after = native.migrate(f"{_HEAD}{_DENSE}twice = partial(tf.multiply, 2.0)\ny = twice(dense(x, 3))\n{run}")
    assert "return tf.multiply(2.0, dense(x))" in after


def test_becomes_native() -> None:
    run = "sess = tf.Session()\nsess.run(tf.global_variables_initializer())\nprint(sess.run(y, {x: data}))\n"
    after = native.migrate(f"{_HEAD}{_DENSE}y = dense(x, 3)\n{run}")
    assert "tf.keras.layers.Dense(3, activation=tf.nn.relu" in after
    assert "partial(" not in after
