"""Layers that call a normalizer on their result, and what scopes and dicts give to both."""

from __future__ import annotations

import pytest

from tf1graphs.migrate import native
from tf1graphs.migrate.refusals import Refused

_START = """\
import tensorflow as tf
from tensorflow.contrib import layers, slim

x = tf.placeholder(tf.float32, [None, 3])
training = tf.placeholder(tf.bool)
"""
_RUN = """
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(h, {x: [[1, 2, 3]], training: False}))
"""
_DENSE = 'h = layers.fully_connected(x, 2, normalizer_fn=layers.batch_norm, {}scope="h")\n'
_NORM = "BatchNormalization(momentum={}, scale=False, sample_ranks=(2, 4)),\n"
_PARAMS = "norm = {'is_training': training, 'decay': 0.9, 'updates_collections': None}\n"
_SCOPE = """\
def settings(decay, weight=0.1):
    norm = {"decay": decay, "updates_collections": None, "is_training": training}
    with slim.arg_scope([slim.fully_connected], weights_regularizer=slim.l2_regularizer(weight)):
        with slim.arg_scope([slim.conv2d], padding="VALID") as inner:
            with slim.arg_scope([slim.fully_connected], normalizer_fn=slim.batch_norm, normalizer_params=norm) as scope:
                return scope


"""

# What follows the placeholders -> what must be in the migrated program, and what must not.
WRITTEN = {
    "a dict that has a name": (
        _PARAMS + _DENSE.format("normalizer_params=norm, "),
        [_NORM.format(0.9), "(x, training=training)"],
        ["norm = {"],
    ),
    "an element that is changed": (
        _PARAMS + "norm['decay'] = 0.5\n" + _DENSE.format("normalizer_params=norm, "),
        [_NORM.format(0.5)],
        [],
    ),
    "a dict in the call": (
        _DENSE.format("normalizer_params=dict(decay=0.8, updates_collections=None, is_training=training), "),
        [_NORM.format(0.8), "(x, training=training)"],
        [],
    ),
    "literals of another function": (
        _SCOPE + "with slim.arg_scope(settings(0.7)):\n    h = slim.fully_connected(x, 2)\n",
        [_NORM.format(0.7), "kernel_regularizer=tf.keras.regularizers.L2(0.05)"],
        ["settings", "norm ="],
    ),
    "another scope for each call": (
        _SCOPE + "with slim.arg_scope(settings(0.7)):\n    h = slim.fully_connected(x, 2)\n"
        "with slim.arg_scope(settings(0.6, 0.4)):\n    h = slim.fully_connected(h, 2)\n",
        [_NORM.format(0.7), _NORM.format(0.6), "L2(0.05)", "L2(0.2)"],
        [],
    ),
    "a scope that has a name": (
        _SCOPE + "scope = settings(0.7)\nwith slim.arg_scope(scope):\n    h = slim.fully_connected(x, 2)\n",
        [_NORM.format(0.7)],
        ["scope"],
    ),
    "a scope that ends others": (
        "with slim.arg_scope([slim.fully_connected], activation_fn=None) as first:\n    pass\n"
        "with slim.arg_scope([slim.fully_connected], biases_initializer=None):\n    with slim.arg_scope(first):\n"
        "        h = slim.fully_connected(x, 2, scope='h')\n",
        ['tf.keras.layers.Dense(2, name="h")'],
        [],
    ),
    "a scope gives arguments to the normalizer": (
        "with slim.arg_scope([slim.batch_norm], is_training=training, decay=0.5, updates_collections=None):\n    "
        + _DENSE.format("normalizer_params={'decay': 0.6}, "),
        [_NORM.format(0.6), "(x, training=training)"],
        [],
    ),
    "none where a call says so": (
        "with slim.arg_scope([slim.fully_connected], normalizer_fn=slim.batch_norm):\n"
        "    h = slim.fully_connected(x, 2, normalizer_fn=None, scope='h')\n",
        ['tf.keras.layers.Dense(2, activation=tf.nn.relu, name="h")'],
        ["BatchNormalization"],
    ),
}

# What follows the placeholders -> what a refusal names, and a part of its reason.
REFUSED = {
    "h = layers.fully_connected(x, 2, normalizer_fn=lambda value, **_: value)\n": (
        "tf.contrib.layers.fully_connected",
        "is no function of TensorFlow",
    ),
    _PARAMS + "norm['is_training'] = tf.logical_not(training)\n" + _DENSE.format("normalizer_params=norm, "): (
        "tf.contrib.layers.fully_connected",
        "what normalizer_params holds is not known",
    ),
    _DENSE.format("normalizer_params={'is_training': training}, "): (
        "layers.fully_connected",
        "leaves the moving averages",
    ),
    "def settings():\n    init = tf.random_normal_initializer()\n"
    "    with slim.arg_scope([slim.fully_connected], weights_initializer=init) as scope:\n        return scope\n\n\n"
    "with slim.arg_scope(settings()):\n    h = slim.fully_connected(x, 2)\n": (
        "tf.contrib.slim.fully_connected's weights_initializer",
        "names which are not known here",
    ),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_it_is_written(name):
    text, parts, others = WRITTEN[name]
    migrated = native.migrate(_START + text + _RUN)
    assert [part for part in parts if part not in migrated] == [], migrated
    assert [part for part in others if part in migrated] == [], migrated


@pytest.mark.parametrize("text", REFUSED)
def test_it_is_refused(text):
    construct, reason = REFUSED[text]
    with pytest.raises(Refused) as caught:
        native.migrate(_START + text + _RUN.replace("False", "True"))
    found = [(each.construct, each.reason) for each in caught.value.refusals]
    assert any(construct == name and reason in why for name, why in found), found
