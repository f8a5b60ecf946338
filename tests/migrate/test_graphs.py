"""Programs with several graphs: what has the same name in two of them is two things."""

from __future__ import annotations

import contextlib
import io

import pytest

from tf1graphs.migrate import native

_RUN = """\
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run({letter}, {{x: [[1.0, 2.0]]}}).ravel())
"""
_INPUTS = "x = tf.placeholder(tf.float32, [None, 2])\n"
_NET = """\
def net(x):
    with tf.variable_scope("net", reuse=tf.AUTO_REUSE):
        w = tf.get_variable("w", [2, 1])
        return tf.matmul(x, w)
"""
_DENSE = """\
with tf.variable_scope("scope", reuse=tf.AUTO_REUSE):
    {letter} = tf.layers.dense(x, 1, name="out")
"""
_RESET = "tf.reset_default_graph()\n"

# What makes the first and the second output, and whether there is a graph for each.
PROGRAMS = {
    "layers": (_DENSE, _RESET, True),
    "functions": ("{letter} = net(x)\n", _RESET, True),
    # No-ops: in one graph they share their variables.
    "layers of one graph": (_DENSE, "", False),
    "functions of one graph": ("{letter} = net(x)\n", "", False),
}


def _indented(text: str) -> str:
    return "".join(f"    {line}\n" for line in text.splitlines())


@pytest.mark.parametrize("name", PROGRAMS)
def test_what_is_shared(name: str) -> None:
    made, between, is_apart = PROGRAMS[name]
    first, second = (_INPUTS + (made + _RUN).format(letter=letter) for letter in "yz")
    source = f"import tensorflow as tf\n{_NET}{first}{between}{second}"
    old, new = _printed(source)
    assert (old != new) == is_apart


def test_functions_that_build_graphs_of_their_own() -> None:
    functions = "".join(
        f"def run_{letter}():\n{_indented(_INPUTS + (_DENSE + _RUN).format(letter=letter))}" for letter in "yz"
    )
    calls = "".join(f"with tf.Graph().as_default():\n    run_{letter}()\n" for letter in "yz")
    first, second = _printed(f"import tensorflow as tf\n{functions}{calls}")
    assert first != second


def _printed(source: str) -> list[str]:
    """Returns the lines that the migrated program prints."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(native.migrate(source), "migrated.py", "exec"), {"__name__": "__main__"})
    return printed.getvalue().splitlines()
