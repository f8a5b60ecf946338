"""``tf.train.global_step`` reads the counter of the steps."""

from __future__ import annotations

import pytest

from tf1graphs.migrate import native

_HEAD = """\
import tensorflow as tf
w = tf.Variable(1.0)
count = tf.Variable(0, name="global_step", trainable=False)
step = tf.train.GradientDescentOptimizer(0.1).minimize(w * w, global_step=count)
sess = tf.Session()
sess.run(tf.global_variables_initializer())
sess.run(step)
"""
WRITTEN = {
    "print(tf.train.global_step(sess, count))": "print(int(count.numpy()))",
    "now = tf.train.global_step(sess, global_step_tensor=count) % 2": "now = int(count.numpy()) % 2",
    "print(sess.run(count))": "print(count.numpy())",
}


@pytest.mark.parametrize("statement", WRITTEN)
def test_what_is_written(statement: str) -> None:
    assert native.migrate(f"{_HEAD}{statement}\n").splitlines()[-1] == WRITTEN[statement]
