"""Adam with decoupled weight decay, and a learning rate that warms up and then falls to zero."""
from __future__ import absolute_import, division, print_function

import re

import tensorflow as tf


def create_optimizer(loss, init_lr, num_train_steps, num_warmup_steps, use_tpu):
    global_step = tf.train.get_or_create_global_step()
    learning_rate = tf.constant(value=init_lr, shape=[], dtype=tf.float32)
    learning_rate = tf.train.polynomial_decay(learning_rate, global_step, num_train_steps, end_learning_rate=0.0,
                                              power=1.0, cycle=False)
    if num_warmup_steps:
        step, warmup = tf.cast(global_step, tf.int32), tf.constant(num_warmup_steps, dtype=tf.int32)
        fraction = tf.cast(step, tf.float32) / tf.cast(warmup, tf.float32)
        is_warmup = tf.cast(step < warmup, tf.float32)
        learning_rate = (1.0 - is_warmup) * learning_rate + is_warmup * init_lr * fraction

    optimizer = AdamWeightDecayOptimizer(learning_rate=learning_rate, weight_decay_rate=0.01, epsilon=1e-6,
                                         exclude_from_weight_decay=['LayerNorm', 'layer_norm', 'bias'])
    if use_tpu:
        optimizer = tf.contrib.tpu.CrossShardOptimizer(optimizer)
    tvars = tf.trainable_variables()
    grads, _ = tf.clip_by_global_norm(tf.gradients(loss, tvars), clip_norm=1.0)
    train_op = optimizer.apply_gradients(zip(grads, tvars), global_step=global_step)
    # After the update, whose learning rate reads the step.
    with tf.control_dependencies([train_op]):
        return tf.group(global_step.assign(global_step + 1))


class AdamWeightDecayOptimizer(tf.train.Optimizer):
    """Adam without correction of its first steps; the decay is of the weights, not of the loss."""

    def __init__(self, learning_rate, weight_decay_rate=0.0, beta_1=0.9, beta_2=0.999, epsilon=1e-6,
                 exclude_from_weight_decay=None, name='AdamWeightDecayOptimizer'):
        super(AdamWeightDecayOptimizer, self).__init__(False, name)
        self.learning_rate, self.weight_decay_rate = learning_rate, weight_decay_rate
        self.beta_1, self.beta_2, self.epsilon = beta_1, beta_2, epsilon
        self.exclude = exclude_from_weight_decay or []

    def apply_gradients(self, grads_and_vars, global_step=None, name=None):
        assignments = []
        for grad, param in grads_and_vars:
            if grad is None or param is None:
                continue
            param_name = re.match('^(.*):\\d+$', param.name).group(1)
            m, v = [tf.get_variable(param_name + slot, shape=param.shape.as_list(), dtype=tf.float32, trainable=False,
                                    initializer=tf.zeros_initializer()) for slot in ('/adam_m', '/adam_v')]
            next_m = tf.multiply(self.beta_1, m) + tf.multiply(1.0 - self.beta_1, grad)
            next_v = tf.multiply(self.beta_2, v) + tf.multiply(1.0 - self.beta_2, tf.square(grad))
            update = next_m / (tf.sqrt(next_v) + self.epsilon)
            if not any(re.search(pattern, param_name) for pattern in self.exclude):
                update += self.weight_decay_rate * param
            next_param = param - self.learning_rate * update
            assignments.extend([param.assign(next_param), m.assign(next_m), v.assign(next_v)])
        return tf.group(*assignments, name=name)
