"""Loops that give the variables their initial values again: they build the model anew."""

from __future__ import annotations

import pytest

from tf1graphs.migrate import native
from tf1graphs.migrate.refusals import Refused

_HEAD = """\
from types import SimpleNamespace
import numpy as np
import tensorflow as tf
def build(size):
    x = tf.placeholder(tf.float32, [None, 2])
    loss = tf.reduce_sum(tf.layers.dense(x, size))
    train = tf.train.AdamOptimizer(0.1).minimize(loss)
    return SimpleNamespace(x=x, loss=loss, train=train)
"""
_LEARN = """\
def learn(sess, graph, rate):
    sess.run(tf.global_variables_initializer())
    for _ in range(3):
        sess.run(graph.train, {graph.x: [[rate, rate]]})
"""
_MAIN = """\
def main():
    graph = build(4)
    rates = [0.1, 0.2]
    with tf.Session() as sess:
        for rate in rates:
            learn(sess, graph, rate)
main()
"""
_INLINE = """\
graph = build(4)
init = tf.global_variables_initializer()
for fold in range(2):
    print(fold)
    with tf.Session() as sess:
        sess.run(init)
        for _ in range(3):
            sess.run(graph.train, {graph.x: [[1.0, 2.0]]})
"""
WRITTEN = {
    _LEARN + _MAIN: ["    for rate in rates:\n        graph = build(4)\n        learn(graph, rate)\n"],
    _INLINE: ["for fold in range(2):\n    graph = build(4)\n    print(fold)\n    for _ in range(3):\n"],
    # No-ops: the variables are made in the loop already, or initialized once.
    _LEARN
    + _MAIN.replace("    graph = build(4)\n", "").replace(
        "            learn", "            tf.reset_default_graph()\n            graph = build(4)\n            learn"
    ): ["    for rate in rates:\n        graph = build(4)\n        learn(graph, rate)\n"],
    _LEARN + _MAIN.replace("        for rate in rates:\n    ", "").replace("graph, rate", "graph, 0.1"): [
        "    graph = build(4)\n    rates = [0.1, 0.2]\n    learn(graph, 0.1)\n"
    ],
}
REFUSED = {
    "something is run before": _LEARN.replace(
        "    sess.run(tf.g", "    print(sess.run(graph.loss, {graph.x: [[1.0, 1.0]]}))\n    sess.run(tf.g"
    )
    + _MAIN,
    "not in each round": _LEARN
    + _MAIN.replace("            learn", "            if rate > 0.1:\n                learn"),
    "what it is called with changes": _LEARN
    + _MAIN.replace("build(4)", "build(size)")
    .replace("    graph", "    size = 4\n    graph")
    .replace("rates:\n", "rates:\n            size = 5\n"),
    "it is used before the loop": _LEARN + _MAIN.replace("    rates", "    losses = [graph.loss]\n    rates"),
    "it draws numbers": (_LEARN + _MAIN).replace("build(4)", "build(np.random.randint(4))"),
    "it prints": _LEARN + _MAIN,
}


@pytest.mark.parametrize("source", WRITTEN)
def test_what_is_built_again(source: str) -> None:
    text = native.migrate(_HEAD + source)
    assert [part for part in WRITTEN[source] if part not in text] == [], text


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused(case: str) -> None:
    head = _HEAD.replace("    x =", "    print(size)\n    x =") if case == "it prints" else _HEAD
    with pytest.raises(Refused) as refused:
        native.migrate(head + REFUSED[case])
    assert "the variables are initialized again" in [each.reason for each in refused.value.refusals]
