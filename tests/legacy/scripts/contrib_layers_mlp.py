"""tf.contrib.layers: fully_connected, batch_norm, optimize_loss and a regularization collection."""
from __future__ import print_function

import numpy as np
import tensorflow as tf
from tensorflow.contrib import layers

tf.set_random_seed(8)
np.random.seed(8)

X = np.random.normal(size=(64, 5)).astype(np.float32)
Y = (X.dot([1., -2., .5, 0., 3.])[:, None] + 0.1 * np.random.normal(size=(64, 1))).astype(np.float32)


def model(features, is_training):
    net = layers.fully_connected(features, 16, activation_fn=tf.nn.relu,
                                 weights_initializer=layers.variance_scaling_initializer(),
                                 weights_regularizer=layers.l2_regularizer(0.01), scope='h1')
    net = layers.fully_connected(net, 8, normalizer_fn=layers.batch_norm,
                                 normalizer_params={'is_training': is_training, 'decay': 0.9}, scope='h2')
    net = layers.dropout(net, keep_prob=0.9, is_training=is_training)
    return layers.linear(net, 1, scope='out')


with tf.variable_scope('mlp'):
    train_prediction = model(tf.constant(X), True)
with tf.variable_scope('mlp', reuse=True):
    test_prediction = model(tf.constant(X), False)

reg_losses = tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)
print('regularizers:', [r.name for r in reg_losses])
train_loss = tf.losses.mean_squared_error(Y, train_prediction) + sum(reg_losses[:1])
test_loss = tf.reduce_mean(tf.square(Y - test_prediction))

global_step = tf.train.get_or_create_global_step()
train_op = layers.optimize_loss(train_loss, global_step, learning_rate=0.05, optimizer='Adagrad',
                                clip_gradients=5.0, summaries=['loss', 'learning_rate'])

for name in sorted(v.op.name for v in tf.global_variables()):
    print(' ', name)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for i in range(40):
        loss = sess.run(train_op)
        if i % 10 == 0:
            print('%3d train %.6f' % (i, loss))
    print('step', sess.run(global_step), 'test loss', sess.run(test_loss))
    print('bias', sess.run(tf.contrib.framework.get_variables('mlp/out/biases')[0]).tolist())
