import tempfile

import numpy as np
import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 3], name="x")
w = tf.Variable(tf.ones([3, 1]), name="w")
loss = tf.reduce_mean(tf.square(tf.matmul(x, w)))
tf.summary.scalar("loss", loss)
tf.summary.histogram("weights", w)
merged = tf.summary.merge_all()
train = tf.train.GradientDescentOptimizer(0.1).minimize(loss)

data = np.random.RandomState(27).randn(7, 3)
with tf.Session() as sess:
    writer = tf.summary.FileWriter(tempfile.mkdtemp(), sess.graph)
    sess.run(tf.global_variables_initializer())
    for i in range(4):
        summary, _ = sess.run([merged, train], feed_dict={x: data})
        writer.add_summary(summary, i)
    print(sess.run(loss, feed_dict={x: data}))
    writer.close()
