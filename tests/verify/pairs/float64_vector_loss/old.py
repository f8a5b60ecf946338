import numpy as np
import tensorflow as tf

x = tf.placeholder(tf.float64, [None, 3])
A = tf.Variable(tf.random_normal([3, 2], dtype=tf.float64), name="A")
c = tf.Variable(np.zeros(2), name="c")
scale = tf.Variable(1.5, name="scale")
unused = tf.Variable(tf.zeros([2]), name="unused")
residual = tf.squared_difference(tf.matmul(x, A) + c, 1.0)
per_example = tf.reduce_sum(residual, 1) * tf.cast(scale, tf.float64)
variables = [A, c, scale, unused]
gradients = tf.gradients(per_example, variables)
updates = [v.assign_sub(0.01 * g) for v, g in zip(variables, gradients) if g is not None]
step = tf.group(*updates)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for _ in range(10):
        batch = np.random.laplace(size=(6, 3))
        print("losses", sess.run(per_example, {x: batch}))
        sess.run(step, {x: batch})
