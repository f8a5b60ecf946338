"""Layers as classes whose names count up, as Keras's did."""
import tensorflow as tf

from inits import glorot, zeros

flags = tf.app.flags
FLAGS = flags.FLAGS
_LAYER_UIDS = {}


def get_layer_uid(layer_name=''):
    _LAYER_UIDS[layer_name] = _LAYER_UIDS.get(layer_name, 0) + 1
    return _LAYER_UIDS[layer_name]


def sparse_dropout(x, keep_prob, noise_shape):
    """Dropout for sparse tensors: what is dropped leaves the tensor."""
    random_tensor = keep_prob
    random_tensor += tf.random_uniform(noise_shape)
    dropout_mask = tf.cast(tf.floor(random_tensor), dtype=tf.bool)
    pre_out = tf.sparse_retain(x, dropout_mask)
    return pre_out * (1. / keep_prob)


def dot(x, y, sparse=False):
    if sparse:
        return tf.sparse_tensor_dense_matmul(x, y)
    return tf.matmul(x, y)


class Layer(object):
    def __init__(self, **kwargs):
        for kwarg in kwargs:
            assert kwarg in {'name', 'logging'}, 'Invalid keyword argument: ' + kwarg
        layer = self.__class__.__name__.lower()
        self.name = kwargs.get('name') or layer + '_' + str(get_layer_uid(layer))
        self.vars = {}
        self.logging = kwargs.get('logging', False)
        self.sparse_inputs = False

    def _call(self, inputs):
        return inputs

    def __call__(self, inputs):
        with tf.name_scope(self.name):
            if self.logging and not self.sparse_inputs:
                tf.summary.histogram(self.name + '/inputs', inputs)
            outputs = self._call(inputs)
            if self.logging:
                tf.summary.histogram(self.name + '/outputs', outputs)
            return outputs

    def _log_vars(self):
        for var in self.vars:
            tf.summary.histogram(self.name + '/vars/' + var, self.vars[var])


class Dense(Layer):
    def __init__(self, input_dim, output_dim, placeholders, dropout=0., act=tf.nn.relu, bias=True, **kwargs):
        super(Dense, self).__init__(**kwargs)
        self.dropout = placeholders['dropout'] if dropout else 0.
        self.act = act
        self.bias = bias
        with tf.variable_scope(self.name + '_vars'):
            self.vars['weights'] = glorot([input_dim, output_dim], name='weights')
            if self.bias:
                self.vars['bias'] = zeros([output_dim], name='bias')
        if self.logging:
            self._log_vars()

    def _call(self, inputs):
        output = dot(tf.nn.dropout(inputs, 1 - self.dropout), self.vars['weights'])
        if self.bias:
            output += self.vars['bias']
        return self.act(output)


class GraphConvolution(Layer):
    def __init__(self, input_dim, output_dim, placeholders, dropout=0., sparse_inputs=False, act=tf.nn.relu, **kwargs):
        super(GraphConvolution, self).__init__(**kwargs)
        self.dropout = placeholders['dropout'] if dropout else 0.
        self.act = act
        self.support = placeholders['support']
        self.sparse_inputs = sparse_inputs
        self.num_features_nonzero = placeholders['num_features_nonzero']
        with tf.variable_scope(self.name + '_vars'):
            for i in range(len(self.support)):
                self.vars['weights_' + str(i)] = glorot([input_dim, output_dim], name='weights_' + str(i))
        if self.logging:
            self._log_vars()

    def _call(self, inputs):
        if self.sparse_inputs:
            x = sparse_dropout(inputs, 1 - self.dropout, self.num_features_nonzero)
        else:
            x = tf.nn.dropout(inputs, 1 - self.dropout)
        supports = []
        for i in range(len(self.support)):
            pre_sup = dot(x, self.vars['weights_' + str(i)], sparse=self.sparse_inputs)
            supports.append(dot(self.support[i], pre_sup, sparse=True))
        return self.act(tf.add_n(supports))
