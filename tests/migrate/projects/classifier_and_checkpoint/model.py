"""A classifier with one hidden layer."""
import tensorflow as tf

import layers


class Classifier(object):
    def __init__(self, hidden=8, classes=3, rate=0.1):
        self.x = tf.placeholder(tf.float32, [None, 4], name='x')
        self.y = tf.placeholder(tf.int64, [None], name='y')
        with tf.variable_scope('hidden'):
            h = layers.dense(self.x, 4, hidden, tf.nn.relu)
        with tf.variable_scope('output'):
            self.logits = layers.dense(h, hidden, classes)
        self.prediction = tf.argmax(self.logits, 1)
        self.loss = tf.reduce_mean(
            tf.nn.sparse_softmax_cross_entropy_with_logits(labels=self.y, logits=self.logits))
        self.accuracy = tf.reduce_mean(tf.cast(tf.equal(self.prediction, self.y), tf.float32))
        self.global_step = tf.Variable(0, trainable=False, name='global_step')
        self.train_op = tf.train.AdamOptimizer(rate).minimize(self.loss, global_step=self.global_step)
        self.saver = tf.train.Saver()
