"""A regression trained with a decaying learning rate, momentum and clipped gradients."""

import numpy as np
import tensorflow as tf

rng = np.random.RandomState(13)
points = rng.normal(size=[64, 6]).astype(np.float32)
targets = np.sin(points.sum(axis=1, keepdims=True)).astype(np.float32)

X = tf.placeholder(tf.float32, [None, 6], name="X")
Y = tf.placeholder(tf.float32, [None, 1], name="Y")
W1 = tf.get_variable("W1", [6, 8], initializer=tf.random_uniform_initializer(-1.0, 1.0))
b1 = tf.get_variable("b1", [8], initializer=tf.zeros_initializer())
W2 = tf.get_variable("W2", [8, 1], initializer=tf.random_uniform_initializer(-1.0, 1.0))
b2 = tf.get_variable("b2", [1], initializer=tf.zeros_initializer())
hidden = tf.nn.sigmoid(tf.matmul(X, W1) + b1)
loss = tf.reduce_sum(tf.square(tf.matmul(hidden, W2) + b2 - Y))

global_step = tf.Variable(0, trainable=False, name="global_step")
learning_rate = tf.train.exponential_decay(0.05, global_step, 3, 0.5, staircase=True)
optimizer = tf.train.MomentumOptimizer(learning_rate, 0.5)
gradients, variables = zip(*optimizer.compute_gradients(loss))
clipped, _ = tf.clip_by_global_norm(gradients, 1.0)
train = optimizer.apply_gradients(zip(clipped, variables), global_step=global_step)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for step in range(10):
        rows = slice(8 * (step % 8), 8 * (step % 8) + 8)
        _, value = sess.run([train, loss], {X: points[rows], Y: targets[rows]})
        print("step", step, "loss %.6f" % value)
