"""Flags in whole programs: where their values are read, where they are parsed, and what is refused."""

from __future__ import annotations

import pytest

from tf1graphs.migrate import native
from tf1graphs.migrate.refusals import Refused

TF = "import tensorflow as tf\n"
_RUN = "flags_parser=lambda argv: flags.FLAGS(argv, known_only=True)"
_FLAGS = "from absl import flags\n"
_SYS = "import sys\n" + _FLAGS

# A program without the import of TensorFlow: imports that it gets, and what follows that of TensorFlow.
WRITTEN = {
    "an alias of the module goes, one of the values stays": (
        """\
flags = tf.app.flags
FLAGS = flags.FLAGS
flags.DEFINE_integer("n", 3, "a number")


def main(argv):
    print(FLAGS.n, argv)


if __name__ == "__main__":
    tf.app.run()
""",
        "from absl import app\n" + _FLAGS,
        f"""\
FLAGS = flags.FLAGS
flags.DEFINE_integer("n", 3, "a number")


def main(argv):
    print(FLAGS.n, argv)


if __name__ == "__main__":
    app.run(main, {_RUN})
""",
    ),
    "a function reads a flag; it is parsed before": (
        """\
tf.flags.DEFINE_integer("n", 3, "a number")
x = tf.placeholder(tf.float32, [None, tf.flags.FLAGS.n])
y = x * tf.flags.FLAGS.n
sess = tf.Session()
print(sess.run(y, {x: data}))
""",
        _SYS,
        """\
flags.DEFINE_integer("n", 3, "a number")
flags.FLAGS(sys.argv)


@tf.function(input_signature=[tf.TensorSpec([None, flags.FLAGS.n], tf.float32)])
def compute_y(x):
    return x * flags.FLAGS.n


print(compute_y(data).numpy())
""",
    ),
    "a branch that hangs on a flag is Python's": (
        """\
FLAGS = tf.flags.FLAGS
tf.flags.DEFINE_boolean("relu", True, "whether")
x = tf.placeholder(tf.float32, [3])
y = x * 2.0
if FLAGS.relu:
    y = tf.nn.relu(y)
sess = tf.Session()
print(sess.run(y, {x: data}))
""",
        _SYS,
        """\
FLAGS = flags.FLAGS
flags.DEFINE_boolean("relu", True, "whether")
flags.FLAGS(sys.argv)


@tf.function(input_signature=[tf.TensorSpec([3], tf.float32)])
def compute_y(x):
    y = x * 2.0
    if FLAGS.relu:
        y = tf.nn.relu(y)
    return y


print(compute_y(data).numpy())
""",
    ),
    "private ways of the old flags": (
        """\
FLAGS = tf.flags.FLAGS
FLAGS._parse_flags()
print(FLAGS.__flags, FLAGS.__dict__["__flags"])
print(FLAGS.flag_values_dict())
""",
        _SYS,
        """\
FLAGS = flags.FLAGS
FLAGS(sys.argv)
print({name: FLAGS[name] for name in FLAGS}, {name: FLAGS[name] for name in FLAGS})
print(FLAGS.flag_values_dict())
""",
    ),
    "values that are handed on by another name": (
        """\
def f(flags):
    return flags.n


tf.flags.DEFINE_integer("n", 3, "a number")
print(f(tf.flags.FLAGS))
""",
        _SYS,
        """\
def f(flags):
    return flags.n


flags.DEFINE_integer("n", 3, "a number")
flags.FLAGS(sys.argv)
print(f(flags.FLAGS))
""",
    ),
    "a function called by another name than main": (
        """\
tf.app.flags.DEFINE_integer("n", 3, "a number")


def start(_):
    x = tf.placeholder(tf.float32, [])
    y = x * 2.0
    with tf.Session() as sess:
        print(sess.run(y, {x: 1.0}))


tf.app.run(main=start)
""",
        "from absl import app\n" + _FLAGS,
        f"""\
flags.DEFINE_integer("n", 3, "a number")


def start(_):

    @tf.function(input_signature=[tf.TensorSpec([], tf.float32)])
    def compute_y(x):
        return x * 2.0

    print(compute_y(1.0).numpy())


app.run(start, {_RUN})
""",
    ),
}
KEPT = [
    "from absl import flags\n\nFLAGS = flags.FLAGS\nflags.DEFINE_integer('n', 3, '')\n",
    "import argparse\n\nFLAGS = argparse.ArgumentParser().parse_args()\nprint(FLAGS.n, FLAGS._n)\n",
    "flags = [1]\nprint(flags)\n",
]
_X = "tf.flags.DEFINE_integer('n', 3, '')\nx = tf.placeholder(tf.float32, [])\nsess = tf.Session()\n"
REFUSED = {
    _X + "F = tf.flags.FLAGS\ny = x * F.n\nF.n = 2\nsess.run(y, {x: 1.0})": ("F", "another value later"),
    _X + "flags = tf.flags.FLAGS\ny = x * flags.n\nsess.run(y, {x: 1.0})": ("flags", "absl's flags has this name"),
    "def f(flags):\n    tf.flags.DEFINE_integer('n', 3, '')": ("flags", "absl's flags has this name"),
    "app = 1\ntf.app.run()": ("app", "absl's app has this name"),
    "print(tf.flags.FLAGS.__parsed)": ("tf.flags.FLAGS.__parsed", "it is private"),
    "def f():\n    tf.flags.DEFINE_bool('m', 1, '')\n    print(tf.flags.FLAGS.m)\nf()": ("tf.flags", "defines flags"),
    _X + "define = tf.flags.DEFINE_string\ndefine('name', '', '')": ("tf.flags.DEFINE_string", "by another name"),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_what_is_written(name: str) -> None:
    before, imports, after = WRITTEN[name]
    new = native.migrate(TF + before)
    assert new.replace("\n\n\n", "\n\n") == (imports + TF + after).replace("\n\n\n", "\n\n")
    assert native.migrate(new) == new


@pytest.mark.parametrize("source", KEPT)
def test_what_stays(source: str) -> None:
    assert native.migrate(TF + source) == TF + source


@pytest.mark.parametrize("source", REFUSED)
def test_what_is_refused(source: str) -> None:
    construct, reason = REFUSED[source]
    with pytest.raises(Refused) as refused:
        native.migrate(TF + source + "\n")
    assert any(construct == each.construct and reason in each.reason for each in refused.value.refusals)
