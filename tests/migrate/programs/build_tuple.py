import numpy as np
import tensorflow as tf


def make_model(n_in):
    x = tf.placeholder(tf.float32, [None, n_in])
    y = tf.placeholder(tf.float32, [None])
    w = tf.get_variable("w", [n_in, 1], initializer=tf.constant_initializer(0.2))
    b = tf.get_variable("b", [1], initializer=tf.zeros_initializer())
    logit = tf.squeeze(tf.matmul(x, w) + b, axis=1)
    loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=y, logits=logit))
    train = tf.train.GradientDescentOptimizer(0.3).minimize(loss)
    return x, y, tf.nn.sigmoid(logit), loss, train


x, y, prob, loss, train = make_model(3)
data = np.random.RandomState(4).randn(40, 3).astype("float32")
label = (data[:, 0] > 0).astype("float32")
sess = tf.Session()
sess.run(tf.global_variables_initializer())
for i in range(7):
    sess.run(train, feed_dict={x: data, y: label})
    if i % 3 == 0:
        print(i, sess.run(loss, feed_dict={x: data, y: label}))
print(sess.run(prob, feed_dict={x: data[:4]}))
sess.close()
