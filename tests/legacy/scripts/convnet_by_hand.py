"""A two-layer convolutional network from tf.Variable, tf.nn.conv2d and max_pool, with dropout."""
from __future__ import print_function

import numpy as np
import tensorflow as tf

np.random.seed(7)
tf.set_random_seed(7)


def parameters(*shape):
    """Weights of the shape and a bias for its last dimension."""
    return tf.Variable(tf.truncated_normal(shape, stddev=0.1)), tf.Variable(tf.fill(shape[-1:], 0.1))


def conv_relu_pool(image, kernel, bias):
    response = tf.nn.relu(tf.nn.conv2d(image, kernel, strides=[1, 1, 1, 1], padding='SAME') + bias)
    return tf.nn.max_pool(response, ksize=[1, 2, 2, 1], strides=[1, 2, 2, 1], padding='SAME')


def stripes(n):
    """Class 0 is horizontal, class 1 vertical, class 2 diagonal."""
    labels = np.random.randint(0, 3, n)
    grid = np.arange(12)
    patterns = [np.tile(grid[:, None] % 3, (1, 12)), np.tile(grid[None] % 3, (12, 1)), (grid[:, None] + grid[None]) % 3]
    images = np.array([patterns[l] for l in labels]) / 2. + np.random.randn(n, 12, 12) * .4
    return images.reshape(n, 144).astype(np.float32), np.eye(3)[labels]


x = tf.placeholder(tf.float32, [None, 144])
y = tf.placeholder(tf.float32, [None, 3])
keep = tf.placeholder(tf.float32)

first, first_bias = parameters(5, 5, 1, 8)
second, second_bias = parameters(3, 3, 8, 12)
hidden, hidden_bias = parameters(108, 32)
last, last_bias = parameters(32, 3)

net = conv_relu_pool(tf.reshape(x, [-1, 12, 12, 1]), first, first_bias)
net = conv_relu_pool(net, second, second_bias)
net = tf.nn.relu(tf.matmul(tf.reshape(net, [-1, 108]), hidden) + hidden_bias)
logits = tf.matmul(tf.nn.dropout(net, keep), last) + last_bias

loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits_v2(labels=y, logits=logits))
train = tf.train.AdamOptimizer(1e-2).minimize(loss)
right = tf.reduce_mean(tf.cast(tf.equal(tf.argmax(logits, 1), tf.argmax(y, 1)), tf.float32))

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for i in range(21):
        images, kinds = stripes(20)
        if i % 5 == 0:
            print('%2d: right %g, loss with dropout %.6f' % (
                i, right.eval({x: images, y: kinds, keep: 1.0}), loss.eval({x: images, y: kinds, keep: 0.5})))
        train.run({x: images, y: kinds, keep: 0.5})
    images, kinds = stripes(50)
    print('unseen: right %g' % right.eval({x: images, y: kinds, keep: 1.0}))
    print([float(v) for v in sess.run(first_bias)])
