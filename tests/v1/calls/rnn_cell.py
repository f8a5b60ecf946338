"""Small uses of ``tf.nn.rnn_cell`` with the RNN functions."""

from .inputs import SEQUENCES, VECTORS


def _dynamic(make_cell, **options):
    def call(tf):
        outputs, state = tf.nn.dynamic_rnn(make_cell(tf.nn.rnn_cell, tf), SEQUENCES(tf), dtype=tf.float32, **options)
        return tf.concat([tf.reshape(part, [-1]) for part in _flat(outputs, state)], 0)

    return call


def _flat(*parts):
    for part in parts:
        if isinstance(part, (tuple, list)):
            yield from _flat(*part)
        else:
            yield part


def _static(tf):
    inputs = tf.unstack(SEQUENCES(tf), axis=1)
    outputs, state = tf.nn.static_rnn(tf.nn.rnn_cell.BasicLSTMCell(4), inputs, dtype=tf.float32)
    return tf.concat([tf.reshape(part, [-1]) for part in _flat(outputs, state)], 0)


def _bidirectional(tf):
    cells = tf.nn.rnn_cell.GRUCell(4), tf.nn.rnn_cell.LSTMCell(4)
    outputs, states = tf.nn.bidirectional_dynamic_rnn(
        cells[0], cells[1], SEQUENCES(tf), sequence_length=[6, 3], dtype=tf.float32
    )
    return tf.concat([tf.reshape(part, [-1]) for part in _flat(outputs, states)], 0)


def _one_step(tf):
    cell = tf.nn.rnn_cell.BasicRNNCell(4)
    return cell(VECTORS(tf), cell.zero_state(4, tf.float32))[0]


CALLS = {
    "BasicRNNCell": _dynamic(lambda cells, tf: cells.BasicRNNCell(4)),
    "BasicRNNCell called once": _one_step,
    "BasicLSTMCell": _dynamic(lambda cells, tf: cells.BasicLSTMCell(4)),
    "BasicLSTMCell without forget bias": _dynamic(lambda cells, tf: cells.BasicLSTMCell(4, forget_bias=0.0)),
    "LSTMCell": _dynamic(lambda cells, tf: cells.LSTMCell(4)),
    "LSTMCell with peepholes and projection": _dynamic(
        lambda cells, tf: cells.LSTMCell(4, use_peepholes=True, num_proj=3, cell_clip=1.0, proj_clip=0.5)
    ),
    "GRUCell": _dynamic(lambda cells, tf: cells.GRUCell(4)),
    "GRUCell with relu": _dynamic(lambda cells, tf: cells.GRUCell(4, activation=tf.nn.relu)),
    "MultiRNNCell": _dynamic(lambda cells, tf: cells.MultiRNNCell([cells.BasicLSTMCell(4), cells.GRUCell(3)])),
    "DropoutWrapper that keeps all": _dynamic(
        lambda cells, tf: cells.DropoutWrapper(cells.GRUCell(4), output_keep_prob=1.0)
    ),
    "ResidualWrapper": _dynamic(lambda cells, tf: cells.ResidualWrapper(cells.BasicRNNCell(3))),
    "DeviceWrapper": _dynamic(lambda cells, tf: cells.DeviceWrapper(cells.BasicRNNCell(3), "/cpu:0")),
    "dynamic_rnn with lengths": _dynamic(lambda cells, tf: cells.BasicLSTMCell(4), sequence_length=[6, 2]),
    "dynamic_rnn time major": _dynamic(lambda cells, tf: cells.GRUCell(4), time_major=True),
    "static_rnn": _static,
    "bidirectional_dynamic_rnn": _bidirectional,
    "dynamic_rnn without dtype": lambda tf: tf.nn.dynamic_rnn(tf.nn.rnn_cell.GRUCell(4), SEQUENCES(tf)),
    "dynamic_rnn of no cell": lambda tf: tf.nn.dynamic_rnn(4, SEQUENCES(tf), dtype=tf.float32),
}
