import numpy as np
import tensorflow as tf

random = np.random.RandomState(0)
x = tf.placeholder(tf.float32, [None, 3])
y = tf.placeholder(tf.float32, [None, 1])
w = tf.Variable([[0.5], [-0.5], [0.25]])
output = tf.matmul(x, w)
loss = tf.reduce_mean(tf.square(output - y))
train_op = tf.train.AdamOptimizer(0.01).minimize(loss)
mean_loss, update_loss = tf.metrics.mean(loss, name="mean_loss")
error, update_error = tf.metrics.mean_absolute_error(labels=y, predictions=output)
reset = tf.local_variables_initializer()


def evaluate(sess, batches):
    sess.run(reset)
    for _ in range(batches):
        sess.run([update_loss, update_error], {x: random.rand(5, 3), y: random.rand(5, 1)})
    return sess.run([mean_loss, error])


with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for epoch in range(4):
        for _ in range(3):
            sess.run(train_op, {x: random.rand(5, 3), y: random.rand(5, 1)})
        print(epoch, evaluate(sess, 3))
