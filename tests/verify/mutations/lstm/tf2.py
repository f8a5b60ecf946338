"""An LSTM that classifies sequences, trained by RMSProp."""

import keras
import numpy as np
import tensorflow as tf

from tf1graphs import optimizers

rng = np.random.RandomState(11)
sequences = rng.normal(size=[40, 5, 3]).astype(np.float32)
labels = (sequences.sum(axis=(1, 2)) > 0).astype(np.int32)

kernel = tf.Variable(keras.initializers.GlorotUniform()([9, 24]), name="rnn/basic_lstm_cell/kernel")
bias = tf.Variable(tf.zeros([24]), name="rnn/basic_lstm_cell/bias")
W = tf.Variable(tf.random.normal([6, 2]), name="W")
b = tf.Variable(tf.zeros([2]), name="b")
variables = [kernel, bias, W, b]
optimizer = optimizers.RMSProp(variables, 0.01, decay=0.9, epsilon=1e-10)


def cell(x, c, h):
    i, j, f, o = tf.split(tf.concat([x, h], axis=1) @ kernel + bias, 4, axis=1)
    c = c * tf.sigmoid(f + 1.0) + tf.sigmoid(i) * tf.tanh(j)
    return c, tf.tanh(c) * tf.sigmoid(o)


@tf.function
def train(x, y):
    with tf.GradientTape() as tape:
        c = h = tf.zeros([8, 6])
        for step in range(5):
            c, h = cell(x[:, step], c, h)
        logits = h @ W + b
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=logits))
    optimizer.apply(tape.gradient(loss, variables))
    return loss


for step in range(10):
    rows = slice(8 * (step % 5), 8 * (step % 5) + 8)
    value = train(tf.constant(sequences[rows]), tf.constant(labels[rows]))
    print("step", step, "loss %.6f" % value)
