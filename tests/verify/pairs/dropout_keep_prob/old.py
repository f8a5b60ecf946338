import random

import numpy as np
import tensorflow as tf

X = tf.placeholder(tf.float32, [None, 9])
Y = tf.placeholder(tf.float32, [None, 4])
keep_prob = tf.placeholder(tf.float32)
W1 = tf.get_variable("W1", shape=[9, 20], initializer=tf.contrib.layers.xavier_initializer())
b1 = tf.Variable(tf.random_normal([20]), name="b1")
L1 = tf.nn.dropout(tf.nn.relu(tf.matmul(X, W1) + b1), keep_prob=keep_prob)
W2 = tf.get_variable("W2", shape=[20, 20], initializer=tf.contrib.layers.xavier_initializer())
L2 = tf.nn.dropout(tf.nn.relu(tf.matmul(L1, W2)), keep_prob)
W3 = tf.get_variable("W3", shape=[20, 4], initializer=tf.contrib.layers.xavier_initializer())
hypothesis = tf.matmul(L2, W3)
cost = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits_v2(logits=hypothesis, labels=tf.stop_gradient(Y)))
optimizer = tf.train.AdamOptimizer(learning_rate=0.003).minimize(cost)

data = np.random.random_sample((50, 9))
answers = np.eye(4)[np.argmax(data[:, :4], 1)]
sess = tf.Session()
sess.run(tf.global_variables_initializer())
for epoch in range(5):
    avg_cost = 0
    for i in range(5):
        feed_dict = {X: data[10 * i:10 * i + 10], Y: answers[10 * i:10 * i + 10], keep_prob: 0.7}
        c, _ = sess.run([cost, optimizer], feed_dict=feed_dict)
        avg_cost += c / 5
    print("Epoch:", "%04d" % (epoch + 1), "cost =", "{:.9f}".format(avg_cost))
r = random.randint(0, 49)
print("Label:", sess.run(tf.argmax(answers[r:r + 1], 1)))
print("Prediction:", sess.run(tf.argmax(hypothesis, 1), feed_dict={X: data[r:r + 1], keep_prob: 1}))
