"""Small uses of the wrappers, fused cells and functions of ``tf.contrib.rnn``."""

from .contrib_rnn import SEQUENCES, VECTORS, dynamic, forward, joined, static


def _fused(make_cell, as_list=False, **options):
    def call(tf):
        inputs = tf.unstack(SEQUENCES(tf)) if as_list else SEQUENCES(tf)
        outputs, state = make_cell(tf.contrib.rnn)(inputs, dtype=tf.float32, **options)
        return joined(tf, outputs, state)

    return call


def _shapes(make_cell, inputs=SEQUENCES):
    """Random numbers: the shapes and what is always true of them."""

    def call(tf):
        outputs, _ = tf.nn.dynamic_rnn(make_cell(tf.contrib.rnn), inputs(tf), dtype=tf.float32)
        return lambda session: list(session.run(outputs).shape)

    return call


def _stacked_dynamic(tf):
    cells = [[tf.contrib.rnn.GRUCell(2), tf.contrib.rnn.BasicRNNCell(1)] for _ in range(2)]
    results = tf.contrib.rnn.stack_bidirectional_dynamic_rnn(
        cells[0], cells[1], SEQUENCES(tf), dtype=tf.float32, sequence_length=[2, 1]
    )
    return joined(tf, *results)


def _stacked_static(tf):
    cells = [[tf.contrib.rnn.BasicRNNCell(2), tf.contrib.rnn.BasicRNNCell(1)] for _ in range(2)]
    states = [tf.ones([2, 2]), tf.ones([2, 1])]
    inputs = tf.unstack(SEQUENCES(tf), axis=1)
    results = tf.contrib.rnn.stack_bidirectional_rnn(
        cells[0], cells[1], inputs, states, states, dtype=tf.float32, scope="both"
    )
    return joined(tf, *results)


def _bidirectional(tf):
    cells = tf.contrib.rnn.BasicRNNCell(2), tf.contrib.rnn.BasicLSTMCell(1)
    inputs = tf.unstack(SEQUENCES(tf), axis=1)
    return joined(tf, *tf.contrib.rnn.static_bidirectional_rnn(cells[0], cells[1], inputs, dtype=tf.float32))


def _state_saving(tf):
    class Saver(object):
        def __init__(self):
            self.states = {}

        def state(self, name):
            return self.states.setdefault(name, tf.ones([2, 2]))

        def save_state(self, name, state):
            self.states[name] = state
            return tf.identity(state)

    inputs = tf.unstack(SEQUENCES(tf), axis=1)
    cell = tf.contrib.rnn.BasicRNNCell(2)
    return joined(tf, *tf.contrib.rnn.static_state_saving_rnn(cell, inputs, Saver(), "state"))


def _embedding(tf):
    cell = tf.contrib.rnn.EmbeddingWrapper(tf.contrib.rnn.BasicLSTMCell(2), 5, 3)
    inputs = [tf.constant([[1], [4]]), tf.constant([[0], [2]])]
    return joined(tf, *tf.contrib.rnn.static_rnn(cell, inputs, dtype=tf.float32))


def _own_fused_cell(tf):
    class Sum(tf.contrib.rnn.FusedRNNCell):
        def __call__(self, inputs, initial_state=None, dtype=None, sequence_length=None, scope=None):
            return tf.cumsum(inputs), tf.reduce_sum(inputs, 0)

    outputs, state = tf.contrib.rnn.TimeReversedFusedRNN(Sum())(SEQUENCES(tf))
    return joined(tf, outputs, state)


def _batch_sizes(tf):
    unknown = tf.placeholder_with_default(VECTORS(tf), [None, 3])
    known = tf.contrib.rnn.best_effort_input_batch_size([unknown, VECTORS(tf)])
    return known, tf.contrib.rnn.best_effort_input_batch_size([unknown])


CALLS = {
    "MultiRNNCell": forward(static(lambda rnn, tf: rnn.MultiRNNCell([rnn.BasicLSTMCell(2), rnn.GRUCell(1)]))),
    "DropoutWrapper": _shapes(lambda rnn: rnn.DropoutWrapper(rnn.GRUCell(2), output_keep_prob=0.5)),
    "ResidualWrapper": forward(static(lambda rnn, tf: rnn.ResidualWrapper(rnn.BasicRNNCell(2)))),
    "DeviceWrapper": forward(static(lambda rnn, tf: rnn.DeviceWrapper(rnn.BasicRNNCell(2), "/cpu:0"))),
    "AttentionCellWrapper": dynamic(lambda rnn, tf: rnn.AttentionCellWrapper(rnn.BasicLSTMCell(2), 2)),
    "AttentionCellWrapper with options": forward(
        static(lambda rnn, tf: rnn.AttentionCellWrapper(rnn.GRUCell(2), 2, 1, 3, 4, state_is_tuple=False))
    ),
    "AttentionCellWrapper of no length": lambda tf: tf.contrib.rnn.AttentionCellWrapper(tf.contrib.rnn.GRUCell(2), 0),
    "AttentionCellWrapper of no cell": lambda tf: tf.contrib.rnn.AttentionCellWrapper(3, 2),
    "HighwayWrapper": static(lambda rnn, tf: rnn.HighwayWrapper(rnn.GRUCell(2))),
    "HighwayWrapper with two gates": forward(
        static(lambda rnn, tf: rnn.HighwayWrapper(rnn.BasicRNNCell(2), couple_carry_transform_gates=False))
    ),
    "HighwayWrapper of another size": dynamic(lambda rnn, tf: rnn.HighwayWrapper(rnn.GRUCell(3))),
    "CompiledWrapper": static(lambda rnn, tf: rnn.CompiledWrapper(rnn.BasicRNNCell(2))),
    "CompiledWrapper of stateful ops": forward(static(lambda rnn, tf: rnn.CompiledWrapper(rnn.BasicRNNCell(2), True))),
    "EmbeddingWrapper": _embedding,
    "EmbeddingWrapper of nothing": lambda tf: tf.contrib.rnn.EmbeddingWrapper(tf.contrib.rnn.GRUCell(2), 0, 3),
    "EmbeddingWrapper of no cell": lambda tf: tf.contrib.rnn.EmbeddingWrapper(3, 5, 3),
    "InputProjectionWrapper": static(lambda rnn, tf: rnn.InputProjectionWrapper(rnn.GRUCell(2), 2, tf.nn.relu)),
    "InputProjectionWrapper of no cell": lambda tf: tf.contrib.rnn.InputProjectionWrapper("cell", 2),
    "OutputProjectionWrapper": static(lambda rnn, tf: rnn.OutputProjectionWrapper(rnn.GRUCell(2), 1, tf.tanh)),
    "OutputProjectionWrapper to nothing": lambda tf: tf.contrib.rnn.OutputProjectionWrapper(
        tf.contrib.rnn.GRUCell(2), 0
    ),
    "LSTMBlockFusedCell": _fused(lambda rnn: rnn.LSTMBlockFusedCell(2)),
    "LSTMBlockFusedCell with lengths and peepholes": forward(
        _fused(lambda rnn: rnn.LSTMBlockFusedCell(2, cell_clip=0.2, use_peephole=True), sequence_length=[2, 0])
    ),
    "LSTMBlockFusedCell of a list": _fused(lambda rnn: rnn.LSTMBlockFusedCell(2), as_list=True),
    "LSTMBlockFusedCell without dtype": lambda tf: tf.contrib.rnn.LSTMBlockFusedCell(2)(SEQUENCES(tf)),
    "LSTMBlockWrapper": lambda tf: tf.contrib.rnn.LSTMBlockWrapper(),
    "FusedRNNCell": lambda tf: tf.contrib.rnn.FusedRNNCell(),
    "FusedRNNCell of one's own": _own_fused_cell,
    "FusedRNNCellAdaptor": forward(_fused(lambda rnn: rnn.FusedRNNCellAdaptor(rnn.GRUCell(2)))),
    "FusedRNNCellAdaptor by dynamic_rnn": forward(
        _fused(
            lambda rnn: rnn.FusedRNNCellAdaptor(rnn.GRUCell(2), use_dynamic_rnn=True),
            as_list=True,
            sequence_length=[1, 2],
        )
    ),
    "TimeReversedFusedRNN": forward(
        _fused(lambda rnn: rnn.TimeReversedFusedRNN(rnn.LSTMBlockFusedCell(2)), sequence_length=[2, 1])
    ),
    "stack_bidirectional_dynamic_rnn": forward(_stacked_dynamic),
    "stack_bidirectional_dynamic_rnn of no cells": lambda tf: tf.contrib.rnn.stack_bidirectional_dynamic_rnn(
        [], [], SEQUENCES(tf)
    ),
    "stack_bidirectional_rnn": forward(_stacked_static),
    "stack_bidirectional_rnn of other depths": lambda tf: tf.contrib.rnn.stack_bidirectional_rnn(
        [tf.contrib.rnn.GRUCell(2)], [tf.contrib.rnn.GRUCell(2)] * 2, [VECTORS(tf)]
    ),
    "static_bidirectional_rnn": forward(_bidirectional),
    "static_state_saving_rnn": _state_saving,
    "transpose_batch_time": lambda tf: tf.contrib.rnn.transpose_batch_time(SEQUENCES(tf)),
    "best_effort_input_batch_size": _batch_sizes,
}
