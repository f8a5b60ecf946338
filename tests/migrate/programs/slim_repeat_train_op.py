"""Layers that slim repeats and stacks, its losses, and a train op that returns the loss."""
from __future__ import print_function

import numpy as np
import tensorflow as tf
import tensorflow.contrib.slim as slim

tf.set_random_seed(11)
rng = np.random.RandomState(11)


def small_vgg(images, classes, weight_decay=0.001):
    with slim.arg_scope([slim.conv2d, slim.fully_connected],
                        weights_initializer=tf.truncated_normal_initializer(0.0, 0.1),
                        weights_regularizer=slim.l2_regularizer(weight_decay)):
        net = slim.repeat(images, 2, slim.conv2d, 4, [3, 3], scope='conv1')
        net = slim.max_pool2d(net, [2, 2], scope='pool1')
        net = slim.repeat(net, 2, slim.conv2d, 6, [3, 3])
        net = slim.flatten(net)
        net = slim.stack(net, slim.fully_connected, [10, (6, tf.nn.tanh)], scope='fc')
        return slim.fully_connected(net, classes, activation_fn=None, scope='logits')


images = tf.placeholder(tf.float32, [None, 8, 8, 2])
labels = tf.placeholder(tf.int64, [None])
logits = small_vgg(images, 3)
slim.losses.softmax_cross_entropy(logits, slim.one_hot_encoding(labels, 3))
total_loss = slim.losses.get_total_loss()
train_op = slim.learning.create_train_op(total_loss, tf.train.RMSPropOptimizer(0.001), clip_gradient_norm=4)
print([v.op.name for v in tf.trainable_variables()])

data = rng.rand(24, 8, 8, 2).astype(np.float32)
target = (data[:, :4].mean((1, 2, 3)) * 6).astype(np.int64) % 3
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for step in range(12):
        value = sess.run(train_op, {images: data, labels: target})
        print('step', sess.run(slim.get_global_step()), 'loss %.6f' % value)
