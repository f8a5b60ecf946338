import numpy as np
import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 2])
w = tf.Variable(tf.ones([2, 1]))
loss = tf.reduce_mean(tf.square(tf.matmul(x, w)))
train = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
init = tf.global_variables_initializer()
data = np.random.RandomState(33).randn(8, 2)
for fold in range(2):
    with tf.Session() as sess:
        sess.run(init)
        for _ in range(3):
            sess.run(train, {x: np.roll(data, fold)})
        print(fold, sess.run(loss, {x: data}))
