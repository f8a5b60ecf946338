"""tf.py_func: numpy inside the graph, a py_func with a registered gradient, state kept in Python."""
from __future__ import print_function

import itertools

import numpy as np
import tensorflow as tf

gradient_numbers = itertools.count()


def with_gradient(function, gradient, x, name):
    """One float32 tensor through a numpy function; the gradient is a graph function (op, grad)."""
    registered = 'Bridge%d' % next(gradient_numbers)
    tf.RegisterGradient(registered)(gradient)
    with tf.name_scope(name):
        with tf.get_default_graph().gradient_override_map({'PyFunc': registered}):
            y = tf.py_func(lambda a: function(a).astype(np.float32), [x], tf.float32)
        y.set_shape(x.shape)
    return y


def sawtooth(x):
    """x where its fraction is in the lower half, zero elsewhere."""
    def gradient(op, grad):
        return tf.where(tf.floormod(op.inputs[0], 1.0) < 0.55, grad, tf.zeros_like(grad))
    return with_gradient(lambda a: np.where(a % 1 < 0.55, a % 1, 0), gradient, x, 'sawtooth')


class MovingHistogram(object):
    def __init__(self, bins):
        self.counts = np.zeros(bins, dtype=np.int64)

    def update(self, values):
        self.counts += np.histogram(values, bins=len(self.counts), range=(-2, 2))[0]
        return self.counts


tf.set_random_seed(71)
x = tf.constant([0.2, 0.7, 1.2, 1.7])
y = sawtooth(x)
histogram = MovingHistogram(4)
draws = tf.random_normal([50], seed=3)
counted = tf.py_func(histogram.update, [draws], tf.int64)
sorted_pair = tf.py_func(lambda a, k: (np.sort(a)[::-1][:k], np.argsort(a)[::-1][:k]), [draws, 3], (tf.float32, tf.int64))
joined = tf.py_func(lambda s, n: (b'<' + s + b'>') * int(n), [tf.constant('ab'), tf.constant(2)], tf.string)

w = tf.Variable(1.1)
loss = tf.reduce_sum(sawtooth(w * tf.constant([0.3, 0.2])))
train = tf.train.GradientDescentOptimizer(0.4).minimize(loss)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(x).tolist(), sess.run(y).tolist(), sess.run(tf.gradients(y, [x])[0]).tolist())
    print(counted.get_shape(), y.get_shape())
    for _ in range(2):
        print('counts', sess.run(counted).tolist())
    values, places = sess.run(sorted_pair)
    print(values.tolist(), places.tolist(), sess.run(joined).decode())
    for _ in range(3):
        sess.run(train)
        print('w %.6f loss %.6f' % (sess.run(w), sess.run(loss)))
    try:
        sess.run(tf.py_func(lambda: np.zeros(2, np.float64), [], tf.float32))
    except tf.errors.InvalidArgumentError:
        print('wrong dtype is an InvalidArgumentError')
