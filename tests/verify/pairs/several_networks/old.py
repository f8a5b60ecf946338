import numpy as np
import tensorflow as tf


def build(size):
    x = tf.placeholder(tf.float32, [None, 3], name="x")
    W = tf.get_variable("W", [3, size])
    V = tf.get_variable("V", [size, 1])
    loss = tf.reduce_mean(tf.square(tf.matmul(tf.nn.relu(tf.matmul(x, W)), V) - tf.reduce_sum(x, 1, keepdims=True)))
    return x, loss, tf.train.MomentumOptimizer(0.01, 0.5).minimize(loss)


for size in (4, 4, 6):
    tf.reset_default_graph()
    x, loss, train = build(size)
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        for epoch in range(6):
            cost, _ = sess.run([loss, train], {x: np.random.rand(5, 3)})
            print("size %d epoch %d cost %.6f" % (size, epoch, cost))
