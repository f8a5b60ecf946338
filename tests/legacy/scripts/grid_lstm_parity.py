"""Grid LSTMs on the parity of bits, in two dimensions and in three."""
from __future__ import print_function

import numpy as np
import tensorflow as tf
from tensorflow.contrib import grid_rnn
from tensorflow.contrib.grid_rnn.python.ops import grid_rnn_cell

BITS, BATCH, UNITS = 3, 16, 8


def bits(seed, count):
    values = np.random.RandomState(seed).randint(0, 2, size=(count, BATCH, BITS))
    return values.astype(np.float32), values.sum(2) % 2


def model(name, cell):
    with tf.variable_scope(name, initializer=tf.random_uniform_initializer(-0.3, 0.3, seed=4)):
        x = tf.placeholder(tf.float32, [BATCH, BITS], name="x")
        y = tf.placeholder(tf.int32, [BATCH], name="y")
        steps = tf.unstack(tf.expand_dims(x, 2), axis=1)
        outputs, _ = tf.nn.static_rnn(cell, steps, dtype=tf.float32)
        last = outputs[-1][0] if isinstance(outputs[-1], tuple) else outputs[-1]
        logits = tf.contrib.layers.fully_connected(last, 2, activation_fn=None)
        loss = tf.losses.sparse_softmax_cross_entropy(y, logits)
        accuracy = tf.reduce_mean(tf.to_float(tf.equal(tf.to_int32(tf.argmax(logits, 1)), y)))
        train = tf.train.RMSPropOptimizer(0.01).minimize(loss)
    return x, y, loss, accuracy, train


def main():
    tf.set_random_seed(9)
    cells = [
        ("grid2", grid_rnn.Grid2LSTMCell(UNITS, use_peepholes=True)),
        ("relu", grid_rnn.Grid3LSTMCell(UNITS, non_recurrent_fn=tf.nn.relu, output_is_tuple=False)),
        ("gru", grid_rnn_cell.Grid2GRUCell(UNITS, tied=True)),
    ]
    for name, cell in cells:
        print(name, "state", cell.state_size, "output", cell.output_size)
    models = [(name, model(name, cell)) for name, cell in cells]
    for name, _ in models:
        variables = tf.get_collection(tf.GraphKeys.TRAINABLE_VARIABLES, scope=name + "/")
        print(name, [v.op.name for v in variables][:4], len(variables))
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        for name, (x, y, loss, accuracy, train) in models:
            inputs, labels = bits(0, 30)
            for step in range(30):
                value, _ = sess.run([loss, train], {x: inputs[step], y: labels[step]})
                if step % 10 == 0:
                    print("%s step %d loss %.4f" % (name, step, value))
            test_inputs, test_labels = bits(1, 1)
            print("%s accuracy %.3f" % (name, sess.run(accuracy, {x: test_inputs[0], y: test_labels[0]})))


if __name__ == "__main__":
    main()
