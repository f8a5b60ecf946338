"""Records what real TensorFlow 1.15 computes in small recurrent networks, with gradients and names of variables.

Run with a Python 3.7 that has tensorflow==1.15.5 and numpy: ``python tests/oracle/record_migrate_rnn.py``.
It writes ``tests/fixtures/tf115/migrate_rnn.json``, which holds the networks too.
"""

import json
from pathlib import Path

import numpy as np
import tensorflow as tf

FILE = Path(__file__).resolve().parents[1] / "fixtures" / "tf115" / "migrate_rnn.json"

# What it is about -> the scopes of its cells in the order of their calls, and the lines that set `result`. They may use
# x, [3, 4, 2], lengths, [3], of int32, and s, [3, 3].
NETWORKS = {
    "basic rnn": (
        ["rnn/basic_rnn_cell"],
        "result = tf.nn.dynamic_rnn(tf.nn.rnn_cell.BasicRNNCell(3), x, dtype=tf.float32)",
    ),
    "relu": (
        ["rnn/basic_rnn_cell"],
        """cell = tf.nn.rnn_cell.BasicRNNCell(3, activation=tf.nn.relu)
result = tf.nn.dynamic_rnn(cell, x, lengths, dtype=tf.float32)""",
    ),
    "gru": (["rnn/gru_cell"], "result = tf.nn.dynamic_rnn(tf.nn.rnn_cell.GRUCell(3), x, lengths, dtype=tf.float32)"),
    "gru time major": (
        ["seq/gates"],
        """cell = tf.contrib.rnn.GRUCell(3, name='gates')
result = tf.nn.dynamic_rnn(cell, tf.transpose(x, [1, 0, 2]), initial_state=s, time_major=True, scope='seq')""",
    ),
    "gru initializers": (
        ["rnn/gru_cell"],
        """cell = tf.nn.rnn_cell.GRUCell(3, 'sigmoid', None, tf.zeros_initializer(), tf.zeros_initializer())
result = tf.nn.dynamic_rnn(cell, x, dtype=tf.float32, swap_memory=True, parallel_iterations=1)""",
    ),
    "basic lstm": (
        ["rnn/basic_lstm_cell"],
        """cell = tf.nn.rnn_cell.BasicLSTMCell(3)
result = tf.nn.dynamic_rnn(cell, x, tf.cast(lengths, tf.int64), dtype=tf.float32)""",
    ),
    "basic lstm options": (
        ["rnn/basic_lstm_cell"],
        """cell = tf.contrib.rnn.BasicLSTMCell(3, forget_bias=0.0, activation='relu', reuse=None)
result = tf.nn.dynamic_rnn(cell, x, dtype=tf.float32)""",
    ),
    "lstm initial state": (
        ["rnn/lstm_cell"],
        """start = tf.nn.rnn_cell.LSTMStateTuple(s, h=s * 0.5)
outputs, state = tf.nn.dynamic_rnn(tf.nn.rnn_cell.LSTMCell(3), x, lengths, start)
result = outputs, state.c, state.h""",
    ),
    "peepholes": (
        ["rnn/lstm_cell"],
        """cell = tf.nn.rnn_cell.LSTMCell(3, use_peepholes=True, cell_clip=0.3, initializer=tf.zeros_initializer())
result = tf.nn.dynamic_rnn(cell, x, lengths, dtype=tf.float32)""",
    ),
    "projection": (
        ["rnn/lstm_cell"],
        """cell = tf.nn.rnn_cell.LSTMCell(3, True, num_proj=2, proj_clip=0.2, forget_bias=0.5)
result = tf.nn.dynamic_rnn(cell, x, dtype=tf.float32)""",
    ),
    "projection only": (
        ["rnn/lstm_cell"],
        "result = tf.nn.dynamic_rnn(tf.nn.rnn_cell.LSTMCell(3, num_proj=2), x, lengths, dtype=tf.float32)",
    ),
    "lstm in one matrix": (
        ["rnn/basic_lstm_cell"],
        """cell = tf.nn.rnn_cell.BasicLSTMCell(3, state_is_tuple=False)
result = tf.nn.dynamic_rnn(cell, x, lengths, initial_state=cell.zero_state(tf.shape(x)[0], tf.float32))""",
    ),
    "projection in one matrix": (
        ["rnn/lstm_cell"],
        """cell = tf.nn.rnn_cell.LSTMCell(3, num_proj=2, state_is_tuple=False)
result = tf.nn.dynamic_rnn(cell, x, dtype=tf.float32)""",
    ),
    "layer norm": (
        ["rnn/layer_norm_basic_lstm_cell"],
        """cell = tf.contrib.rnn.LayerNormBasicLSTMCell(3, norm_gain=0.5, norm_shift=0.1)
result = tf.nn.dynamic_rnn(cell, x, lengths, dtype=tf.float32)""",
    ),
    "stack": (
        ["rnn/multi_rnn_cell/cell_0/basic_lstm_cell", "rnn/multi_rnn_cell/cell_1/gru_cell"],
        """cells = [tf.nn.rnn_cell.BasicLSTMCell(3), tf.nn.rnn_cell.GRUCell(2)]
result = tf.nn.dynamic_rnn(tf.nn.rnn_cell.MultiRNNCell(cells), x, lengths, dtype=tf.float32)""",
    ),
    "stack of one cell": (
        ["rnn/multi_rnn_cell/cell_0/basic_lstm_cell"],
        """cell = tf.contrib.rnn.MultiRNNCell([tf.contrib.rnn.BasicLSTMCell(2)] * 2, state_is_tuple=True)
start = cell.zero_state(batch_size=tf.shape(x)[0], dtype=tf.float32)
outputs, state = tf.nn.dynamic_rnn(cell, x, initial_state=start)
result = outputs, state[-1].h""",
    ),
    "stack in one matrix": (
        [
            "rnn/multi_rnn_cell/cell_0/gru_cell",
            "rnn/multi_rnn_cell/cell_1/basic_lstm_cell",
        ],
        """cells = [tf.nn.rnn_cell.GRUCell(2), tf.nn.rnn_cell.BasicLSTMCell(3, state_is_tuple=False)]
cell = tf.nn.rnn_cell.MultiRNNCell(cells, state_is_tuple=False)
result = tf.nn.dynamic_rnn(cell, x, lengths, dtype=tf.float32)""",
    ),
    "dropout that keeps all": (
        ["rnn/multi_rnn_cell/cell_0/lstm_cell", "rnn/multi_rnn_cell/cell_1/gru_cell"],
        """keep = tf.constant(1.0)
first = tf.nn.rnn_cell.DropoutWrapper(tf.nn.rnn_cell.LSTMCell(3), keep, keep, state_keep_prob=keep)
second = tf.nn.rnn_cell.DropoutWrapper(tf.nn.rnn_cell.GRUCell(2), output_keep_prob=1.0)
cell = tf.nn.rnn_cell.MultiRNNCell([first, second])
result = tf.nn.dynamic_rnn(cell, x, lengths, dtype=tf.float32)""",
    ),
    "residual": (
        ["rnn/gru_cell"],
        """cell = tf.nn.rnn_cell.ResidualWrapper(tf.nn.rnn_cell.GRUCell(2))
result = tf.nn.dynamic_rnn(cell, x, lengths, dtype=tf.float32)""",
    ),
    "residual function": (
        ["rnn/gru_cell"],
        """placed = tf.nn.rnn_cell.DeviceWrapper(tf.nn.rnn_cell.GRUCell(2), '/cpu:0')
cell = tf.nn.rnn_cell.ResidualWrapper(placed, lambda inputs, outputs: inputs - 2 * outputs)
result = tf.nn.dynamic_rnn(cell, x, dtype=tf.float32)""",
    ),
    "bidirectional": (
        ["bidirectional_rnn/fw/gru_cell", "bidirectional_rnn/bw/lstm_cell"],
        """cells = tf.nn.rnn_cell.GRUCell(3), tf.nn.rnn_cell.LSTMCell(2)
result = tf.nn.bidirectional_dynamic_rnn(cells[0], cells[1], x, dtype=tf.float32)""",
    ),
    "bidirectional lengths": (
        ["both/fw/gru_cell", "both/bw/gru_cell"],
        """result = tf.nn.bidirectional_dynamic_rnn(
    tf.nn.rnn_cell.GRUCell(3), tf.nn.rnn_cell.GRUCell(3), tf.transpose(x, [1, 0, 2]), lengths, s,
    initial_state_bw=2 * s, time_major=True, scope='both')""",
    ),
    "stack of bidirectional": (
        [
            "stack_bidirectional_rnn/cell_0/bidirectional_rnn/fw/gru_cell",
            "stack_bidirectional_rnn/cell_1/bidirectional_rnn/fw/gru_cell",
            "stack_bidirectional_rnn/cell_0/bidirectional_rnn/bw/basic_rnn_cell",
            "stack_bidirectional_rnn/cell_1/bidirectional_rnn/bw/basic_rnn_cell",
        ],
        """forwards = [tf.contrib.rnn.GRUCell(3), tf.contrib.rnn.GRUCell(2)]
backwards = [tf.contrib.rnn.BasicRNNCell(2), tf.contrib.rnn.BasicRNNCell(3)]
result = tf.contrib.rnn.stack_bidirectional_dynamic_rnn(
    forwards, backwards, x, initial_states_fw=[s, s[:, :2]], sequence_length=lengths, dtype=tf.float32)""",
    ),
    "static": (
        ["rnn/basic_lstm_cell"],
        """cell = tf.contrib.rnn.BasicLSTMCell(3)
outputs, state = tf.contrib.rnn.static_rnn(cell, tf.unstack(x, 4, 1), dtype=tf.float32)
result = outputs, state""",
    ),
    "static lengths": (
        ["rnn/gru_cell"],
        """cell = tf.nn.rnn_cell.GRUCell(3)
result = tf.nn.static_rnn(cell, tf.unstack(x, 4, 1), s, sequence_length=lengths)""",
    ),
    "static bidirectional": (
        ["bidirectional_rnn/fw/gru_cell", "bidirectional_rnn/bw/lstm_cell"],
        """result = tf.nn.static_bidirectional_rnn(
    tf.nn.rnn_cell.GRUCell(3), tf.nn.rnn_cell.LSTMCell(2), tf.unstack(x, 4, 1), dtype=tf.float32)""",
    ),
    "static bidirectional lengths": (
        ["bidirectional_rnn/fw/gru_cell", "bidirectional_rnn/bw/gru_cell"],
        """result = tf.contrib.rnn.static_bidirectional_rnn(
    tf.nn.rnn_cell.GRUCell(3), tf.nn.rnn_cell.GRUCell(3), tf.unstack(x, 4, 1), initial_state_bw=s, dtype=tf.float32,
    sequence_length=lengths)""",
    ),
    "decoder": (
        ["rnn_decoder/gru_cell"],
        """result = tf.contrib.legacy_seq2seq.rnn_decoder(tf.unstack(x, 4, 1), s, tf.nn.rnn_cell.GRUCell(3))""",
    ),
    "decoder that reads itself": (
        ["decoder/lstm_cell"],
        """start = tf.nn.rnn_cell.LSTMStateTuple(s, s)
result = tf.contrib.legacy_seq2seq.rnn_decoder(
    tf.unstack(x, 4, 1), start, tf.nn.rnn_cell.LSTMCell(3), lambda output, step: output[:, :2] * step,
    scope='decoder')""",
    ),
    "sequence losses": (
        ["rnn/basic_rnn_cell"],
        """logits, _ = tf.nn.dynamic_rnn(tf.nn.rnn_cell.BasicRNNCell(3), x, dtype=tf.float32)
targets = tf.constant([[0, 1, 2, 0], [1, 1, 2, 0], [2, 0, 0, 1]])[:tf.shape(x)[0]]
weights = tf.sequence_mask(lengths, 4, dtype=tf.float32) + s[:, :1]
loss = lambda labels, logits: tf.reduce_sum(tf.one_hot(labels, 3) * logits ** 2, axis=1)
result = [
    tf.contrib.seq2seq.sequence_loss(logits, targets, weights),
    tf.contrib.seq2seq.sequence_loss(logits, targets, 0 * weights),
    tf.contrib.seq2seq.sequence_loss(logits, targets, weights, average_across_batch=False),
    tf.contrib.seq2seq.sequence_loss(logits, targets, weights, False, softmax_loss_function=loss),
    tf.contrib.seq2seq.sequence_loss(logits, targets, weights, False, False),
]""",
    ),
    "sequence losses of lists": (
        ["rnn/basic_rnn_cell"],
        """logits, _ = tf.nn.static_rnn(tf.nn.rnn_cell.BasicRNNCell(3), tf.unstack(x, 4, 1), dtype=tf.float32)
targets = [tf.constant(step)[:tf.shape(x)[0]] for step in ([0, 1, 2], [[1], [1], [0]], [2, 2, 0], [0, 0, 1])]
weights = tf.unstack(tf.sequence_mask(lengths, 4, dtype=tf.float32) + s[:, :1], 4, 1)
loss = lambda labels, logits: tf.reduce_sum(logits ** 2, axis=1) * tf.cast(tf.reshape(labels, [-1]), tf.float32)
result = [
    tf.contrib.legacy_seq2seq.sequence_loss_by_example(logits, targets, weights),
    tf.contrib.legacy_seq2seq.sequence_loss_by_example(logits, targets, weights, average_across_timesteps=False),
    tf.contrib.legacy_seq2seq.sequence_loss_by_example(logits, targets, weights, softmax_loss_function=loss),
]""",
    ),
    "calls": (
        ["lstm_cell"],
        """cell = tf.nn.rnn_cell.LSTMCell(3)
state = cell.zero_state(tf.shape(x)[0], tf.float32)
for step in range(2):
    output, state = cell(x[:, step], state)
result = output, state, cell.state_size.c * state.h, cell.output_size * output""",
    ),
    "float64": (
        ["rnn/basic_lstm_cell"],
        """cell = tf.nn.rnn_cell.BasicLSTMCell(3, dtype=tf.float64)
result = tf.nn.dynamic_rnn(cell, tf.cast(x, tf.float64), lengths, dtype=tf.float64)""",
    ),
}


def values(shape, start):
    """Returns numbers between -1 and 1 that look random; a test makes the same."""
    return np.sin(np.arange(np.prod(shape)) * 1.7 + start).reshape(shape)


def record(code):
    with tf.Graph().as_default(), tf.Session() as sess:
        names = {
            "tf": tf,
            "x": tf.placeholder(tf.float32, [None, 4, 2]),
            "lengths": tf.placeholder(tf.int32, [None]),
            "s": tf.placeholder(tf.float32, [None, 3]),
        }
        exec(code, names)
        results = tf.nest.flatten(names["result"])
        loss = tf.add_n([tf.reduce_sum(tf.cast(tf.square(each), tf.float32)) for each in results])
        variables = tf.global_variables()
        gradients = tf.gradients(loss, variables + [names["x"]])
        sess.run(tf.global_variables_initializer())
        initial = sess.run(variables)
        for number, variable in enumerate(variables):
            variable.load(values(variable.shape.as_list(), number), sess)
        feed = {names["x"]: values([3, 4, 2], 0.5), names["lengths"]: [3, 1, 2], names["s"]: values([3, 3], 0.3)}
        found = sess.run(results + gradients, feed)
        return {
            "variables": {variable.op.name: variable.shape.as_list() for variable in variables},
            # A constant is what all biases start with, and nothing is said of random numbers.
            "constants": {
                variable.op.name: float(value.flat[0])
                for variable, value in zip(variables, initial)
                if np.all(value == value.flat[0])
            },
            "results": [rounded(each) for each in found[: len(results)]],
            "gradients": [rounded(each) for each in found[len(results) :]],
        }


def rounded(array):
    return [float("%.9g" % number) for number in np.ravel(array)]


def main():
    tf.logging.set_verbosity(tf.logging.ERROR)
    found = {name: dict(record(code), scopes=scopes, code=code) for name, (scopes, code) in NETWORKS.items()}
    FILE.write_text(json.dumps(found).replace("}, ", "},\n") + "\n")
    print("%d networks" % len(found))


if __name__ == "__main__":
    main()
