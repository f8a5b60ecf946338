import numpy as np
import tensorflow as tf
import tensorflow.contrib.slim as slim


def normalized_columns_initializer(std=1.0, seed=None):
    """Columns of a given length, drawn in NumPy."""
    rng = np.random.RandomState(seed)

    def _initializer(shape, dtype=None, partition_info=None):
        out = rng.randn(*shape).astype(np.float32)
        out *= std / np.sqrt(np.square(out).sum(axis=0, keepdims=True))
        return tf.constant(out)
    return _initializer


def update_target_graph(from_scope, to_scope):
    """Ops that copy the weights of one network to another."""
    from_vars = tf.get_collection(tf.GraphKeys.TRAINABLE_VARIABLES, from_scope)
    to_vars = tf.get_collection(tf.GraphKeys.TRAINABLE_VARIABLES, to_scope)
    return [to_var.assign(from_var) for from_var, to_var in zip(from_vars, to_vars)]


class ACNetwork(object):
    def __init__(self, s_size, a_size, scope, trainer):
        with tf.variable_scope(scope):
            self.inputs = tf.placeholder(shape=[None, s_size], dtype=tf.float32)
            hidden = slim.fully_connected(self.inputs, 24, activation_fn=tf.nn.elu)
            lstm_cell = tf.contrib.rnn.BasicLSTMCell(16, state_is_tuple=True)
            c_init = np.zeros((1, lstm_cell.state_size.c), np.float32)
            h_init = np.zeros((1, lstm_cell.state_size.h), np.float32)
            self.state_init = [c_init, h_init]
            c_in = tf.placeholder(tf.float32, [1, lstm_cell.state_size.c])
            h_in = tf.placeholder(tf.float32, [1, lstm_cell.state_size.h])
            self.state_in = (c_in, h_in)
            rnn_in = tf.expand_dims(hidden, [0])
            step_size = tf.shape(self.inputs)[:1]
            lstm_outputs, lstm_state = tf.nn.dynamic_rnn(
                lstm_cell, rnn_in, initial_state=tf.contrib.rnn.LSTMStateTuple(c_in, h_in), sequence_length=step_size,
                time_major=False)
            self.state_out = (lstm_state.c[:1, :], lstm_state.h[:1, :])
            rnn_out = tf.reshape(lstm_outputs, [-1, 16])
            self.policy = slim.fully_connected(rnn_out, a_size, activation_fn=tf.nn.softmax, biases_initializer=None,
                                               weights_initializer=normalized_columns_initializer(0.01, seed=1))
            self.value = slim.fully_connected(rnn_out, 1, activation_fn=None, biases_initializer=None,
                                              weights_initializer=normalized_columns_initializer(1.0, seed=2))
            if scope != 'global':
                self.build_training(a_size, scope, trainer)

    def build_training(self, a_size, scope, trainer):
        self.actions = tf.placeholder(shape=[None], dtype=tf.int32)
        actions_onehot = tf.one_hot(self.actions, a_size, dtype=tf.float32)
        self.target_v = tf.placeholder(shape=[None], dtype=tf.float32)
        self.advantages = tf.placeholder(shape=[None], dtype=tf.float32)
        responsible_outputs = tf.reduce_sum(self.policy * actions_onehot, [1])
        self.value_loss = 0.5 * tf.reduce_sum(tf.square(self.target_v - tf.reshape(self.value, [-1])))
        self.entropy = -tf.reduce_sum(self.policy * tf.log(self.policy))
        self.policy_loss = -tf.reduce_sum(tf.log(responsible_outputs) * self.advantages)
        self.loss = 0.5 * self.value_loss + self.policy_loss - self.entropy * 0.01

        local_vars = tf.get_collection(tf.GraphKeys.TRAINABLE_VARIABLES, scope)
        self.gradients = tf.gradients(self.loss, local_vars)
        self.var_norms = tf.global_norm(local_vars)
        grads, self.grad_norms = tf.clip_by_global_norm(self.gradients, 40.0)
        global_vars = tf.get_collection(tf.GraphKeys.TRAINABLE_VARIABLES, 'global')
        self.apply_grads = trainer.apply_gradients(zip(grads, global_vars))
