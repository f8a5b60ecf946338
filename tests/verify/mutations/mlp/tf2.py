"""A classifier of three layers with weight decay, trained by Adam."""

import numpy as np
import tensorflow as tf

from tf1graphs import optimizers

rng = np.random.RandomState(5)
images = rng.randint(0, 17, size=[60, 12]).astype(np.float32)
labels = (images[:, :4].sum(axis=1) > 32).astype(int) + (images[:, 4] > 8).astype(int)
classes = np.eye(3, dtype=np.float32)

W1 = tf.Variable(tf.random.normal([12, 10], stddev=0.3), name="W1")
b1 = tf.Variable(tf.random.normal([10], stddev=0.1), name="b1")
W2 = tf.Variable(tf.random.normal([10, 10], stddev=0.3), name="W2")
b2 = tf.Variable(tf.zeros([10]), name="b2")
W3 = tf.Variable(tf.random.normal([10, 3], stddev=0.3), name="W3")
b3 = tf.Variable(tf.zeros([3]), name="b3")
variables = [W1, b1, W2, b2, W3, b3]
optimizer = optimizers.Adam(variables, 0.01)


@tf.function
def train(x, y):
    with tf.GradientTape() as tape:
        hidden = tf.nn.relu(x @ W1 + b1)
        hidden = tf.nn.tanh(hidden @ W2 + b2)
        predicted = tf.nn.softmax(hidden @ W3 + b3)
        decay = 0.01 * (tf.nn.l2_loss(W1) + tf.nn.l2_loss(W2))
        loss = tf.reduce_mean(-tf.reduce_sum(y * tf.math.log(predicted + 1e-8), axis=1)) + decay
    optimizer.apply(tape.gradient(loss, variables))
    return loss


for step in range(12):
    rows = slice(12 * (step % 5), 12 * (step % 5) + 12)
    x = images[rows] / 16.0
    y = classes[labels[rows]]
    value = train(tf.constant(x), tf.constant(y))
    print("step", step, "loss %.6f" % value)
