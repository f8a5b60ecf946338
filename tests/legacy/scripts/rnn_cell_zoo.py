"""One small sequence through many cells: wrappers, layer norm, peepholes, projection, attention, UGRNN, raw_rnn."""
from __future__ import print_function

import numpy as np
import tensorflow as tf

rnn = tf.contrib.rnn
data = np.random.RandomState(9).randn(2, 4, 3).astype(np.float32)

cells = [
    ('basic rnn', lambda: tf.nn.rnn_cell.BasicRNNCell(3, activation=tf.nn.relu)),
    ('gru', lambda: tf.nn.rnn_cell.GRUCell(3, bias_initializer=tf.constant_initializer(0.5))),
    ('gru block', lambda: rnn.GRUBlockCellV2(3)),
    ('lstm block', lambda: rnn.LSTMBlockCell(3)),
    ('lstm projected', lambda: tf.nn.rnn_cell.LSTMCell(4, num_proj=3, cell_clip=1.0, state_is_tuple=False)),
    ('layer norm', lambda: rnn.LayerNormBasicLSTMCell(3, layer_norm=True)),
    ('residual', lambda: tf.nn.rnn_cell.ResidualWrapper(rnn.BasicLSTMCell(3))),
    ('input projection', lambda: rnn.InputProjectionWrapper(rnn.BasicRNNCell(3), 2)),
    ('output projection', lambda: rnn.OutputProjectionWrapper(rnn.BasicRNNCell(3), 2)),
    ('attention', lambda: rnn.AttentionCellWrapper(rnn.BasicLSTMCell(3), 2, state_is_tuple=True)),
    ('ugrnn', lambda: rnn.UGRNNCell(3)),
    ('stack', lambda: rnn.MultiRNNCell([rnn.GRUCell(2), tf.nn.rnn_cell.DeviceWrapper(rnn.GRUCell(3), '/cpu:0')])),
    ('dropout', lambda: rnn.DropoutWrapper(rnn.GRUCell(3), input_keep_prob=0.8, variational_recurrent=True,
                                           input_size=3, dtype=tf.float32, seed=2)),
]

for name, make in cells:
    with tf.Graph().as_default(), tf.Session() as sess:
        tf.set_random_seed(12)
        cell = make()
        outputs, state = tf.nn.dynamic_rnn(cell, data, dtype=tf.float32, scope='seq')
        sess.run(tf.global_variables_initializer())
        values = sess.run(outputs)
        print('%-17s %2d variables, output %s, sum %.6f' % (name, len(tf.global_variables()), outputs.shape, values.sum()))
        print('    ', values[1, -1].tolist())

# raw_rnn: the loop written by hand, every step's input depends on the last output
tf.reset_default_graph()
tf.set_random_seed(12)
cell = tf.nn.rnn_cell.LSTMCell(3)


def loop_fn(time, cell_output, cell_state, loop_state):
    if cell_output is None:
        return time >= tf.constant([4, 2]), tf.zeros([2, 3]), cell.zero_state(2, tf.float32), cell_output, None
    return time >= tf.constant([4, 2]), tf.tanh(cell_output * 2 + 0.3), cell_state, cell_output, None


outputs_ta, final_state, _ = tf.nn.raw_rnn(cell, loop_fn)
stacked = outputs_ta.stack()
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    result, state = sess.run([stacked, final_state])
    print('raw_rnn', result.shape, result[:, 1, 0].tolist(), state.c.tolist())
