"""Functions that run a recurrent cell over sequences, as those of TensorFlow 1.x do.

``tf.keras.layers.RNN`` takes a mask in place of lengths, and repeats a sequence's last output where these give zeros.

Source: ``python/ops/rnn.py`` and ``contrib/rnn/python/ops/rnn.py`` of 1.15.
"""

from __future__ import annotations

from tf1graphs.migrate.calls import Definition

RNN_STEP = Definition(
    "rnn_step",
    '''\
def rnn_step(cell, inputs, state, time, sequence_length):
    """Returns output and state after one step; those whose sequence has ended give zeros and keep their state."""
    output, new_state = cell(inputs, state)
    if sequence_length is None:
        return output, new_state
    ended = (time >= sequence_length)[:, tf.newaxis]
    new_state = tf.nest.map_structure(lambda old, new: tf.where(ended, old, new), state, new_state)
    return tf.where(ended, tf.zeros_like(output), output), new_state
''',
)

DYNAMIC_RNN = Definition(
    "dynamic_rnn",
    '''\
def dynamic_rnn(
    cell, inputs, sequence_length=None, initial_state=None, dtype=tf.float32, parallel_iterations=32, time_major=False
):
    """Runs a cell over inputs, [batch, time, size] or time first; returns the outputs of all steps and the last state.

    Behind the end of a sequence its outputs are zero, and its state stays as it is.
    """
    if not time_major:
        inputs = tf.transpose(inputs, [1, 0, 2])
    steps, batch_size = inputs.shape[0] or tf.shape(inputs)[0], inputs.shape[1] or tf.shape(inputs)[1]
    state = cell.zero_state(batch_size, dtype) if initial_state is None else initial_state
    end = steps
    if sequence_length is not None:
        sequence_length = tf.cast(sequence_length, tf.int32)
        end = tf.minimum(steps, tf.maximum(1, tf.reduce_max(sequence_length)))
    sources = tf.TensorArray(inputs.dtype, steps, element_shape=inputs.shape[1:]).unstack(inputs)
    shape = [inputs.shape[1], cell.output_size]
    results = tf.TensorArray(tf.nest.flatten(state)[0].dtype, steps, element_shape=shape)

    def step(time, state, results):
        output, state = rnn_step(cell, sources.read(time), state, time, sequence_length)
        return time + 1, state, results.write(time, output)

    _, state, results = tf.while_loop(
        lambda time, *_: time < end,
        step,
        (0, state, results),
        parallel_iterations=parallel_iterations,
        maximum_iterations=steps,
    )
    outputs = tf.ensure_shape(results.stack(), [inputs.shape[0], *shape])
    return outputs if time_major else tf.transpose(outputs, [1, 0, 2]), state
''',
)

BIDIRECTIONAL_DYNAMIC_RNN = Definition(
    "bidirectional_dynamic_rnn",
    '''\
def bidirectional_dynamic_rnn(
    cell_fw,
    cell_bw,
    inputs,
    sequence_length=None,
    initial_state_fw=None,
    initial_state_bw=None,
    dtype=tf.float32,
    parallel_iterations=32,
    time_major=False,
):
    """Runs one cell forwards and one backwards over inputs; returns a pair of outputs and a pair of last states."""
    time_axis, batch_axis = (0, 1) if time_major else (1, 0)

    def reverse(values):
        if sequence_length is None:
            return tf.reverse(values, [time_axis])
        return tf.reverse_sequence(values, sequence_length, time_axis, batch_axis)

    def run(cell, inputs, initial_state):
        return dynamic_rnn(cell, inputs, sequence_length, initial_state, dtype, parallel_iterations, time_major)

    outputs_fw, state_fw = run(cell_fw, inputs, initial_state_fw)
    outputs_bw, state_bw = run(cell_bw, reverse(inputs), initial_state_bw)
    return (outputs_fw, reverse(outputs_bw)), (state_fw, state_bw)
''',
)

STACK_BIDIRECTIONAL_DYNAMIC_RNN = Definition(
    "stack_bidirectional_dynamic_rnn",
    '''\
def stack_bidirectional_dynamic_rnn(
    cells_fw,
    cells_bw,
    inputs,
    initial_states_fw=None,
    initial_states_bw=None,
    dtype=tf.float32,
    sequence_length=None,
    parallel_iterations=32,
    time_major=False,
):
    """Runs layers of two cells, each on the outputs of both cells below; returns the outputs and the last states."""
    none = [None] * len(cells_fw)
    states = []
    for cell_fw, cell_bw, start_fw, start_bw in zip(
        cells_fw, cells_bw, initial_states_fw or none, initial_states_bw or none
    ):
        outputs, state = bidirectional_dynamic_rnn(
            cell_fw, cell_bw, inputs, sequence_length, start_fw, start_bw, dtype, parallel_iterations, time_major
        )
        inputs = tf.concat(outputs, axis=2)
        states.append(state)
    return inputs, tuple(state[0] for state in states), tuple(state[1] for state in states)
''',
)

STATIC_RNN = Definition(
    "static_rnn",
    '''\
def static_rnn(cell, inputs, initial_state=None, dtype=tf.float32, sequence_length=None):
    """Runs a cell over a list of inputs, [batch, size] each; returns the list of outputs and the last state."""
    batch_size = inputs[0].shape[0] or tf.shape(inputs[0])[0]
    state = cell.zero_state(batch_size, dtype) if initial_state is None else initial_state
    if sequence_length is not None:
        sequence_length = tf.cast(sequence_length, tf.int32)
    outputs = []
    for time, step_inputs in enumerate(inputs):
        output, state = rnn_step(cell, step_inputs, state, time, sequence_length)
        outputs.append(output)
    return outputs, state
''',
)

STATIC_BIDIRECTIONAL_RNN = Definition(
    "static_bidirectional_rnn",
    '''\
def static_bidirectional_rnn(
    cell_fw, cell_bw, inputs, initial_state_fw=None, initial_state_bw=None, dtype=tf.float32, sequence_length=None
):
    """Runs one cell forwards and one backwards over a list of inputs; returns joined outputs and both last states."""

    def reverse(steps):
        if sequence_length is None:
            return steps[::-1]
        return tf.unstack(tf.reverse_sequence(tf.stack(steps), sequence_length, seq_axis=0, batch_axis=1))

    outputs_fw, state_fw = static_rnn(cell_fw, inputs, initial_state_fw, dtype, sequence_length)
    outputs_bw, state_bw = static_rnn(cell_bw, reverse(inputs), initial_state_bw, dtype, sequence_length)
    outputs = [tf.concat(pair, axis=1) for pair in zip(outputs_fw, reverse(outputs_bw))]
    return outputs, state_fw, state_bw
''',
)
