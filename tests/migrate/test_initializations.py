"""Second initializations: those that make no difference go with the first, the others are refused."""

from __future__ import annotations

import pytest

from tf1graphs.migrate import native
from tf1graphs.migrate.refusals import Refused

_START = """\
import tensorflow as tf
w = tf.Variable(1.0)
grow = w.assign_add(1.0)
sess = tf.Session()
sess.run(tf.global_variables_initializer())
"""
_AGAIN = "sess.run(tf.global_variables_initializer())\n"

IDLE = {
    "nothing has changed": _START + "print(sess.run(w))\n" + _AGAIN + "print(sess.run(w))\n",
    "only new variables are used": _START
    + "print(sess.run(grow))\nv = tf.Variable([2.0])\n"
    + _AGAIN
    + "print(sess.run(v))\n",
    "one session after the other": _START.replace("sess = tf.Session()\n", "")
    .replace("sess.run(", "with tf.Session() as sess:\n    sess.run(")
    .replace("())\n", "())\n    print(sess.run(w))\n")
    + "with tf.Session() as sess:\n    sess.run(tf.global_variables_initializer())\n    print(sess.run(w))\n",
}
_SAVED = """\
import tensorflow as tf
w = tf.Variable(1.0)
train = tf.train.MomentumOptimizer(0.1, 0.9).minimize(w * w)
saver = tf.train.Saver()
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    sess.run(train)
    path = saver.save(sess, "a")
"""
_SECOND = "with tf.Session() as sess:\n    sess.run(tf.global_variables_initializer())\n"
_RESTORED = "    saver.restore(sess, path)\n    sess.run(train)\n"
IDLE["a checkpoint of all variables is loaded"] = _SAVED + _SECOND + _RESTORED
ANEW = {
    "a checkpoint is loaded later": _SAVED + _SECOND + "    print(sess.run(w))\n" + _RESTORED,
    "a checkpoint may be loaded": _SAVED
    + _SECOND
    + "    if path:\n        saver.restore(sess, path)\n    sess.run(train)\n",
    "a checkpoint of some variables is loaded": _SAVED.replace("Saver()", "Saver([w])") + _SECOND + _RESTORED,
    "a variable has changed": _START + "print(sess.run(grow))\n" + _AGAIN + "print(sess.run(w))\n",
    "variables of a list": _START
    + "print(sess.run(grow))\nsess.run(tf.variables_initializer([w]))\nprint(sess.run(w))\n",
    "a variable changes in a method": _START
    + "def step():\n    sess.run(grow)\nstep()\n"
    + _AGAIN
    + "print(sess.run(w))\n",
    "other random numbers": _START.replace("1.0)\ng", "tf.random_normal([]))\ng")
    + "print(sess.run(w))\n"
    + _AGAIN
    + "print(sess.run(w))\n",
    "both sessions go on": _START
    + "other = tf.Session()\nother.run(tf.global_variables_initializer())\n"
    + "print(sess.run(grow), other.run(grow))\n",
    "what is used again is saved": _START
    + "print(sess.run(grow))\nv = tf.Variable([2.0])\nsaver = tf.train.Saver()\n"
    + _AGAIN
    + "print(sess.run(v), saver.save(sess, 'a'))\n",
}


@pytest.mark.parametrize("program", IDLE.values(), ids=IDLE)
def test_makes_no_difference(program: str) -> None:
    after = native.migrate(program)
    assert "initializer" not in after and "Session" not in after


@pytest.mark.parametrize("program", ANEW.values(), ids=ANEW)
def test_would_start_anew(program: str) -> None:
    with pytest.raises(Refused) as refused:
        native.migrate(program)
    assert {each.reason for each in refused.value.refusals} == {"the variables are initialized again"}


def test_would_overwrite_what_was_loaded() -> None:
    program = _SAVED + "    saver.restore(sess, path)\n    sess.run(tf.variables_initializer([w]))\n"
    with pytest.raises(Refused) as refused:
        native.migrate(
            program.replace("    sess.run(tf.global_variables_initializer())\n", "") + "    print(sess.run(w))\n"
        )
    assert [(each.line, each.reason) for each in refused.value.refusals] == [
        (9, "it overwrites the checkpoint that was loaded before")
    ]
