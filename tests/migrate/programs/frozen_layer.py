"""A net with a layer that is not trained: the optimizer takes all others that the loss hangs on."""
from __future__ import print_function

import numpy as np
import tensorflow as tf

tf.set_random_seed(5)
rng = np.random.RandomState(5)
X = rng.randn(32, 6).astype(np.float32)
Y = (X[:, :1] * 2 - X[:, 1:2]).astype(np.float32)

x = tf.placeholder(tf.float32, [None, 6])
y = tf.placeholder(tf.float32, [None, 1])
unused = tf.Variable(1.0, name='unused')
skip = tf.Variable(tf.ones([6, 1]), name='skip')
fixed = tf.layers.dense(x, 4, tf.nn.tanh, trainable=False, name='fixed')
learned = tf.layers.dense(x, 4, tf.nn.relu, name='learned')
prediction = tf.layers.dense(fixed + learned, 1, name='prediction') + tf.matmul(x, skip)
loss = tf.reduce_mean(tf.square(prediction - y))
train_op = tf.train.AdamOptimizer(0.01).minimize(loss)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for step in range(12):
        _, value = sess.run([train_op, loss], {x: X, y: Y})
        print(step, value)
    print(sess.run(unused))
