import tensorflow as tf

from . import layers
from .config import FLAGS


class Model:
    """A regression with one hidden layer."""

    def __init__(self, features):
        self.x = tf.placeholder(tf.float32, [None, features])
        self.target = tf.placeholder(tf.float32, [None])
        self._build(features)

    def _build(self, features):
        hidden = tf.tanh(layers.linear(self.x, features, FLAGS.hidden, 'hidden'))
        self.output = tf.squeeze(layers.linear(hidden, FLAGS.hidden, 1, 'output'), 1)
        self.loss = tf.losses.mean_squared_error(self.target, self.output)
        self.train = tf.train.MomentumOptimizer(FLAGS.rate, 0.9).minimize(self.loss)

    def step(self, sess, x, target):
        loss, _ = sess.run([self.loss, self.train], {self.x: x, self.target: target})
        return loss
