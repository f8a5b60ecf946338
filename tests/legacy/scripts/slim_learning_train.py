"""slim.learning.train writes checkpoints; assign_from_checkpoint_fn and slim.metrics read them back."""
from __future__ import print_function

import os
import tempfile

import numpy as np
import tensorflow as tf

slim = tf.contrib.slim

logdir = tempfile.mkdtemp()
rng = np.random.RandomState(21)
inputs = rng.randn(100, 2).astype(np.float32)
targets = (np.sin(inputs[:, :1] * 2) + inputs[:, 1:] ** 2).astype(np.float32)


def regression_model(inputs, is_training=True, scope='deep_regression'):
    with tf.variable_scope(scope, values=[inputs]):
        with slim.arg_scope([slim.fully_connected], activation_fn=tf.nn.relu,
                            weights_regularizer=slim.l2_regularizer(0.001)):
            net = slim.fully_connected(inputs, 16, scope='fc1')
            net = slim.fully_connected(net, 8, scope='fc2')
            predictions = slim.fully_connected(net, 1, activation_fn=None, scope='prediction')
            return predictions


tf.logging.set_verbosity(tf.logging.ERROR)
with tf.Graph().as_default():
    tf.set_random_seed(0)
    predictions = regression_model(tf.constant(inputs))
    tf.losses.mean_squared_error(labels=targets, predictions=predictions)
    total_loss = tf.losses.get_total_loss()
    train_op = slim.learning.create_train_op(total_loss, tf.train.AdamOptimizer(learning_rate=0.01))
    final_loss = slim.learning.train(train_op, logdir, number_of_steps=30, log_every_n_steps=0,
                                     save_summaries_secs=0, save_interval_secs=600)
    print('Finished training. Last batch loss: %.6f' % final_loss)

print(sorted(f.split('.data')[0] for f in os.listdir(logdir) if 'ckpt' in f))

with tf.Graph().as_default():
    predictions = regression_model(tf.constant(inputs), is_training=False)
    names_to_values, names_to_updates = slim.metrics.aggregate_metric_map({
        'MSE': slim.metrics.streaming_mean_squared_error(predictions, targets),
        'MAE': slim.metrics.streaming_mean_absolute_error(predictions, targets)})
    init_fn = slim.assign_from_checkpoint_fn(tf.train.latest_checkpoint(logdir), slim.get_model_variables())
    with tf.Session() as sess:
        sess.run([tf.global_variables_initializer(), tf.local_variables_initializer()])
        init_fn(sess)
        sess.run(list(names_to_updates.values()))
        for key in sorted(names_to_values):
            print('%s: %.6f' % (key, sess.run(names_to_values[key])))
        print(sess.run(predictions)[:3].ravel().tolist())
