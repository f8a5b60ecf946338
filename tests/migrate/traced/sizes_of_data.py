"""The number of towers and their names come from the data."""

import numpy as np
import tensorflow as tf

rng = np.random.RandomState(5)
groups = {"a": rng.rand(8, 2).astype("float32"), "b": rng.rand(8, 3).astype("float32")}
names = sorted(groups)
data = np.concatenate([groups[name] for name in names], axis=1)
x = tf.placeholder(tf.float32, [None, data.shape[1]])
w = tf.get_variable("w_%d" % data.shape[1], [data.shape[1], 1], initializer=tf.zeros_initializer())
loss = tf.reduce_mean(tf.square(tf.matmul(x, w) - 1.0))
if data.shape[1] > 4:
    loss = loss + 0.1 * tf.reduce_sum(tf.abs(w))
tf.summary.scalar("loss_%d" % len(names), loss)
merged = tf.summary.merge_all()
train = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
saver = tf.train.Saver()
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    writer = tf.summary.FileWriter("logs")
    for step in range(10):
        _, now, summary = sess.run([train, loss, merged], {x: data})
        writer.add_summary(summary, step)
        print(step, now)
