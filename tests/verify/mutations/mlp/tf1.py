"""A classifier of three layers with weight decay, trained by Adam."""

import numpy as np
import tensorflow as tf

rng = np.random.RandomState(5)
images = rng.randint(0, 17, size=[60, 12]).astype(np.float32)
labels = (images[:, :4].sum(axis=1) > 32).astype(int) + (images[:, 4] > 8).astype(int)
classes = np.eye(3, dtype=np.float32)

X = tf.placeholder(tf.float32, [None, 12], name="X")
Y = tf.placeholder(tf.float32, [None, 3], name="Y")
W1 = tf.Variable(tf.random_normal([12, 10], stddev=0.3), name="W1")
b1 = tf.Variable(tf.random_normal([10], stddev=0.1), name="b1")
W2 = tf.Variable(tf.random_normal([10, 10], stddev=0.3), name="W2")
b2 = tf.Variable(tf.zeros([10]), name="b2")
W3 = tf.Variable(tf.random_normal([10, 3], stddev=0.3), name="W3")
b3 = tf.Variable(tf.zeros([3]), name="b3")

hidden = tf.nn.relu(tf.matmul(X, W1) + b1)
hidden = tf.nn.tanh(tf.matmul(hidden, W2) + b2)
predicted = tf.nn.softmax(tf.matmul(hidden, W3) + b3)
decay = 0.01 * (tf.nn.l2_loss(W1) + tf.nn.l2_loss(W2))
loss = tf.reduce_mean(-tf.reduce_sum(Y * tf.log(predicted + 1e-8), axis=1)) + decay
train = tf.train.AdamOptimizer(0.01).minimize(loss)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for step in range(12):
        rows = slice(12 * (step % 5), 12 * (step % 5) + 12)
        x = images[rows] / 16.0
        y = classes[labels[rows]]
        _, value = sess.run([train, loss], {X: x, Y: y})
        print("step", step, "loss %.6f" % value)
