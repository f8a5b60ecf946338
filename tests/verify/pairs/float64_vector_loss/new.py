import numpy as np
import tensorflow as tf

A = tf.Variable(tf.random.normal([3, 2], dtype=tf.float64), name="A")
c = tf.Variable(np.zeros(2), name="c")
scale = tf.Variable(1.5, name="scale")
unused = tf.Variable(tf.zeros([2]), name="unused")
variables = [A, c, scale, unused]
for _ in range(10):
    batch = tf.constant(np.random.laplace(size=(6, 3)))
    with tf.GradientTape(persistent=True) as tape:
        residual = tf.math.squared_difference(batch @ A + c, 1.0)
        per_example = tf.reduce_sum(residual, 1) * tf.cast(scale, tf.float64)
    print("losses", per_example.numpy())
    for variable, slope in zip(variables, tape.gradient(per_example, variables)):
        if slope is not None:
            variable.assign_sub(0.01 * slope)
    del tape
