import os
import tempfile

import numpy as np
import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 2])
w = tf.Variable(tf.zeros([2, 1]), name="w")
loss = tf.reduce_mean(tf.square(tf.matmul(x, w) - 1.0))
train = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
saver = tf.train.Saver()
path = os.path.join(tempfile.mkdtemp(), "model.ckpt")
data = np.random.RandomState(28).randn(6, 2)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for _ in range(4):
        sess.run(train, feed_dict={x: data})
    print(sess.run(loss, feed_dict={x: data}))
    saver.save(sess, path)

with tf.Session() as sess:
    saver.restore(sess, path)
    print(sess.run(loss, feed_dict={x: data}))
