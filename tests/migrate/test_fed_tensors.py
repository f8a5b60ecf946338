"""Tensors and variables that are fed become arguments of the functions of those runs, which do not compute them."""

from __future__ import annotations

import ast

import pytest

from tf1graphs.migrate import native
from tf1graphs.migrate.facts import dtypes
from tf1graphs.migrate.facts.interpreter import Interpreter
from tf1graphs.migrate.facts.trace import Trace
from tf1graphs.migrate.facts.values import Tensor, Variable
from tf1graphs.migrate.refusals import Refused
from tf1graphs.migrate.source import Source

_START = "import numpy as np\nimport tensorflow as tf\n"
_FILL = """\
def fill(data, x):
    return {x: data}
a = tf.placeholder(tf.float32, [1])
b = tf.placeholder(tf.float32, [1])
y = a + 1.0
z = b + 1.0
sess = tf.Session()
"""
_X = "x = tf.placeholder(tf.float32, [None, 2])\nh = x * 2.0\ny = tf.reduce_sum(h)\nsess = tf.Session()\n"
_STATE = """\
x = tf.placeholder(tf.float32, [1, 3, 1])
cell = tf.nn.rnn_cell.LSTMCell(2)
init = cell.zero_state(1, tf.float32)
out, last = tf.nn.dynamic_rnn(cell, x, initial_state=init)
sess = tf.Session()
"""
_CAST = "tf.nest.map_structure(lambda value: tf.constant(value, tf.float32), {})"

# What is old -> what the new program has, and what it does not have.
WRITTEN = {
    _X + "print(sess.run(y, {h: np.ones([3, 2])}))": (
        [
            "@tf.function(input_signature=[tf.TensorSpec([None, 2], tf.float32)])\ndef compute_y(h):\n"
            "    return tf.reduce_sum(h)\n",
            "print(compute_y(np.ones([3, 2])).numpy())",
        ],
        ["x * 2.0"],
    ),
    # The run without the feed calls the function of the run with it.
    _X + "print(sess.run(y, {x: [[1, 2]]}))\nprint(sess.run(y, {h: [[1, 2]]}))": (
        ["def compute_y(x):\n    h = x * 2.0\n    return compute_y_2(h)\n", "print(compute_y_2([[1, 2]]).numpy())"],
        [],
    ),
    # What is fed by the name of a dict.
    _X + "feed = {h: [[1, 2]]}\nprint(sess.run(y, feed_dict=feed))": (
        ['feed = {"h": [[1, 2]]}', 'compute_y(feed["h"])'],
        ["x * 2.0"],
    ),
    # Another name for it feeds the same tensor.
    _X + "z = h\nprint(sess.run(y, {z: [[1, 2]]}))": (["def compute_y(h):\n    return tf.reduce_sum(h)\n"], []),
    # A placeholder that only stands in an expression; what is fetched is what is fed.
    "x = tf.placeholder(tf.float32, [None, 4]) / 255.\nsess = tf.Session()\nprint(sess.run(x, {x: [[1, 2, 3, 4]]}))": (
        ["tf.TensorSpec([None, 4], tf.float32)", "def compute_x(x):\n    return x\n"],
        ["255"],
    ),
    # What would be computed once for all runs is computed where it is not fed.
    "a = tf.add(2, 5)\nb = tf.multiply(a, 3)\nsess = tf.Session()\nprint(sess.run(b), sess.run(b, {a: 15}))": (
        [
            "def compute_b():\n    a = tf.add(2, 5)\n    return compute_b_2(a)\n",
            "@tf.function(input_signature=[tf.TensorSpec([], tf.int32)])\ndef compute_b_2(a):\n",
            "print(compute_b().numpy(), compute_b_2(15).numpy())",
        ],
        [],
    ),
    # A variable is an argument of that name; the variable stays as it is.
    "w = tf.Variable(3.0)\ny = w * 2\nsess = tf.Session()\n"
    "print(sess.run(y, {w: 1}), sess.run(w), sess.run(w, {w: 4}))": (
        ["def compute_y(w):\n    return w * 2\n", "compute_y(1).numpy(), w.numpy(), compute_w(4).numpy()"],
        [],
    ),
    # A state that is a tuple; without a signature arguments get their dtypes where they are given.
    _STATE + "state = sess.run(init)\nstate = sess.run(last, {x: np.ones([1, 3, 1]), init: state})": (
        [
            "@tf.function\ndef compute_last(x, init):\n",
            f"state = tf.nest.map_structure(lambda value: value.numpy(), compute_last(tf.constant(np.ones([1, 3, 1]), "
            f"tf.float32), {_CAST.format('state')}))",
        ],
        [],
    ),
    # Fed from the second round on.
    _STATE
    + "state = None\nfor _ in range(2):\n    feed = {x: np.ones([1, 3, 1])}\n    if state is not None:\n"
    + "        feed[init] = state\n    state = sess.run(last, feed)": (
        [
            "def compute_last(x, init=None):\n    if init is None:\n        init = cell.zero_state(1, tf.float32)\n",
            'feed["init"] = state\n',
            f'init={_CAST.format(chr(102) + "eed[" + chr(34) + "init" + chr(34) + "]")} if "init" in feed else None',
        ],
        [],
    ),
    _STATE + "z = last.h + 1\nstate = sess.run(init)\nprint(sess.run(z, {last: state}))": (
        [
            "def compute_z(last):\n    return last.h + 1\n",
            "state = tf.nest.map_structure(lambda value: value.numpy(), init)\n",
        ],
        ["def compute_z(x"],
    ),
    # The step of the summaries that a function writes comes before what has a default.
    _STATE
    + "s = tf.summary.scalar('top', tf.reduce_sum(out))\nwriter = tf.summary.FileWriter('logs')\nstate = None\n"
    + "for i in range(2):\n    feed = {x: np.ones([1, 3, 1])}\n    if state is not None:\n"
    + "        feed[init] = state\n    state, text = sess.run([last, s], feed)\n    writer.add_summary(text, i)": (
        ["(x, step, init=None):\n", "step=i)"],
        [],
    ),
    # What a function or method returns has the dtype of what it is given.
    "def net(s, k=1.0):\n    h = s * k\n    return tf.nn.relu(h)\nx = tf.placeholder(tf.float32, [2])\nh = net(x)\n"
    "y = h + net(x * 2, k=3.0)\nsess = tf.Session()\nprint(sess.run(y, {x: [1, 2], h: [1, 2]}))": (
        ["def compute_y(x, h):\n    return h + net(x * 2, k=3.0)\n"],
        [],
    ),
    # What is trained is listed, and nothing of it is behind what is fed.
    _X + "u = tf.Variable([1.0, 2.0])\nv = tf.Variable([1.0, 2.0])\na = h * u\nloss = tf.reduce_sum(a * v)\n"
    "train = tf.train.GradientDescentOptimizer(0.1).minimize(loss, var_list=[v])\nsess.run(train, {a: [[1, 2]]})": (
        ["def train_step(a):\n", "    variables = [v]\n"],
        ["x * 2.0"],
    ),
    _X + "u = tf.Variable([1.0, 2.0])\nv = tf.Variable([1.0, 2.0])\na = tf.stop_gradient(h * u)\n"
    "train = tf.train.GradientDescentOptimizer(0.1).minimize(tf.reduce_sum(a * v))\nsess.run(train, {a: [[1, 2]]})": (
        ["def train_step(a):\n"],
        ["x * 2.0"],
    ),
    # A helper feeds the placeholder that it is given.
    _FILL + "print(sess.run(y, fill([1], a)))": (['def fill(data):\n    return {"a": data}\n', 'fill([1])["a"]'], []),
    # It is no feed.
    "def f(x):\n    h = x * 2\n    return {h: 1}\n": (["return {h: 1}"], []),
    _X + "names = {'h': 1}\nprint(names['h'], sess.run(y, {x: [[1, 2]]}))": (["names = {'h': 1}"], ["def compute_y(h"]),
}

# What is old -> what the refusal names, and a part of its reason.
REFUSED = {
    _FILL + "print(sess.run(y, fill([1], a)), sess.run(z, fill([2], b)))": ("function fill", "other placeholders"),
    _X + "print(sess.run(y, {h + 1: 1.0}))": ("feed_dict", "has no name"),
    _X + "k = tf.py_func(np.sin, [x], tf.float32)\nz = k + 1\nprint(sess.run(z, {k: 1.0}))": (
        "feed_dict",
        "the dtype of k",
    ),
    # A function that is given several dtypes; one that calls itself.
    "def net(s):\n    return tf.square(s)\nx = tf.placeholder(tf.float32, [2])\nh = net(x)\nk = net(tf.constant(1))\n"
    "y = h + tf.to_float(k)\nsess = tf.Session()\nprint(sess.run(y, {h: [1, 2]}))": ("feed_dict", "the dtype of h"),
    "def net(s, n):\n    return net(tf.square(s), n - 1) if n else s\nx = tf.placeholder(tf.float32, [2])\n"
    "h = tf.square(net(x, 2))\nsess = tf.Session()\nprint(sess.run(h, {h: [1, 2]}))": ("feed_dict", "the dtype of h"),
    # What is trained is behind what is fed, or may be.
    _X + "u = tf.Variable([1.0, 2.0])\nv = tf.Variable([1.0, 2.0])\na = h * u\nloss = tf.reduce_sum(a * v)\n"
    "train = tf.train.GradientDescentOptimizer(0.1).minimize(loss, var_list=[u])\nsess.run(train, {a: [[1, 2]]})": (
        "a",
        "trains the variables behind",
    ),
    _X + "u = tf.Variable([1.0, 2.0])\nv = tf.Variable([1.0, 2.0])\na = h * u\nloss = tf.reduce_sum(a * v)\n"
    "train = tf.train.GradientDescentOptimizer(0.1).minimize(loss)\nsess.run(train, {a: [[1, 2]]})": (
        "a",
        "trains the variables behind",
    ),
    _X + "k = tf.constant(np.ones(3))\nz = k + y\nprint(sess.run(z, {k: 1.0, y: 2.0}))": (
        "feed_dict",
        "the dtype of k",
    ),
    _X + "m, v = tf.nn.moments(x, [0])\nprint(sess.run(v, {m: [0.0, 0.0]}))": ("feed_dict", "the dtype of m"),
    _X + "g = h\nh = h + 1\nz = h + g\nprint(sess.run(z, {x: [[1, 2]], h: [[1, 2]]}))": (
        "h",
        "stands for something else",
    ),
    _X + "print(sess.run(y, {h.name: 1.0}))": ("feed_dict", "no placeholder"),
    _X + "feed = {x: [[1, 2]]}\nfor _ in range(2):\n    print(sess.run(y, feed))\n    feed[h] = [[1, 2]]": (
        "feed_dict",
        "fed at some times only",
    ),
    "w = tf.Variable(3.0)\nt = tf.train.GradientDescentOptimizer(0.1).minimize(w * w)\n"
    "sess = tf.Session()\nsess.run(t, {w: 1.0})": ("w", "where variables change"),
    # The gradient goes through what is fed to the variable behind it.
    _X + "w = tf.Variable(2.0)\nz = w * h\nt = tf.train.GradientDescentOptimizer(0.1).minimize(tf.reduce_sum(z * z))\n"
    "sess.run(t, {x: [[1, 2]], z: [[1, 2]]})": ("z", "trains the variables behind"),
    _X + "w = tf.Variable(2.0)\nf = lambda t: w * t\nz = f(h)\n"
    "t = tf.train.GradientDescentOptimizer(0.1).minimize(tf.reduce_sum(z * z * w))\n"
    "sess.run(t, {x: [[1, 2]], z: [[1, 2]]})": ("feed_dict", "the dtype of z"),
    _STATE + "print(sess.run(out, {last: [1.0]}))": ("out", "what computes it has no name"),
    _STATE + "z = out + 1\nprint(sess.run(z, {last: [1.0]}))": ("last", "computed together with out"),
}

# An expression -> the dtype that 1.15 gives it; None where reading does not tell.
DTYPES = {
    "tf.placeholder(tf.float64, [2]) / 255": "float64",
    "tf.placeholder('float') + 1": "float32",
    "tf.placeholder(np.int64) * 2": "int64",
    "tf.placeholder(tf.int32) / 2": None,
    "tf.add(2, 5)": "int32",
    "tf.add(2.0, 5)": "float32",
    "tf.constant([1, 2])": "int32",
    "tf.constant([1, 2.5])": "float32",
    "tf.constant([1, 2], tf.float64)": "float64",
    "tf.constant(2 ** 40)": None,
    "tf.constant(3000000000)": None,
    "tf.constant(True)": "bool",
    "tf.constant('a')": "string",
    "tf.constant(np.ones(3))": None,
    "tf.constant(array)": None,
    "tf.zeros([2])": "float32",
    "tf.zeros([2], tf.int32)": "int32",
    "tf.zeros_like(array)": None,
    "tf.random_normal([2], dtype=tf.float64)": "float64",
    "tf.cast(array, tf.int64)": "int64",
    "tf.to_float(array)": "float32",
    "tf.equal(1, 2)": "bool",
    "tf.Variable(1.0)": "float32",
    "tf.Variable(array)": None,
    "tf.Variable(1, dtype=tf.float64)": "float64",
    "tf.get_variable('v', [2])": None,
    "tf.get_variable('v', [2], tf.float32)": "float32",
    "array * tf.constant(1.0)": "float32",
    "-tf.constant(1.0)[None]": "float32",
    "tf.concat([tf.zeros([2]), [1.0]], 0)": "float32",
    "tf.nn.relu(tf.matmul(tf.zeros([2, 2]), array))": "float32",
    "tf.py_func(f, [1.0], tf.float32)": None,
    "tf.nn.rnn_cell.GRUCell(2).zero_state(1, tf.float64)": "float64",
}


@pytest.mark.parametrize("source", WRITTEN)
def test_what_is_written(source: str) -> None:
    present, absent = WRITTEN[source]
    new = native.migrate(_START + source + "\n")
    assert all(each in new for each in present), new
    assert not any(each in new for each in absent), new
    ast.parse(new)


@pytest.mark.parametrize("source", REFUSED)
def test_what_is_refused(source: str) -> None:
    construct, reason = REFUSED[source]
    with pytest.raises(Refused) as refused:
        native.migrate(_START + source + "\n")
    assert any(construct in each.construct and reason in each.reason for each in refused.value.refusals)


@pytest.mark.parametrize("expression", DTYPES)
def test_dtypes_are_those_of_1_15(expression: str) -> None:
    interpreter = Interpreter(Source(f"{_START}array = np.ones([2, 2])\nt = {expression}\n"), Trace())
    interpreter.program()
    value = interpreter.scope.bound["t"].value
    assert isinstance(value, (Tensor, Variable))
    assert dtypes.of_value(interpreter.facts, value) == DTYPES[expression]
