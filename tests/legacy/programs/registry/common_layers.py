import math

import tensorflow as tf


def layer_norm(x, epsilon=1e-6, name=None):
    filters = x.shape[-1].value
    with tf.variable_scope(name, default_name='layer_norm', values=[x]):
        scale = tf.get_variable('layer_norm_scale', [filters], initializer=tf.ones_initializer())
        bias = tf.get_variable('layer_norm_bias', [filters], initializer=tf.zeros_initializer())
        mean = tf.reduce_mean(x, axis=[-1], keepdims=True)
        variance = tf.reduce_mean(tf.squared_difference(x, mean), axis=[-1], keepdims=True)
        return (x - mean) * tf.rsqrt(variance + epsilon) * scale + bias


def layer_preprocess(x, hparams):
    return layer_norm(x)


def layer_postprocess(previous, x, hparams):
    return previous + tf.nn.dropout(x, 1.0 - hparams.layer_prepostprocess_dropout)


def shift_right(x):
    """What a decoder sees at each place: the word before."""
    return tf.pad(x, [[0, 0], [1, 0], [0, 0]])[:, :-1, :]


def add_timing_signal(x, min_timescale=1.0, max_timescale=1.0e4):
    length, channels = tf.shape(x)[1], x.shape[-1].value
    position = tf.to_float(tf.range(length))
    num_timescales = channels // 2
    log_increment = math.log(float(max_timescale) / float(min_timescale)) / max(num_timescales - 1, 1)
    inv_timescales = min_timescale * tf.exp(tf.to_float(tf.range(num_timescales)) * -log_increment)
    scaled_time = tf.expand_dims(position, 1) * tf.expand_dims(inv_timescales, 0)
    signal = tf.concat([tf.sin(scaled_time), tf.cos(scaled_time)], axis=1)
    signal = tf.pad(signal, [[0, 0], [0, tf.mod(channels, 2)]])
    return x + tf.reshape(signal, [1, length, channels])


def padding_bias(x):
    padding = tf.to_float(tf.equal(tf.reduce_sum(tf.abs(x), axis=-1), 0.0))
    return padding[:, None, None, :] * -1e9


def lower_triangle_bias(length):
    return (tf.matrix_band_part(tf.ones([length, length]), -1, 0) - 1.0)[None, None] * 1e9


def multihead_attention(query, memory, bias, hparams, name='multihead_attention'):
    heads, depth = hparams.num_heads, hparams.hidden_size
    with tf.variable_scope(name, values=[query, memory]):
        def split(x, name):
            x = tf.layers.dense(x, depth, use_bias=False, name=name)
            shape = tf.shape(x)
            return tf.transpose(tf.reshape(x, [shape[0], shape[1], heads, depth // heads]), [0, 2, 1, 3])

        q, k, v = split(query, 'q'), split(memory, 'k'), split(memory, 'v')
        weights = tf.nn.softmax(tf.matmul(q * (depth // heads) ** -0.5, k, transpose_b=True) + bias)
        weights = tf.nn.dropout(weights, 1.0 - hparams.attention_dropout)
        x = tf.transpose(tf.matmul(weights, v), [0, 2, 1, 3])
        shape = tf.shape(x)
        return tf.layers.dense(tf.reshape(x, [shape[0], shape[1], depth]), depth, use_bias=False,
                               name='output_transform')


def padded_cross_entropy(logits, labels, label_smoothing):
    """Sum of the cross-entropies of smoothed labels, and how many there are."""
    vocab_size = logits.shape[-1].value
    with tf.name_scope('padded_cross_entropy', values=[logits, labels]):
        confidence = 1.0 - label_smoothing
        low_confidence = label_smoothing / (vocab_size - 1)
        best = -(confidence * math.log(confidence) +
                 (vocab_size - 1) * low_confidence * math.log(low_confidence + 1e-20))
        soft_targets = tf.one_hot(labels, depth=vocab_size, on_value=confidence, off_value=low_confidence)
        xent = tf.nn.softmax_cross_entropy_with_logits_v2(logits=logits, labels=soft_targets) - best
        weights = tf.to_float(tf.not_equal(labels, 0))
        return tf.reduce_sum(xent * weights), tf.reduce_sum(weights)


def learning_rate_schedule(hparams):
    step = tf.to_float(tf.train.get_or_create_global_step())
    warmup = float(hparams.learning_rate_warmup_steps)
    ret = hparams.learning_rate_constant
    for name in [factor.strip() for factor in hparams.learning_rate_schedule.split('*')]:
        if name == 'linear_warmup':
            ret *= tf.minimum(1.0, (step + 1) / warmup)
        elif name == 'rsqrt_decay':
            ret *= tf.rsqrt(tf.maximum(step, warmup))
        elif name == 'rsqrt_hidden_size':
            ret *= hparams.hidden_size ** -0.5
        elif name != 'constant':
            raise ValueError('unknown factor %s' % name)
    tf.summary.scalar('learning_rate', ret)
    return ret


class ConditionalOptimizer(tf.train.Optimizer):
    """The optimizer that the hyperparameters name."""

    def __init__(self, hparams, learning_rate):
        self._opt = {
            'Adam': lambda: tf.contrib.opt.LazyAdamOptimizer(learning_rate, beta1=0.9, beta2=0.98, epsilon=1e-6),
            'Momentum': lambda: tf.train.MomentumOptimizer(learning_rate, momentum=0.9, use_nesterov=True),
        }[hparams.optimizer]()

    def compute_gradients(self, loss, var_list=None, **kwargs):
        return self._opt.compute_gradients(loss, var_list, **kwargs)

    def apply_gradients(self, grads_and_vars, global_step=None, name=None):
        return self._opt.apply_gradients(grads_and_vars, global_step=global_step, name=name)
