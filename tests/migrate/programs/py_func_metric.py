import numpy as np
import tensorflow as tf


def count_close(a, b):
    return np.float32(np.isclose(a, b, atol=0.5).sum())


x = tf.placeholder(tf.float32, [None])
y = tf.placeholder(tf.float32, [None])
close = tf.py_func(count_close, [x, y], tf.float32)
share = close / tf.cast(tf.size(x), tf.float32)
with tf.Session() as sess:
    for shift in (0.0, 0.4, 0.6):
        print(shift, sess.run(share, {x: [1, 2, 3], y: np.array([1, 2, 4]) + shift}))
