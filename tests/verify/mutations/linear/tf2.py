"""Linear regression by gradient descent."""

import numpy as np
import tensorflow as tf

rng = np.random.RandomState(3)
points = rng.uniform(-1, 1, size=[48, 2]).astype(np.float32)
targets = points @ np.float32([[1.5], [-2.0]]) + 0.7

W = tf.Variable(tf.random.normal([2, 1]), name="W")
b = tf.Variable(tf.random.normal([1]), name="b")
trained = [W, b]


@tf.function
def train(x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(x @ W + b - y))
    for variable, gradient in zip(trained, tape.gradient(loss, trained)):
        variable.assign_sub(0.1 * gradient)
    return loss


for step in range(12):
    rows = slice(8 * (step % 6), 8 * (step % 6) + 8)
    value = train(tf.constant(points[rows]), tf.constant(targets[rows]))
    print("step", step, "loss %.6f" % value)
