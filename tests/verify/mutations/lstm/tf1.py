"""An LSTM that classifies sequences, trained by RMSProp."""

import numpy as np
import tensorflow as tf

rng = np.random.RandomState(11)
sequences = rng.normal(size=[40, 5, 3]).astype(np.float32)
labels = (sequences.sum(axis=(1, 2)) > 0).astype(np.int32)

X = tf.placeholder(tf.float32, [None, 5, 3], name="X")
Y = tf.placeholder(tf.int32, [None], name="Y")
cell = tf.nn.rnn_cell.BasicLSTMCell(6, forget_bias=1.0)
outputs, _ = tf.nn.dynamic_rnn(cell, X, dtype=tf.float32)
W = tf.Variable(tf.random_normal([6, 2]), name="W")
b = tf.Variable(tf.zeros([2]), name="b")
logits = tf.matmul(outputs[:, -1], W) + b
loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=Y, logits=logits))
train = tf.train.RMSPropOptimizer(0.01, decay=0.9, epsilon=1e-10).minimize(loss)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for step in range(10):
        rows = slice(8 * (step % 5), 8 * (step % 5) + 8)
        _, value = sess.run([train, loss], {X: sequences[rows], Y: labels[rows]})
        print("step", step, "loss %.6f" % value)
