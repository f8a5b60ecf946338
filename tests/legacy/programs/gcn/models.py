import os

import tensorflow as tf

from layers import Dense, GraphConvolution
from metrics import masked_accuracy, masked_softmax_cross_entropy

flags = tf.app.flags
FLAGS = flags.FLAGS


class Model(object):
    def __init__(self, placeholders, name=None, logging=False):
        self.name = name or self.__class__.__name__.lower()
        self.logging = logging
        self.placeholders = placeholders
        self.layers = []
        self.activations = []
        self.loss = 0
        self.optimizer = tf.train.AdamOptimizer(learning_rate=FLAGS.learning_rate)

    def build(self):
        with tf.variable_scope(self.name):
            self._build()
        self.activations.append(self.inputs)
        for layer in self.layers:
            self.activations.append(layer(self.activations[-1]))
        self.outputs = self.activations[-1]
        self.vars = {var.name: var for var in tf.get_collection(tf.GraphKeys.GLOBAL_VARIABLES, scope=self.name)}
        self._loss()
        mask = self.placeholders['labels_mask']
        self.accuracy = masked_accuracy(self.outputs, self.placeholders['labels'], mask)
        self.opt_op = self.optimizer.minimize(self.loss)

    def _loss(self):
        for var in self.layers[0].vars.values():
            self.loss += FLAGS.weight_decay * tf.nn.l2_loss(var)
        self.loss += masked_softmax_cross_entropy(self.outputs, self.placeholders['labels'],
                                                  self.placeholders['labels_mask'])

    def predict(self):
        return tf.nn.softmax(self.outputs)

    def save(self, folder, sess):
        return tf.train.Saver(self.vars).save(sess, os.path.join(folder, '%s.ckpt' % self.name))

    def load(self, path, sess):
        tf.train.Saver(self.vars).restore(sess, path)


class MLP(Model):
    def __init__(self, placeholders, input_dim, **kwargs):
        super(MLP, self).__init__(placeholders, **kwargs)
        self.inputs = tf.sparse_tensor_to_dense(placeholders['features'])
        self.input_dim = input_dim
        self.inputs.set_shape([None, input_dim])
        self.output_dim = placeholders['labels'].get_shape().as_list()[1]
        self.build()

    def _build(self):
        self.layers.append(Dense(self.input_dim, FLAGS.hidden1, self.placeholders, dropout=True, logging=self.logging))
        self.layers.append(Dense(FLAGS.hidden1, self.output_dim, self.placeholders, dropout=True, act=lambda x: x,
                                 logging=self.logging))


class GCN(Model):
    def __init__(self, placeholders, input_dim, **kwargs):
        super(GCN, self).__init__(placeholders, **kwargs)
        self.inputs = placeholders['features']
        self.input_dim = input_dim
        self.output_dim = placeholders['labels'].get_shape().as_list()[1]
        self.build()

    def _build(self):
        self.layers.append(GraphConvolution(self.input_dim, FLAGS.hidden1, self.placeholders, dropout=True,
                                            sparse_inputs=True, logging=self.logging))
        self.layers.append(GraphConvolution(FLAGS.hidden1, self.output_dim, self.placeholders, dropout=True,
                                            act=lambda x: x, logging=self.logging))
