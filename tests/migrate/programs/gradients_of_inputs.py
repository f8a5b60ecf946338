import numpy as np
import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 2])
w = tf.constant([[1.0], [-2.0]])
y = tf.reduce_sum(tf.square(tf.matmul(x, w)), 1)
grad = tf.gradients(y, x)[0]
with tf.Session() as sess:
    point = np.array([[1.0, 2.0]], np.float32)
    for i in range(5):
        value, g = sess.run([y, grad], feed_dict={x: point})
        print(i, value, g)
        point = point - 0.02 * g
