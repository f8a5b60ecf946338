"""Optimizers that a branch chooses, with the step of training in the branch: the step is taken behind it."""

from __future__ import annotations

import pytest

from tf1graphs.migrate import native
from tf1graphs.migrate.refusals import Refused

_HEAD = """\
import sys
import tensorflow as tf
kind = sys.argv[1]
x = tf.placeholder(tf.float32, [2])
w = tf.Variable([1.0, 2.0])
loss = tf.reduce_sum(x * w)
"""
_RUN = """\
sess = tf.Session()
sess.run(tf.global_variables_initializer())
print(sess.run([step, loss], {x: [1.0, 2.0]}))
"""
_SGD = "tf.keras.optimizers.SGD"

# What chooses -> lines of the migrated program.
WRITTEN = {
    """\
if kind == "adam":
    step = tf.train.AdamOptimizer(0.1).minimize(loss)
else:
    step = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
""": ["    optimizer = Adam(0.1, epsilon=1e-8)", f"    optimizer = {_SGD}(0.1)", "def train_step(x):"],
    """\
if kind == "adam":
    opt = tf.train.AdamOptimizer(0.1)
    step = opt.minimize(loss)  # trains
elif kind == "sgd":
    opt = tf.train.GradientDescentOptimizer(0.1)
    step = opt.minimize(loss)
else:
    raise ValueError(kind)
""": ["    opt = Adam(0.1, epsilon=1e-8)", f"    opt = {_SGD}(0.1)", "    raise ValueError(kind)"],
    # No-ops: it is trained behind the branch already, or what is chosen is known.
    """\
opt = tf.train.AdamOptimizer(0.1) if kind else tf.train.GradientDescentOptimizer(0.1)
step = opt.minimize(loss)
""": [f"opt = Adam(0.1, epsilon=1e-8) if kind else {_SGD}(0.1)"],
    """\
if kind == "adam":
    opt = tf.train.AdamOptimizer(0.1)
else:
    opt = tf.train.GradientDescentOptimizer(0.1)
step = opt.minimize(loss)
""": ["    opt = Adam(0.1, epsilon=1e-8)", f"    opt = {_SGD}(0.1)"],
}
# What is trained is another thing in each branch, or one of them trains nothing.
REFUSED = [
    """\
if kind == "adam":
    step = tf.train.AdamOptimizer(0.1).minimize(loss)
else:
    step = tf.train.GradientDescentOptimizer(0.1).minimize(loss + 1.0)
""",
    """\
step = tf.no_op()
if kind == "none":
    print("nothing is trained")
elif kind == "adam":
    step = tf.train.AdamOptimizer(0.1).minimize(loss)
else:
    step = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
""",
    """\
step = tf.no_op()
if kind == "adam":
    step = tf.train.AdamOptimizer(0.1).minimize(loss)
""",
]


@pytest.mark.parametrize("source", WRITTEN)
def test_what_is_chosen(source: str) -> None:
    lines = native.migrate(_HEAD + source + _RUN).splitlines()
    assert [line for line in WRITTEN[source] if line not in lines] == [], "\n".join(lines)
    assert not any("minimize" in line for line in lines)


@pytest.mark.parametrize("source", REFUSED)
def test_what_is_refused(source: str) -> None:
    with pytest.raises(Refused):
        native.migrate(_HEAD + source + _RUN)


def test_the_line_of_a_refusal() -> None:
    source = _HEAD + list(WRITTEN)[1] + "z = tf.contrib.nothing(w)\n" + _RUN
    with pytest.raises(Refused) as refused:
        native.migrate(source)
    (refusal,) = refused.value.refusals
    assert source.splitlines()[refusal.line - 1] == "z = tf.contrib.nothing(w)"
