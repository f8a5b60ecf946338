"""Fuel against distance: linear regression by gradient descent, one trip per step, then a check on trips not seen."""
from __future__ import print_function

import numpy as np
import tensorflow as tf

np.random.seed(13)
tf.set_random_seed(13)

km = np.random.uniform(0.1, 2.0, size=17)
litres = 6.2 * km + 0.9 + np.random.normal(scale=0.2, size=17)

distance = tf.placeholder("float", name="distance")
fuel = tf.placeholder("float", name="fuel")
slope = tf.Variable(np.random.randn(), name="slope")
idle = tf.Variable(tf.random_normal([]), name="idle")
residual = slope * distance + idle - fuel
squared = tf.square(residual)
half_mse = 0.5 * tf.reduce_mean(squared)
step = tf.train.GradientDescentOptimizer(0.05).minimize(squared)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print("start", sess.run([slope, idle]))
    for lap in range(1, 13):
        for d, f in zip(km, litres):
            sess.run(step, feed_dict={distance: d, fuel: f})
        if lap % 4 == 0:
            loss = sess.run(half_mse, feed_dict={distance: km, fuel: litres})
            print("lap %02d" % lap, "loss =", "{:.9f}".format(loss), "slope =", sess.run(slope), "idle =", sess.run(idle))
    new_km = np.asarray([0.5, 1.25, 3.0])
    new_litres = np.asarray([4.1, 8.5, 19.6])
    feed = {distance: new_km, fuel: new_litres}
    print("unseen trips:", sess.run(half_mse, feed), "residuals", sess.run(residual, feed).tolist())
