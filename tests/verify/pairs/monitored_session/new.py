import numpy as np
import tensorflow as tf

bound = (6 / (4 + 1)) ** 0.5
w = tf.Variable(tf.random.uniform([4, 1], -bound, bound), name="w")
b = tf.Variable(tf.zeros([1]), name="b")
moments = [tf.Variable(tf.zeros_like(v), trainable=False) for v in (w, b)]


@tf.function
def train(x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.math.squared_difference(y, tf.squeeze(x @ w + b, 1)))
    for variable, moment, slope in zip([w, b], moments, tape.gradient(loss, [w, b])):
        moment.assign(0.9 * moment + slope)
        variable.assign_sub(0.05 * moment)
    return loss


for _ in range(15):
    xs = np.random.randn(16, 4).astype(np.float32)
    print("loss %.6f" % train(tf.constant(xs), tf.constant(xs.sum(1))).numpy())
