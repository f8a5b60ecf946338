"""What methods are given of a graph, or return of it, has one name in all functions that compute it."""

from __future__ import annotations

import pytest

from tf1graphs.migrate import native
from tf1graphs.migrate.refusals import Refused

_PROGRAM = """\
import tensorflow as tf


class Model:
    def __init__(self):
        self.x = tf.placeholder(tf.float32, [2])
{init}
        self.sess = tf.Session()
        self.sess.run(tf.global_variables_initializer())

{methods}
    def run(self, x):
        return self.sess.run({fetch}, {{self.x: x}})


model = Model()
for s in range(2):
    print(model.run([s, s]))
"""
_BUILD = """\
    def _build(self, s):
        self.t = tf.placeholder_with_default(1.0, [])
        y = s * 2.0
        return y + self.t
"""


def _program(init: str, methods: str, fetch: str) -> str:
    return _PROGRAM.format(init="\n".join(f"        {line}" for line in init.split("\n")), methods=methods, fetch=fetch)


# Program -> lines of what it becomes.
WRITTEN = {
    "a placeholder": (
        _program("self.y = self._build(self.x)", _BUILD.replace("return y + self.t", "self.z = y + self.t"), "self.z"),
        ["        y = x * 2.0", "    def _build(self):"],
    ),
    "a tensor that gets another name": (
        _program(
            "self.h = self.x + 1.0\nself.y = self._build(self.h)",
            _BUILD.replace("return y + self.t", "return y"),
            "self.y",
        ),
        ["        h = x + 1.0", "        return h * 2.0"],
    ),
    "several results": (
        _program(
            "self.a, self.b = self._build(self.x, 3)\nself.c = self.b * self.a",
            "    def _build(self, s, n):\n        t = tf.placeholder_with_default(1.0, [])\n        first = s * n\n"
            "        second = first + t\n        return first, second\n",
            "self.c",
        ),
        ["        first = x * self.n", "        return second * first", "        self._build(3)"],
    ),
    "what a name stands for afterwards": (
        _program(
            "self._build(self.x)",
            "    def _build(self, s):\n        t = tf.placeholder_with_default(1.0, [])\n        s = s / 2.0\n"
            "        self.y = s + t\n",
            "self.y",
        ),
        ["        s = x / 2.0", "        return s + t"],
    ),
    # No-ops: what has its name already, and what is no part of a graph.
    "a parameter of the placeholder's name": (
        _program("self._build(self.x)", _BUILD.replace("s", "x").replace("return y + x", "x"), "self.x"),
        [],
    ),
    "a number": (
        _program("self._build(3.0)", _BUILD.replace("return y + self.t", "self.z = y + self.t + self.x"), "self.z"),
        ["    def _build(self, s):"],
    ),
}
REFUSED = {
    "another thing of that name": (
        _program(
            "self._build(self.x)",
            "    def _build(self, s):\n        t = tf.placeholder_with_default(1.0, [])\n        x = s * 2.0\n"
            "        self.y = s + x + t\n",
            "self.y",
        ),
        "x stands for something else there",
    ),
    "two placeholders": (
        _program(
            "z = tf.placeholder_with_default([1.0, 2.0], [2])\nself.a = self._build(self.x)\nself.b = self._build(z)",
            _BUILD,
            "self.b",
        ),
        "which part of a graph it is is not known",
    ),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_what_is_written(name: str) -> None:
    source, wanted = WRITTEN[name]
    lines = native.migrate(source).splitlines()
    assert [line for line in wanted if line not in lines] == [], "\n".join(lines)


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused(name: str) -> None:
    source, wanted = REFUSED[name]
    with pytest.raises(Refused) as refused:
        native.migrate(source)
    assert wanted in [each.reason for each in refused.value.refusals], refused.value.refusals
