"""Linear regression by gradient descent."""

import numpy as np
import tensorflow as tf

rng = np.random.RandomState(3)
points = rng.uniform(-1, 1, size=[48, 2]).astype(np.float32)
targets = points @ np.float32([[1.5], [-2.0]]) + 0.7

X = tf.placeholder(tf.float32, [None, 2], name="X")
Y = tf.placeholder(tf.float32, [None, 1], name="Y")
W = tf.Variable(tf.random_normal([2, 1]), name="W")
b = tf.Variable(tf.random_normal([1]), name="b")
loss = tf.reduce_mean(tf.square(tf.matmul(X, W) + b - Y))
train = tf.train.GradientDescentOptimizer(0.1).minimize(loss)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for step in range(12):
        rows = slice(8 * (step % 6), 8 * (step % 6) + 8)
        _, value = sess.run([train, loss], {X: points[rows], Y: targets[rows]})
        print("step", step, "loss %.6f" % value)
