"""A small convolutional net of slim: scopes that a function gives, batch normalization, regularizers."""
from __future__ import print_function

import numpy as np
import tensorflow as tf
import tensorflow.contrib.slim as slim

tf.set_random_seed(3)
rng = np.random.RandomState(3)


def net_arg_scope(is_training, weight_decay=0.01, decay=0.9):
    batch_norm_params = {
        'is_training': is_training,
        'decay': decay,
        'epsilon': 1e-4,
        'scale': True,
    }
    with slim.arg_scope([slim.conv2d, slim.fully_connected],
                        weights_regularizer=slim.l2_regularizer(weight_decay),
                        normalizer_fn=slim.batch_norm,
                        normalizer_params=batch_norm_params):
        with slim.arg_scope([slim.conv2d], activation_fn=tf.nn.elu, padding='SAME') as scope:
            return scope


def net(images, classes, training, scope='net'):
    with tf.variable_scope(scope):
        x = slim.conv2d(images, 4, [3, 3], scope='conv1')
        x = slim.max_pool2d(x, [2, 2], scope='pool1')
        x = slim.conv2d(x, 6, 3, stride=2, scope='conv2')
        x = slim.flatten(x)
        x = slim.dropout(x, 0.9, is_training=training)
        return slim.fully_connected(x, classes, activation_fn=None, normalizer_fn=None, scope='logits')


images = tf.placeholder(tf.float32, [None, 8, 8, 2])
labels = tf.placeholder(tf.int32, [None])
training = tf.placeholder(tf.bool, [])

with slim.arg_scope(net_arg_scope(training)):
    logits = net(images, 3, training)
tf.losses.sparse_softmax_cross_entropy(labels, logits)
loss = tf.losses.get_total_loss()
update_ops = tf.get_collection(tf.GraphKeys.UPDATE_OPS)
with tf.control_dependencies(update_ops):
    train_op = tf.train.MomentumOptimizer(0.05, 0.9).minimize(loss)

data = rng.rand(24, 8, 8, 2).astype(np.float32)
target = (data[:, :4].mean((1, 2, 3)) * 6).astype(np.int32) % 3
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for step in range(12):
        batch = slice(step % 2 * 12, step % 2 * 12 + 12)
        _, value = sess.run([train_op, loss], {images: data[batch], labels: target[batch], training: True})
        print('step', step, 'loss %.6f' % value)
    print('loss %.6f' % sess.run(loss, {images: data, labels: target, training: False}))
