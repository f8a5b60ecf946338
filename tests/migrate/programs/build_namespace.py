from types import SimpleNamespace

import numpy as np
import tensorflow as tf


def build(units):
    x = tf.placeholder(tf.float32, [None, 6])
    y = tf.placeholder(tf.float32, [None, 1])
    hidden = tf.layers.dense(x, units, activation=tf.nn.tanh)
    output = tf.layers.dense(hidden, 1)
    loss = tf.reduce_mean(tf.square(output - y))
    train_op = tf.train.AdamOptimizer(0.01).minimize(loss)
    return SimpleNamespace(x=x, y=y, output=output, loss=loss, train_op=train_op)


model = build(units=7)
rng = np.random.RandomState(3)
inputs = rng.randn(16, 6).astype(np.float32)
targets = np.sin(inputs[:, :1])
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for step in range(8):
        _, loss = sess.run([model.train_op, model.loss], {model.x: inputs, model.y: targets})
        print(step, "%.4f" % loss)
    print(np.round(sess.run(model.output, {model.x: inputs})[:3], 4))
