import tensorflow as tf

import common_layers
import registry
from t2t_model import T2TModel


@registry.register_model
class Transformer(T2TModel):
    def body(self, features):
        hparams = self.hparams
        inputs = features['inputs']
        bias = common_layers.padding_bias(inputs)
        x = tf.nn.dropout(common_layers.add_timing_signal(inputs), 1.0 - hparams.layer_prepostprocess_dropout)
        with tf.variable_scope('encoder'):
            for layer in range(hparams.num_hidden_layers):
                with tf.variable_scope('layer_%d' % layer):
                    x = self.attend(x, None, bias, 'self_attention')
                    x = self.feed_forward(x)
            encoded = common_layers.layer_preprocess(x, hparams)
        x = common_layers.add_timing_signal(common_layers.shift_right(features['targets']))
        with tf.variable_scope('decoder'):
            triangle = common_layers.lower_triangle_bias(tf.shape(x)[1])
            for layer in range(hparams.num_hidden_layers):
                with tf.variable_scope('layer_%d' % layer):
                    x = self.attend(x, None, triangle, 'self_attention')
                    x = self.attend(x, encoded, bias, 'encdec_attention')
                    x = self.feed_forward(x)
            return common_layers.layer_preprocess(x, hparams)

    def attend(self, x, memory, bias, name):
        with tf.variable_scope(name):
            query = common_layers.layer_preprocess(x, self.hparams)
            attended = common_layers.multihead_attention(query, query if memory is None else memory, bias, self.hparams)
            return common_layers.layer_postprocess(x, attended, self.hparams)

    def feed_forward(self, x):
        with tf.variable_scope('ffn'):
            hidden = tf.layers.dense(common_layers.layer_preprocess(x, self.hparams), self.hparams.filter_size,
                                     activation=tf.nn.relu, name='conv1')
            hidden = tf.nn.dropout(hidden, 1.0 - self.hparams.relu_dropout)
            output = tf.layers.dense(hidden, self.hparams.hidden_size, name='conv2')
            return common_layers.layer_postprocess(x, output, self.hparams)


@registry.register_hparams
def transformer_base():
    return tf.contrib.training.HParams(
        batch_size=16, hidden_size=16, num_hidden_layers=1, num_heads=2, filter_size=32, vocab_size=0,
        layer_prepostprocess_dropout=0.1, attention_dropout=0.0, relu_dropout=0.0, label_smoothing=0.1,
        clip_grad_norm=2.0, optimizer='Adam', learning_rate_constant=2.0, learning_rate_warmup_steps=20,
        learning_rate_schedule='constant*linear_warmup*rsqrt_decay*rsqrt_hidden_size', use_resource=True)


@registry.register_hparams
def transformer_tiny():
    hparams = transformer_base()
    hparams.layer_prepostprocess_dropout = 0.05
    hparams.add_hparam('comment', 'less dropout')
    return hparams
