import numpy as np
import tensorflow as tf

global_step = tf.Variable(0, name="global_step", trainable=False)
learning_rate = tf.train.exponential_decay(0.2, global_step, 3, 0.5, staircase=True)
x = tf.placeholder(tf.float32, [None, 2])
y = tf.placeholder(tf.float32, [None, 1])
w = tf.Variable(tf.zeros([2, 1]), name="w")
loss = tf.reduce_mean(tf.square(tf.matmul(x, w) - y))
train = tf.train.GradientDescentOptimizer(learning_rate).minimize(loss, global_step=global_step)

rng = np.random.RandomState(14)
data = rng.randn(12, 2)
feed = {x: data, y: data.sum(1, keepdims=True)}
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for _ in range(8):
        _, step, rate, value = sess.run([train, global_step, learning_rate, loss], feed_dict=feed)
        print(step, rate, value)
    print(sess.run([global_step, learning_rate]))
