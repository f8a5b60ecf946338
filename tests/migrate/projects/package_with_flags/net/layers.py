"""Layers of the network."""
from __future__ import division

import tensorflow as tf


def linear(x, size_in, size, scope):
    with tf.variable_scope(scope):
        w = tf.get_variable('w', [size_in, size])
        b = tf.get_variable('b', [size], initializer=tf.constant_initializer(0.0))
        return tf.nn.xw_plus_b(x, w, b)
