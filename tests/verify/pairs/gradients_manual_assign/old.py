import numpy as np
import tensorflow as tf

n_epochs, m, n = 20, 30, 4
data = np.random.multivariate_normal(np.zeros(n), np.eye(n), m)
target = data.dot(np.arange(n).reshape(n, 1)) + 1
X = tf.constant(np.c_[np.ones((m, 1)), data], dtype=tf.float32, name="X")
y = tf.constant(target, dtype=tf.float32, name="y")
theta = tf.Variable(tf.random_uniform([n + 1, 1], -1.0, 1.0, seed=42), name="theta")
y_pred = tf.matmul(X, theta, name="predictions")
error = y_pred - y
mse = tf.reduce_mean(tf.square(error), name="mse")
gradients = tf.gradients(mse, [theta])[0]
training_op = tf.assign(theta, theta - 0.05 * gradients)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for epoch in range(n_epochs):
        if epoch % 5 == 0:
            print("Epoch", epoch, "MSE =", mse.eval())
        sess.run(training_op)
    best_theta = theta.eval()
print("Best theta:")
print(best_theta)
