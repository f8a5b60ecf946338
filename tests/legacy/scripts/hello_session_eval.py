"""Constants, an InteractiveSession, eval() and the names TensorFlow gives to things."""
from __future__ import print_function

import numpy as np
import tensorflow as tf

sess = tf.InteractiveSession()
greeting = tf.constant('good morning')
print(sess.run(greeting).decode(), greeting.dtype)

width = tf.constant(3.5, dtype=tf.float32)
height = tf.constant(2.0)  # tf.float32 too
area = width * height
print(width, height)
print(area)
print('area =', area.eval())
print(sess.run({'sides': (width, height), 'area': area}))

row, column = tf.constant([[1., 2.]]), tf.constant([[3.], [4.]])
product = tf.matmul(row, column)
print(product.eval(), product.get_shape().as_list(), tf.matmul(column, row).eval().tolist())

x = tf.placeholder(tf.float32, shape=[None, 3], name='x')
y = tf.reduce_mean(tf.square(x), axis=1) * 2 - 1
print(y.name, y.op.type, y.get_shape())
print(y.eval(feed_dict={x: np.arange(6).reshape(2, 3)}))

clicks = tf.Variable(0, name='clicks')
click = tf.assign_add(clicks, 2)
tf.global_variables_initializer().run()
for _ in range(3):
    click.eval()
    print(clicks.name, clicks.eval())

tf.set_random_seed(42)
dice = tf.random_uniform([3], 1, 7, dtype=tf.int32)
noise = tf.random_normal([3])
print(dice.eval().tolist(), noise.eval().tolist(), (noise + 1).eval().tolist())
sess.close()
