"""Small uses of ``tf.contrib.recurrent``."""

from .inputs import normal


def _cell(theta, state, inputs):
    product = inputs["x"] * theta["a"] + state["s"] * theta["b"]
    return {"s": product, "n": state["n"] + 1.0}, {"sum": inputs["x"] + state["s"]}


def _grad(theta, state, inputs, extras, gradient):
    """Twice the true gradient of ``a``, so that it shows."""
    along = gradient["s"]
    return (
        {"a": 2.0 * along * inputs["x"], "b": along * state["s"]},
        {"s": along * theta["b"], "n": None},
        {"x": along * theta["a"] + 0.0 * extras["sum"]},
    )


def _recurrent(grad=None, **options):
    def call(tf):
        theta = {name: tf.get_variable(name, [2]) for name in "ab"}
        first = {"s": tf.get_variable("first", [2]), "n": tf.zeros([])}
        if "aligned_end" in options:
            # 1.15 takes the gradient of a later first step where its state is zero, whatever that is.
            first["s"] = tf.zeros([2])
        inputs = {"x": normal(4, 2)(tf)}
        extras = {"sum": tf.zeros([2])} if grad else None
        arguments = dict(options)
        if "max_input_length" in options:
            arguments["max_input_length"] = tf.constant(options["max_input_length"])
        states, last = tf.contrib.recurrent.Recurrent(
            theta, first, inputs, cell_fn=_cell, cell_grad=grad, extras=extras, **arguments
        )
        return [states["s"], states["n"], last["s"], last["n"]]

    return call


CELLS = {
    "LSTMCell": lambda tf: tf.nn.rnn_cell.LSTMCell(3),
    "GRUCell": lambda tf: tf.nn.rnn_cell.GRUCell(3),
    "projected LSTMCell": lambda tf: tf.nn.rnn_cell.LSTMCell(3, num_proj=2),
    "MultiRNNCell": lambda tf: tf.nn.rnn_cell.MultiRNNCell(
        [tf.nn.rnn_cell.BasicLSTMCell(3), tf.nn.rnn_cell.GRUCell(2)]
    ),
}


def _functional(make, lengths=None, **options):
    def call(tf):
        arguments = dict(options)
        if lengths is not None:
            arguments["sequence_length"] = tf.constant(lengths)
        outputs, state = tf.contrib.recurrent.functional_rnn(
            make(tf), normal(3, 4, 2)(tf), dtype=tf.float32, **arguments
        )
        return [outputs, state]

    return call


def _initial_state(tf):
    cell = tf.nn.rnn_cell.GRUCell(3)
    outputs, state = tf.contrib.recurrent.functional_rnn(cell, normal(3, 4, 2)(tf), initial_state=tf.ones([3, 3]))
    return [outputs, state, str(outputs.shape), str(state.shape)]


def _bidirectional(lengths=None, **options):
    def call(tf):
        cells = tf.nn.rnn_cell.LSTMCell(3), tf.nn.rnn_cell.GRUCell(2)
        arguments = dict(options)
        if lengths is not None:
            arguments["sequence_length"] = tf.constant(lengths)
        outputs, states = tf.contrib.recurrent.bidirectional_functional_rnn(
            cells[0], cells[1], normal(3, 4, 2)(tf), dtype=tf.float32, **arguments
        )
        return [outputs, states]

    return call


CALLS = {
    "Recurrent": _recurrent(),
    "Recurrent with a gradient": _recurrent(_grad),
    "Recurrent of a length": _recurrent(max_input_length=2),
    "Recurrent of a length with a gradient": _recurrent(_grad, max_input_length=3),
    "Recurrent at the end": _recurrent(max_input_length=3, aligned_end=True),
    "functional_rnn with time first": _functional(CELLS["GRUCell"], [3, 1, 2, 2], time_major=True),
    "functional_rnn in a scope": _functional(CELLS["GRUCell"], scope="given"),
    "functional_rnn reversed": _functional(CELLS["LSTMCell"], reverse=True),
    "functional_rnn reversed with lengths": _functional(CELLS["LSTMCell"], [3, 1, 2], reverse=True),
    "functional_rnn of an empty sequence": _functional(CELLS["LSTMCell"], [4, 0, 2]),
    "functional_rnn with initial state": _initial_state,
    "functional_rnn without type": lambda tf: tf.contrib.recurrent.functional_rnn(
        tf.nn.rnn_cell.GRUCell(3), normal(3, 4, 2)(tf)
    ),
    "bidirectional_functional_rnn": _bidirectional(),
    "bidirectional_functional_rnn of lengths": _bidirectional([4, 1, 2]),
    "bidirectional_functional_rnn with time first": _bidirectional([3, 1, 2, 2], time_major=True),
    "bidirectional_functional_rnn reversed fast": _bidirectional([4, 4, 4], fast_reverse=True, scope="given"),
}
for _name, _make in CELLS.items():
    CALLS["functional_rnn of a " + _name] = _functional(_make)
    CALLS["functional_rnn of lengths of a " + _name] = _functional(_make, [3, 1, 2])
