"""Magnitude pruning: a classifier whose layers lose 80 % of their weights while it trains."""
from __future__ import print_function

import os
import tempfile

import numpy as np
import tensorflow as tf

from tensorflow.contrib.model_pruning.python import pruning
from tensorflow.contrib.model_pruning.python.layers import layers

tf.flags.DEFINE_integer('steps', 120, 'training steps')
tf.flags.DEFINE_string('pruning_hparams',
                       'name=pruned,begin_pruning_step=10,end_pruning_step=100,pruning_frequency=10,'
                       'sparsity_function_begin_step=10,sparsity_function_end_step=90,target_sparsity=0.8,'
                       'initial_sparsity=0.1,weight_sparsity_map=[logits:0.4]',
                       'comma separated name=value pairs of pruning hyperparameters')
FLAGS = tf.flags.FLAGS


def rings(n):
    rng = np.random.RandomState(3)
    label = rng.randint(3, size=n)
    angle = rng.uniform(0, 2 * np.pi, n)
    radius = 1.0 + label + 0.15 * rng.randn(n)
    x = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
    return np.concatenate([x, x ** 2, rng.randn(n, 4)], axis=1).astype(np.float32), label.astype(np.int64)


def model(features):
    net = layers.masked_fully_connected(features, 32, scope='hidden1')
    net = layers.masked_fully_connected(net, 16, scope='hidden2')
    return layers.masked_fully_connected(net, 3, activation_fn=None, scope='logits')


def main(_):
    tf.set_random_seed(5)
    x, y = rings(300)
    logits = model(tf.constant(x))
    loss = tf.losses.sparse_softmax_cross_entropy(y, logits)
    accuracy = tf.reduce_mean(tf.cast(tf.equal(tf.argmax(logits, 1, name='predictions'), y), tf.float32))
    global_step = tf.train.get_or_create_global_step()
    train_op = tf.train.AdamOptimizer(0.01).minimize(loss, global_step=global_step)

    hparams = pruning.get_pruning_hparams().parse(FLAGS.pruning_hparams)
    p = pruning.Pruning(hparams, global_step=global_step)
    mask_update_op = p.conditional_mask_update_op()
    p.add_pruning_summaries()
    sparsities = pruning.get_weight_sparsity()
    print([mask.op.name for mask in pruning.get_masks()])
    print([s.op.name for s in tf.get_collection(tf.GraphKeys.SUMMARIES)][:4])

    folder = tempfile.mkdtemp()
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        for step in range(FLAGS.steps):
            _, value = sess.run([train_op, loss])
            sess.run(mask_update_op)
            if step % 20 == 19:
                print('step %3d loss %.4f sparsity' % (step + 1, value),
                      ' '.join('%.3f' % s for s in sess.run(sparsities)))
        print('thresholds', ' '.join('%.4f' % t for t in sess.run(pruning.get_thresholds())))
        print('accuracy %.3f' % sess.run(accuracy))
        saver = tf.train.Saver()
        path = saver.save(sess, os.path.join(folder, 'model.ckpt'), global_step=global_step)
    for name, shape in tf.train.list_variables(path):
        if 'Adam' not in name:
            print(name, shape)

    with tf.Graph().as_default():
        frozen = tf.contrib.model_pruning.graph_def_from_checkpoint(folder, ['predictions'])
    stripped = tf.contrib.model_pruning.strip_pruning_vars_fn(frozen, ['predictions'])
    print('masks before and after:', *[len([n for n in g.node if n.name.endswith('mask')]) for g in (frozen, stripped)])
    print(sorted(n.name for n in stripped.node if 'masked' in n.name))


if __name__ == '__main__':
    tf.logging.set_verbosity(tf.logging.ERROR)
    tf.app.run()
