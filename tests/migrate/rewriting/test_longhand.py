"""What calls of ``tf.contrib`` are in full, and which stay as they are."""

from __future__ import annotations

import pytest

from tf1graphs.migrate.facts.interpreter import Interpreter
from tf1graphs.migrate.facts.trace import Trace
from tf1graphs.migrate.rewriting import longhand
from tf1graphs.migrate.source import Source

_START = """\
import tensorflow as tf
from tensorflow.contrib import layers, slim

x = tf.placeholder(tf.float32, [None, 4, 4, 3])
y = tf.placeholder(tf.float32, [None, 3])
"""
_LOSS = "loss = tf.reduce_mean(layers.linear(y, 1))\n"
_STEP = "global_step = tf.train.get_or_create_global_step()\n"

# Before -> after.
WRITTEN = {
    "h = slim.repeat(x, 2, slim.conv2d, 8, [3, 3], scope='c')  # twice\n": (
        'h = slim.conv2d(x, 8, [3, 3], scope="c/c_1")\nh = slim.conv2d(h, 8, [3, 3], scope="c/c_2")  # twice\n'
    ),
    "h = [slim.repeat(x, 2, slim.conv2d, 8, 3, scope='c')]\n": (
        'h = [slim.conv2d(slim.conv2d(x, 8, 3, scope="c/c_1"), 8, 3, scope="c/c_2")]\n'
    ),
    "h = slim.repeat(x, 1, slim.conv2d, 8, 3, activation_fn=None)\n": (
        'with tf.variable_scope(None, "Repeat"):\n'
        '    h = slim.conv2d(x, 8, 3, activation_fn=None, scope="convolution2d_1")\n'
    ),
    "h = layers.stack(y, layers.fully_connected, [8, (4, None)], scope='f')\n": (
        'h = layers.fully_connected(y, 8, scope="f/f_1")\nh = layers.fully_connected(h, 4, None, scope="f/f_2")\n'
    ),
    "slim.losses.softmax_cross_entropy(y, y, 2.0)\nloss = slim.losses.get_total_loss(False)\n": (
        "tf.losses.softmax_cross_entropy(onehot_labels=y, logits=y, weights=2.0)\n"
        "loss = tf.losses.get_total_loss(False)\n"
    ),
    _LOSS + "train = slim.learning.create_train_op(loss, tf.train.AdamOptimizer(0.1))\n": (
        _LOSS + "optimizer = tf.train.AdamOptimizer(0.1)\n" + _STEP + "minimized = optimizer.minimize(loss, "
        "global_step=global_step)\nwith tf.control_dependencies([minimized]):\n"
        "    train = tf.check_numerics(loss, 'LossTensor is inf or nan')\n"
    ),
    _LOSS + "opt = tf.train.AdamOptimizer(0.1)\ntrain = tf.contrib.training.create_train_op(loss, opt, None, "
    "check_numerics=False, variables_to_train=[])\n": (
        _LOSS + "opt = tf.train.AdamOptimizer(0.1)\nminimized = opt.minimize(loss, var_list=[])\n"
        "with tf.control_dependencies([minimized]):\n    train = tf.identity(loss)\n"
    ),
    _LOSS + "train = layers.optimize_loss(loss, None, 0.1, 'Momentum', clip_gradients=5.0)\n": (
        _LOSS + "optimizer = tf.train.MomentumOptimizer(0.1, momentum=0.9)\n"
        "grads_and_vars = optimizer.compute_gradients(loss)\ngradients, variables = zip(*grads_and_vars)\n"
        "clipped, _ = tf.clip_by_global_norm(gradients, 5.0)\n"
        "minimized = optimizer.apply_gradients(zip(clipped, variables))\n"
        "with tf.control_dependencies([minimized]):\n    train = tf.identity(loss)\n"
    ),
    _LOSS + "with tf.control_dependencies([loss]):\n    train = tf.train.AdamOptimizer(0.1).minimize(loss, "
    "tf.contrib.framework.get_or_create_global_step())\n": (
        _LOSS + _STEP + "with tf.control_dependencies([loss]):\n"
        "    train = tf.train.AdamOptimizer(0.1).minimize(loss, global_step)\n"
    ),
    "step = slim.create_global_step()\n": "step = tf.train.create_global_step()\n",
    "step = tf.train.create_global_step()\nprint(slim.get_global_step())\n": (
        "step = tf.train.create_global_step()\nprint(step)\n"
    ),
}
SAME = [
    "h = slim.repeat(x, count(), slim.conv2d, 8, 3)\n",
    "h = [slim.repeat(x, 2, slim.conv2d, 8, 3)]\n",
    "h = slim.repeat(x, 2, lambda x, scope: x, scope='c')\n",
    "h = slim.repeat(x, 2, slim.conv2d, *sizes, scope='c')\n",
    "h = slim.stack(y, slim.fully_connected, sizes, scope='c')\n",
    "h = [slim.repeat(x, 2, slim.conv2d, 8, 3, scope='c') for _ in range(2)]\n",
    "slim.losses.softmax_cross_entropy(y, y, weights=y[:, 0])\n",
    "slim.losses.cosine_distance(y, y, 1)\n",
    _LOSS + "train = slim.learning.create_train_op(loss, tf.train.AdamOptimizer(0.1), summarize_gradients=True)\n",
    _LOSS + "train = slim.learning.create_train_op(loss, tf.train.AdamOptimizer(0.1), **options)\n",
    _LOSS + "print(slim.learning.create_train_op(loss, tf.train.AdamOptimizer(0.1)))\n",
    _LOSS + "train = layers.optimize_loss(loss, None, 0.1, make)\n",
    _LOSS + "train = layers.optimize_loss(loss, None, 0.1, 'Adam', clip_gradients=clip)\n",
    _LOSS + "train = layers.optimize_loss(loss, None, 0.1, 'Adam')\nsaver = tf.train.Saver()\n",
    "step = tf.train.get_or_create_global_step()\n",
    "tf.reset_default_graph()\nprint(tf.train.get_or_create_global_step())\n",
    "print(tf.train.get_global_step())\n",
    _LOSS + "train = tf.train.AdamOptimizer(0.1).minimize(loss)\n",
    "h = tf.losses.softmax_cross_entropy(y, y)\n",
]


def written_out(text: str) -> longhand.Rewritten | None:
    interpreter = Interpreter(Source(text), Trace())
    interpreter.program()
    return longhand.written_out(interpreter.facts)


@pytest.mark.parametrize("before", WRITTEN)
def test_it_is_written_out(before):
    found = written_out(_START + before)
    assert found is not None
    assert found.text == _START + WRITTEN[before]


@pytest.mark.parametrize("text", SAME)
def test_it_stays(text):
    assert written_out(_START + text) is None


def test_lines_are_those_of_before():
    text = "import tensorflow as tf\nfrom tensorflow.contrib import slim\nx = tf.zeros([1, 2, 2, 3])\n"
    text += "h = slim.repeat(\n    x, 2, slim.conv2d,\n    8, 3, scope='c')\nprint(h)\nlast = 1\n"
    found = written_out(text)
    assert found is not None
    lines = found.text.split("\n")
    numbers = dict(zip(lines, found.lines, strict=True))
    assert numbers["print(h)"] == 7
    assert numbers["last = 1"] == 8
    assert numbers['h = slim.conv2d(h, 8, 3, scope="c/c_2")'] == 4
