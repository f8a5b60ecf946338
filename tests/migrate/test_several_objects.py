"""Lists of variables in classes of which there are several objects: each has only its own."""

from __future__ import annotations

import pytest

from tf1graphs.migrate import native
from tf1graphs.migrate.refusals import Refused

_PROGRAM = """\
import tensorflow as tf


class Net:
    def __init__(self, scope):
        self.scope = scope
        with tf.variable_scope(scope):
            self.x = tf.placeholder(tf.float32, [None, 3])
            self.y = tf.layers.dense(self.x, 2)
{made}

    def predict(self, sess, x):
        return sess.run(self.y, {{self.x: x}})

{methods}

first = Net("first")
second = Net("second")
sess = tf.Session()
sess.run(tf.global_variables_initializer())
print(first.predict(sess, [[1.0, 2.0, 3.0]]), second.predict(sess, [[1.0, 2.0, 3.0]]))
{use}
"""
_NORM = """\
    def norm(self, sess):
        mine = [v for v in tf.trainable_variables() if v.name.startswith(self.scope)]
        return sess.run(tf.add_n([tf.nn.l2_loss(v) for v in mine]))
"""
_COPY = """\
    def copy(self, sess, other):
        mine = [v for v in tf.trainable_variables() if v.name.startswith(self.scope)]
        theirs = [v for v in tf.trainable_variables() if v.name.startswith(other.scope)]
        sess.run([tf.assign(a, b) for a, b in zip(mine, theirs)])
"""
_LISTED = "            self.variables = tf.trainable_variables(scope)"
_OWN = "            self.w = tf.get_variable('w', [2])"


def _program(methods: str, use: str, made: str = "") -> str:
    return _PROGRAM.format(methods=methods, use=use, made=made)


def test_an_object_lists_its_own() -> None:
    text = native.migrate(_program(_NORM, "print(second.norm(sess))"))
    assert "for v in self.dense.trainable_variables]" in text


# Program -> the line of the refusal.
REFUSED = {
    _program(_COPY, "second.copy(sess, first)"): 17,
    _program(
        "    def copy(self, sess, other):\n"
        "        sess.run([tf.assign(a, b) for a, b in zip(self.variables, other.variables)])\n",
        "second.copy(sess, first)",
        _LISTED,
    ): 16,
    _program(
        "    def norm(self, sess):\n        return sess.run([tf.nn.l2_loss(v) for v in tf.trainable_variables()])\n",
        "print(second.norm(sess))",
    ): 16,
    _program("", "", "        self.saver = tf.train.Saver()"): 10,
}


@pytest.mark.parametrize("source", REFUSED)
def test_those_of_another_object_are_refused(source: str) -> None:
    with pytest.raises(Refused) as refused:
        native.migrate(source)
    wanted = REFUSED[source], "it lists variables of another object of its class"
    assert wanted in [(each.line, each.reason) for each in refused.value.refusals], refused.value.refusals


_LAYERS = """\
import tensorflow as tf


class Layer:
    def __init__(self, size, use_bias):
        self.use_bias = use_bias
        if use_bias:
            self.b = tf.Variable(tf.zeros([size]))
        self.w = tf.Variable(tf.ones([size]))

    def forward(self, x):
        return x * self.w + self.b if self.use_bias else x * self.w


class Net:
    def __init__(self, sizes):
        self.layers = []
        for size in sizes:
            self.layers.append(Layer(size, {first}))
        self.layers.append(Layer(2, {second}))
        self.x = tf.placeholder(tf.float32, [2])
        z = self.x
        for layer in self.layers:
            z = layer.forward(z)
        self.z = z

    def run(self, sess):
        return sess.run(self.z, {{self.x: [1.0, 2.0]}})


net = Net([2, 2])
sess = tf.Session()
sess.run(tf.global_variables_initializer())
print(net.run(sess))
"""


def test_a_branch_that_another_object_takes_stays() -> None:
    text = native.migrate(_LAYERS.format(first=True, second=False))
    assert "        z = x\n        for layer in self.layers:\n            z = layer.forward(z)\n" in text
    assert "        if use_bias:\n            self.b = tf.Variable(tf.zeros([size]))\n" in text


def test_a_branch_that_no_object_takes_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        native.migrate(_LAYERS.format(first=False, second=False))
    assert (8, "a branch") in [(each.line, each.construct) for each in refused.value.refusals]
