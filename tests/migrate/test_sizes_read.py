"""Sizes that a program reads from static shapes: numbers where variables are created, left where a function has it."""

from __future__ import annotations

import pytest

from tf1graphs.migrate import native
from tf1graphs.migrate.refusals import Refused

_HEAD = "import numpy as np\nimport tensorflow as tf\nx = tf.placeholder(tf.float32, [None, 4])\n"
_RUN = "sess = tf.Session()\nsess.run(tf.global_variables_initializer())\nprint(sess.run(y, {x: data}))\n"
_LINEAR = """\
def linear(x, n, name):
    {0}
    with tf.variable_scope(name):
        w = tf.get_variable("w", [{1}, n], initializer=tf.ones_initializer())
    return tf.matmul(x, w){2}
y = linear(tf.nn.relu(linear(x, 3, "a")), 2, "b")
"""

# What computes y -> lines of the migrated program.
WRITTEN = {
    "n = int(x.get_shape()[1])\nw = tf.Variable(tf.ones([n, 2]))\ny = tf.matmul(x, w)\n": [
        "n = 4",
        "w = tf.Variable(tf.ones([n, 2]))",
    ],
    "w = tf.Variable(tf.ones([x.shape[1].value, 2]))\ny = tf.matmul(x, w)\n": ["w = tf.Variable(tf.ones([4, 2]))"],
    "h = x * 2.0\nw = tf.get_variable('w', [h.get_shape().as_list()[-1], 2], initializer=tf.ones_initializer())\n"
    "y = tf.matmul(h, w)\n": ['w = tf.Variable(tf.ones_initializer()([4, 2]), name="w")'],
    "h = tf.reshape(x, [-1, 2, 2])\nn = h.shape[1:].num_elements()\nw = tf.Variable(tf.ones([n]))\ny = x * w\n": [
        "n = 4"
    ],
    "h = tf.expand_dims(x, 2)\nn = np.prod(h.get_shape().as_list()[1:])\nw = tf.Variable(tf.ones([n]))\ny = x * w\n": [
        "n = 4"
    ],
    "shape = x.shape.as_list()\nw = tf.Variable(tf.ones([shape[1]]))\ny = x * w\n": ["shape = [None, 4]"],
    "h = tf.layers.dense(x, 3)\ny = h * tf.Variable(tf.ones([int(h.shape[1])]))\n": [
        "variable = tf.Variable(tf.ones([3]))"
    ],
    "z = tf.placeholder(tf.float32, [None, None])\nz.set_shape([None, 3])\nw = tf.Variable(tf.ones([z.shape[1]]))\n"
    "y = x[:, :3] * w\n": ["w = tf.Variable(tf.ones([3]))"],
    "print(x.shape, x.get_shape().ndims)\ny = x * 2.0\n": ["print(tf.TensorShape([None, 4]), 2)"],
    # Sizes that differ from call to call become parameters.
    _LINEAR.format("n_in = int(x.shape[1])", "n_in", ""): [
        "    def __init__(self, n_in, n):",
        '        self.w = tf.Variable(tf.ones_initializer()([n_in, n]), name="w")',
        "linear_1 = Linear(4, 3)",
        "linear_2 = Linear(3, 2)",
    ],
    _LINEAR.format("pass", "x.get_shape()[1]", ""): [
        "    def __init__(self, x_size, n):",
        '        self.w = tf.Variable(tf.ones_initializer()([x_size, n]), name="w")',
    ],
    _LINEAR.format("n_in = int(x.shape[1])", "n_in", " / n_in"): [
        "        self.n_in = n_in",
        "        return tf.matmul(x, self.w) / self.n_in",
    ],
    "def half(t):\n    w = tf.Variable(tf.ones([t.shape[1] // 2]))\n    return t[:, :2] * w\ny = half(x)\n": [
        "    def __init__(self):",
        "        self.w = tf.Variable(tf.ones([4 // 2]))",
        "half = Half()",
    ],
    # No-ops: the function has the tensor.
    "y = tf.reshape(x, [-1, int(x.shape[1]) // 2, 2])\n": ["    return tf.reshape(x, [-1, int(x.shape[1]) // 2, 2])"],
    "n = x.shape[0].value\nif n is None:\n    n = tf.shape(x)[0]\ny = tf.reshape(x, [n, 2, 2])\n": [
        "    n = x.shape[0]",
        "    if n is None:",
    ],
    "def width(t):\n    return int(t.shape[1])\ny = x * width(x)\n": [
        "    return int(t.shape[1])",
        "    return x * width(x)",
    ],
    "shape = x.get_shape().as_list()\nshape[0] = tf.shape(x)[0]\ny = tf.reshape(x, shape)\n": [
        "    shape = x.get_shape().as_list()",
        "    shape[0] = tf.shape(x)[0]",
    ],
    "w = tf.Variable(tf.ones([4]))\ny = x * tf.reshape(w, [w.get_shape()[0]])\n": [
        "    return x * tf.reshape(w, [w.get_shape()[0]])"
    ],
    "assert x.shape[1] == 4\ny = x * 2.0\n": ["    return x * 2.0"],
}
# What computes y -> what the refusal names, and a part of its reason.
REFUSED = {
    "v = tf.Variable(tf.ones([4]), validate_shape=False)\nh = x * v\ny = h * tf.Variable(tf.ones([h.shape[1]]))\n": (
        "tf.Variable",
        "hangs on a placeholder",
    ),
    "w = tf.Variable(tf.ones([int(x.shape[0])]))\ny = x * w\n": ("tf.Variable", "hangs on a placeholder"),
    "z = tf.placeholder(tf.float32, [None, len(data)])\nw = tf.Variable(tf.ones([int(z.shape[1])]))\ny = x * w\n": (
        "tf.Variable",
        "hangs on a placeholder",
    ),
    "w = tf.Variable(tf.ones([tf.shape(x)[1]]))\ny = x * w\n": ("tf.Variable", "hangs on a placeholder"),
    "h = x\nfor n in [5, 3]:\n    h = tf.matmul(h, tf.Variable(tf.ones([int(h.shape[1]), n])))\ny = h * 1.0\n": (
        "h.shape",
        "not always the same",
    ),
    "def width(t):\n    return int(t.shape[1])\nw = tf.Variable(tf.ones([width(x)]))\ny = x * w\n": (
        "tf.Variable",
        "hangs on a placeholder",
    ),
    "def f():\n    return x * tf.Variable(tf.ones([int(x.shape[1])]))\ny = f()\n": (
        "tf.Variable",
        "hangs on a placeholder",
    ),
    "def f(t):\n    for n in [5, 3]:\n        t = tf.matmul(t, tf.Variable(tf.ones([t.shape[1], n])))\n    return t\n"
    "y = f(x)\n": ("f", "not known by reading"),
}


@pytest.mark.parametrize("source", WRITTEN)
def test_what_is_written(source: str) -> None:
    lines = native.migrate(_HEAD + source + _RUN).splitlines()
    assert [line for line in WRITTEN[source] if line not in lines] == [], "\n".join(lines)


@pytest.mark.parametrize("source", REFUSED)
def test_what_is_refused(source: str) -> None:
    construct, reason = REFUSED[source]
    with pytest.raises(Refused) as refused:
        native.migrate(_HEAD + source + _RUN)
    found = [(each.construct, each.reason) for each in refused.value.refusals]
    assert any(construct == what and reason in why for what, why in found), found
