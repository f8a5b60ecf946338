import numpy as np
import tensorflow as tf

x_data = np.random.rand(64, 3)
y_data = x_data.dot([[1.0], [-2.0], [0.5]]) + 0.1

X = tf.placeholder(tf.float32, [None, 3], name="X")
Y = tf.placeholder(tf.float32, [None, 1], name="Y")
W = tf.Variable(tf.random_uniform([3, 1], -1.0, 1.0), name="W")
b = tf.Variable(tf.zeros([1]), name="b")
hypothesis = tf.matmul(X, W) + b
cost = tf.reduce_mean(tf.square(hypothesis - Y))
train = tf.train.GradientDescentOptimizer(learning_rate=0.1).minimize(cost)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for step in range(20):
        _, cost_val = sess.run([train, cost], feed_dict={X: x_data, Y: y_data})
        if step % 5 == 0:
            print(step, cost_val, sess.run(W).ravel())
    print("prediction:", sess.run(hypothesis, {X: [[1, 2, 3]]})[0, 0])
