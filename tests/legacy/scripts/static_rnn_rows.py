"""Pictures read row by row: tf.unstack, contrib.rnn.static_rnn, and the last output into a dense layer made by hand."""
from __future__ import print_function

import numpy as np
import tensorflow as tf
from tensorflow.contrib import rnn

np.random.seed(6)
tf.set_random_seed(6)

rows, columns, quarters, units = 7, 7, 4, 16
picture = tf.placeholder("float", [None, rows, columns])
quarter = tf.placeholder("int64", [None])


def bright_quarter(count):
    """Noise with one bright quarter; which one is the label."""
    label = np.random.randint(0, quarters, count)
    noise = np.random.rand(count, rows, columns) * 0.6
    for image, which in zip(noise, label):
        top, left = which // 2 * 4, which % 2 * 4
        image[top:top + 3, left:left + 3] += 1
    return noise, label


cell = rnn.BasicLSTMCell(units, forget_bias=1.0)
outputs, final = rnn.static_rnn(cell, tf.unstack(picture, rows, axis=1), dtype=tf.float32)
w = tf.Variable(tf.random_normal([units, quarters], stddev=0.3))
c = tf.Variable(tf.zeros([quarters]))
scores = tf.nn.xw_plus_b(outputs[-1], w, c)
loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(logits=scores, labels=quarter))
train = tf.train.RMSPropOptimizer(0.01).minimize(loss)
hit_rate = tf.reduce_mean(tf.cast(tf.equal(tf.argmax(scores, 1), quarter), tf.float32))
print(len(outputs), outputs[-1].name, [v.name for v in tf.trainable_variables()])

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for i in range(25):
        images, labels = bright_quarter(32)
        sess.run(train, {picture: images, quarter: labels})
        if i % 6 == 0:
            print("%d: loss %.6f" % (i, sess.run(loss, {picture: images, quarter: labels})))
    images, labels = bright_quarter(64)
    print("hit rate", sess.run(hit_rate, {picture: images, quarter: labels}))
    print("c and h", [part[0, :2].tolist() for part in sess.run(final, {picture: images[:1]})])
