import numpy as np
import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 2])
y = tf.placeholder(tf.float32, [None, 1])
theta = tf.Variable(tf.zeros([2, 1]), name="theta")
prediction = tf.matmul(x, theta)
mse = tf.reduce_mean(tf.square(prediction - y))
training_op = tf.train.MomentumOptimizer(0.1, momentum=0.5).minimize(mse)


def train_epoch(sess, inputs, targets, batch_size):
    for start in range(0, len(inputs), batch_size):
        batch = {x: inputs[start : start + batch_size], y: targets[start : start + batch_size]}
        sess.run(training_op, feed_dict=batch)


def evaluate(sess, inputs, targets):
    return sess.run(mse, feed_dict={x: inputs, y: targets})


def main():
    rng = np.random.RandomState(23)
    inputs = rng.randn(20, 2)
    targets = inputs.dot([[1.0], [-2.0]])
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        for epoch in range(4):
            train_epoch(sess, inputs, targets, 5)
            print(epoch, evaluate(sess, inputs, targets))


main()
