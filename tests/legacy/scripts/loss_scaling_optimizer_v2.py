"""A float16 network with float32 master weights and loss scaling, and optimizers of contrib.optimizer_v2 without."""
from __future__ import print_function

import numpy as np
import tensorflow as tf
from tensorflow.contrib.mixed_precision import ExponentialUpdateLossScaleManager, LossScaleOptimizer
from tensorflow.contrib.optimizer_v2 import adam, momentum


def float32_variable_storage_getter(getter, name, shape=None, dtype=None, initializer=None, trainable=True, **kwargs):
    storage_dtype = tf.float32 if trainable else dtype
    variable = getter(name, shape, dtype=storage_dtype, initializer=initializer, trainable=trainable, **kwargs)
    return tf.cast(variable, dtype) if trainable and dtype != tf.float32 else variable


def network(x, dtype):
    with tf.variable_scope("net", custom_getter=float32_variable_storage_getter, reuse=tf.AUTO_REUSE):
        w1 = tf.get_variable("w1", [6, 10], dtype, tf.random_normal_initializer(stddev=0.3, seed=1))
        b1 = tf.get_variable("b1", [10], dtype, tf.zeros_initializer())
        w2 = tf.get_variable("w2", [10, 3], dtype, tf.random_normal_initializer(stddev=0.3, seed=2))
        hidden = tf.nn.relu(tf.matmul(tf.cast(x, dtype), w1) + b1)
        return tf.cast(tf.matmul(hidden, w2), tf.float32)


def make_data():
    rng = np.random.RandomState(3)
    x = rng.normal(size=(64, 6)).astype(np.float32)
    return x, np.argmax(x[:, :3] + x[:, 3:], 1)


def report(name, sess, logits, feed):
    predictions = np.argmax(sess.run(logits, feed), 1)
    print("%s accuracy %.2f" % (name, np.mean(predictions == make_data()[1])))


def build(dtype):
    tf.reset_default_graph()
    tf.set_random_seed(0)
    images, labels = make_data()
    x, y = tf.placeholder(tf.float32, [None, 6]), tf.placeholder(tf.int64, [None])
    logits = network(x, dtype)
    loss = tf.losses.sparse_softmax_cross_entropy(y, logits)
    rate = tf.train.exponential_decay(0.05, tf.train.get_or_create_global_step(), 10, 0.8)
    return logits, loss, rate, {x: images, y: labels}


def train_half(name, make_optimizer, scale):
    logits, loss, rate, feed = build(tf.float16)
    manager = ExponentialUpdateLossScaleManager(scale, incr_every_n_steps=5, decr_every_n_nan_or_inf=1, decr_ratio=0.5)
    train_op = LossScaleOptimizer(make_optimizer(rate), manager).minimize(loss, global_step=tf.train.get_global_step())
    print(name, [v.op.name for v in tf.global_variables()])
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        for step in range(25):
            _, value = sess.run([train_op, loss], feed)
            if step % 6 == 0:
                loss_scale, taken = sess.run([manager.get_loss_scale(), tf.train.get_global_step()])
                print("%s %d: loss %.2f scale %.0f steps taken %d" % (name, step, value, loss_scale, taken))
        report(name, sess, logits, feed)


def train(name, make_optimizer):
    logits, loss, rate, feed = build(tf.float32)
    optimizer = make_optimizer(rate)
    train_op = optimizer.minimize(loss, global_step=tf.train.get_global_step())
    print(name, optimizer.get_slot_names(), [v.op.name for v in optimizer.variables()])
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        for step in range(25):
            _, value = sess.run([train_op, loss], feed)
            if step % 6 == 0:
                print("%s %d: loss %.4f" % (name, step, value))
        report(name, sess, logits, feed)


if __name__ == "__main__":
    train_half("scaled momentum", lambda rate: tf.train.MomentumOptimizer(rate, 0.9), 2.0 ** 4)
    train_half("scaled adam", lambda rate: tf.train.AdamOptimizer(rate), 2.0 ** 20)
    train("momentum", lambda rate: momentum.MomentumOptimizer(rate, 0.9, use_nesterov=True))
    train("adam", lambda rate: adam.AdamOptimizer(rate))
