import tensorflow as tf
import numpy as np

def weight(name, shape):
    return tf.get_variable(name, shape)

def use(w):
    return w

x = tf.placeholder(tf.float32, [None, 3])
w0 = weight('w0', [3, 2])
h = tf.matmul(x, use(w0)) + weight('b', [2])
y = tf.reduce_sum(tf.matmul(tf.nn.relu(h), weight('w', [2, 1])))
train = tf.train.GradientDescentOptimizer(0.1).minimize(y)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for _ in range(5):
        print(sess.run([y, train], {x: np.ones([2, 3])})[0])
