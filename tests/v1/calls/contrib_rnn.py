"""Small uses of the cells of ``tf.contrib.rnn``."""

import numpy as np

from .inputs import normal

SEQUENCES, PAIRS, VECTORS, BLOCKS = normal(2, 2, 2), normal(2, 2, 4), normal(2, 3), normal(2, 6)
PICTURES = normal(2, 2, 3, 3, 1)
ROWS = normal(2, 3, 3)


def flat(*parts):
    for part in parts:
        if isinstance(part, dict):
            part = [part[key] for key in sorted(part)]
        if isinstance(part, (tuple, list)):
            for each in flat(*part):
                yield each
        else:
            yield part


def joined(tf, *parts):
    """Four numbers, on each of which every element of the parts has an influence of its own."""
    elements = tf.concat([tf.reshape(part, [-1]) for part in flat(*parts)], 0)
    count = int(elements.shape[0])
    weights = np.cos(np.arange(4 * count)).reshape(count, 4)
    return tf.matmul([elements], weights.astype(np.float32))


def dynamic(make_cell, inputs=SEQUENCES, **options):
    def call(tf):
        outputs, state = tf.nn.dynamic_rnn(make_cell(tf.contrib.rnn, tf), inputs(tf), dtype=tf.float32, **options)
        return joined(tf, outputs, state)

    return call


def static(make_cell, inputs=SEQUENCES):
    def call(tf):
        steps = tf.unstack(inputs(tf), axis=1)
        return joined(tf, *tf.contrib.rnn.static_rnn(make_cell(tf.contrib.rnn, tf), steps, dtype=tf.float32))

    return call


def forward(call):
    """The call without gradients."""
    return lambda tf: tf.stop_gradient(call(tf))


def _seeded(tf):
    tf.set_random_seed(5)
    cell = tf.contrib.rnn.LayerNormBasicLSTMCell(3, dropout_keep_prob=0.5, dropout_prob_seed=7)
    outputs, _ = tf.nn.static_rnn(cell, tf.unstack(SEQUENCES(tf), axis=1), dtype=tf.float32)
    return tf.concat(outputs, 0)


def _initial_values(tf):
    tf.set_random_seed(5)
    cell = tf.contrib.rnn.PhasedLSTMCell(2)
    cell((tf.ones([2, 1]), VECTORS(tf)), cell.zero_state(2, tf.float32))
    values = [variable.initial_value for variable in tf.global_variables()[-3:]]

    def bounded(session):
        period, phase, ratio_on = session.run(values)
        return [bool((period >= 1).all() and (period <= 1000).all()), bool((phase >= 0).all()), ratio_on]

    return bounded


def _seeded_weights(tf):
    tf.set_random_seed(5)
    rnn = tf.contrib.rnn
    cell = rnn.MultiRNNCell([rnn.LayerNormBasicLSTMCell(2), rnn.NASCell(2), rnn.UGRNNCell(2), rnn.GLSTMCell(2)])
    rnn.static_rnn(cell, tf.unstack(SEQUENCES(tf), axis=1), dtype=tf.float32)
    kernels = [variable.initial_value for variable in tf.global_variables() if "kernel" in variable.op.name]
    return lambda session: [value[0] for value in session.run(kernels)]


def _phased(**options):
    def call(tf):
        times = tf.reshape(tf.linspace(1.0, 9.0, 4), [2, 2, 1])
        cell = tf.contrib.rnn.PhasedLSTMCell(2, **options)
        return joined(tf, *tf.nn.dynamic_rnn(cell, (times, SEQUENCES(tf)), dtype=tf.float32))

    return call


def _one_step(make_cell, inputs):
    def call(tf):
        cell = make_cell(tf.contrib.rnn)
        return joined(tf, *cell(inputs(tf), cell.zero_state(2, tf.float32)))

    return call


def _used_twice(tf):
    cell = tf.contrib.rnn.LayerNormBasicLSTMCell(3)
    with tf.variable_scope("one") as scope:
        first, _ = tf.nn.static_rnn(cell, [VECTORS(tf)], dtype=tf.float32)
        scope.reuse_variables()
        second, _ = tf.nn.static_rnn(cell, [VECTORS(tf)], dtype=tf.float32)
    return first[0] + 2 * second[0]


def _sharded(tf):
    with tf.variable_scope("shards", initializer=tf.ones_initializer()):
        cell = tf.contrib.rnn.CoupledInputForgetGateLSTMCell(2, num_unit_shards=2, num_proj=2, num_proj_shards=2)
        outputs, _ = tf.nn.static_rnn(cell, [SEQUENCES(tf)[0]], dtype=tf.float32)
    return outputs


def _frequencies(**options):
    def call(tf):
        cell = tf.contrib.rnn.TimeFreqLSTMCell(2, feature_size=2, frequency_skip=2, **options)
        state = tf.reshape(tf.linspace(-1.0, 1.0, 24), [2, 12])
        return joined(tf, *cell(normal(2, 6)(tf), state))

    return call


def _grid(name="GridLSTMCell", blocks=(3,), **options):
    def call(tf):
        cell = getattr(tf.contrib.rnn, name)(
            1, feature_size=2, frequency_skip=2, num_frequency_blocks=list(blocks), **options
        )
        zeros = flat(cell.zero_state(2, tf.float32))
        values = [
            zero + tf.reshape(tf.linspace(-1.0, 1.0, int(zero.shape.num_elements())), zero.shape) for zero in zeros
        ]
        state = cell.state_tuple_type(*values) if cell.state_tuple_type else values[0]
        return joined(tf, *cell(BLOCKS(tf), state))

    return call


CALLS = {
    "BasicRNNCell": forward(dynamic(lambda rnn, tf: rnn.BasicRNNCell(2))),
    "BasicLSTMCell": forward(dynamic(lambda rnn, tf: rnn.BasicLSTMCell(2))),
    "GRUCell": forward(static(lambda rnn, tf: rnn.GRUCell(2))),
    "LSTMCell": forward(static(lambda rnn, tf: rnn.LSTMCell(2, use_peepholes=True, num_proj=1))),
    "LSTMStateTuple": lambda tf: list(tf.contrib.rnn.LSTMStateTuple(c=1, h=2)._asdict().items()),
    "RNNCell is the base": lambda tf: issubclass(tf.contrib.rnn.UGRNNCell, tf.nn.rnn_cell.RNNCell),
    "LayerRNNCell is a base": lambda tf: issubclass(tf.nn.rnn_cell.GRUCell, tf.contrib.rnn.LayerRNNCell),
    "LayerNormBasicLSTMCell": dynamic(lambda rnn, tf: rnn.LayerNormBasicLSTMCell(3)),
    "LayerNormBasicLSTMCell with options": forward(
        static(lambda rnn, tf: rnn.LayerNormBasicLSTMCell(3, 0.5, activation=tf.nn.relu, norm_gain=0.5, norm_shift=0.1))
    ),
    "LayerNormBasicLSTMCell without normalization": static(
        lambda rnn, tf: rnn.LayerNormBasicLSTMCell(2, layer_norm=False)
    ),
    "LayerNormBasicLSTMCell with dropout": forward(_seeded),
    "LayerNormBasicLSTMCell used twice": forward(_used_twice),
    "LayerNormBasicLSTMCell of vectors": static(lambda rnn, tf: rnn.LayerNormBasicLSTMCell(2), VECTORS),
    "weights of a seed": _seeded_weights,
    "CoupledInputForgetGateLSTMCell": static(lambda rnn, tf: rnn.CoupledInputForgetGateLSTMCell(2)),
    "CoupledInputForgetGateLSTMCell with peepholes and projection": forward(
        static(
            lambda rnn, tf: rnn.CoupledInputForgetGateLSTMCell(
                2, use_peepholes=True, num_proj=1, proj_clip=0.1, state_is_tuple=False
            )
        )
    ),
    "CoupledInputForgetGateLSTMCell with normalization": forward(
        static(lambda rnn, tf: rnn.CoupledInputForgetGateLSTMCell(3, layer_norm=True, forget_bias=0.5))
    ),
    "CoupledInputForgetGateLSTMCell with shards": forward(_sharded),
    "CoupledInputForgetGateLSTMCell with too many shards": static(
        lambda rnn, tf: rnn.CoupledInputForgetGateLSTMCell(2, num_unit_shards=9)
    ),
    "TimeFreqLSTMCell": _frequencies(),
    "TimeFreqLSTMCell with peepholes and clip": forward(_frequencies(use_peepholes=True, cell_clip=0.3)),
    "TimeFreqLSTMCell without feature size": static(lambda rnn, tf: rnn.TimeFreqLSTMCell(2)),
    "GridLSTMCell": _grid(),
    "GridLSTMCell with peepholes": forward(_grid(use_peepholes=True, cell_clip=0.5)),
    "GridLSTMCell with shared weights": forward(
        _grid(use_peepholes=True, share_time_frequency_weights=True, state_is_tuple=False)
    ),
    "GridLSTMCell with coupled gates": forward(_grid(use_peepholes=True, couple_input_forget_gates=True)),
    "GridLSTMCell of two blocks": forward(
        _grid(blocks=(2, 1), start_freqindex_list=[0, 4], end_freqindex_list=[4, 6], state_is_tuple=False)
    ),
    "GridLSTMCell of another size": _grid(blocks=(2,)),
    "GridLSTMCell without blocks": lambda tf: tf.contrib.rnn.GridLSTMCell(1),
    "BidirectionalGridLSTMCell": forward(_grid("BidirectionalGridLSTMCell")),
    "BidirectionalGridLSTMCell with offset": forward(_grid("BidirectionalGridLSTMCell", backward_slice_offset=1)),
    "BidirectionalGridLSTMCell with negative offset": forward(
        _grid("BidirectionalGridLSTMCell", backward_slice_offset=-1)
    ),
    "NASCell": dynamic(lambda rnn, tf: rnn.NASCell(2)),
    "NASCell with projection and bias": forward(static(lambda rnn, tf: rnn.NASCell(2, 1, True, name="nas"))),
    "NASCell of vectors": static(lambda rnn, tf: rnn.NASCell(2), VECTORS),
    "UGRNNCell": static(lambda rnn, tf: rnn.UGRNNCell(2, forget_bias=0.5)),
    "IntersectionRNNCell": static(lambda rnn, tf: rnn.IntersectionRNNCell(2, y_activation=tf.tanh)),
    "IntersectionRNNCell with projection": forward(static(lambda rnn, tf: rnn.IntersectionRNNCell(3, 3))),
    "IntersectionRNNCell of another size": static(lambda rnn, tf: rnn.IntersectionRNNCell(3)),
    "SRUCell": static(lambda rnn, tf: rnn.SRUCell(2)),
    "SRUCell of vectors": static(lambda rnn, tf: rnn.SRUCell(2, tf.nn.relu), VECTORS),
    "IndRNNCell": dynamic(lambda rnn, tf: rnn.IndRNNCell(2)),
    "IndyGRUCell": static(lambda rnn, tf: rnn.IndyGRUCell(2)),
    "IndyGRUCell with initializers": forward(
        static(
            lambda rnn, tf: rnn.IndyGRUCell(2, tf.nn.relu, None, tf.zeros_initializer(), tf.ones_initializer(), "indy")
        )
    ),
    "IndyLSTMCell": static(lambda rnn, tf: rnn.IndyLSTMCell(2, 0.5)),
    "PhasedLSTMCell": _phased(),
    "PhasedLSTMCell with peepholes": forward(_phased(use_peepholes=True, ratio_on=0.3, trainable_ratio_on=False)),
    "PhasedLSTMCell initial values": _initial_values,
    "PhasedLSTMCell without time": static(lambda rnn, tf: rnn.PhasedLSTMCell(2)),
    "Conv1DLSTMCell": _one_step(
        lambda rnn: rnn.Conv1DLSTMCell(input_shape=[3, 3], output_channels=1, kernel_shape=[2]), ROWS
    ),
    "Conv2DLSTMCell": static(
        lambda rnn, tf: rnn.Conv2DLSTMCell(input_shape=[3, 3, 1], output_channels=2, kernel_shape=[2, 2]), PICTURES
    ),
    "Conv3DLSTMCell": _one_step(
        lambda rnn: rnn.Conv3DLSTMCell(
            input_shape=[2, 3, 3, 1], output_channels=1, kernel_shape=[1, 2, 2], use_bias=False
        ),
        PICTURES,
    ),
    "ConvLSTMCell with skip connection": forward(
        _one_step(lambda rnn: rnn.ConvLSTMCell(1, [3, 3], 1, [2], skip_connection=True, forget_bias=0.5), ROWS)
    ),
    "ConvLSTMCell of another rank": lambda tf: tf.contrib.rnn.ConvLSTMCell(2, [3, 3], 1, [2]),
    "GLSTMCell": static(lambda rnn, tf: rnn.GLSTMCell(2)),
    "GLSTMCell with groups and projection": forward(
        static(lambda rnn, tf: rnn.GLSTMCell(4, num_proj=2, number_of_groups=2, activation=tf.nn.relu), PAIRS)
    ),
    "GLSTMCell of inputs that have no such groups": dynamic(lambda rnn, tf: rnn.GLSTMCell(3, number_of_groups=3)),
    "GLSTMCell without such groups": lambda tf: tf.contrib.rnn.GLSTMCell(3, number_of_groups=2),
    "LSTMBlockCell": dynamic(lambda rnn, tf: rnn.LSTMBlockCell(2)),
    "LSTMBlockCell with peepholes and clip": forward(
        static(lambda rnn, tf: rnn.LSTMBlockCell(2, forget_bias=0.5, cell_clip=0.2, use_peephole=True))
    ),
    "LSTMBlockCell of vectors": static(lambda rnn, tf: rnn.LSTMBlockCell(2), VECTORS),
    "GRUBlockCell": static(lambda rnn, tf: rnn.GRUBlockCell(2)),
    "GRUBlockCell by its old argument": forward(static(lambda rnn, tf: rnn.GRUBlockCell(cell_size=2))),
    "GRUBlockCell without size": lambda tf: tf.contrib.rnn.GRUBlockCell(),
    "GRUBlockCellV2": forward(static(lambda rnn, tf: rnn.GRUBlockCellV2(2))),
}
