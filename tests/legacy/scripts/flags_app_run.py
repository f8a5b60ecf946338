"""Hyper-parameters by tf.app.flags, logging by tf.logging, entry by tf.app.run."""
from __future__ import print_function

import numpy as np
import tensorflow as tf

flags = tf.app.flags
FLAGS = flags.FLAGS
flags.DEFINE_integer('num_steps', 30, 'Number of steps to run trainer.')
flags.DEFINE_float('learning_rate', 0.3, 'Initial learning rate.')
flags.DEFINE_string('activation', 'tanh', 'relu, tanh or sigmoid.')
flags.DEFINE_boolean('verbose', False, 'If true, log every step.')
tf.flags.DEFINE_enum('init', 'normal', ['normal', 'xavier'], 'How the weights begin.')
tf.flags.DEFINE_list('hidden', '4,3', 'Sizes of the hidden layers.')

INITIALIZERS = {'normal': lambda: tf.random_normal_initializer(stddev=0.8),
                'xavier': tf.contrib.layers.xavier_initializer}


def network(x):
    act = getattr(tf.nn, FLAGS.activation)
    for i, size in enumerate(int(h) for h in FLAGS.hidden):
        with tf.variable_scope('layer%d' % i, initializer=INITIALIZERS[FLAGS.init]()):
            w = tf.get_variable('w', [x.shape[1], size])
            b = tf.get_variable('b', [size], initializer=tf.constant_initializer(0.1))
            x = act(tf.nn.xw_plus_b(x, w, b))
    with tf.variable_scope('out'):
        return tf.matmul(x, tf.get_variable('w', [x.shape[1], 1]))


def main(argv):
    tf.logging.set_verbosity(tf.logging.INFO if FLAGS.verbose else tf.logging.WARN)
    tf.set_random_seed(2016)
    x = tf.placeholder(tf.float32, [None, 2], 'x')
    y = tf.placeholder(tf.float32, [None, 1], 'y')
    logits = network(x)
    loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=y, logits=logits))
    train_op = tf.train.MomentumOptimizer(FLAGS.learning_rate, 0.9).minimize(loss)
    xor = {x: np.array([[0, 0], [0, 1], [1, 0], [1, 1]], np.float32), y: np.array([[0], [1], [1], [0]], np.float32)}

    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        for step in range(FLAGS.num_steps):
            _, value = sess.run([train_op, loss], xor)
            tf.logging.info('step %d loss %f', step, value)
            if step % 10 == 0:
                print('step %2d  loss %.6f' % (step, value))
        print('p(xor):', sess.run(tf.sigmoid(logits), xor).ravel().tolist())
    print('left over arguments:', len(argv) - 1)
    print(sorted((name, FLAGS[name].value) for name in ('num_steps', 'learning_rate', 'activation', 'hidden', 'init')))


if __name__ == '__main__':
    tf.app.run()
