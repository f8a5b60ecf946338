import tensorflow as tf


def dense(x, size_in, size_out, activation=None):
    w = tf.get_variable('w', [size_in, size_out], initializer=tf.random_normal_initializer(stddev=0.1))
    b = tf.get_variable('b', [size_out], initializer=tf.zeros_initializer())
    y = tf.matmul(x, w) + b
    return activation(y) if activation else y
