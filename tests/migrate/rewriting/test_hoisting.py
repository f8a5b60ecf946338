"""Methods that create variables and compute with them, the lists of these variables, and collections of one's own."""

from __future__ import annotations

import pytest

from tf1graphs.migrate import native
from tf1graphs.migrate.refusals import Refused

_MODEL = """\
import tensorflow as tf


class Model:
    def __init__(self, size):
        self.size = size
        self.s = tf.placeholder(tf.float32, [None, 3])
        {build}
        self.sess = tf.Session()
        self.sess.run(tf.global_variables_initializer())

    def run(self, s):
        return self.sess.run({fetch}, {{self.s: s}})

{methods}

model = Model(2)
print(model.run([[1.0, 2.0, 3.0]]))
"""
_NET = """\
    def _build_net(self, s, scope):
        with tf.variable_scope(scope):
            w = tf.get_variable("w", [3, self.size])
            return tf.matmul(s, w)
"""
_DENSE = """\
    def _build_net(self, s, scope):
        with tf.variable_scope(scope):
            return tf.layers.dense(s, self.size)
"""
_TWO = 'self.a, self.b = self._build_net(self.s, "a"), self._build_net(self.s, "b")'
_COPY = """
        a = tf.get_collection(tf.GraphKeys.GLOBAL_VARIABLES, scope="a")
        self.b_params = tf.get_collection(tf.GraphKeys.GLOBAL_VARIABLES, scope="b")
        self.copy = [tf.assign(t, e) for t, e in zip(self.b_params, a)]"""
_COPIES = "    def replace(self):\n        self.sess.run(self.copy)\n"
_OWN = """\
    def _build_net(self, s, scope, keys):
        with tf.variable_scope(scope):
            w = tf.get_variable("w", [3, self.size], collections=keys)
            return tf.matmul(s, w)
"""
_KEYS = """keys, size = ["mine", tf.GraphKeys.GLOBAL_VARIABLES], 2
        self.a = self._build_net(self.s, "a", keys)
        keys = ["others", tf.GraphKeys.GLOBAL_VARIABLES]
        self.b = self._build_net(self.s, "b", keys)
        self.copy = [tf.assign(t, e) for t, e in zip(tf.get_collection("others"), tf.get_collection("mine"))]"""
_TO_SELF = """\
    def _build_net(self, s, scope):
        with tf.variable_scope(scope):
            self.w = tf.get_variable("w", [3, self.size])
            return tf.matmul(s, self.w)
"""
_NESTED = """def net(s, scope):
            with tf.variable_scope(scope):
                return tf.matmul(s, tf.get_variable("w", [3, self.size]))

        self.a, self.b = net(self.s, "a"), net(self.s, "b")"""


def _program(build: str, methods: str, fetch: str = "[self.a, self.b]") -> str:
    return _MODEL.format(build=build, methods=methods, fetch=fetch)


# Program -> lines of what it becomes.
WRITTEN = {
    "it takes what it reads of its object": (
        _program(_TWO, _NET),
        [
            "class Net(tf.Module):",
            "    def __init__(self, size):",
            "        self.net_1 = Net(self.size)",
            "        self.net_2 = Net(self.size)",
            "        a, b = self.net_1(s), self.net_2(s)",
        ],
    ),
    "what it calls of its object becomes a function, too": (
        _program(
            'self.a = self._build(self.s, "a")',
            _NET + '\n    def _build(self, s, scope):\n        return tf.nn.relu(self._build_net(s, scope + "_1"))\n',
            "self.a",
        ),
        ["class Net(tf.Module):", "class Build(tf.Module):", "        self.build = Build(self.size)"],
    ),
    "a tensor of its object is given to each call": (
        _program(
            "self.a = self._build_net()",
            "    def _build_net(self):\n        return tf.layers.dense(self.s, self.size)\n",
            "self.a",
        ),
        ["    def __call__(self, s):", "        return self.net(s)"],
    ),
    "a function in a method that reads the object": (
        _program(_NESTED, ""),
        ["class Net(tf.Module):", "    def __init__(self, size):", "        self.net_1 = Net(self.size)"],
    ),
    "the variables of layers are there before they are copied": (
        _program(_TWO + _COPY, _DENSE + "\n" + _COPIES),
        [
            "        self.compute_a_and_b.get_concrete_function()  # creates the variables of the layers",
            "        return [t.assign(e) for t, e in "
            "zip(self.net_2.trainable_variables, self.net_1.trainable_variables)]",
        ],
    ),
    "collections of its own": (
        _program(_KEYS, _OWN + "\n" + _COPIES),
        ["        size = 2", "        return [t.assign(e) for t, e in zip([self.net_2.w], [self.net_1.w])]"],
    ),
    "two classes whose attributes have one name": (
        _program("self.a = tf.layers.dense(self.s, 2)", "", "self.a")
        + _program("self.a = tf.layers.dense(self.s, 2)", "", "self.a").replace("Model", "Other").partition("tf\n")[2],
        ["class Other:", "        return self.dense_1(s)"],
    ),
    "all variables are trained but those of a frozen layer": (
        _program(
            "self.a = tf.layers.dense(tf.layers.dense(self.s, 2, trainable=False), 2)\n"
            "        self.train = tf.train.GradientDescentOptimizer(0.1).minimize(tf.reduce_mean(self.a))",
            "",
            "self.train",
        ),
        ["        variables = self.dense_1.trainable_variables"],
    ),
    "no gradient comes to what is behind the stop": (
        _program(
            "h = tf.stop_gradient(tf.layers.dense(self.s, 2))\n"
            "        self.a = tf.layers.dense(tf.layers.dense(h, 3, trainable=False), 2)\n"
            "        self.train = tf.train.GradientDescentOptimizer(0.1).minimize(tf.reduce_mean(self.a))",
            "",
            "self.train",
        ),
        ["        variables = self.dense_2.trainable_variables"],
    ),
    # No-ops: methods that make placeholders, and such as create nothing.
    "one that makes the placeholders, too": (
        _program(
            "self._build()",
            "    def _build(self):\n        self.t = tf.placeholder(tf.float32)\n"
            "        self.a = tf.layers.dense(self.s, self.size) + self.t\n\n"
            "    def fed(self, s):\n        return self.sess.run(self.a, {self.s: s, self.t: 1.0})\n",
            "self.s",
        ),
        ["    def _build(self):", '        self.dense = tf.keras.layers.Dense(self.size, name="dense")'],
    ),
    "one that only computes": (
        _program(
            "w = tf.Variable(tf.ones([3, 2]))\n        self.a = self._scaled(tf.matmul(self.s, w))",
            "    def _scaled(self, x):\n        return x * self.size\n",
            "self.a",
        ),
        ["    def _scaled(self, x):"],
    ),
}
# Program -> the line and reason of a refusal.
REFUSED = {
    "it keeps a variable in its object": (
        _program(_TWO, _TO_SELF),
        (8, "it creates variables and computes with them"),
    ),
    "it is called from elsewhere": (
        _program(_TWO, _NET) + 'model._build_net(model.s, "c")\n',
        (8, "it creates variables and computes with them"),
    ),
    "an heir of its class has another one": (
        _program(_TWO, _NET) + "class Other(Model):\n    def _build_net(self, s, scope):\n"
        "        return super()._build_net(s, scope) * 2.0\n",
        (8, "it creates variables and computes with them"),
    ),
    "what is behind it keeps its line": (
        _program(_TWO, _NET + "\n    def more(self):\n        return self.sess.run(self.a, {self.a + 1.0: 2.0})\n"),
        (21, "it feeds a tensor that has no name"),
    ),
    "its variables would not be initialized": (
        _program(_KEYS.replace("tf.GraphKeys.GLOBAL_VARIABLES", '"more"'), _OWN + "\n" + _COPIES),
        (21, "into which collections it puts the variable is not known, or not among the variables"),
    ),
    "the layers are called by no function": (
        _program(
            _TWO.replace("self.a, self.b =", "self.a =").replace(", self._", "\n        self.b = self._") + _COPY,
            _DENSE + "\n" + _COPIES,
            "self.a",
        ),
        (12, "it reads variables of layers that it does not call"),
    ),
    "a signature that stands behind a return": (
        _program(
            "self.t = tf.placeholder(tf.float32, [None, self.size])",
            "    def twice(self, t):\n        y = self.t * 2.0\n        return self.sess.run(y, {self.t: t})\n",
            "self.s",
        ),
        (15, "what it returns is computed with shapes that only it knows"),
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
    assert wanted in [(each.line, each.reason) for each in refused.value.refusals], refused.value.refusals


# A number that is changed between the calls of a method -> whether the branch that tests it is written.
@pytest.mark.parametrize("change", ["self.steps += 1", "self.steps = self.steps + 1"])
def test_what_a_loop_changes_of_an_object_is_not_known(change: str) -> None:
    source = _program(
        "self.a = tf.layers.dense(self.s, 2)\n        self.steps = 0",
        f"    def step(self):\n        {change}\n\n"
        "    def learn(self, s):\n        return self.sess.run(self.a * 2.0, {self.s: s})\n",
        "self.a",
    )
    source += (
        "for _ in range(100):\n    model.step()\n    if model.steps > 10:\n        model.learn([[1.0, 2.0, 3.0]])\n"
    )
    assert "sess.run" not in native.migrate(source)
