"""The model of main.py."""
import tensorflow as tf


class BagOfEmbeddings(object):
    def __init__(self, words, size, learning_rate):
        self.ids = tf.placeholder(tf.int32, [None, None], name='ids')
        self.labels = tf.placeholder(tf.float32, [None], name='labels')
        with tf.variable_scope('embedding'):
            table = tf.get_variable('table', [words, size], initializer=tf.random_uniform_initializer(-0.1, 0.1))
            used = tf.expand_dims(tf.to_float(self.ids > 0), 2)
            mean = tf.reduce_sum(tf.nn.embedding_lookup(table, self.ids) * used, 1) / tf.reduce_sum(used, 1)
        with tf.variable_scope('classifier'):
            hidden = tf.layers.dense(mean, size, tf.nn.relu)
            logits = tf.squeeze(tf.layers.dense(hidden, 1), 1)
        self.probability = tf.sigmoid(logits)
        self.loss = tf.losses.sigmoid_cross_entropy(self.labels, logits)
        self.accuracy = tf.reduce_mean(tf.to_float(tf.equal(self.probability > 0.5, self.labels > 0.5)))
        self.train_op = tf.train.AdamOptimizer(learning_rate).minimize(self.loss)

    def step(self, sess, ids, labels):
        return sess.run([self.loss, self.train_op], {self.ids: ids, self.labels: labels})[0]

    def evaluate(self, sess, ids, labels):
        return sess.run([self.loss, self.accuracy], {self.ids: ids, self.labels: labels})
