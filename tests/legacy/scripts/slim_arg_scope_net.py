"""slim: nested arg_scopes, repeat and stack, end points, and the losses of a small VGG-like net."""
from __future__ import print_function

import numpy as np
import tensorflow as tf
import tensorflow.contrib.slim as slim


def tiny_arg_scope(weight_decay=0.0005):
    with slim.arg_scope([slim.conv2d, slim.fully_connected],
                        activation_fn=tf.nn.relu,
                        weights_initializer=tf.truncated_normal_initializer(0.0, 0.1),
                        weights_regularizer=slim.l2_regularizer(weight_decay)):
        with slim.arg_scope([slim.conv2d], padding='SAME') as arg_sc:
            return arg_sc


def tiny_vgg(inputs, num_classes=3, is_training=True, reuse=None, scope='tiny_vgg'):
    with tf.variable_scope(scope, 'tiny_vgg', [inputs], reuse=reuse) as sc:
        end_points_collection = sc.original_name_scope + '_end_points'
        with slim.arg_scope([slim.conv2d, slim.fully_connected, slim.max_pool2d],
                            outputs_collections=end_points_collection):
            net = slim.repeat(inputs, 2, slim.conv2d, 4, [3, 3], scope='conv1')
            net = slim.max_pool2d(net, [2, 2], scope='pool1')
            net = slim.conv2d(net, 6, [3, 3], normalizer_fn=slim.batch_norm, scope='conv2')
            net = slim.max_pool2d(net, [2, 2], scope='pool2')
            net = slim.flatten(net)
            net = slim.stack(net, slim.fully_connected, [12, 8], scope='fc')
            net = slim.dropout(net, 0.8, is_training=is_training, scope='dropout')
            net = slim.fully_connected(net, num_classes, activation_fn=None, scope='logits')
        return net, slim.utils.convert_collection_to_dict(end_points_collection)


tf.set_random_seed(99)
images = np.random.RandomState(99).rand(6, 8, 8, 3).astype('float32')
labels = slim.one_hot_encoding([0, 1, 2, 2, 1, 0], 3)

with slim.arg_scope(tiny_arg_scope()):
    logits, end_points = tiny_vgg(tf.constant(images))
    eval_logits, _ = tiny_vgg(tf.constant(images), is_training=False, reuse=True)

for key in end_points:
    print(key, end_points[key].get_shape().as_list())
for v in slim.get_model_variables():
    print(v.op.name, v.get_shape().as_list())

slim.losses.softmax_cross_entropy(logits, labels)
total_loss = slim.losses.get_total_loss()
train_op = slim.learning.create_train_op(total_loss, tf.train.RMSPropOptimizer(0.001), clip_gradient_norm=4)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for step in range(8):
        loss = sess.run(train_op)
        print('step %d: total loss %.6f' % (step, loss))
    print('eval logits', sess.run(eval_logits)[0].tolist())
    print('global step', sess.run(slim.get_global_step()))
