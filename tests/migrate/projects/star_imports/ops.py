import tensorflow as tf

STDDEV = 0.1


def weight(name, shape):
    return tf.get_variable(name, shape, initializer=tf.truncated_normal_initializer(stddev=STDDEV))


def recurrent(x, size, classes):
    cell = tf.nn.rnn_cell.BasicLSTMCell(size)
    outputs, _ = tf.nn.dynamic_rnn(cell, x, dtype=tf.float32)
    return tf.matmul(outputs[:, -1], weight('out', [size, classes]))
