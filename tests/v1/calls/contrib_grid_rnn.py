"""Small uses of ``tf.contrib.grid_rnn``."""

from .inputs import normal

CELLS = {
    "Grid1BasicRNNCell": {},
    "Grid1BasicLSTMCell": {"forget_bias": 0.5},
    "Grid1LSTMCell": {"use_peepholes": True},
    "Grid2BasicRNNCell": {"tied": True},
    "Grid2BasicLSTMCell": {"tied": True, "forget_bias": 0.5},
    "Grid2LSTMCell": {"use_peepholes": True, "forget_bias": 0.5},
    "Grid3LSTMCell": {"tied": True, "use_peepholes": True},
    "Grid2GRUCell": {"tied": True},
}


def _run(make, depth=3, scope=None):
    """One step from a zero state, and one more that reuses the variables."""

    def call(tf):
        cell = make(tf)
        with tf.variable_scope("net", initializer=tf.random_uniform_initializer(-1, 1, seed=2)) as outer:
            state = cell.zero_state(2, tf.float32)
            output, state = cell(normal(2, depth)(tf), state, scope)
            outer.reuse_variables()
            output, state = cell(normal(2, depth)(tf), state, scope)
        return [output, state, str(cell.state_size), str(cell.output_size)]

    return call


def _named(name, **options):
    return _run(lambda tf: getattr(tf.contrib.grid_rnn, name)(4, **options))


def _generic(depth=4, **options):
    return _run(lambda tf: tf.contrib.grid_rnn.GridRNNCell(2, **options), depth)


def _without_state(name, **options):
    return _run(lambda tf: getattr(tf.contrib.grid_rnn, name)(4, non_recurrent_fn=tf.nn.tanh, **options))


def _of_gru(tf):
    options = {"input_dims": [0, 1], "output_dims": [1], "priority_dims": [1]}
    return tf.contrib.grid_rnn.GridRNNCell(2, 3, cell_fn=lambda units: tf.contrib.rnn.GRUCell(units), **options)


def _dynamic(tf):
    cell = tf.contrib.grid_rnn.Grid2LSTMCell(4, output_is_tuple=False)
    inputs = normal(2, 5, 3)(tf)
    outputs, state = tf.nn.dynamic_rnn(cell, inputs, sequence_length=[5, 2], dtype=tf.float32)
    return [outputs, state]


def _static(tf):
    cell = tf.contrib.grid_rnn.Grid1LSTMCell(4)
    outputs, state = tf.nn.static_rnn(cell, [normal(2, 3)(tf)] * 3, dtype=tf.float32)
    return [outputs, state]


def _wrong_state(tf):
    cell = tf.contrib.grid_rnn.Grid2GRUCell(4)
    return cell(normal(2, 3)(tf), (tf.zeros([2, 4]),))


def _no_cell(tf):
    return tf.contrib.grid_rnn.GridRNNCell(2, cell_fn=lambda units: units)


CALLS = {}
for _name, _options in CELLS.items():
    CALLS[_name] = _named(_name)
    CALLS[_name + " with options"] = _named(_name, **_options)
    CALLS[_name + " side by side"] = _named(_name, state_is_tuple=False, output_is_tuple=False)
    if not _name.startswith("Grid1"):
        CALLS[_name + " without state in a dimension"] = _without_state(_name)
        CALLS[_name + " without state in a dimension, tied"] = _without_state(_name, tied=True)
CALLS.update(
    {
        "GridRNNCell": _generic(),
        "GridRNNCell of inputs": _generic(input_dims=[0]),
        "GridRNNCell of two inputs": _generic(num_dims=2, input_dims=[0, 1], output_dims=[0, 1]),
        "GridRNNCell of priorities": _generic(num_dims=3, input_dims=0, output_dims=[2, 1], priority_dims=[0, 2]),
        "GridRNNCell of no state": _generic(num_dims=2, input_dims=[0, 1], output_dims=0, non_recurrent_dims=[0, 1]),
        "GridRNNCell of no state side by side": _generic(
            num_dims=2, input_dims=[0, 1], non_recurrent_dims=[0, 1], state_is_tuple=False, output_is_tuple=False
        ),
        "GridRNNCell of no inputs": _generic(depth=0, num_dims=2, input_dims=0, output_dims=0),
        "GridRNNCell in a scope": _run(lambda tf: tf.contrib.grid_rnn.Grid1LSTMCell(3), scope="given"),
        "GridRNNCell of GRUs": _run(_of_gru, depth=4),
        "dynamic_rnn": _dynamic,
        "static_rnn": _static,
        "GridRNNCell of no dimension": lambda tf: tf.contrib.grid_rnn.GridRNNCell(2, 0),
        "GridRNNCell of a dimension that is not": lambda tf: tf.contrib.grid_rnn.GridRNNCell(2, 2, input_dims=2),
        "GridRNNCell of no cell": _no_cell,
        "GridRNNCell of another state": _wrong_state,
    }
)
