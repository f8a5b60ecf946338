"""Dimensions taken from shapes that are known in part: what is known of tensors computed from them, their values."""

import numpy as np


def _known(build):
    """Returns a call: the static shape of what is built of a ``[2, None]`` placeholder, and its value."""

    def call(tf):
        x = tf.placeholder(tf.float32, [2, None], name="x")
        built = build(tf, x, tf.shape(x))
        return lambda session: [str(built.shape), session.run(built, {x: np.arange(6.0).reshape(2, 3)})]

    return call


def _gradient(tf, x, shape):
    return tf.gradients(tf.tile(x[:, :1], [1, shape[0]]) * x[:, :2], [x])[0]


def _in_a_loop(tf, x, shape):
    def body(number, grown):
        more = tf.tile([[1.0]], [tf.shape(grown)[0], 1])
        kept.append(more.shape.as_list())
        return number + 1, tf.concat([grown, more], 1)

    kept = []
    shapes = [tf.TensorShape([]), tf.TensorShape([2, None])]
    grown = tf.while_loop(lambda number, _: number < 3, body, [tf.constant(0), x], shapes)[1]
    return tf.concat([grown, [[0.0 if kept[0][0] is None else 1.0]] * 2], 1)


BUILT = {
    "reshape": lambda tf, x, shape: tf.reshape(x, [shape[0], shape[1], 1]),
    "reshape of the rest": lambda tf, x, shape: tf.reshape(x, [shape[0], -1]),
    "tile": lambda tf, x, shape: tf.tile([[1.0, 2.0]], [shape[0], 1]),
    "zeros": lambda tf, x, shape: tf.zeros([shape[0], 3]),
    "fill": lambda tf, x, shape: tf.fill([shape[0], 3], 2.0),
    "the last": lambda tf, x, shape: tf.fill([shape[0], shape[-1]], 2.0),
    "counted from the end": lambda tf, x, shape: tf.ones([shape[-2]]),
    "range": lambda tf, x, shape: tf.range(shape[0] * 2),
    "one hot": lambda tf, x, shape: tf.one_hot([1, 0], shape[0]),
    "a slice": lambda tf, x, shape: tf.ones(tf.concat([shape[:1], [3]], 0)),
    "a slice to the end": lambda tf, x, shape: tf.ones(shape[1:]),
    "all of it": lambda tf, x, shape: tf.ones(shape),
    "long": lambda tf, x, shape: tf.ones(tf.stack([tf.shape(x, out_type=tf.int64)[0], 3])),
    "a gradient": _gradient,
    "a loop": _in_a_loop,
}

CALLS = {name: _known(build) for name, build in BUILT.items()}
