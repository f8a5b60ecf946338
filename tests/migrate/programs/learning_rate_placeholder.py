import numpy as np
import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 3], name="x")
y = tf.placeholder(tf.float32, [None, 1], name="y")
lr = tf.placeholder(tf.float32, [], name="learning_rate")
w = tf.get_variable("w", shape=[3, 1], initializer=tf.ones_initializer())
loss = tf.losses.mean_squared_error(labels=y, predictions=tf.matmul(x, w))
train_op = tf.train.AdamOptimizer(learning_rate=lr).minimize(loss)

rng = np.random.RandomState(13)
data = rng.randn(10, 3)
target = data[:, :1]
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    rate = 0.1
    for epoch in range(6):
        _, l = sess.run([train_op, loss], feed_dict={x: data, y: target, lr: rate})
        print(epoch, rate, l)
        if epoch % 2 == 1:
            rate *= 0.5
