"""A restricted Boltzmann machine trained by contrastive divergence with assign ops and no optimizer."""
from __future__ import print_function

import numpy as np
import tensorflow as tf


class RBM(object):
    def __init__(self, n_visible, n_hidden, lr=0.1, seed=31):
        self.v = tf.placeholder(tf.float32, [None, n_visible])
        self.W = tf.Variable(tf.random_normal([n_visible, n_hidden], stddev=0.1, seed=seed), name='W')
        self.bv = tf.Variable(tf.zeros([n_visible]), name='bv')
        self.bh = tf.Variable(tf.zeros([n_hidden]), name='bh')
        h0_prob, h0 = self.hidden(self.v, seed + 1)
        v1_prob = tf.nn.sigmoid(tf.matmul(h0, tf.transpose(self.W)) + self.bv)
        h1_prob, _ = self.hidden(v1_prob, seed + 2)
        size = tf.cast(tf.shape(self.v)[0], tf.float32)
        d_w = (tf.matmul(self.v, h0_prob, transpose_a=True) - tf.matmul(v1_prob, h1_prob, transpose_a=True)) / size
        d_bv = tf.reduce_mean(self.v - v1_prob, 0)
        d_bh = tf.reduce_mean(h0_prob - h1_prob, 0)
        with tf.control_dependencies([d_w, d_bv, d_bh]):
            self.update = tf.group(self.W.assign_add(lr * d_w), tf.assign_add(self.bv, lr * d_bv),
                                   self.bh.assign(self.bh + lr * d_bh))
        self.error = tf.reduce_mean(tf.square(self.v - v1_prob))
        self.reconstruction = v1_prob

    def hidden(self, v, seed):
        prob = tf.nn.sigmoid(tf.matmul(v, self.W) + self.bh)
        return prob, tf.nn.relu(tf.sign(prob - tf.random_uniform(tf.shape(prob), seed=seed)))

    def free_energy(self):
        wx_b = tf.matmul(self.v, self.W) + self.bh
        return -tf.reduce_sum(tf.log(1 + tf.exp(wx_b)), 1) - tf.squeeze(tf.matmul(self.v, self.bv[:, None]), 1)


patterns = np.array([[1, 1, 1, 0, 0, 0], [1, 0, 1, 0, 0, 0], [0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 1, 0]], dtype=np.float32)
rbm = RBM(6, 3, lr=0.3)
energy = rbm.free_energy()
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for epoch in range(41):
        if epoch % 10 == 0:
            error, f = sess.run([rbm.error, energy], {rbm.v: patterns})
            print('epoch %2d error %.6f free energy %s' % (epoch, error, f.tolist()))
        sess.run(rbm.update, {rbm.v: patterns})
    print('a pattern with a hole:', sess.run(rbm.reconstruction, {rbm.v: [[1., 0., 1., 0., 0., 0.]]})[0].tolist())
    print('visible bias', sess.run(rbm.bv).tolist())
