"""A regression of contrib.layers that ``optimize_loss`` trains, with a normalizer and clipped gradients."""
from __future__ import print_function

import numpy as np
import tensorflow as tf
from tensorflow.contrib import layers

tf.set_random_seed(7)
rng = np.random.RandomState(7)

features = tf.placeholder(tf.float32, [None, 5])
targets = tf.placeholder(tf.float32, [None, 1])
is_training = tf.placeholder(tf.bool)

net = layers.fully_connected(features, 12, weights_regularizer=layers.l2_regularizer(0.01), scope='h1')
net = layers.fully_connected(net, 6, normalizer_fn=layers.batch_norm,
                             normalizer_params={'is_training': is_training, 'decay': 0.9}, scope='h2')
prediction = layers.linear(net, 1, scope='out')
tf.losses.mean_squared_error(targets, prediction)
loss = tf.losses.get_total_loss()
train_op = layers.optimize_loss(loss, tf.contrib.framework.get_or_create_global_step(), learning_rate=0.05,
                                optimizer='Adagrad', clip_gradients=1.0, summaries=['loss'])

X = rng.randn(40, 5).astype(np.float32)
Y = X.dot([[1.], [-2.], [0.5], [0.], [3.]]).astype(np.float32)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for i in range(12):
        print('%2d loss %.6f' % (i, sess.run(train_op, {features: X, targets: Y, is_training: True})))
    print('loss %.6f' % sess.run(loss, {features: X, targets: Y, is_training: False}))
