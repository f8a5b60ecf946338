import time

import numpy as np
import tensorflow as tf

train_data = np.random.RandomState(5).randn(40, 3).astype(np.float32)
w = tf.Variable(tf.random_normal([3, 1], stddev=0.1), name="w")
x = tf.placeholder(tf.float32, [None, 3])
noisy = x + tf.random_uniform(tf.shape(x), -0.1, 0.1)
loss = tf.reduce_mean((tf.matmul(noisy, w) - x[:, :1]) ** 2)
train = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
start = time.time()
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for epoch in range(3):
        total = 0.0
        for i in range(0, 40, 8):
            total += sess.run([loss, train], {x: train_data[i:i + 8]})[0]
        print("epoch %d mean loss %.5f, %.2f sec elapsed" % (epoch, total / 5, time.time() - start))
