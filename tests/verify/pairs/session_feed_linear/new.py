import numpy as np
import tensorflow as tf

x_data = np.random.rand(64, 3)
y_data = x_data.dot([[1.0], [-2.0], [0.5]]) + 0.1
inputs, targets = tf.constant(x_data, tf.float32), tf.constant(y_data, tf.float32)

W = tf.Variable(tf.random.uniform([3, 1], -1.0, 1.0), name="W")
b = tf.Variable(tf.zeros([1]), name="b")
for step in range(20):
    with tf.GradientTape() as tape:
        cost = tf.reduce_mean(tf.square(inputs @ W + b - targets))
    slope_W, slope_b = tape.gradient(cost, [W, b])
    W.assign_sub(0.1 * slope_W)
    b.assign_sub(0.1 * slope_b)
    if step % 5 == 0:
        print(step, cost.numpy(), W.numpy().ravel())
print("prediction:", (tf.constant([[1.0, 2.0, 3.0]]) @ W + b).numpy()[0, 0])
