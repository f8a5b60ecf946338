"""A regression trained with a decaying learning rate, momentum and clipped gradients."""

import keras
import numpy as np
import tensorflow as tf

rng = np.random.RandomState(13)
points = rng.normal(size=[64, 6]).astype(np.float32)
targets = np.sin(points.sum(axis=1, keepdims=True)).astype(np.float32)

W1 = tf.Variable(tf.random.uniform([6, 8], -1.0, 1.0), name="W1")
b1 = tf.Variable(tf.zeros([8]), name="b1")
W2 = tf.Variable(tf.random.uniform([8, 1], -1.0, 1.0), name="W2")
b2 = tf.Variable(tf.zeros([1]), name="b2")
variables = [W1, b1, W2, b2]
learning_rate = keras.optimizers.schedules.ExponentialDecay(0.05, 3, 0.5, staircase=True)
velocities = [tf.Variable(tf.zeros(variable.shape), trainable=False) for variable in variables]
global_step = tf.Variable(0, trainable=False, name="global_step")


def apply(gradients):
    rate = learning_rate(global_step)
    for variable, velocity, gradient in zip(variables, velocities, gradients):
        velocity.assign(0.5 * velocity + gradient)
        variable.assign_sub(rate * velocity)
    global_step.assign_add(1)


@tf.function
def train(x, y):
    with tf.GradientTape() as tape:
        hidden = tf.nn.sigmoid(x @ W1 + b1)
        loss = tf.reduce_sum(tf.square(hidden @ W2 + b2 - y))
    gradients = tape.gradient(loss, variables)
    clipped, _ = tf.clip_by_global_norm(gradients, 1.0)
    apply(clipped)
    return loss


for step in range(10):
    rows = slice(8 * (step % 8), 8 * (step % 8) + 8)
    value = train(tf.constant(points[rows]), tf.constant(targets[rows]))
    print("step", step, "loss %.6f" % value)
