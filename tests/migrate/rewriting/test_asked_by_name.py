"""Tensors and ops that a program asks for by their names in the graph get the names of the program."""

from __future__ import annotations

import pytest

from tf1graphs.migrate import native
from tf1graphs.migrate.facts.interpreter import Interpreter
from tf1graphs.migrate.facts.trace import Trace
from tf1graphs.migrate.rewriting import asked_by_name
from tf1graphs.migrate.source import Source

_MODEL = """\
import tensorflow as tf
with tf.name_scope("in"):
    x = tf.placeholder(tf.float32, [], name="x")
w = tf.Variable(1.0)
y = tf.multiply(x, w, name="y")
tf.square(y, name="out")
step = tf.train.GradientDescentOptimizer(0.1).minimize(y, name="step")
graph = tf.get_default_graph()
sess = tf.Session()
sess.run(tf.global_variables_initializer())
"""
# A use -> what takes its place.
NAMED = {
    'print(sess.run("y:0", {"in/x:0": 2.0}))': "print(sess.run(y, {x: 2.0}))",
    'print(sess.run(["y:0", w], {x: 2.0}))': "print(sess.run([y, w], {x: 2.0}))",
    'feed = {"in/x:0": 2.0}\nprint(sess.run(y, feed))': "feed = {x: 2.0}\nprint(sess.run(y, feed))",
    'sess.run("step", {x: 2.0})': "sess.run(step, {x: 2.0})",
    'print(sess.run("out:0", {x: 2.0}))': "print(sess.run(out, {x: 2.0}))",
    't = graph.get_tensor_by_name("y:0")\nprint(sess.run(t, {x: 2.0}))': "())\nprint(sess.run(y, {x: 2.0}))",
    't = graph.get_tensor_by_name("y:0")\nt = sess.run(t, {x: 2.0})': "t = y\n",
    'y = graph.get_tensor_by_name("y:0")\nprint(sess.run(y, {x: 2.0}))': "sess.run(tf.global_variables_initializer())\n"
    "print(sess.run(y, {x: 2.0}))",
    't = graph.get_operation_by_name("in/x").outputs[0]\nsess.run(y, {t: 2.0})': "())\nsess.run(y, {x: 2.0})",
    'op = sess.graph.get_operation_by_name("step")\nsess.run(op, {x: 2.0})': "())\nsess.run(step, {x: 2.0})",
}
# No such name, one of an output that there is not, or a name that is something else there.
LEFT = [
    'print(sess.run("z:0", {x: 2.0}))',
    'print(sess.run("y:1", {x: 2.0}))',
    'print(sess.run("y", {x: 2.0}))',
    'print(sess.run("x:0", {x: 2.0}))',
    'print(sess.run("step:0", {x: 2.0}))',
    'print("y:0")',
    "print(graph.get_tensor_by_name(name))",
    'def show(y):\n    print(sess.run("y:0", {x: 2.0}))\n',
    'y = 3\nprint(sess.run("y:0", {x: 2.0}))',
    'print(sess.run("twice:0", {x: 2.0}))',
]
_TWICE = 'a = tf.add(y, 1.0, name="twice")\nwith tf.Graph().as_default():\n    b = tf.add(1.0, 2.0, name="twice")\n'


def _rewritten(text: str) -> str | None:
    interpreter = Interpreter(Source(text), Trace())
    interpreter.program()
    found = asked_by_name.rewritten(interpreter.facts)
    return found.text if found else None


@pytest.mark.parametrize("use", NAMED)
def test_takes_the_names_of_the_program(use: str) -> None:
    written = _rewritten(f"{_MODEL}{use}\n")
    assert written is not None
    assert NAMED[use] in written


@pytest.mark.parametrize("use", LEFT)
def test_leaves_what_is_not_known(use: str) -> None:
    before = _MODEL.replace("graph =", f"{_TWICE}graph =") if "twice" in use else _MODEL
    assert _rewritten(f"{before}{use}\n") is None


def test_gives_what_has_no_name_one() -> None:
    written = _rewritten(f'{_MODEL}print(sess.run("out:0", {{x: 2.0}}))\n')
    assert written is not None
    assert '\nout = tf.square(y, name="out")\n' in written


@pytest.mark.parametrize("use", NAMED)
def test_becomes_native(use: str) -> None:
    after = native.migrate(f"{_MODEL}{use}\n")
    assert "@tf.function" in after
    assert "graph" not in after
