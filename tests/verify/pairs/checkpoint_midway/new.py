import os
import tempfile

import numpy as np
import tensorflow as tf

folder = tempfile.mkdtemp()
W = tf.Variable(tf.random.normal([3, 1]), name="W")
b = tf.Variable(tf.random.normal([1]), name="b")
checkpoint = tf.train.Checkpoint(W=W, b=b)


@tf.function
def step(xs):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(xs @ W + b - tf.reduce_sum(xs, 1, keepdims=True)))
    for variable, slope in zip([W, b], tape.gradient(loss, [W, b])):
        variable.assign_sub(0.05 * slope)
    return loss


def train(steps):
    for _ in range(steps):
        print("loss", step(tf.constant(np.random.rand(9, 3), tf.float32)).numpy())


train(6)
path = checkpoint.write(os.path.join(folder, "model"))
train(3)
checkpoint.read(path)
print("W again", W.numpy().ravel())
train(4)
checkpoint.read(path)
print("in a new session", b.numpy())
train(2)
