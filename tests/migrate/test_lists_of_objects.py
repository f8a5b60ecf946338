"""Lists that objects have, sessions that are handed to objects, and methods that build a graph and run it."""

from __future__ import annotations

import pytest

from tf1graphs.migrate import native
from tf1graphs.migrate.refusals import Refused

_NET = """\
import tensorflow as tf


class Layer(object):
    def __init__(self, n):
        self.x = tf.placeholder(tf.float32, [None, 2])
        self.w = tf.Variable(tf.ones([2, n]))
        self.y = tf.matmul(self.x, self.w)

    def set_session(self, session):
        self.session = session

    def predict(self, x):
        return self.session.run(self.y, {self.x: x})
"""
_NETS = """

class Net(object):
    def __init__(self, sizes):
        self.layers = []
        for size in sizes:
            self.layers.append(Layer(size))

    def set_session(self, session):
        for layer in self.layers:
            layer.set_session(session)

    def predict(self, x):
        return [layer.predict(x) for layer in self.layers]


net = Net([3, 4])
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    net.set_session(sess)
    print(net.predict([[1.0, 2.0]]))
"""
_LISTS = """\
import tensorflow as tf


class Net(object):
    def __init__(self):
        self.x = tf.placeholder(tf.float32, [None, 2])
        self.parts = []
        {parts}
        self.loss = tf.reduce_sum(self.parts[0])


net = Net()
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(net.loss, {{net.x: [[1.0, 2.0]]}}))
"""
_FIT = """\
import tensorflow as tf


class Hidden(object):
    def __init__(self, n):
        self.w = tf.Variable(tf.ones([n, n]))

    def forward(self, x):
        return tf.matmul(x, self.w)


class Net(object):
    def fit(self, x):
        n = x.shape[1]
        self.layers = []
        for _ in range(2):
            self.layers.append(Hidden(n))
        inputs = tf.placeholder(tf.float32, [None, n])
        loss = tf.reduce_mean(self.forward(inputs))
        step = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
        self.session.run(tf.global_variables_initializer())
        for _ in range(3):
            self.session.run(step, {inputs: x})

    def forward(self, x):
        out = x
        for layer in self.layers:
            out = layer.forward(out)
        return out


net = Net()
net.session = tf.Session()
net.fit(data)
"""


def test_a_session_is_handed_to_the_objects_of_a_list() -> None:
    after = native.migrate(_NET + _NETS)
    assert "        for layer in self.layers:\n            layer.set_session()\n" in after
    assert "        return self.compute_y(x).numpy()\n" in after


# Nothing in the file gives the object its session, or only a function that nothing calls.
@pytest.mark.parametrize(
    "end",
    [
        "",
        "layer = Layer(3)\n",
        "def main(sess):\n    layer = Layer(3)\n    layer.set_session(sess)\n    print(layer.predict(data))\n",
    ],
)
def test_a_session_is_known_by_its_name(end: str) -> None:
    after = native.migrate(_NET + "\n\n" + end)
    assert "        return self.compute_y(x).numpy()\n" in after
    assert "sess" not in after.replace("set_session", "")


def test_what_only_is_named_alike_stays() -> None:
    text = "import tensorflow as tf\nx = tf.ones([2])\n\n\ndef get(url, session):\n    return session\n"
    assert native.migrate(text) == text


def test_a_static_method_makes_an_object() -> None:
    method = "\n    @staticmethod\n    def load(n, sess):\n        layer = Layer(n)\n        layer.session = sess\n"
    end = "        return layer\n\n\nlayer = Layer.load(3, tf.Session())\nprint(layer.predict(data))\n"
    after = native.migrate(_NET + method + end)
    assert "    def load(n):\n" in after
    assert "layer = Layer.load(3)\n" in after


@pytest.mark.parametrize(
    ("parts", "lines"),
    [
        ("self.parts.append(tf.nn.relu(self.x))", ["parts = []", "parts.append(tf.nn.relu(x))"]),
        ("self.parts.append(tf.Variable(1.0))", ["self.parts = []", "self.parts.append(tf.Variable(1.0))"]),
    ],
)
def test_lists_of_objects(parts: str, lines: list[str]) -> None:
    after = native.migrate(_LISTS.format(parts=parts).replace("{net.x: [[1.0, 2.0]]}", "{net.x: data}"))
    assert [line for line in lines if f"        {line}\n" not in after] == []


def test_lists_of_several_kinds_are_refused() -> None:
    parts = "self.parts.append(tf.Variable(1.0))\n        self.parts.append(tf.nn.relu(self.x))"
    with pytest.raises(Refused) as refused:
        native.migrate(_LISTS.format(parts=parts))
    assert ("self.parts", "it holds tensors beside other things") in [
        (each.construct, each.reason) for each in refused.value.refusals
    ]


def test_a_method_that_builds_and_runs() -> None:
    after = native.migrate(_FIT)
    signature = "        self.train_step = tf.function(self.train_step, input_signature=["
    assert after.index(signature) < after.index("            self.train_step(x)\n")
    # What a method is given stays, also where that is a placeholder.
    assert "        out = x\n        for layer in self.layers:\n" in after
