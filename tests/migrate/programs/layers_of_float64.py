"""Layers whose inputs are float64: so are their variables."""
from __future__ import print_function

import numpy as np
import tensorflow as tf

tf.set_random_seed(2)
rng = np.random.RandomState(2)
X = rng.randn(30, 4)
Y = X[:, :1] ** 2

x = tf.placeholder(tf.float64, [None, 4])
y = tf.placeholder(tf.float64, [None, 1])
h = tf.layers.dense(x, 6, tf.nn.tanh, name='hidden')
h = tf.contrib.layers.fully_connected(h, 5, scope='second')
prediction = tf.layers.dense(h, 1, name='out')
loss = tf.reduce_mean(tf.square(prediction - y))
train_op = tf.train.GradientDescentOptimizer(0.1).minimize(loss)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for step in range(12):
        _, value = sess.run([train_op, loss], {x: X, y: Y})
        print(step, value.dtype, '%.9f' % value)
