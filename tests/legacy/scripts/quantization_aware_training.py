"""Quantization-aware training: a small convnet is trained with fake quantization and evaluated as it would be frozen."""
from __future__ import print_function

import os
import tempfile

import numpy as np
import tensorflow as tf

slim = tf.contrib.slim

np.random.seed(7)
CLASSES = 3
train_dir = tempfile.mkdtemp()


def stripes(n):
    """Images with horizontal, vertical or diagonal stripes."""
    labels = np.random.randint(CLASSES, size=n)
    row, col = np.mgrid[0:8, 0:8]
    patterns = np.stack([row % 4 < 2, col % 4 < 2, (row + col) % 4 < 2]).astype(np.float32)
    return patterns[labels][..., None] + 0.3 * np.random.randn(n, 8, 8, 1).astype(np.float32), labels


def network(images, is_training):
    batch_norm_params = {'is_training': is_training, 'decay': 0.9, 'center': True, 'scale': True}
    with slim.arg_scope([slim.conv2d, slim.separable_conv2d], activation_fn=tf.nn.relu6,
                        normalizer_fn=slim.batch_norm, normalizer_params=batch_norm_params):
        net = slim.conv2d(images, 8, [3, 3], stride=2, scope='Conv2d_0')
        net = slim.separable_conv2d(net, None, [3, 3], depth_multiplier=1, scope='Conv2d_1_depthwise')
        net = slim.conv2d(net, 8, [1, 1], scope='Conv2d_1_pointwise')
    net = tf.reshape(net, [-1, 4 * 4 * 8])
    return slim.fully_connected(net, CLASSES, activation_fn=None, scope='Logits')


def train():
    with tf.Graph().as_default() as graph:
        tf.set_random_seed(11)
        images = tf.placeholder(tf.float32, [None, 8, 8, 1], name='images')
        labels = tf.placeholder(tf.int64, [None], name='labels')
        logits = network(images, is_training=True)
        loss = tf.losses.sparse_softmax_cross_entropy(labels, logits)

        tf.contrib.quantize.create_training_graph(input_graph=graph, quant_delay=25)

        global_step = tf.train.get_or_create_global_step()
        optimizer = tf.train.MomentumOptimizer(0.05, 0.9)
        train_op = slim.learning.create_train_op(loss, optimizer, global_step=global_step)
        quant_ops = [op for op in graph.get_operations() if op.type.startswith('FakeQuant') and 'grad' not in op.name]
        print('%d fake quant ops:' % len(quant_ops))
        for op in quant_ops:
            print(' ', op.name)

        with tf.Session() as sess:
            sess.run(tf.global_variables_initializer())
            for step in range(60):
                x, y = stripes(32)
                value = sess.run(train_op, {images: x, labels: y})
                if step in (0, 1, 2, 4, 9):
                    print('step %d: loss %.4f' % (step, value))
            print('trained:', value < 0.1)
            print('global step', sess.run(global_step), 'quantization step',
                  sess.run(graph.get_tensor_by_name('fake_quantization_step:0')))
            tf.train.Saver().save(sess, os.path.join(train_dir, 'model.ckpt'))


def evaluate():
    with tf.Graph().as_default() as graph:
        images = tf.placeholder(tf.float32, [None, 8, 8, 1], name='images')
        logits = network(images, is_training=False)
        predictions = tf.argmax(logits, 1, name='predictions')
        tf.contrib.quantize.create_eval_graph(input_graph=graph)
        saver = tf.train.Saver(tf.global_variables())
        with tf.Session() as sess:
            saver.restore(sess, tf.train.latest_checkpoint(train_dir))
            x, y = stripes(200)
            print('accuracy %.2f' % np.mean(sess.run(predictions, {images: x}) == y))
            weights = sess.run(graph.get_tensor_by_name('Conv2d_0/weights_quant/FakeQuantWithMinMaxVars:0'))
            print('distinct weights of the first layer at most 255:', len(np.unique(weights)) <= 255, weights.shape)
            frozen = tf.graph_util.convert_variables_to_constants(sess, graph.as_graph_def(), ['predictions'])
    types = sorted(set(node.op for node in frozen.node))
    print('frozen:', ' '.join(types))
    print('names of variables left:', [v for v in tf.train.list_variables(train_dir) if 'biased' in v[0]][:2])


if __name__ == '__main__':
    tf.logging.set_verbosity(tf.logging.ERROR)
    train()
    evaluate()
