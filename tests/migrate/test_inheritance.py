"""Classes that inherit: methods and attributes are those that Python finds, and each object has a graph of its own."""

from __future__ import annotations

import pytest

from tf1graphs.migrate import native
from tf1graphs.migrate.refusals import Refused

_HEAD = "import tensorflow as tf\n\n\n"
_BASE = """\
class Base(object):
    def __init__(self, size):
        self.size = size
        self.x = tf.placeholder(tf.float32, [None, 3])
        self.build()

    def build(self):
        raise NotImplementedError

    def run(self, sess, x):
        return sess.run(self.y, {self.x: x})


"""
_NET = """\
class Net(Base):
    def build(self):
        self.y = tf.layers.dense(self.x, 2, name="y")


"""
_USE = """\
net = Net(2)
sess = tf.Session()
sess.run(tf.global_variables_initializer())
print(net.run(sess, [[1.0, 2.0, 3.0]]))
"""
_SIGNATURE = "    @tf.function(input_signature=[tf.TensorSpec([None, 3], tf.float32)])"
_CALL = "        return self.compute_y(x).numpy()"


def _program(base: str = _BASE, net: str = _NET, use: str = _USE) -> str:
    return _HEAD + base + net + use


_INITIALIZED = _NET.replace("    def build", "    def __init__(self, size):\n        {}\n\n    def build")
_OWN = """\
class Net(Base):
    def build(self):
        self.y = self.layer(self.x)

    def layer(self, x):
        with tf.variable_scope("net"):
            return tf.layers.dense(x, self.size)


"""
_OTHER = _NET.replace("Net", "Other").replace('2, name="y"', "4")
_LOWER = _BASE.replace("tf.float32", "self.dtype").replace("(object):", "(object):\n    dtype = tf.float32\n")

# Name -> a program and lines that it becomes.
WRITTEN: dict[str, tuple[str, list[str]]] = {
    "the base runs what its heir builds": (
        _program(),
        ["class Base(object):", "        raise NotImplementedError", "class Net(Base):", _SIGNATURE, _CALL],
    ),
    "super with a class": (
        _program(net=_INITIALIZED.format("super(Net, self).__init__(size)")),
        ["        super(Net, self).__init__(size)", _CALL],
    ),
    "super alone": (
        _program(net=_INITIALIZED.format("super().__init__(size)")),
        ["        super().__init__(size)", _CALL],
    ),
    "a method of the base by its class": (
        _program(net=_INITIALIZED.format("Base.__init__(self, size)")),
        ["        Base.__init__(self, size)", _CALL],
    ),
    "what is handed to the base goes": (
        _program(
            _BASE.replace("(self, size)", "(self, sess, size)"),
            _INITIALIZED.format("super().__init__(tf.Session(), size)"),
        ),
        ["    def __init__(self, size):", "        super().__init__(size)"],
    ),
    "and by its class, too": (
        _program(
            _BASE.replace("(self, size)", "(self, sess, size)"),
            _INITIALIZED.format("Base.__init__(self, tf.Session(), size)"),
        ),
        ["    def __init__(self, size):", "        Base.__init__(self, size)"],
    ),
    "three generations": (
        _program(net=_NET.replace("Net", "Middle") + "class Net(Middle):\n    pass\n\n\n"),
        ["class Middle(Base):", "class Net(Middle):", "    pass", _CALL],
    ),
    "two bases": (
        _program(
            "class Named:\n    def name(self):\n        return type(self).__name__\n\n\n" + _BASE,
            _NET.replace("(Base)", "(Named, Base)"),
            _USE + "print(net.name())\n",
        ),
        ["class Net(Named, Base):", "print(net.name())", _CALL],
    ),
    "a class of the standard library": (
        _program("import threading\n\n\n" + _BASE.replace("object", "threading.Thread")),
        ["class Base(threading.Thread):", _CALL],
    ),
    "abc": (
        _program(
            "from abc import ABC, abstractmethod\n\n\n"
            + _BASE.replace("object", "ABC").replace("    def build", "    @abstractmethod\n    def build")
        ),
        ["class Base(ABC):", "    @abstractmethod", _CALL],
    ),
    "a static method": (
        _program(
            _BASE.replace(
                "    def run", "    @staticmethod\n    def scaled(x, by):\n        return x * by\n\n    def run"
            ),
            _NET.replace("self.x, 2", "self.scaled(self.x, 2.0), 2"),
        ),
        ["        return self.y(self.scaled(x, 2.0))"],
    ),
    "a property": (
        _program(
            _BASE.replace(
                "    def run", "    @property\n    def double(self):\n        return 2 * self.size\n\n    def run"
            ),
            _NET.replace("self.x, 2", "self.x, self.double"),
        ),
        ['        self.y = tf.keras.layers.Dense(self.double, name="y")'],
    ),
    "a method of the heir that creates variables": (
        _program(net=_OWN),
        ["class Layer(tf.Module):", "        self.layer = Layer(self.size)", "        raise NotImplementedError"],
    ),
    "a method that creates variables and is named in the base goes from there": (
        _program(
            _BASE.replace("self.build()", "self.y = self.layer(self.x)")
            .replace("def build(self)", "def layer(self, x)")
            .replace("    def layer", "    # Makes a layer.\n    def layer"),
            _OWN.replace("    def build(self):\n        self.y = self.layer(self.x)\n\n", "    units = 2\n\n"),
        ),
        ["        self.net_layer = NetLayer(self.size)", "    units = 2"],
    ),
    "two heirs have graphs of their own": (
        _program(net=_NET + _OTHER, use=_USE + "print(Other(2).run(sess, [[1.0, 2.0, 3.0]]))\n"),
        ["class Other(Base):", '        self.dense = tf.keras.layers.Dense(4, name="dense")', _CALL],
    ),
    "and networks of their own": (
        _program(
            _BASE.replace("self.build()", "self.y = self.layer(self.x)").replace(
                "def build(self)", "def layer(self, x)"
            ),
            (_OWN + _OWN.replace("Net", "Other").replace("self.size", "4")).replace(
                "    def build(self):\n        self.y = self.layer(self.x)\n\n", ""
            ),
            _USE + "print(Other(2).run(sess, [[1.0, 2.0, 3.0]]))\n",
        ),
        ["        self.net_layer = NetLayer(self.size)", "        self.other_layer = OtherLayer()"],
    ),
    "so has a base that has objects": (
        _program(
            _BASE.replace("raise NotImplementedError", "self.y = 2.0 * self.x"),
            use=_USE + "print(Base(2).run(sess, [[1.0, 2.0, 3.0]]))\n",
        ),
        ["        return 2.0 * x", "        return self.y(x)"],
    ),
    "a method of a base that no object of an heir has": (
        _program(
            _BASE.replace("raise NotImplementedError", "self.y = tf.log(self.x)"),
        ),
        ["        return tf.math.log(x)", "        return self.y(x)"],
    ),
    "an heir without a graph": (
        _program(net=_NET + "class Fake:\n    pass\n\n\nclass Other(Fake):\n    size = 3\n\n\n"),
        ["class Other(Fake):", "    size = 3", _CALL],
    ),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_what_is_written(name: str) -> None:
    source, wanted = WRITTEN[name]
    lines = native.migrate(source).splitlines()
    assert [line for line in wanted if line not in lines] == [], "\n".join(lines)
    assert not any("sess" in line or "placeholder" in line for line in lines), "\n".join(lines)


_TWICE = _OTHER + "    def run(self, sess, x):\n        return 2 * super().run(sess, x)\n\n\n"
_HIDDEN = _INITIALIZED.format("super().__init__(size)\n        self.__size = 4")

# Name -> a program, and the line and reason of a refusal.
REFUSED: dict[str, tuple[str, tuple[int, str]]] = {
    "a class of TensorFlow": (
        _program(_BASE.replace("object", "tf.test.TestCase")),
        (4, "it inherits from tf.test.TestCase"),
    ),
    "a class of another file": (
        _program("from models import Model\n\n\n" + _BASE.replace("object", "Model")),
        (7, "it inherits from a class that is not known by reading"),
    ),
    "a class that a call makes": (
        _program("import six, abc\n\n\n" + _BASE.replace("object", "six.with_metaclass(abc.ABCMeta)")),
        (7, "it inherits from a class that is not known by reading"),
    ),
    "a class whose objects hold others": (
        _program(_BASE.replace("object", "dict")),
        (4, "what an object holds as a dict is not followed"),
    ),
    "one class in two ways": (
        _program(net=_OTHER + _NET.replace("(Base)", "(Other, Base)")),
        (22, "it inherits from a class in two ways"),
    ),
    "one name for two attributes": (
        _program(_BASE.replace("self.size", "self.__size"), _HIDDEN),
        (17, "__size is another attribute in a class from which it inherits"),
    ),
    "what two classes share is called by super": (
        _program(net=_NET + _TWICE, use=_USE + "print(Other(2).run(sess, [[1.0, 2.0, 3.0]]))\n"),
        (13, "it makes another graph for each of Net and Other"),
    ),
    "what two classes share calls super": (
        _program(
            _BASE.replace("self.size = size", "super().__init__()\n        self.size = size"),
            _NET + _OTHER,
            _USE + "print(Other(2).run(sess, [[1.0, 2.0, 3.0]]))\n",
        ),
        (5, "it makes another graph for each of Net and Other"),
    ),
    "which method creates the variables hangs on the object": (
        _program(
            net=_OWN + "class Other(Net):\n    def layer(self, x):\n        return super().layer(x) + 1.0\n\n\n",
            use=_USE + "print(Other(2).run(sess, [[1.0, 2.0, 3.0]]))\n",
        ),
        (21, "it makes another graph for each of Net and Other"),
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused(name: str) -> None:
    source, wanted = REFUSED[name]
    with pytest.raises(Refused) as refused:
        native.migrate(source)
    assert wanted in [(each.line, each.reason) for each in refused.value.refusals], refused.value.refusals


# Classes that have nothing of a graph.
UNCHANGED = [
    "class Wrong(ValueError):\n    pass\n",
    "from base import Model\n\n\nclass Mine(Model):\n    def name(self):\n        return super().name()\n",
    "class A:\n    def f(self):\n        return 1\n\n\nclass B(A):\n    def f(self):\n        super(B, self).f()\n",
    "class A:\n    def f(self):\n        raise ValueError\n\n\nclass B(A):\n    def f(self):\n        return 1\n",
    "class A:\n    __x = 1\n\n\nclass B(A):\n    __x = 2\n",
    "class A:\n    pass\n\n\nclass B(A):\n    pass\n\n\nclass C(A):\n    pass\n\n\nclass D(B, C):\n    pass\n",
    "import collections\n\n\nclass Point(collections.namedtuple('Point', 'x y')):\n    pass\n",
    "import abc\n\n\nclass A(metaclass=abc.ABCMeta):\n    @abc.abstractmethod\n    def f(self):\n        pass\n",
]


@pytest.mark.parametrize("classes", UNCHANGED)
def test_what_stays(classes: str) -> None:
    assert native.migrate(f"{_HEAD}{classes}\n\nprint(tf.constant(1.0))\n").startswith(f"{_HEAD}{classes}")


# What leads to the object whose graph is run is no part of a graph; a variable is evaluated in a session.
_HOLDER = """\
class Trainer:
    def __init__(self, sess, net):
        self.sess = sess
        self.net = net

    def step(self, x):
        feed_dict = {self.net.x: x}
        return self.sess.run([self.net.y, self.net.y], feed_dict=feed_dict)

    def count(self):
        return self.net.count.eval(self.sess)


"""


def test_an_object_holds_another() -> None:
    net = _NET + "        self.count = tf.Variable(0)\n\n\n"
    text = native.migrate(_program(net=net + _HOLDER, use=_USE + "print(Trainer(sess, net).step([[1.0, 2.0, 3.0]]))\n"))
    assert "        return self.net.count.numpy()" in text.splitlines()
    assert "self.net.compute_y_and_y(feed_dict" in text, text
