"""A configuration says which optimizer trains, and how many layers there are."""

import json

import numpy as np
import tensorflow as tf

CONFIG = json.loads('{"optimizer": "momentum", "layers": [5, 3], "rate": 0.05, "activation": "tanh"}')
ACTIVATIONS = {"relu": tf.nn.relu, "tanh": tf.nn.tanh}

tf.set_random_seed(7)
rng = np.random.RandomState(0)
data = rng.rand(20, 4).astype("float32")
target = data.sum(axis=1, keepdims=True)

x = tf.placeholder(tf.float32, [None, 4], name="x")
y = tf.placeholder(tf.float32, [None, 1], name="y")
hidden = x
for number, size in enumerate(CONFIG["layers"]):
    hidden = tf.layers.dense(hidden, size, activation=ACTIVATIONS[CONFIG["activation"]], name="hidden_%d" % number)
prediction = tf.layers.dense(hidden, 1, name="prediction")
loss = tf.reduce_mean(tf.square(prediction - y))
if CONFIG["optimizer"] == "momentum":
    train = tf.train.MomentumOptimizer(CONFIG["rate"], 0.9).minimize(loss)
elif CONFIG["optimizer"] == "adam":
    train = tf.train.AdamOptimizer(CONFIG["rate"]).minimize(loss)
else:
    train = tf.train.GradientDescentOptimizer(CONFIG["rate"]).minimize(loss)
saver = tf.train.Saver(tf.trainable_variables())

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for step in range(10):
        _, value = sess.run([train, loss], feed_dict={x: data, y: target})
        print(step, value)
