"""Branches that no call of a function takes, for what it is given: the function keeps them, with their tests."""

from __future__ import annotations

import contextlib
import io

import pytest

from tf1graphs.migrate import native
from tf1graphs.migrate.refusals import Refused

_PROGRAM = """\
import tensorflow as tf
def fc(x, size, use_relu=True):
    w = tf.Variable(tf.ones([2, size]) * -1.0)
    y = tf.matmul(x, w)
    if use_relu:
        y = tf.nn.relu(y)
    return y
def moved(x, twice=False):
    if twice:
        x = x * 2.0
    return x - 1.0
x = tf.placeholder(tf.float32, [None, 2])
y = {y}
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(y, {{x: [[1.0, 2.0]]}}).ravel())
"""
# What is computed, and what is printed.
PRINTED = {
    "fc(x, 1)": "[0.]",
    "fc(x, 1, False)": "[-3.]",
    "fc(fc(x, 2, use_relu=False), 1)": "[6.]",
    "fc(fc(x, 2), 1, use_relu=False)": "[0.]",
    "moved(x)": "[0. 1.]",
    "moved(moved(x), True)": "[-1.  1.]",
}
_GROWN = """\
def grown(x, more=False):
    if more:
        x = x + tf.Variable(1.0)
    return x * tf.Variable(2.0)
"""
_BRANCHES = ("        if self.use_relu:\n            y = tf.nn.relu(y)\n", "    if twice:\n        x = x * 2.0\n")


@pytest.mark.parametrize("y", PRINTED)
def test_what_is_computed(y: str) -> None:
    text = native.migrate(_PROGRAM.format(y=y))
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(text, "migrated.py", "exec"), {})
    assert printed.getvalue() == f"{PRINTED[y]}\n"
    assert all(branch in text for branch in _BRANCHES[: 2 if "fc" in y else 0])


def test_variables_that_no_call_makes_are_refused() -> None:
    source = _PROGRAM.format(y="grown(x)").replace("x = tf.placeholder", f"{_GROWN}x = tf.placeholder", 1)
    with pytest.raises(Refused) as refused:
        native.migrate(source)
    assert [each.reason for each in refused.value.refusals] == ["it is not taken, and makes another graph"]
