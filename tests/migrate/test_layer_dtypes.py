"""Layers have variables of the dtype of their inputs in TensorFlow 1.15; Keras's have float32."""

from __future__ import annotations

import pytest

from tf1graphs.migrate import native
from tf1graphs.migrate.refusals import Refused

_START = (
    "import numpy as np\nimport tensorflow as tf\nfrom tensorflow.contrib import layers\n\ndata = np.ones([2, 3])\n"
)
_RUN = """
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(h, {x: data}))
"""
_X = "x = tf.placeholder({}, [None, 3])\n"

# What computes ``h`` -> the layer that is created.
WRITTEN = {
    _X.format("tf.float64") + "h = tf.layers.dense(x, 2)\n": 'tf.keras.layers.Dense(2, dtype="float64", name="dense")',
    _X.format("np.float64") + "h = tf.layers.flatten(tf.square(x))\n": 'tf.keras.layers.Flatten(dtype="float64")',
    _X.format("tf.double") + "h = layers.linear(tf.layers.dropout(x), 2)\n": (
        'tf.keras.layers.Dense(2, dtype="float64", name="fully_connected")'
    ),
    _X.format("tf.float64") + "h = tf.layers.dense(tf.cast(x, tf.float32), 2)\n": (
        'tf.keras.layers.Dense(2, name="dense")'
    ),
    _X.format("tf.float64") + "y = tf.to_float(x)\nh = tf.layers.batch_normalization(y)\n": (
        'BatchNormalization(name="batch_normalization")'
    ),
    _X.format("tf.float32") + "h = tf.layers.dense(x, 2)\n": 'tf.keras.layers.Dense(2, name="dense")',
    "data = data.astype(np.float64)\n" + _X.format("tf.float32") + "h = tf.layers.dense(tf.map_fn(tf.tanh, x), 2)\n": (
        'tf.keras.layers.Dense(2, name="dense")'
    ),
    _X.format("tf.float32") + "h = tf.layers.dense(tf.map_fn(tf.square, x), 2)\n": (
        'tf.keras.layers.Dense(2, name="dense")'
    ),
}
REFUSED = [
    _X.format("data.dtype") + "h = tf.layers.dense(x, 2)\n",
    _X.format("tf.float64") + "h = tf.layers.dense(tf.map_fn(tf.square, x), 2)\n",
    _X.format("tf.float64") + "h = tf.layers.Dense(2)(x)\n",
]


@pytest.mark.parametrize("text", WRITTEN)
def test_it_is_written(text):
    migrated = native.migrate(_START + text + _RUN)
    assert f"= {WRITTEN[text]}\n" in migrated


@pytest.mark.parametrize("text", REFUSED)
def test_it_is_refused(text):
    with pytest.raises(Refused) as caught:
        native.migrate(_START + text + _RUN)
    assert "whether its inputs are float64 is not known by reading" in [each.reason for each in caught.value.refusals]
