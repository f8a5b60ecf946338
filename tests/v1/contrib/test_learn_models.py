"""``tf.contrib.learn.models`` where 1.15 raised an error and TensorFlow 0.12 did not."""

from __future__ import annotations

import numpy as np

import tf1graphs.v1 as tf


def test_a_network_in_both_directions_reverses_each_sequence_by_its_length():
    steps = [np.array([[1.0], [10.0]], np.float32) * number for number in (1, 2, 3)]
    with tf.Graph().as_default(), tf.Session() as session:
        tf.set_random_seed(1)
        cells = [tf.contrib.rnn.BasicRNNCell(1), tf.contrib.rnn.BasicRNNCell(1)]
        inputs = [tf.constant(each) for each in steps]
        outputs, _ = tf.contrib.learn.models.bidirectional_rnn(
            *cells, inputs, dtype=tf.float32, sequence_length=tf.constant([3, 2])
        )
        session.run(tf.global_variables_initializer())
        kernel, bias = session.run(cells[1].weights)
        found = np.array(session.run(outputs))[..., 1]
    expected = np.zeros((3, 2))
    for row, length in enumerate((3, 2)):
        state = 0.0
        for step in reversed(range(length)):
            state = np.tanh(steps[step][row, 0] * kernel[0, 0] + state * kernel[1, 0] + bias[0])
            expected[step, row] = state
    np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-6)
