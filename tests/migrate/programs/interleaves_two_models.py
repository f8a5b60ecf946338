import numpy as np
import tensorflow as tf


class Model(object):
    def __init__(self, start):
        self.x = tf.placeholder(tf.float32, [None, 2])
        self.w = tf.Variable(tf.fill([2, 1], start))
        self.out = tf.matmul(self.x, self.w)


first, second = Model(1.0), Model(2.0)
data = np.random.RandomState(34).randn(3, 2)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run([first.out, second.out], {first.x: data, second.x: data}))
