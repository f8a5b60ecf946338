import numpy as np
import tensorflow as tf

from ops import *

tf.set_random_seed(3)
steps, features = 4, 2
x = tf.placeholder(tf.float32, [None, steps, features])
y = tf.placeholder(tf.float32, [None, 1])
prediction = recurrent(x, 5, 1)
cost = tf.reduce_mean(tf.square(prediction - y))
train = tf.train.RMSPropOptimizer(0.01).minimize(cost)

rng = np.random.RandomState(0)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for step in range(20):
        series = rng.normal(size=(8, steps, features)).astype(np.float32)
        _, value = sess.run([train, cost], feed_dict={x: series, y: series.sum(axis=(1, 2))[:, None]})
        if step % 10 == 0:
            print(step, value)
    print(sess.run(prediction, {x: np.ones([1, steps, features])}), STDDEV)
