"""Comprehensions that create layers and variables, one for each element."""

from __future__ import annotations

import pytest

from tf1graphs.migrate import native
from tf1graphs.migrate.refusals import Refused

_START = "import tensorflow as tf\n\nx = tf.placeholder(tf.float32, [None, 3])\n"
_RUN = """
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(h, {x: [[1, 2, 3]]}))
"""
_SAVER = "saver = tf.train.Saver()\n"

# What computes ``h`` -> what must be in the migrated program.
WRITTEN = {
    "a, b = [tf.layers.dense(x, 2, name=name) for name in 'ab']\nh = a + b\n" + _SAVER: [
        "denses = [tf.keras.layers.Dense(2) for name in 'ab']\n",
        "a, b = [dense(x) for name, dense in zip('ab', denses)]\n",
        '"b/kernel": denses[1].kernel,\n',
    ],
    "h = sum(tf.layers.dense(x, n) for n in range(2, 4))\n": [
        "denses = [tf.keras.layers.Dense(n) for n in range(2, 4)]\n",
        " sum(dense(x) for n, dense in zip(range(2, 4), denses))\n",
    ],
    "h = tf.add_n([tf.layers.dense(x, n, name='h%d' % i) for i, n in enumerate([2, 2])])\n" + _SAVER: [
        "denses = [tf.keras.layers.Dense(n) for i, n in enumerate([2, 2])]\n",
        "[dense(x) for (i, n), dense in zip(enumerate([2, 2]), denses)]",
        '"h1/bias": denses[1].bias,\n',
    ],
    "h = tf.add_n([tf.layers.dense(part, 2) for part in [x, 2 * x, 3 * x]])\n": [
        "denses = [tf.keras.layers.Dense(2) for _ in range(3)]\n",
        "[dense(part) for part, dense in zip([x, 2 * x, 3 * x], denses)]",
    ],
    "h = tf.add_n([tf.layers.dense(part, part.shape[1]) for part in [x, 2 * x]])\n": [
        "denses = [tf.keras.layers.Dense(3) for _ in range(2)]\n",
    ],
    "h = 0.0\nfor part in [x, x + 1]:\n    h += tf.layers.dense(part, 2)\n": [
        "denses = [tf.keras.layers.Dense(2) for _ in range(2)]\n",
        "for part, dense in zip([x, x + 1], denses):\n",
    ],
    "h = tf.add_n([tf.layers.dense(x, 2, name='same', reuse=i > 0) for i in range(2)])\n": [
        'same = tf.keras.layers.Dense(2, name="same")\n',
        "[same(x) for i in range(2)]",
    ],
    # No layers: they stay.
    "parts = [tf.nn.relu(x) * n for n in (1, 2)]\nh = tf.add_n(parts)\n": [
        "parts = [tf.nn.relu(x) * n for n in (1, 2)]\n",
    ],
    "ws = [tf.Variable(tf.ones([3, 1]), name=name) for name in 'ab']\nh = tf.matmul(x, ws[0] + ws[1])\n": [
        "ws = [tf.Variable(tf.ones([3, 1]), name=name) for name in 'ab']\n",
    ],
}
REFUSED = [
    "h = tf.add_n([tf.layers.dense(x, 2) for n in (1, 2) if n])\n",
    "h = tf.add_n([tf.layers.dense(x, 2) for n in (1, 2) for m in (1, 2)])\n",
    "h = tf.add_n([tf.add_n([tf.layers.dense(x, 2) for n in (1, 2)]) for m in (1, 2)])\n",
]


@pytest.mark.parametrize("text", WRITTEN)
def test_it_is_written(text):
    migrated = native.migrate(_START + text + _RUN)
    assert [part for part in WRITTEN[text] if part not in migrated] == [], migrated


@pytest.mark.parametrize("text", REFUSED)
def test_it_is_refused(text):
    with pytest.raises(Refused) as caught:
        native.migrate(_START + text + _RUN)
    assert ("tf.layers.dense", "it is created in a loop") in [
        (each.construct, each.reason) for each in caught.value.refusals
    ]
