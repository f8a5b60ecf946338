import numpy as np
import tensorflow as tf


def weight_variable(shape):
    return tf.Variable(tf.truncated_normal(shape, stddev=0.1))


def bias_variable(shape):
    return tf.Variable(tf.constant(0.1, shape=shape))


def conv2d(x, W):
    return tf.nn.conv2d(x, W, strides=[1, 1, 1, 1], padding="SAME")


x = tf.placeholder(tf.float32, [None, 8, 8, 1])
y = tf.placeholder(tf.float32, [None, 4])
W_conv = weight_variable([3, 3, 1, 4])
b_conv = bias_variable([4])
h_conv = tf.nn.relu(conv2d(x, W_conv) + b_conv)
h_pool = tf.nn.max_pool(h_conv, ksize=[1, 2, 2, 1], strides=[1, 2, 2, 1], padding="SAME")
h_flat = tf.reshape(h_pool, [-1, 4 * 4 * 4])
W_fc = weight_variable([64, 4])
b_fc = bias_variable([4])
logits = tf.matmul(h_flat, W_fc) + b_fc
cross_entropy = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=y, logits=logits))
train_step = tf.train.AdamOptimizer(1e-3).minimize(cross_entropy)

rng = np.random.RandomState(7)
images = rng.rand(12, 8, 8, 1)
labels = np.eye(4)[rng.randint(4, size=12)]
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for i in range(6):
        print(i, cross_entropy.eval(feed_dict={x: images, y: labels}))
        train_step.run(feed_dict={x: images, y: labels})
