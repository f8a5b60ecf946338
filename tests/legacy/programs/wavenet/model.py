import tensorflow as tf

from ops import causal_conv, mu_law_encode


def create_variable(name, shape):
    initializer = tf.contrib.layers.xavier_initializer_conv2d()
    return tf.Variable(initializer(shape=shape), name=name)


def create_embedding_table(name, shape):
    if shape[0] == shape[1]:
        # One-hot rows, where there are as many categories as channels.
        return tf.Variable(tf.diag(tf.ones(shape[0])), name=name)
    return create_variable(name, shape)


class WaveNetModel(object):
    def __init__(self, batch_size, dilations, filter_width, residual_channels, dilation_channels, skip_channels,
                 quantization_channels, global_condition_channels, global_condition_cardinality):
        self.batch_size, self.dilations, self.filter_width = batch_size, dilations, filter_width
        self.residual_channels, self.dilation_channels = residual_channels, dilation_channels
        self.skip_channels, self.quantization_channels = skip_channels, quantization_channels
        self.gc_channels, self.gc_cardinality = global_condition_channels, global_condition_cardinality
        self.receptive_field = (filter_width - 1) * sum(dilations) + filter_width
        self.variables = self._create_variables()

    def _create_variables(self):
        var = {}
        with tf.variable_scope('wavenet'):
            with tf.variable_scope('embeddings'):
                var['gc_embedding'] = create_embedding_table('gc_embedding', [self.gc_cardinality, self.gc_channels])
            with tf.variable_scope('causal_layer'):
                var['causal'] = create_variable('filter', [self.filter_width, self.quantization_channels,
                                                           self.residual_channels])
            var['dilated_stack'] = []
            with tf.variable_scope('dilated_stack'):
                for i, _ in enumerate(self.dilations):
                    with tf.variable_scope('layer{}'.format(i)):
                        conv = [self.filter_width, self.residual_channels, self.dilation_channels]
                        shapes = [('filter', conv), ('gate', conv),
                                  ('dense', [1, self.dilation_channels, self.residual_channels]),
                                  ('skip', [1, self.dilation_channels, self.skip_channels]),
                                  ('gc_gate', [1, self.gc_channels, self.dilation_channels]),
                                  ('gc_filter', [1, self.gc_channels, self.dilation_channels])]
                        var['dilated_stack'].append({name: create_variable(name, shape) for name, shape in shapes})
            with tf.variable_scope('postprocessing'):
                var['postprocess1'] = create_variable('postprocess1', [1, self.skip_channels, self.skip_channels])
                var['postprocess2'] = create_variable('postprocess2', [1, self.skip_channels,
                                                                       self.quantization_channels])
        return var

    def _create_dilation_layer(self, input_batch, layer_index, dilation, condition, output_width):
        variables = self.variables['dilated_stack'][layer_index]
        conv_filter = causal_conv(input_batch, variables['filter'], dilation)
        conv_gate = causal_conv(input_batch, variables['gate'], dilation)
        conv_filter += tf.nn.conv1d(condition, variables['gc_filter'], stride=1, padding='SAME', name='gc_filter')
        conv_gate += tf.nn.conv1d(condition, variables['gc_gate'], stride=1, padding='SAME', name='gc_gate')
        out = tf.tanh(conv_filter) * tf.sigmoid(conv_gate)
        transformed = tf.nn.conv1d(out, variables['dense'], stride=1, padding='SAME', name='dense')
        skip_cut = tf.shape(out)[1] - output_width
        out_skip = tf.slice(out, [0, skip_cut, 0], [-1, -1, -1])
        skip_contribution = tf.nn.conv1d(out_skip, variables['skip'], stride=1, padding='SAME', name='skip')
        tf.summary.histogram('layer{}_filter'.format(layer_index), variables['filter'])
        input_cut = tf.shape(input_batch)[1] - tf.shape(transformed)[1]
        input_batch = tf.slice(input_batch, [0, input_cut, 0], [-1, -1, -1])
        return skip_contribution, input_batch + transformed

    def _create_network(self, input_batch, condition):
        outputs = []
        current_layer = causal_conv(input_batch, self.variables['causal'], 1)
        output_width = tf.shape(input_batch)[1] - self.receptive_field + 1
        with tf.name_scope('dilated_stack'):
            for layer_index, dilation in enumerate(self.dilations):
                with tf.name_scope('layer{}'.format(layer_index)):
                    output, current_layer = self._create_dilation_layer(current_layer, layer_index, dilation,
                                                                        condition, output_width)
                    outputs.append(output)
        with tf.name_scope('postprocessing'):
            transformed1 = tf.nn.relu(sum(outputs))
            conv1 = tf.nn.conv1d(transformed1, self.variables['postprocess1'], stride=1, padding='SAME')
            return tf.nn.conv1d(tf.nn.relu(conv1), self.variables['postprocess2'], stride=1, padding='SAME')

    def _one_hot(self, input_batch):
        with tf.name_scope('one_hot_encode'):
            encoded = tf.one_hot(input_batch, depth=self.quantization_channels, dtype=tf.float32)
            return tf.reshape(encoded, [self.batch_size, -1, self.quantization_channels])

    def _embed_gc(self, category):
        embedding = tf.nn.embedding_lookup(self.variables['gc_embedding'], category)
        return tf.reshape(embedding, [self.batch_size, 1, self.gc_channels])

    def predict_proba(self, waveform, category, name='wavenet'):
        """The probabilities of the next sample, after a whole waveform."""
        with tf.name_scope(name):
            raw_output = self._create_network(self._one_hot(waveform), self._embed_gc(category))
            out = tf.reshape(raw_output, [-1, self.quantization_channels])
            proba = tf.cast(tf.nn.softmax(tf.cast(out, tf.float64)), tf.float32)
            last = tf.slice(proba, [tf.shape(proba)[0] - 1, 0], [1, self.quantization_channels])
            return tf.reshape(last, [-1])

    def loss(self, input_batch, category, l2_regularization_strength=None, name='wavenet'):
        with tf.name_scope(name):
            encoded = self._one_hot(mu_law_encode(input_batch, self.quantization_channels))
            network_input_width = tf.shape(encoded)[1] - 1
            network_input = tf.slice(encoded, [0, 0, 0], [-1, network_input_width, -1])
            raw_output = self._create_network(network_input, self._embed_gc(category))
            with tf.name_scope('loss'):
                target_output = tf.reshape(tf.slice(encoded, [0, self.receptive_field, 0], [-1, -1, -1]),
                                           [-1, self.quantization_channels])
                prediction = tf.reshape(raw_output, [-1, self.quantization_channels])
                loss = tf.nn.softmax_cross_entropy_with_logits(logits=prediction, labels=target_output)
                reduced_loss = tf.reduce_mean(loss)
                tf.summary.scalar('loss', reduced_loss)
                l2_loss = tf.add_n([tf.nn.l2_loss(v) for v in tf.trainable_variables() if 'bias' not in v.name])
                total_loss = reduced_loss + l2_regularization_strength * l2_loss
                tf.summary.scalar('total_loss', total_loss)
                return total_loss
