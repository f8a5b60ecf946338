"""A stack of recurrent cells: clipped gradients of all variables, weight decay of the kernels, histograms, a saver."""

import os
import tempfile

import numpy as np
import tensorflow as tf

rng = np.random.RandomState(3)
words = rng.randn(40, 6, 4).astype(np.float32)
totals = words.sum(axis=(1, 2))[:, None]

x = tf.placeholder(tf.float32, [None, 6, 4])
y = tf.placeholder(tf.float32, [None, 1])
keep_prob = tf.placeholder(tf.float32, [])

cells = []
for size in (5, 3):
    cell = tf.nn.rnn_cell.BasicLSTMCell(size)
    cells.append(cell)
stack = tf.nn.rnn_cell.MultiRNNCell(cells)
outputs, _ = tf.nn.dynamic_rnn(stack, x, dtype=tf.float32)
w = tf.Variable(tf.random_normal([3, 1]), name="w")
guess = tf.matmul(tf.nn.dropout(outputs[:, -1], keep_prob), w)

decay = tf.add_n([tf.nn.l2_loss(v) for v in tf.trainable_variables() if "bias" not in v.name])
cost = tf.reduce_mean(tf.square(guess - y)) + 0.001 * decay
variables = tf.trainable_variables()
gradients, norm = tf.clip_by_global_norm(tf.gradients(cost, variables), 1.0)
train = tf.train.AdamOptimizer(0.02).apply_gradients(zip(gradients, variables))
tf.summary.scalar("cost", cost)
for variable in tf.trainable_variables():
    tf.summary.histogram(variable.op.name, variable)
merged = tf.summary.merge_all()
for variable in tf.trainable_variables():
    print(variable.name, variable.get_shape().as_list())

saver = tf.train.Saver()
with tf.Session() as sess, tempfile.TemporaryDirectory() as folder:
    writer = tf.summary.FileWriter(folder, sess.graph)
    sess.run(tf.global_variables_initializer())
    for step in range(12):
        feed = {x: words, y: totals, keep_prob: 1.0}
        _, value, length = sess.run([train, cost, norm], feed)
        writer.add_summary(sess.run(merged, feed), step)
        print(step, value, length)
    path = saver.save(sess, os.path.join(folder, "model"))
    print([name for name, _ in tf.train.list_variables(path)] == [], os.path.basename(path))
    before = sess.run(guess, {x: words[:2], keep_prob: 1.0})
    sess.run(train, feed)
    saver.restore(sess, path)
    print(np.abs(sess.run(guess, {x: words[:2], keep_prob: 1.0}) - before).max())
