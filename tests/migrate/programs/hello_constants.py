from __future__ import print_function

import tensorflow as tf

hello = tf.constant("Hello, TensorFlow!")
a = tf.placeholder(tf.int16)
b = tf.placeholder(tf.int16)
add = tf.add(a, b)
mul = tf.multiply(a, b)
matrix1 = tf.constant([[3.0, 3.0]])
matrix2 = tf.constant([[2.0], [2.0]])
product = tf.matmul(matrix1, matrix2)

sess = tf.Session()
print(sess.run(hello))
with tf.Session() as sess:
    print("Addition: %i" % sess.run(add, feed_dict={a: 2, b: 3}))
    print("Multiplication: %i" % sess.run(mul, feed_dict={a: 2, b: 3}))
    result = sess.run(product)
    print(result)
