"""Transposed convolutions: the static shapes of what comes out where the batch that comes in is unknown."""

import numpy as np


def _shape(build):
    """Returns a call: the static shape of what is built of a ``[None, 2, 2, 3]`` placeholder, and its values."""

    def call(tf):
        x = tf.placeholder(tf.float32, [None, 2, 2, 3], name="x")
        made = build(tf, x, tf.reshape(tf.sin(tf.range(24.0)), [2, 2, 2, 3]))
        values = np.sin(np.arange(24.0)).reshape(2, 2, 2, 3)
        return lambda session: [str(made.shape), session.run(made, {x: values})]

    return call


def _reshaped(tf, x, kernel):
    made = tf.nn.conv2d_transpose(x, kernel, [2, 4, 4, 2], [1, 2, 2, 1])
    return tf.reshape(tf.nn.bias_add(made, [0.5, 1.0]), made.get_shape())


BUILT = {
    "told all": lambda tf, x, kernel: tf.nn.conv2d_transpose(x, kernel, [2, 4, 4, 2], [1, 2, 2, 1]),
    "told by a tensor": lambda tf, x, kernel: tf.nn.conv2d_transpose(
        x, kernel, tf.stack([tf.shape(x)[0], 4, 4, 2]), [1, 2, 2, 1]
    ),
    "told by a placeholder": lambda tf, x, kernel: tf.nn.conv2d_transpose(
        x, kernel, tf.placeholder_with_default([2, 4, 4, 2], [4]), [1, 2, 2, 1]
    ),
    "of an input of no shape": lambda tf, x, kernel: tf.nn.conv2d_transpose(
        tf.placeholder_with_default(tf.ones([2, 2, 2, 3]), None), kernel, [2, 4, 4, 2], [1, 2, 2, 1]
    ),
    "reshaped to its shape": _reshaped,
    "dilated": lambda tf, x, kernel: tf.nn.atrous_conv2d_transpose(x, kernel, [2, 2, 2, 2], 2, "SAME"),
    "of one dimension": lambda tf, x, kernel: tf.nn.conv1d_transpose(x[:, 0], kernel[0], [2, 4, 2], 2),
    "a gradient of a convolution": lambda tf, x, kernel: tf.nn.conv2d_backprop_input(
        [2, 4, 4, 2], kernel, x, [1, 2, 2, 1], "SAME"
    ),
}

CALLS = {name: _shape(build) for name, build in BUILT.items()}
CALLS["layer"] = lambda tf: str(tf.layers.conv2d_transpose(tf.placeholder(tf.float32, [None, 2, 2, 3]), 4, 3, 2).shape)
