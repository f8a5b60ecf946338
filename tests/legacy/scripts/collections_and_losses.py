"""Graph collections: tf.losses, regularizers, custom collections, get_collection_ref, and a total loss by hand."""
from __future__ import print_function

import re

import numpy as np
import tensorflow as tf

tf.set_random_seed(47)


def decayed(name, shape, strength):
    weights = tf.get_variable(name, shape, initializer=tf.truncated_normal_initializer(stddev=0.5))
    tf.add_to_collection('losses', tf.multiply(strength, tf.nn.l2_loss(weights), name=name + '_decay'))
    return weights


with tf.variable_scope('tower_3/body'):
    inputs = tf.constant(np.random.RandomState(47).rand(4, 5), tf.float32)
    body = tf.nn.relu(tf.matmul(inputs, decayed('kernel', [5, 4], 0.04)) + 0.1, name='active')
with tf.variable_scope('tower_3/head'):
    logits = tf.matmul(body, decayed('kernel', [4, 3], 0.0))

labels = tf.constant([0, 2, 1, 2])
by_example = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits)
tf.add_to_collection('losses', tf.reduce_mean(by_example, name='data'))
total = tf.add_n(tf.get_collection('losses'), name='total')
print([re.sub('^tower_[0-9]+/', '', t.op.name) for t in tf.get_collection('losses') + [total, body]])

onehot = tf.one_hot(labels, 3)
mask = tf.constant([1., 0., 2., 1.])
pairs = [
    ('softmax', tf.losses.softmax_cross_entropy(onehot, logits, weights=mask, label_smoothing=0.1)),
    ('sigmoid', tf.losses.sigmoid_cross_entropy(onehot, logits)),
    ('mse sum', tf.losses.mean_squared_error(onehot, logits, reduction=tf.losses.Reduction.SUM)),
    ('huber', tf.losses.huber_loss(onehot, logits, delta=0.5)),
    ('hinge', tf.losses.hinge_loss(onehot, logits, loss_collection='mine')),
    ('log', tf.losses.log_loss(onehot, tf.nn.softmax(logits))),
    ('cosine', tf.losses.cosine_distance(tf.nn.l2_normalize(onehot, 1), tf.nn.l2_normalize(logits, 1), axis=1)),
    ('pairwise', tf.losses.mean_pairwise_squared_error(onehot, logits)),
    ('weighted', tf.reduce_mean(tf.nn.weighted_cross_entropy_with_logits(onehot, logits, pos_weight=2.0))),
]
print(len(tf.losses.get_losses()), len(tf.get_collection('mine')), len(tf.losses.get_losses(scope='huber_loss')))
g = tf.get_default_graph()
g.get_collection_ref('notes').extend(['a', 'b'])
g.clear_collection('mine')
print(sorted(str(key) for key in g.get_all_collection_keys()), tf.get_collection('notes'), tf.get_collection('mine'))

with tf.Session() as sess:
    tf.global_variables_initializer().run()
    for name, loss in pairs:
        print('%-9s %.6f' % (name, sess.run(loss)))
    parts = sess.run(tf.get_collection('losses')[:3])
    print('total %.6f = %s' % (total.eval(), ' + '.join('%.6f' % p for p in parts)))
    print('tf.losses total', float(sess.run(tf.losses.get_total_loss(add_regularization_losses=False))))
