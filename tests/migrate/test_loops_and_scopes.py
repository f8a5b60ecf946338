"""What loops make, by which names, and whether their rounds share it; scopes of names within loops and branches."""

from __future__ import annotations

import re

import pytest

from tf1graphs.migrate import native
from tf1graphs.migrate.refusals import Refused

_START = "import tensorflow as tf\nx = tf.placeholder(tf.float32, [None, 4])\nh = x\n"
_END = "y = tf.reduce_sum(h)\n"
_SAVER = "saver = tf.train.Saver()\n"
_RUN = "sess = tf.Session()\nsess.run(tf.global_variables_initializer())\nprint(sess.run(y, {x: data}))\n"
_LAYER = """\
def layer(h):
    with tf.variable_scope("s", reuse=tf.AUTO_REUSE):
        w = tf.get_variable("w", [4, 4])
    return tf.matmul(h, w)


"""

# A loop -> lines of the new program.
WRITTEN = {
    "for i in range(3):\n    h = tf.layers.dense(h, 4, name='d', reuse=i > 0)\n": [
        'd = tf.keras.layers.Dense(4, name="d")',
        "    for i in range(3):",
        "        h = d(h)",
        '    {"d/kernel": d.kernel, "d/bias": d.bias}',
    ],
    "for i in range(2):\n    with tf.variable_scope('s', reuse=i > 0):\n        h = tf.layers.dense(h, 4)\n": [
        'dense = tf.keras.layers.Dense(4, name="dense")',
        "        h = dense(h)",
        '    {"s/dense/kernel": dense.kernel, "s/dense/bias": dense.bias}',
    ],
    "for i in range(2):\n    h = tf.layers.dense(h, 4, name='fc%d' % i)\n": [
        "denses = [tf.keras.layers.Dense(4) for i in range(2)]",
        '    "fc0/kernel": denses[0].kernel,',
        '    "fc1/kernel": denses[1].kernel,',
    ],
    "for i in range(2):\n    h = tf.layers.dense(h, 4, name=f'fc_{i}')\n": ['    "fc_1/kernel": denses[1].kernel,'],
    "for i in range(2):\n    h = tf.layers.dense(h, 4, name='fc' + str(i))\n": ['    "fc1/kernel": denses[1].kernel,'],
    "for i in range(2):\n    h = tf.layers.dense(h, 4, name='{}_{}'.format('a', i))\n": [
        '    "a_1/kernel": denses[1].kernel,'
    ],
    "for i in range(2):\n    h = tf.layers.dense(h, 4, name='%s_%02d' % ('a', i))\n": [
        '    "a_01/kernel": denses[1].kernel,'
    ],
    "for i in range(2):\n    h = tf.layers.dense(h, 4)\n": [
        '    "dense/kernel": denses[0].kernel,',
        '    "dense_1/kernel": denses[1].kernel,',
    ],
    # Comments and deeper blocks survive.
    """\
for i in range(2):
    with tf.variable_scope("l%d" % i):  # one

        # two
        h = tf.layers.dense(h, 4,
                            activation=tf.nn.relu)
        if i:
            with tf.name_scope("in"):
                h = h * 2  # three
                h = h + 1

        h = h - 1
    h = h * 3
""": [
        "    for i, dense in zip(range(2), denses):",
        "        # one",
        "        # two",
        "        h = dense(h)",
        "        if i:",
        "            h = h * 2  # three",
        "            h = h + 1",
        "        h = h - 1",
        "        h = h * 3",
        '    "l1/dense/kernel": denses[1].kernel,',
    ],
}


@pytest.mark.parametrize("loop", WRITTEN)
def test_loops(loop):
    text = native.migrate(_START + loop + _END + _SAVER + _RUN)
    new = re.sub(r"Saver\((\{.*\})\)", r"\n    \1", text).split("\n")
    places = [new.index(line) for line in WRITTEN[loop] if line in new]
    assert [line for line in WRITTEN[loop] if line not in new] == []
    assert places == sorted(places)


def test_what_rounds_get_of_a_function_is_one_object():
    new = native.migrate(
        _LAYER.join(_START.split("h = x\n")[:1] + ["h = x\n"]) + "for i in range(3):\n    h = layer(h)\n" + _END + _RUN
    )
    assert "layer = Layer()\n" in new
    assert "    for i in range(3):\n        h = layer(h)\n" in new


REFUSED = {
    # The first two rounds share a layer, the third has another one.
    "for i in range(3):\n    h = tf.layers.dense(h, 4, name='d%d' % (i // 2), reuse=i == 1)\n": "created in a loop",
    "for i in range(2):\n    h = tf.layers.dense(h, 4, name=names[i])\n": "no sure names",
    "h = tf.layers.dense(h, 4, name=name)\n": "no sure names",
    "w = tf.Variable(1.0, name=name)\nh = h * w\n": "no sure names",
    "w = tf.get_variable(name, [4])\nh = h * w\n": "no sure names",
    # A string over several lines would be indented anew.
    'for i in range(2):\n    with tf.variable_scope("s"):\n        h = h * len("""a\n        b""")\n': "no rule for it",
    "for i in range(2):\n    with tf.variable_scope('s%d' % i) as s:\n        h = h * 2\n": "no rule for it",
}


@pytest.mark.parametrize("loop", REFUSED)
def test_what_is_not_sure_is_refused(loop):
    with pytest.raises(Refused, match=REFUSED[loop]):
        native.migrate(_START + loop + _END + _SAVER + _RUN)


# Names of which nothing hangs need not be known.
@pytest.mark.parametrize(
    "text", ["h = tf.layers.dense(h, 4, name=name)\n", "w = tf.Variable(1.0, name=n)\nh = h * w\n"]
)
def test_names_that_do_not_matter(text):
    assert "Session" not in native.migrate(_START + text + _END + _RUN)
