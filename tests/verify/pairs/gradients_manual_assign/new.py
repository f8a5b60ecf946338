import numpy as np
import tensorflow as tf

n_epochs, m, n = 20, 30, 4
data = np.random.multivariate_normal(np.zeros(n), np.eye(n), m)
target = data.dot(np.arange(n).reshape(n, 1)) + 1
X = tf.constant(np.c_[np.ones((m, 1)), data], dtype=tf.float32)
y = tf.constant(target, dtype=tf.float32)
theta = tf.Variable(tf.random.uniform([n + 1, 1], -1.0, 1.0, seed=42), name="theta")

for epoch in range(n_epochs):
    with tf.GradientTape() as tape:
        mse = tf.reduce_mean(tf.square(X @ theta - y))
    if epoch % 5 == 0:
        print("Epoch", epoch, "MSE =", mse.numpy())
    theta.assign(theta - 0.05 * tape.gradient(mse, theta))
print("Best theta:")
print(theta.numpy())
