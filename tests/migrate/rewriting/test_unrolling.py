"""Loops that run one after the other of some tensors are written out; all others stay loops."""

from __future__ import annotations

import pytest

from tf1graphs.migrate import native
from tf1graphs.migrate.facts.interpreter import Interpreter
from tf1graphs.migrate.facts.trace import Trace
from tf1graphs.migrate.refusals import Refused
from tf1graphs.migrate.rewriting import unrolling
from tf1graphs.migrate.source import Source

_MODEL = """\
import tensorflow as tf
x = tf.placeholder(tf.float32, [])
a = x * 2.0
b = x + 1.0
pairs = [("a", a), ("b", b)]
made = [("sum", a + b), ("product", a * b)]
named = {"a": a, "b": b}
sess = tf.Session()
"""
_LOOP = "for name, t in {over}:\n    print(name, sess.run(t, {{x: 3.0}}))\n"
_PAIRS = "print('a', sess.run(a, {x: 3.0}))\nprint('b', sess.run(b, {x: 3.0}))"
# Loop -> what it becomes before it is migrated.
UNROLLED = {
    _LOOP.format(over='[("a", a), ("b", b)]'): _PAIRS,
    _LOOP.format(over="pairs"): _PAIRS,
    _LOOP.format(over="named.items()"): _PAIRS,
    _LOOP.format(over='zip(["a", "b"], (a, b))'): _PAIRS,
    _LOOP.format(over="enumerate([a, b])"): _PAIRS.replace("'a'", "0").replace("'b'", "1"),
    _LOOP.format(over="made"): "print('sum', sess.run((a + b), {x: 3.0}))",
    _LOOP.format(over='[("a", a), ("b", b)]').replace(":\n", ":  # both\n", 1): f"# both\n{_PAIRS}",
    "for k in sorted(named):\n    print(sess.run(named[k], {x: 1.0}))\n": "print(sess.run(named['a'], {x: 1.0}))",
    "for i in range(2):\n    print(i, sess.run([a, b][i], {x: 1.0}))\n": "print(1, sess.run([a, b][1], {x: 1.0}))",
    "print([sess.run(t, {x: 1.0}) for t in (a, b)])\n": "print([sess.run(a, {x: 1.0}), sess.run(b, {x: 1.0})])",
    "print({k: sess.run(t, {x: 1.0}) for k, t in pairs})\n": "{'a': sess.run(a, {x: 1.0}), 'b': sess.run(b, {x: 1.0})}",
    "print(tuple(t.eval({x: 1.0}, sess) for t in [a, b]))\n": "tuple([a.eval({x: 1.0}, sess), b.eval({x: 1.0}, sess)])",
}
# Another round may not come, the name means something else there, or the rounds are not known.
LEFT = [
    "for t in [a, b]:\n    print(t.shape)\n",
    "for i in range(2):\n    print(sess.run(a, {x: i}))\n",
    "for t in [a, b]:\n    if sess.run(t, {x: 1.0}) > 2:\n        break\n",
    "for t in [a, b]:\n    print(sess.run(t, {x: 1.0}))\nelse:\n    print('end')\n",
    "for t in [a, b]:\n    print(sess.run(t, {x: 1.0}))\nprint(t.name)\n",
    "for t in [a, b]:\n    t = sess.run(t, {x: 1.0})\n",
    "for t in [a, b]:\n    a = sess.run(t, {x: 1.0})\n",
    "for t in [a, b]:\n    print(f'{sess.run(t, {x: 1.0})}')\n",
    "for t in [a, next(iter([b]))]:\n    print(sess.run(t, {x: 1.0}))\n",
    "for t in [a, b] * 9:\n    print(sess.run(t, {x: 1.0}))\n",
    "print([sess.run(t, {x: 1.0}) for t in [a, b] if t is not a])\n",
]


def _unrolled(text: str) -> str | None:
    interpreter = Interpreter(Source(text), Trace())
    interpreter.program()
    found = unrolling.unrolled(interpreter.facts)
    return found.text if found else None


@pytest.mark.parametrize("loop", UNROLLED)
def test_writes_rounds_out(loop: str) -> None:
    written = _unrolled(_MODEL + loop)
    assert written is not None
    assert UNROLLED[loop] in written.replace('"', "'")
    assert "for " not in written


@pytest.mark.parametrize("loop", LEFT)
def test_leaves_other_loops(loop: str) -> None:
    assert _unrolled(_MODEL + loop) is None


def test_leaves_out_a_list_that_only_the_loop_reads() -> None:
    written = _unrolled(_MODEL + _LOOP.format(over="made"))
    assert written is not None
    assert "made" not in written
    assert "pairs = " in written


@pytest.mark.parametrize("loop", UNROLLED)
def test_becomes_native(loop: str) -> None:
    after = native.migrate(_MODEL + loop)
    assert "@tf.function" in after
    assert "Session" not in after


def test_loops_that_need_it_not_stay() -> None:
    text = "import tensorflow as tf\nwith tf.Session() as sess:\n    for t in [tf.ones([2]), tf.zeros([2])]:\n"
    after = native.migrate(f"{text}        print(sess.run(t))\n")
    assert after.endswith("for t in [tf.ones([2]), tf.zeros([2])]:\n    print(t.numpy())\n")


def test_refusals_have_the_lines_of_the_program() -> None:
    text = _MODEL + _LOOP.format(over="pairs") + "print(tf.contrib.nothing(a))\n"
    with pytest.raises(Refused) as refused:
        native.migrate(text)
    assert {each.line for each in refused.value.refusals} == {text.count("\n")}
