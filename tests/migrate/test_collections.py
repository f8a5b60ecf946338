"""What lists of variables, collections of losses, updates and the arguments of scopes become."""

from __future__ import annotations

import pytest

from tf1graphs.migrate import native
from tf1graphs.migrate.refusals import Refused

_START = """\
import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 3])
"""
_SGD = "train = tf.train.GradientDescentOptimizer(0.1).minimize(loss)\n"
_RUN = """\
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    sess.run({}, {{x: [[1.0, 2.0, 3.0]]{}}})
"""
_TRAIN = _RUN.format("train", "")
_TWO = """\
w = tf.Variable(tf.zeros([3, 1]), name="w")
with tf.variable_scope("last"):
    b = tf.get_variable("b", [1])
loss = tf.reduce_mean(tf.matmul(x, w) + b)
"""
_GAN = """\
def maker(x, name, reuse=None):
    with tf.variable_scope(name, reuse=reuse):
        h = tf.layers.dense(x, 2, name="h")
        return tf.layers.dense(h, 3, name="out")


fake = maker(x, "G")
loss = tf.reduce_mean(maker(x, "D")) - tf.reduce_mean(maker(fake, "D", reuse=True))
"""
_BATCH_NORM = """\
is_training = tf.placeholder(tf.bool)
h = tf.layers.batch_normalization(tf.layers.dense(x, 2, name="h"), training=is_training, name="bn")
loss = tf.reduce_mean(h)
"""
_LAYER = 'h = tf.layers.dense(x, 2, kernel_regularizer=tf.contrib.layers.l2_regularizer(0.1), name="dense")\n'
_SCOPED = """\
from tensorflow.contrib.framework import arg_scope
from tensorflow.contrib.layers import conv2d, fully_connected
"""

# What follows the placeholder -> what must be in the migrated program.
WRITTEN = {
    "the variables of an optimizer come behind those that are copied": (
        _GAN
        + 'train = tf.train.AdamOptimizer(0.1).minimize(loss, var_list=tf.trainable_variables("D"))\n'
        + 'd = tf.get_collection(tf.GraphKeys.GLOBAL_VARIABLES, scope="D")\n'
        + 'g = tf.get_collection(tf.GraphKeys.GLOBAL_VARIABLES, scope="G")\n'
        + "copies = [tf.assign(a, b) for a, b in zip(g, d)]\n"
        + _TRAIN
        + "    sess.run(copies)\n",
        ["zip(maker_1.trainable_variables, maker_2.trainable_variables)"],
    ),
    "all trained variables": (
        _TWO + "loss += tf.add_n([tf.nn.l2_loss(v) for v in tf.trainable_variables()])\n" + _SGD + _TRAIN,
        ["tf.add_n([tf.nn.l2_loss(v) for v in [w, b]])"],
    ),
    "a list that has a name": (
        _TWO
        + "variables = tf.trainable_variables()\n"
        + _SGD
        + _TRAIN
        + "    print(len(variables), sess.run(variables))",
        ["variables = [w, b]\n", "for value in variables]"],
    ),
    "those in a scope": (
        _TWO + 'train = tf.train.AdamOptimizer().minimize(loss, var_list=tf.trainable_variables("last"))\n' + _TRAIN,
        ["variables = [b]\n"],
    ),
    "those of a collection": (
        _TWO + "v = tf.get_collection(tf.GraphKeys.TRAINABLE_VARIABLES, scope='w')\nprint(v[0].name)\n" + _SGD + _TRAIN,
        ["v = [w]\n", "print(v[0].name)"],
    ),
    "global ones beside gradient descent, which has none": (
        "n = tf.Variable(0, trainable=False)\n" + _TWO + _SGD + "print(tf.global_variables())\n" + _TRAIN,
        ["print([n, w, b])"],
    ),
    "chosen by their old names": (
        _TWO + "v = [v for v in tf.trainable_variables() if v.name.startswith('last/') and 'b' in v.op.name]\n"
        "train = tf.train.GradientDescentOptimizer(0.1).minimize(loss, var_list=v)\n" + _TRAIN,
        ["v = [b]\n", "variables = v\n"],
    ),
    "chosen by name and computed from": (
        _TWO + "loss += sum(tf.nn.l2_loss(v) for v in tf.trainable_variables() if 'b' not in v.name)\n" + _SGD + _TRAIN,
        ["sum(tf.nn.l2_loss(v) for v in [w])"],
    ),
    "all that is trained, said once more": (
        _TWO + "train = tf.train.AdamOptimizer().minimize(loss, var_list=tf.trainable_variables())\n" + _TRAIN,
        ["variables = tape.watched_variables()\n"],
    ),
    "those of an object": (
        _GAN + "d = [v for v in tf.trainable_variables() if v.name.startswith('D')]\n"
        "train = tf.train.AdamOptimizer().minimize(loss, var_list=d)\n" + _TRAIN,
        [
            "variables = maker_2.trainable_variables\n",
            "return [*self.dense.trainable_variables, *self.dense_1.trainable_variables]\n",
        ],
    ),
    "some of those of an object": (
        _GAN + "d = [v for v in tf.trainable_variables() if v.name.startswith('D/h/')]\n"
        "train = tf.train.AdamOptimizer().minimize(loss, var_list=d)\n" + _TRAIN,
        ["variables = maker_2.dense.trainable_variables\n"],
    ),
    "some of those of a layer": (
        'h = tf.layers.dense(x, 2, name="h")\nloss = tf.reduce_mean(h)\n'
        "loss += sum([tf.nn.l2_loss(v) for v in tf.trainable_variables() if 'bias' not in v.name])\n" + _SGD + _TRAIN,
        ["for v in [h_layer.kernel]]"],
    ),
    "updates of moving averages": (
        _BATCH_NORM + "updates = tf.get_collection(tf.GraphKeys.UPDATE_OPS)\nwith tf.control_dependencies(updates):\n"
        "    " + _SGD + _RUN.format("train", ", is_training: True"),
        ["training=is_training)", "tf.TensorSpec([], tf.bool)"],
    ),
    "updates that are fetched": (
        _BATCH_NORM
        + "updates = tf.get_collection('update_ops')\n"
        + _SGD
        + _RUN.format("[train, updates]", ", is_training: True"),
        ["optimizer.apply_gradients"],
    ),
    "no updates where nothing moves": (
        _BATCH_NORM
        + "with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):\n    "
        + _SGD
        + _RUN.format("train", ", is_training: True")
        + "    print(sess.run(loss, {x: [[1, 2, 3]], is_training: False}))\n",
        ["print(compute_loss("],
    ),
    "no updates where a dict feeds that nothing moves": (
        _BATCH_NORM
        + "with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):\n    "
        + _SGD
        + _RUN.format("train", ", is_training: True")
        + "    feed = {x: [[1.0, 2.0, 3.0]], is_training: False}\n    print(sess.run(loss, feed))\n",
        ['feed["is_training"]'],
    ),
    "two networks of one function": (
        _GAN
        + "d, g = tf.trainable_variables('D'), tf.trainable_variables('G')\n"
        + "train = tf.train.AdamOptimizer().minimize(loss, None, d)\n"
        + "again = tf.train.AdamOptimizer().minimize(-loss, var_list=g)\n"
        + _TRAIN
        + "    sess.run(again, {x: [[1.0, 2.0, 3.0]]})\n",
        [".trainable_variables\n"],
    ),
    "the total of one loss": (
        'h = tf.layers.dense(x, 3, name="dense")\ntf.losses.mean_squared_error(x, h)\n'
        "loss = tf.losses.get_total_loss()\n" + _SGD + _TRAIN,
        ["mean_squared_error = tf.reduce_mean(", "loss = mean_squared_error\n"],
    ),
    "the total of losses and regularizers": (
        _LAYER
        + "data = tf.losses.mean_squared_error(x[:, :2], h)\nloss = tf.losses.get_total_loss()\n"
        + _SGD
        + _TRAIN,
        ["loss = tf.add_n([data, *dense.losses])\n"],
    ),
    "regularizers alone": (
        _LAYER + "loss = tf.reduce_mean(h) + tf.add_n(tf.losses.get_regularization_losses())\n" + _SGD + _TRAIN,
        ["tf.add_n(dense.losses)"],
    ),
    "a collection of one's own": (
        _TWO + "tf.add_to_collection('all', loss)\ntf.add_to_collection('all', 0.1 * tf.nn.l2_loss(w))\n"
        "total = tf.add_n(tf.get_collection('all'))\n" + _SGD.replace("loss", "total") + _TRAIN,
        ["all = 0.1 * tf.nn.l2_loss(w)\n", "total = tf.add_n([loss, all])\n"],
    ),
    "arguments of a scope": (
        _SCOPED + "with arg_scope([fully_connected, conv2d], activation_fn=tf.nn.tanh):\n"
        "    with arg_scope([conv2d], padding='VALID'):\n        h = fully_connected(x, 2, scope='one')\n"
        "    h = fully_connected(h, 2, activation_fn=None, scope='two')\nloss = tf.reduce_mean(h)\n" + _SGD + _TRAIN,
        [
            'one = tf.keras.layers.Dense(2, activation=tf.nn.tanh, name="one")',
            'two = tf.keras.layers.Dense(2, name="two")',
        ],
    ),
    "the initializer of a scope": (
        'with tf.variable_scope("a", initializer=tf.ones_initializer()):\n'
        '    w = tf.get_variable("w", [3, 1], initializer=None)\n'
        '    b = tf.get_variable("b", [1], initializer=tf.zeros_initializer())\n'
        '    h = tf.layers.dense(x, 1, name="h")\n'
        "loss = tf.reduce_mean(tf.matmul(x, w) + b + h)\n" + _SGD + _TRAIN,
        [
            'w = tf.Variable(tf.ones_initializer()([3, 1]), name="a/w")',
            'b = tf.Variable(tf.zeros_initializer()([1]), name="a/b")',
            "Dense(1, kernel_initializer=tf.ones_initializer()",
        ],
    ),
    "names and shapes of the variables of layers": (
        _LAYER + "loss = tf.reduce_mean(h)\n" + _SGD + "for v in tf.trainable_variables():\n"
        "    print(v.name, v.op.name, v.get_shape().as_list(), v.shape)\n" + _TRAIN,
        [
            "\n\ntrain_step.get_concrete_function()  # creates the variables of the layers\n"
            'for name, v in {"dense/kernel": dense.kernel, "dense/bias": dense.bias}.items():\n'
            '    print(f"{name}:0", name, list(v.shape), tf.TensorShape(v.shape))\n',
        ],
    ),
    "tags of the variables of layers": (
        _LAYER + "loss = tf.reduce_mean(h)\nfor v in tf.trainable_variables():\n"
        "    tf.summary.histogram(v.op.name, v)\n    tf.summary.scalar(v.name, tf.norm(v))\n"
        "merged = tf.summary.merge([tf.summary.merge_all(), tf.summary.scalar('loss', loss)])\n"
        + _RUN.format("merged", ""),
        ['histograms[f"{name}_1"] = v\n', "scalars[f'{name}_0'] = tf.norm(v)\n"],
    ),
    "a class that stands in the file lists no more": (
        _GAN + "\n" + _SGD + "print(len(tf.trainable_variables()))\n" + _TRAIN,
        ["print(len([*maker_1.dense.trainable_variables, *maker_1.dense_1.trainable_variables, *maker_2."],
    ),
    "names of those that pass a test": (
        _LAYER + "loss = tf.reduce_mean(h)\n" + _SGD + "print([v.op.name for v in tf.trainable_variables() "
        "if 'bias' in v.name])\n" + _TRAIN,
        ['print([name for name, v in {"dense/bias": dense.bias}.items()])\n'],
    ),
    "lists that are put together": (
        _GAN + "d, g = tf.trainable_variables('D'), tf.trainable_variables('G')\nfor v in d + g:\n"
        "    tf.summary.histogram(v.op.name, v)\n"
        "merged = tf.summary.merge([tf.summary.merge_all(), tf.summary.scalar('loss', loss)])\n"
        + _RUN.format("merged", ""),
        ['in {"D/h/kernel": maker_2.dense.kernel, ', 'histograms[f"{name_2}_1"] = v\n'],
    ),
    "shared variables": (
        'with tf.variable_scope("a") as scope:\n    w = tf.get_variable("w", [3, 1])\n    scope.reuse_variables()\n'
        '    again = tf.get_variable("w", [3, 1])\nwith tf.variable_scope(scope, reuse=True):\n'
        '    third = tf.get_variable("w")\n'
        "loss = tf.reduce_mean(tf.matmul(x, w) + tf.matmul(x, again) + tf.matmul(x, third))\n" + _SGD + _TRAIN,
        ["again = w\n", "third = w\n"],
    ),
}

# What follows the placeholder -> what a refusal names, and a part of its reason.
REFUSED = {
    # Variables of the optimizer are in the scope, too.
    _GAN
    + "train = tf.train.AdamOptimizer(0.1).minimize(loss)\n"
    + 'd = tf.get_collection(tf.GraphKeys.GLOBAL_VARIABLES, scope="D")\n'
    + _RUN.format("d", ""): ("d", "variables of optimizers may be among those that it lists"),
    _GAN
    + "train = tf.train.AdamOptimizer(0.1).minimize(loss)\n"
    + 'd = tf.get_collection(tf.GraphKeys.GLOBAL_VARIABLES, scope="D")\n'
    + 'g = tf.get_collection(tf.GraphKeys.GLOBAL_VARIABLES, scope="G")\n'
    + "copies = [tf.assign(a, b) for a, b in zip(d, g)]\n"
    + _RUN.format("copies", ""): ("d", "variables of optimizers may be among those that it lists"),
    _TWO + "cell = tf.contrib.rnn.UGRNNCell(2)\nprint(tf.trainable_variables())\n" + _SGD + _TRAIN: (
        "tf.trainable_variables()",
        "not known by reading",
    ),
    _TWO + "train = tf.train.AdamOptimizer().minimize(loss)\nprint(tf.global_variables())\n" + _TRAIN: (
        "tf.global_variables()",
        "not known by reading",
    ),
    _LAYER + "loss = tf.reduce_mean(h)\nprint(tf.trainable_variables()[0].name)\n" + _SGD + _TRAIN: (
        "tf.trainable_variables()[0].name",
        "another name in Keras",
    ),
    _LAYER + "print(len(tf.trainable_variables()))\nloss = tf.reduce_mean(h)\n" + _SGD + _TRAIN: (
        "a collection",
        "only once these have been called",
    ),
    _BATCH_NORM + _SGD + _RUN.format("train", ", is_training: True"): (
        "tf.layers.batch_normalization",
        "leaves the moving averages",
    ),
    _BATCH_NORM
    + "with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):\n    "
    + _SGD
    + _RUN.format("train", ", is_training: True")
    + "    print(sess.run(loss, {x: [[1, 2, 3]], is_training: True}))\n": (
        "tf.layers.batch_normalization",
        "leaves the moving averages",
    ),
    "bn = tf.layers.BatchNormalization()\nloss = tf.reduce_mean(bn(x, training=True))\n" + _SGD + _TRAIN: (
        "bn",
        "leaves the moving averages",
    ),
    _TWO + "tf.losses.mean_squared_error(x, x * w[0]) + 1\nloss = tf.losses.get_total_loss()\n" + _SGD + _TRAIN: (
        "tf.losses.get_total_loss()",
        "no name here",
    ),
    _TWO + "loss = tf.losses.get_total_loss()\n" + _SGD + _TRAIN: ("tf.losses.get_total_loss()", "nothing is in"),
    _TWO + "print(tf.get_collection('mine'))\n" + _SGD + _TRAIN: ("tf.get_collection", "not known by reading"),
    'with tf.variable_scope("a", regularizer=tf.nn.l2_loss):\n    w = tf.get_variable("w", [3, 1])\n': (
        "tf.variable_scope",
        "its regularizer is not followed",
    ),
    _SCOPED + "ops = list(OPS)\nwith arg_scope(ops, activation_fn=None):\n    h = fully_connected(x, 2)\n": (
        "arg_scope",
        "not known by reading",
    ),
}


def refusals(text: str) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as caught:
        native.migrate(text)
    return [(each.construct, each.reason) for each in caught.value.refusals]


@pytest.mark.parametrize("name", WRITTEN)
def test_it_is_written(name):
    text, parts = WRITTEN[name]
    migrated = native.migrate(_START + text)
    assert [part for part in parts if part not in migrated] == [], migrated


@pytest.mark.parametrize("text", REFUSED)
def test_it_is_refused(text):
    construct, reason = REFUSED[text]
    found = refusals(_START + text)
    assert any(construct == name and reason in why for name, why in found), found
