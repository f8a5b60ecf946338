"""The encoder: embeddings, self-attention blocks, a pooled first token."""
from __future__ import absolute_import, division, print_function

import collections
import copy
import json
import math
import re

import six
import tensorflow as tf


class EncoderConfig(object):
    def __init__(self, vocab_size, hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=32,
                 hidden_act='gelu', hidden_dropout_prob=0.1, attention_probs_dropout_prob=0.1,
                 max_position_embeddings=32, type_vocab_size=2, initializer_range=0.1):
        self.vocab_size = vocab_size
        self.hidden_size = hidden_size
        self.num_hidden_layers = num_hidden_layers
        self.num_attention_heads = num_attention_heads
        self.intermediate_size = intermediate_size
        self.hidden_act = hidden_act
        self.hidden_dropout_prob = hidden_dropout_prob
        self.attention_probs_dropout_prob = attention_probs_dropout_prob
        self.max_position_embeddings = max_position_embeddings
        self.type_vocab_size = type_vocab_size
        self.initializer_range = initializer_range

    @classmethod
    def from_json_file(cls, json_file):
        with tf.gfile.GFile(json_file, 'r') as reader:
            config = cls(vocab_size=None)
            for key, value in six.iteritems(json.loads(reader.read())):
                config.__dict__[key] = value
        return config

    def to_json_string(self):
        return json.dumps(copy.deepcopy(self.__dict__), indent=2, sort_keys=True) + '\n'


def gelu(x):
    return x * 0.5 * (1.0 + tf.erf(x / math.sqrt(2.0)))


def get_activation(name):
    return {'linear': None, 'relu': tf.nn.relu, 'gelu': gelu, 'tanh': tf.tanh}[name]


def create_initializer(initializer_range):
    return tf.truncated_normal_initializer(stddev=initializer_range)


def dropout(tensor, prob):
    if prob is None or prob == 0.0:
        return tensor
    return tf.nn.dropout(tensor, 1.0 - prob)


def layer_norm(tensor, name=None):
    return tf.contrib.layers.layer_norm(inputs=tensor, begin_norm_axis=-1, begin_params_axis=-1, scope=name)


def get_shape_list(tensor):
    """The shape, as numbers where they are known and as scalar tensors where they are not."""
    static = tensor.shape.as_list()
    dynamic = tf.shape(tensor)
    return [dynamic[i] if size is None else size for i, size in enumerate(static)]


def embedding_lookup(input_ids, config):
    with tf.variable_scope('embeddings'):
        initializer = create_initializer(config.initializer_range)
        table = tf.get_variable('word_embeddings', [config.vocab_size, config.hidden_size], initializer=initializer)
        batch, length = get_shape_list(input_ids)
        flat = tf.reshape(input_ids, [-1])
        output = tf.reshape(tf.gather(table, flat), [batch, length, config.hidden_size])
    return output, table


def add_positions_and_types(tensor, token_type_ids, config):
    batch, length, width = get_shape_list(tensor)
    with tf.variable_scope('embeddings'):
        initializer = create_initializer(config.initializer_range)
        types = tf.get_variable('token_type_embeddings', [config.type_vocab_size, width], initializer=initializer)
        one_hot = tf.one_hot(tf.reshape(token_type_ids, [-1]), depth=config.type_vocab_size)
        tensor += tf.reshape(tf.matmul(one_hot, types), [batch, length, width])
        fits = tf.assert_less_equal(length, config.max_position_embeddings)
        with tf.control_dependencies([fits]):
            table = tf.get_variable('position_embeddings', [config.max_position_embeddings, width],
                                    initializer=initializer)
            tensor += tf.expand_dims(tf.slice(table, [0, 0], [length, -1]), 0)
        return dropout(layer_norm(tensor), config.hidden_dropout_prob)


def attention_mask_from(input_ids, input_mask):
    batch, from_length = get_shape_list(input_ids)
    to_mask = tf.cast(tf.reshape(input_mask, [batch, 1, -1]), tf.float32)
    return tf.ones(shape=[batch, from_length, 1], dtype=tf.float32) * to_mask


def attention_layer(tensor, mask, config):
    batch, length, width = get_shape_list(tensor)
    heads, size = config.num_attention_heads, width // config.num_attention_heads
    flat = tf.reshape(tensor, [-1, width])

    def project(name):
        output = tf.layers.dense(flat, heads * size, name=name,
                                 kernel_initializer=create_initializer(config.initializer_range))
        return tf.transpose(tf.reshape(output, [batch, length, heads, size]), [0, 2, 1, 3])

    query, key, value = project('query'), project('key'), project('value')
    scores = tf.multiply(tf.matmul(query, key, transpose_b=True), 1.0 / math.sqrt(float(size)))
    scores += (1.0 - tf.expand_dims(mask, axis=[1])) * -10000.0
    probs = dropout(tf.nn.softmax(scores), config.attention_probs_dropout_prob)
    context = tf.transpose(tf.matmul(probs, value), [0, 2, 1, 3])
    return tf.reshape(context, [batch, length, heads * size])


def transformer_model(tensor, mask, config):
    """Returns the output of every layer."""
    def dense(inputs, size, activation=None):
        return tf.layers.dense(inputs, size, activation=activation,
                               kernel_initializer=create_initializer(config.initializer_range))

    outputs = []
    for layer in range(config.num_hidden_layers):
        with tf.variable_scope('layer_%d' % layer):
            with tf.variable_scope('attention'):
                with tf.variable_scope('self'):
                    attended = attention_layer(tensor, mask, config)
                with tf.variable_scope('output'):
                    attended = dropout(dense(attended, config.hidden_size), config.hidden_dropout_prob)
                    attended = layer_norm(attended + tensor)
            with tf.variable_scope('intermediate'):
                intermediate = dense(attended, config.intermediate_size, get_activation(config.hidden_act))
            with tf.variable_scope('output'):
                output = dropout(dense(intermediate, config.hidden_size), config.hidden_dropout_prob)
                tensor = layer_norm(output + attended)
                outputs.append(tensor)
    return outputs


class Encoder(object):
    def __init__(self, config, is_training, input_ids, input_mask, token_type_ids, scope=None):
        config = copy.deepcopy(config)
        if not is_training:
            config.hidden_dropout_prob = 0.0
            config.attention_probs_dropout_prob = 0.0
        with tf.variable_scope(scope, default_name='bert'):
            with tf.variable_scope('embeddings_of_input'):
                embedded, self.embedding_table = embedding_lookup(input_ids, config)
                embedded = add_positions_and_types(embedded, token_type_ids, config)
            with tf.variable_scope('encoder'):
                mask = attention_mask_from(input_ids, input_mask)
                self.all_layers = transformer_model(embedded, mask, config)
            self.sequence_output = self.all_layers[-1]
            with tf.variable_scope('pooler'):
                first = tf.squeeze(self.sequence_output[:, 0:1, :], axis=1)
                self.pooled_output = tf.layers.dense(first, config.hidden_size, activation=tf.tanh,
                                                     kernel_initializer=create_initializer(config.initializer_range))


def get_assignment_map_from_checkpoint(tvars, init_checkpoint):
    """Pairs the variables of the graph with those of a checkpoint that have the same name."""
    names = collections.OrderedDict()
    for var in tvars:
        names[re.match('^(.*):\\d+$', var.name).group(1)] = var
    assignment_map, initialized = collections.OrderedDict(), {}
    for name, _ in tf.train.list_variables(init_checkpoint):
        if name in names:
            assignment_map[name] = name
            initialized[name] = initialized[name + ':0'] = 1
    return assignment_map, initialized
