"""Statements that print what 1.15 knew of its graph: they become comments, unless they do more."""

from __future__ import annotations

import pytest

from tf1graphs.migrate import native
from tf1graphs.migrate.refusals import Refused

_MODEL = """\
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 3])
w = tf.Variable(1.0, name="w")
y = tf.nn.relu(x * w)
n = tf.negative(y, name="n")
c = tf.constant(1.0, name="c")
"""
_USE = (
    "with tf.Session() as sess:\n    sess.run(tf.global_variables_initializer())\n    print(sess.run(y, {x: data}))\n"
)
SHOWN = [
    "print(x)",
    "print(y)",
    'print("%s of %d" % (y.name, 3))',
    "print(y, y.dtype)",
    'print(f"{y}")',
    "print(tf.get_default_graph().as_graph_def())",
    "print(tf.shape(y))",
]
# Static shapes that are known are written out.
KNOWN = {
    'print("shape", y.get_shape().as_list(), x.shape)': 'print("shape", [None, 3], tf.TensorShape([None, 3]))',
    "print(len(y.get_shape()))": "print(2)",
    'print("{}".format(str(y.dtype)))': 'print("{}".format(str(tf.float32)))',
    "print(n)": "print('Tensor(\"n:0\", shape=(?, 3), dtype=float32)')",
    'print("%s %s" % (n.name, n.op.name), n.dtype, y.shape)': "print(\"%s %s\" % ('n:0', 'n'), tf.float32, "
    "tf.TensorShape([None, 3]))",
    "print(c.name, w.op.name)": "print('c:0', 'w')",
    "print(tf.int32.as_numpy_dtype, tf.float32.name)": "print(tf.int32.as_numpy_dtype, tf.float32.name)",
}
KEPT = ["print(w.name)", "print(1)", 'print("y")']
REFUSED = ["print(record(y))", "log(y)"]


@pytest.mark.parametrize("statement", SHOWN)
def test_becomes_a_comment(statement: str) -> None:
    after = native.migrate(f"{_MODEL}{statement}\n{_USE}")
    assert "\n# This is known only while a function is traced: print(" in after
    assert after.count("print(") == 2


@pytest.mark.parametrize("statement", KNOWN)
def test_shapes_are_written_out(statement: str) -> None:
    assert f"\n{KNOWN[statement]}\n" in native.migrate(f"{_MODEL}{statement}\n{_USE}")


@pytest.mark.parametrize("statement", KEPT)
def test_stays(statement: str) -> None:
    assert f"\n{statement}\n" in native.migrate(f"{_MODEL}{statement}\n{_USE}")


@pytest.mark.parametrize("statement", REFUSED)
def test_does_more(statement: str) -> None:
    with pytest.raises(Refused):
        native.migrate(f"{_MODEL}def record(y):\n    open('a')\n    return y\n{statement}\n{_USE}")
