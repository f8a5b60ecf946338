"""Fetches that are expressions, and helpers that give what they are fed another name."""

from __future__ import annotations

import pytest

from tf1graphs.migrate import native
from tf1graphs.migrate.refusals import Refused

_PROGRAM = """\
import tensorflow as tf
w = tf.Variable(tf.ones([2, 1]))
def net(inputs, keep):
    given = inputs
    first, kept = given, keep
    y = tf.nn.dropout(tf.matmul(first, w), kept)
    return {{"given": given, "y": y}}
def build():
    z = tf.placeholder(tf.float32, [])
    return {{"z": z, "out": z * tf.reduce_sum(w)}}
x = tf.placeholder(tf.float32, [None, 2])
keep = tf.placeholder(tf.float32, [])
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run({fetch}, {{x: [[1.0, 2.0]], keep: 1.0}}))
"""
_HELPER = ["    given = inputs", "    first, kept = given, keep"]
WRITTEN = {
    "tf.shape(x)[0]": ["    return tf.shape(x)[0]"],
    "net(x, keep)['y']": [*_HELPER, "    return net(x, keep)['y']"],
    "net(x, keep)['given'][0]": ["    return net(x, keep)['given'][0]"],
    "[tf.shape(x)[1], net(x, keep)['y']]": ["    return tf.shape(x)[1], net(x, keep)['y']"],
}


@pytest.mark.parametrize("fetch", WRITTEN)
def test_what_is_written(fetch: str) -> None:
    lines = native.migrate(_PROGRAM.format(fetch=fetch)).splitlines()
    assert [line for line in WRITTEN[fetch] if line not in lines] == [], "\n".join(lines)


def test_what_builds_a_graph_is_not_computed() -> None:
    with pytest.raises(Refused):
        native.migrate(_PROGRAM.format(fetch="build()['out']"))
