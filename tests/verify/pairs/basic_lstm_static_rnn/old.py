import numpy as np
import tensorflow as tf
from tensorflow.contrib import rnn

n_steps, n_input, n_hidden = 5, 3, 6
x = tf.placeholder("float", [None, n_steps, n_input])
y = tf.placeholder("float", [None, 2])
weights = {"out": tf.Variable(tf.random_normal([n_hidden, 2]))}
biases = {"out": tf.Variable(tf.random_normal([2]))}


def RNN(x, weights, biases):
    x = tf.unstack(x, n_steps, 1)
    lstm_cell = rnn.BasicLSTMCell(n_hidden, forget_bias=1.0)
    outputs, states = rnn.static_rnn(lstm_cell, x, dtype=tf.float32)
    return tf.matmul(outputs[-1], weights["out"]) + biases["out"]


pred = RNN(x, weights, biases)
cost = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(logits=pred, labels=y))
optimizer = tf.train.AdamOptimizer(learning_rate=0.01).minimize(cost)
init = tf.global_variables_initializer()
with tf.Session() as sess:
    sess.run(init)
    for step in range(10):
        batch_x = np.random.randn(8, n_steps, n_input)
        batch_y = np.eye(2)[(batch_x.sum((1, 2)) > 0).astype(int)]
        sess.run(optimizer, feed_dict={x: batch_x, y: batch_y})
        print("Iter " + str(step) + ", Minibatch Loss= " + "{:.6f}".format(sess.run(cost, {x: batch_x, y: batch_y})))
