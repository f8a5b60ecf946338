import numpy as np
import tensorflow as tf

x = tf.placeholder(tf.float32, shape=(None, 3))
y = tf.placeholder(tf.float32, shape=(None, 1))
keep = tf.placeholder(tf.float32)
w = tf.Variable(np.ones((3, 1), np.float32) * 0.3)
out = tf.matmul(x, w) * keep
loss = tf.reduce_mean((out - y) ** 2)
train = tf.train.GradientDescentOptimizer(0.1).minimize(loss)

rng = np.random.RandomState(9)
xs = rng.randn(24, 3)
ys = xs.sum(1).reshape(-1, 1)
train_feed = {x: xs[:16], y: ys[:16], keep: 0.9}
test_feed = {x: xs[16:], y: ys[16:], keep: 1.0}
with tf.Session() as sess:
    sess.run(tf.initialize_all_variables())
    for i in range(5):
        sess.run(train, feed_dict=train_feed)
        print(i, sess.run(loss, feed_dict=test_feed))
