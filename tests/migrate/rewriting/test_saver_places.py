"""Savers that stand where the variables have no names: the function that makes the variables returns the saver."""

from __future__ import annotations

import pytest

from tf1graphs.migrate import native
from tf1graphs.migrate.refusals import Refused

_HEAD = """\
from types import SimpleNamespace
import tensorflow as tf
def build():
    x = tf.placeholder(tf.float32, [None, 3], name="x")
    y = tf.layers.dense(x, 2)
"""
_MAIN = """\
def main(keep):
    {call}
    saver = tf.train.Saver({options})
    with tf.Session() as sess:
        saver.restore(sess, "model")
        print(sess.run({y}, {{{x}: [[1.0, 2.0, 3.0]]}}))
main(3)
"""
_RECORD = "    return SimpleNamespace(x=x, y=y)\n"
_SAVED = [
    "    compute_y.get_concrete_function()  # creates the variables of the layers",
    '    saver = Saver({"dense/kernel": dense.kernel, "dense/bias": dense.bias}, max_to_keep=1)',
]


def _main(call: str = "graph = build()", x: str = "graph.x", y: str = "graph.y", options: str = "max_to_keep=1") -> str:
    return _MAIN.format(call=call, x=x, y=y, options=options)


# How the function returns what it has made, and who saves it -> lines of the migrated program.
WRITTEN = {
    _RECORD + _main(): [
        *_SAVED,
        "    return SimpleNamespace(saver=saver, compute_y=compute_y)",
        "    graph = build()",
        "    saver = graph.saver",
        '    saver.restore("model")',
    ],
    "    return {'x': x, 'y': y}\n" + _main(x="graph['x']", y="graph['y']"): [
        _SAVED[1],
        '    saver = graph["saver"]',
    ],
    "    return x, y\n" + _main("x, y = build()", "x", "y"): [
        *_SAVED,
        "    return saver, compute_y",
        "    saver, compute_y = build()",
    ],
    # No-ops: the variables have names where the saver stands.
    "    saver = tf.train.Saver(max_to_keep=1)\n    return x, y, saver\n"
    + _main("x, y, saver = build()", "x", "y").replace("    saver = tf.train.Saver(max_to_keep=1)\n", ""): [
        *_SAVED,
        "    return saver, compute_y",
    ],
    "    w = tf.Variable(tf.zeros([2]), name='w')\n    y = tf.matmul(x, tf.ones([3, 2])) * w\n"
    "    return SimpleNamespace(x=x, y=y, w=w)\n" + _main(options="{'w': graph.w}"): [
        '    saver = Saver({"w": graph.w})',
    ],
    # What only its function has is there where what makes the variables is written out.
    _RECORD + _main(options="max_to_keep=keep"): [
        _SAVED[0],
        '    saver = Saver({"dense/kernel": dense.kernel, "dense/bias": dense.bias}, max_to_keep=keep)',
    ],
}
REFUSED = {
    "the function returns in two places": "    if y is None:\n        return None\n" + _RECORD + _main(),
    "two functions make variables": _RECORD
    + "def more(x):\n    z = tf.placeholder(tf.float32, [])\n    return tf.layers.dense(x, 1) * z\n"
    + _main().replace("    saver =", "    z = more(graph.x)\n    saver ="),
    "it stands before the variables": _RECORD
    + _main().replace("    graph = build()\n", "").replace("    with tf.S", "    graph = build()\n    with tf.S"),
}


@pytest.mark.parametrize("source", WRITTEN)
def test_where_it_is_made(source: str) -> None:
    lines = native.migrate(_HEAD + source).splitlines()
    assert [line for line in WRITTEN[source] if line not in lines] == [], "\n".join(lines)


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused(case: str) -> None:
    with pytest.raises(Refused) as refused:
        native.migrate(_HEAD + REFUSED[case])
    assert "tf.train.Saver" in [each.construct for each in refused.value.refusals]


_OBJECT = """\
import tensorflow as tf
class Model:
    def __init__(self):
        self.x = tf.placeholder(tf.float32, [None, 3])
        b = tf.Variable(tf.ones([2]), name="b")
        self.y = tf.layers.dense(self.x, 2, name="h") + b
def use(model):
    saver = tf.train.Saver()
    with tf.Session() as sess:
        saver.restore(sess, "model")
        print(sess.run(model.y, {model.x: [[1.0, 2.0, 3.0]]}))
"""
_SAVES_OBJECT = [
    "    model.compute_y.get_concrete_function()  # creates the variables of the layers",
    '    saver = Saver({"b": model.b, "h/kernel": model.h.kernel, "h/bias": model.h.bias})',
]


@pytest.mark.parametrize(
    "main", ["use(Model())\n", "net = Model()\nuse(net)\n", "def main():\n    net = Model()\n    use(net)\nmain()\n"]
)
def test_an_object_that_a_function_gets(main: str) -> None:
    lines = native.migrate(_OBJECT + main).splitlines()
    assert [line for line in _SAVES_OBJECT if line not in lines] == [], "\n".join(lines)


def test_which_of_two_objects_it_is_must_be_known() -> None:
    with pytest.raises(Refused):
        native.migrate(_OBJECT + "first, second = Model(), Model()\nuse(first)\n")
