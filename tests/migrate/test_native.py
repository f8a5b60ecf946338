"""What the engine writes in place of sessions, what it leaves as it is, and what it refuses."""

from __future__ import annotations

import pytest
from fetch_cases import FETCHES
from name_cases import NAMES
from training_cases import TRAINING

from tf1graphs.migrate import native
from tf1graphs.migrate.refusals import Refused

TF = "import tensorflow as tf\n"
WRITTEN = FETCHES | TRAINING | NAMES

# What follows the import of TensorFlow and stays as it is.
KEPT = [
    "a = 1\n",
    "def f(x):\n    return tf.nn.relu(x) + 1\n",
    '"""Doc."""\nx = tf.reduce_sum([1, 2], axis=0)  # all\n',
    "with tf.GradientTape() as tape:\n    loss = w * w\ngradients = tape.gradient(loss, [w])\n",
    "w = tf.Variable(1.0)\n\n\n@tf.function\ndef f(x):\n    return w * x\n",
    "for x, y in tf.data.Dataset.from_tensor_slices(([1], [2])):\n    print(x.numpy(), y.numpy())\n",
    'model = tf.keras.Sequential([tf.keras.layers.Dense(1)])\nmodel.compile("sgd", "mse")\n',
    "optimizer = tf.keras.optimizers.Adam(0.1)\n",
    "class Session:\n    def run(self, x):\n        return x\n\n\nsess = Session()\nprint(sess.run(1))\n",
    "def f(sess, x):\n    return sess.run(x)\n",
    "x = y.eval()\nz = w.run()\n",
    'print("tf.placeholder(tf.float32)")  # tf.Session()\n',
    "def main():\n    tf = object()\n    return tf.placeholder\n",
    "def f(tf):\n    with tf.Session() as sess:\n        return sess.run(1)\n",
    "import numpy as np\n\nprint(np.log(2), np.sum([1]))\n",
    "if x:\n    y = 1\nelse:\n    y = 2\n",
    "try:\n    import cv2\nexcept ImportError:\n    cv2 = None\n",
    "x = [\n    1,\n  2]\n",
    "def f():\n\tif 1:\n\t\treturn 'a'\n",
    "print(tf.__version__)\n",
    "",
]

_X = "x = tf.placeholder(tf.float32, [None, 3])\ny = tf.reduce_sum(x)\nsess = tf.Session()\n"
_W = """\
w = tf.Variable(1.0)
v = tf.Variable(2.0)
train = tf.train.GradientDescentOptimizer(0.1).minimize(w * w)
sess = tf.Session()
init = tf.global_variables_initializer()
"""
# What follows the import of TensorFlow -> what the refusal names, and a part of its reason.
REFUSED = {
    _X + "print(sess.run(y))": ("Session.run", "x is not fed"),
    _X + "print(sess.run(y, {'x:0': 1.0}))": ("feed_dict", "no placeholder"),
    # It may give something else each time, so that it has to be called once.
    _X + "def feed():\n    return {x: next(data)}\nprint(sess.run(tf.ones([2]), feed()), sess.run(y, feed()))": (
        "Session.run",
        "a call gives what is fed",
    ),
    _X + "print(sess.run(y, make_feed()))": ("feed_dict", "not known by reading"),
    _X + "k = 1\nz = y * k\nfor i in range(3):\n    print(sess.run(z, {x: 1.0}))\n    k += 1": (
        "k",
        "another value later",
    ),
    _X + "k = 1\nz = y * k\ndef f():\n    sess.run(z, {x: 1.0})\nf()\nk += 1\nf()": ("k", "another value later"),
    "if False:\n    w = tf.Variable(1.0)\n    tf.Session().run(w)": ("a branch", "makes another graph"),
    _X + "k = 1\nz = y * k\nk += 1\nprint(sess.run(z, {x: 1.0}), k)": ("k", "another value later"),
    _X + "k = 1\ndef f(t):\n    return t * k\nz = f(y) * k\nk = 2\nprint(sess.run(z, {x: 1.0}), f(1))": (
        "k",
        "another value later",
    ),
    _X + "for i in range(3):\n    z = y * (i + 1)\n    print(sess.run(z, {x: 1.0}))": ("", ""),
    _X + "k = [1.0]\nz = y * k\nk[0] = 2.0\nprint(sess.run(z, {x: 1.0}))": ("", ""),
    _W + "for i in range(2):\n    sess.run(init)\n    sess.run(train)": ("Session.run", "initialized again"),
    _W + "sess.run(init)\nsess.run(train)\nsess.run(init)\nprint(sess.run(w))": ("Session.run", "initialized again"),
    _W + "def learn():\n    sess.run(init)\n    sess.run(train)\nfor _ in range(2):\n    learn()\n": (
        "Session.run",
        "initialized again",
    ),
    _W + "def learn():\n    sess.run(init)\n    sess.run(train)\nlearn()\nlearn()\n": (
        "Session.run",
        "initialized again",
    ),
    _W + "o = tf.train.AdamOptimizer()\na = o.minimize(w * w)\nb = o.minimize(v * v)\nsess.run(a)\nsess.run(b)": (
        "minimize",
        "two sets of variables",
    ),
    _W + "o = tf.train.AdamOptimizer()\na = o.minimize(w * w, var_list=[w])\nb = o.minimize(v * v, var_list=[v])\n"
    "sess.run([a, b])": ("minimize", "two sets of variables"),
    "print(tf.contrib.training.HParams())": ("tf.contrib.training.HParams", "tf.contrib has left TensorFlow"),
    "from tensorflow.contrib import *": ("from tensorflow.contrib import *", "not known"),
    "graph = tf.get_default_graph()\nprint(graph.get_tensor_by_name('a:0'))": ("graph.get_tensor_by_name", ""),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_what_is_written(name: str) -> None:
    before, after = WRITTEN[name]
    assert native.migrate(TF + before) == TF + after


@pytest.mark.parametrize("source", KEPT)
def test_what_stays(source: str) -> None:
    assert native.migrate(TF + source) == TF + source


@pytest.mark.parametrize("source", REFUSED)
def test_what_is_refused(source: str) -> None:
    construct, reason = REFUSED[source]
    with pytest.raises(Refused) as refused:
        native.migrate(TF + source + "\n")
    assert any(construct in each.construct and reason in each.reason for each in refused.value.refusals)
    assert all(each.line > 1 and each.reason and each.remedy for each in refused.value.refusals)
