"""Functions are given what they call and their caller defines, where the old program gave them tensors."""

from __future__ import annotations

import pytest

from tf1graphs.migrate import native
from tf1graphs.migrate.refusals import Refused

_PROGRAM = """\
import tensorflow as tf


{functions}
def main():
    x = tf.placeholder(tf.float32, [2])
    y = x * 2.0
    z = x + 1.0
    with tf.Session() as sess:
        {calls}


main()
"""
_SHOW = "def show({parameters}):\n    print(sess.run(t, {{p: [1.0, 2.0]}}))\n\n\n"


def _program(functions: str, *calls: str) -> str:
    return _PROGRAM.format(functions=functions, calls="\n        ".join(calls))


# Program -> lines of what it becomes.
WRITTEN = {
    _program(_SHOW.format(parameters="sess, t, p"), "show(sess, y, x)"): [
        "def show(compute_t):",
        "    print(compute_t([1.0, 2.0]).numpy())",
        "    show(compute_t)",
    ],
    _program(
        _SHOW.format(parameters="sess, t, p").replace("[1.0", "[s").replace("p)", "p, s)"), "show(sess, y, x, 3.0)"
    ): [
        "def show(s, compute_t):",
        "    show(3.0, compute_t)",
    ],
    _program(_SHOW.format(parameters="sess, t, p, s=1"), "show(sess, y, p=x)"): [
        "def show(s=1, *, compute_t):",
        "    show(compute_t=compute_t)",
    ],
    _program(
        _SHOW.format(parameters="sess, t, p")
        + "def twice(sess, t, p):\n    show(sess, t, p)\n    show(sess, t, p)\n\n\n",
        "twice(sess, y, x)",
    ): ["def show(compute_t):", "def twice(compute_t):", "    show(compute_t)", "    twice(compute_t)"],
    # No-ops: what it is given is not a part of the graph, or it sees the function.
    _program("def show(v):\n    print(v)\n\n\n", "show(sess.run(y, {x: [1.0, 2.0]}))"): [
        "def show(v):",
        "    show(compute_y([1.0, 2.0]).numpy())",
    ],
    "import tensorflow as tf\nx = tf.placeholder(tf.float32, [2])\ny = x * 2.0\n"
    + _SHOW.format(parameters="sess, t, p")
    + "show(tf.Session(), y, x)\n": ["def show():", "show()"],
}
REFUSED = [
    _program(_SHOW.format(parameters="sess, t, p"), "show(sess, y, x)", "show(sess, z, x)"),
    _program(_SHOW.format(parameters="sess, t, p"), "show(sess, y, x)", "print(list(map(show, [])))"),
]


@pytest.mark.parametrize("source", WRITTEN)
def test_what_is_written(source: str) -> None:
    lines = native.migrate(source).splitlines()
    assert [line for line in WRITTEN[source] if line not in lines] == [], "\n".join(lines)


@pytest.mark.parametrize("source", REFUSED)
def test_what_is_refused(source: str) -> None:
    with pytest.raises(Refused):
        native.migrate(source)
