"""A GAN that imitates a bell curve: the judge shared by AUTO_REUSE, two optimizers over two sets of variables."""
from __future__ import absolute_import
from __future__ import print_function
from __future__ import division

import numpy as np
import tensorflow as tf

np.random.seed(42)
tf.set_random_seed(42)
BATCH, CENTER, WIDTH = 16, 3.0, 0.5


def forger(noise):
    with tf.variable_scope('forger'):
        hidden = tf.layers.dense(noise, 5, tf.nn.softplus, name='hidden')
        return tf.layers.dense(hidden, 1, name='number')


def judge(number):
    with tf.variable_scope('judge', reuse=tf.AUTO_REUSE):
        features = tf.concat([number, tf.square(number - tf.reduce_mean(number))], axis=1)
        hidden = tf.layers.dense(features, 8, tf.nn.leaky_relu, name='hidden')
        return tf.layers.dense(hidden, 1, name='verdict')


noise = tf.placeholder(tf.float32, [BATCH, 2], name='noise')
genuine = tf.placeholder(tf.float32, [BATCH, 1], name='genuine')
forged = forger(noise)
on_genuine, on_forged = judge(genuine), judge(forged)

judge_loss = tf.losses.sigmoid_cross_entropy(tf.fill([BATCH, 1], 0.9), on_genuine) \
    + tf.losses.sigmoid_cross_entropy(tf.zeros([BATCH, 1]), on_forged)
forger_loss = tf.losses.sigmoid_cross_entropy(tf.ones([BATCH, 1]), on_forged)

variables = {name: tf.trainable_variables(scope=name) for name in ('judge', 'forger')}
for name in sorted(variables):
    print(name, [v.op.name for v in variables[name]])
turn = tf.train.get_or_create_global_step()
rate = tf.train.exponential_decay(0.05, turn, 20, 0.9, staircase=True)
judge_step = tf.train.GradientDescentOptimizer(rate).minimize(judge_loss, turn, variables['judge'])
forger_step = tf.train.AdamOptimizer(0.02, beta1=0.5).minimize(forger_loss, var_list=variables['forger'])

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for i in range(41):
        feed = {noise: np.random.rand(BATCH, 2), genuine: np.random.normal(CENTER, WIDTH, (BATCH, 1))}
        d, _ = sess.run([judge_loss, judge_step], feed)
        g, _ = sess.run([forger_loss, forger_step], feed)
        if i % 10 == 0:
            print('{:d}\t{:.6f}\t{:.6f}'.format(i, d, g))
    numbers = sess.run(forged, feed)
    print('forged mean %.6f, deviation %.6f' % (numbers.mean(), numbers.std()), numbers[:3, 0].tolist())
