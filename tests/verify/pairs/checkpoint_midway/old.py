import os
import tempfile

import numpy as np
import tensorflow as tf

folder = tempfile.mkdtemp()
x = tf.placeholder(tf.float32, [None, 3], name="x")
y = tf.placeholder(tf.float32, [None, 1], name="y")
W = tf.Variable(tf.random_normal([3, 1]), name="W")
b = tf.Variable(tf.random_normal([1]), name="b")
loss = tf.reduce_mean(tf.square(tf.matmul(x, W) + b - y))
train_op = tf.train.GradientDescentOptimizer(0.05).minimize(loss)
saver = tf.train.Saver()


def train(sess, steps):
    for _ in range(steps):
        xs = np.random.rand(9, 3)
        print("loss", sess.run([loss, train_op], {x: xs, y: xs.sum(1, keepdims=True)})[0])


with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    train(sess, 6)
    path = saver.save(sess, os.path.join(folder, "model.ckpt"))
    train(sess, 3)
    saver.restore(sess, path)
    print("W again", sess.run(W).ravel())
    train(sess, 4)

with tf.Session() as sess:
    ckpt = tf.train.get_checkpoint_state(folder)
    saver.restore(sess, ckpt.model_checkpoint_path)
    print("in a new session", sess.run(b))
    train(sess, 2)
