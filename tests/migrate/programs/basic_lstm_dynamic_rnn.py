import numpy as np
import tensorflow as tf

n_steps, n_inputs, n_hidden = 5, 3, 4
X = tf.placeholder(tf.float32, [None, n_steps, n_inputs])
Y = tf.placeholder(tf.int32, [None])
cell = tf.nn.rnn_cell.BasicLSTMCell(n_hidden)
outputs, states = tf.nn.dynamic_rnn(cell, X, dtype=tf.float32)
last = tf.transpose(outputs, [1, 0, 2])[-1]
W = tf.Variable(tf.random_normal([n_hidden, 2], stddev=0.3))
b = tf.Variable(tf.zeros([2]))
logits = tf.matmul(last, W) + b
cost = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(logits=logits, labels=Y))
train = tf.train.GradientDescentOptimizer(0.5).minimize(cost)

rng = np.random.RandomState(20)
seq = rng.randn(8, n_steps, n_inputs)
feed = {X: seq, Y: (seq.sum((1, 2)) > 0).astype(np.int32)}
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for i in range(5):
        _, loss = sess.run([train, cost], feed_dict=feed)
        print(i, "{:.5f}".format(loss))
    print(sess.run(tf.argmax(logits, 1), feed_dict=feed))
