"""Attention whose projections, and towers whose layers, are made in comprehensions."""
from __future__ import print_function

import numpy as np
import tensorflow as tf

tf.set_random_seed(9)
rng = np.random.RandomState(9)
X = rng.randn(32, 5, 6).astype(np.float32)
Y = (X[:, 0, :1] - X[:, 1, 1:2]).astype(np.float32)


def attention(t, scope):
    with tf.variable_scope(scope):
        q, k, v = [tf.tanh(tf.layers.dense(t, 4, use_bias=False, name=name)) for name in 'qkv']
        return tf.matmul(tf.nn.softmax(tf.matmul(q, k, transpose_b=True)), v)


x = tf.placeholder(tf.float32, [None, 5, 6])
y = tf.placeholder(tf.float32, [None, 1])
h = attention(attention(x, 'first'), 'second')
towers = [tf.layers.dense(h[:, 0], size, tf.nn.relu) for size in (3, 4)]
h = tf.concat([tf.layers.dense(tower, 2) for tower in towers], 1)
prediction = tf.layers.dense(h, 1, name='out')
loss = tf.reduce_mean(tf.square(prediction - y))
train_op = tf.train.AdamOptimizer(0.01).minimize(loss)
print(len(tf.trainable_variables()), [v.op.name for v in tf.trainable_variables() if 'second' in v.name])

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for step in range(12):
        _, value = sess.run([train_op, loss], {x: X, y: Y})
        print(step, value)
