"""Recurrent cells with the formulas and variables of TensorFlow 1.x, so that its checkpoints fit.

Those of Keras have two kernels in place of one, and other gates. A cell's first call creates its variables, as it knows
the size of the inputs; ``tf.init_scope`` lifts them out of the function and the loop that are being traced, so that
every trace shares them.

Sources: ``python/ops/rnn_cell_impl.py`` and ``contrib/rnn/python/ops/rnn_cell.py`` of 1.15.
"""

from __future__ import annotations

from tf1graphs.migrate.calls import Definition

GLOROT_UNIFORM = Definition(
    "glorot_uniform",
    '''\
def glorot_uniform(shape, dtype):
    """Returns random values that keep signals of equal size on both sides of a layer (Glorot and Bengio, 2010)."""
    limit = (6 / (shape[0] + shape[-1])) ** 0.5
    return tf.random.uniform(shape, -limit, limit, dtype)
''',
)

LSTM_STATE_TUPLE = Definition(
    "LSTMStateTuple",
    """\
import collections

# The state of an LSTM: what its cell keeps, and its last output.
LSTMStateTuple = collections.namedtuple("LSTMStateTuple", ["c", "h"])
""",
)

BASIC_RNN_CELL = Definition(
    "BasicRNNCell",
    '''\
class BasicRNNCell(tf.Module):
    """A layer that takes its inputs and its last output."""

    def __init__(self, units, activation=tf.tanh, initializer=glorot_uniform, name="basic_rnn_cell"):
        super().__init__()
        self.state_size = self.output_size = units
        self.activation = activation
        self.initializer = initializer
        self.scope = name
        self.kernel = None

    def build(self, input_size, dtype=tf.float32):
        """Creates the variables."""
        units = self.output_size
        with tf.name_scope(f"{self.scope}/"):
            self.kernel = tf.Variable(self.initializer([input_size + units, units], dtype), name="kernel")
            self.bias = tf.Variable(tf.zeros([units], dtype), name="bias")

    def __call__(self, inputs, state):
        if self.kernel is None:
            with tf.init_scope():
                self.build(inputs.shape[-1], inputs.dtype)
        output = self.activation(tf.concat([inputs, state], axis=1) @ self.kernel + self.bias)
        return output, output

    def zero_state(self, batch_size, dtype):
        return tf.zeros([batch_size, self.state_size], dtype)
''',
)

GRU_CELL = Definition(
    "GRUCell",
    '''\
class GRUCell(tf.Module):
    """A gated recurrent unit (Cho et al., 2014, https://arxiv.org/abs/1406.1078)."""

    def __init__(
        self,
        units,
        activation=tf.tanh,
        kernel_initializer=glorot_uniform,
        bias_initializer=None,
        name="gru_cell",
    ):
        super().__init__()
        self.state_size = self.output_size = units
        self.activation = activation
        self.kernel_initializer = kernel_initializer
        self.bias_initializer = bias_initializer
        self.scope = name
        self.gate_kernel = None

    def build(self, input_size, dtype=tf.float32):
        """Creates the variables; at first the gates keep more of the state than they let in."""
        units = self.output_size
        rows = input_size + units
        kernel, bias = self.kernel_initializer, self.bias_initializer
        with tf.name_scope(f"{self.scope}/"):
            self.gate_kernel = tf.Variable(kernel([rows, 2 * units], dtype), name="gates/kernel")
            self.gate_bias = tf.Variable((bias or tf.ones)([2 * units], dtype), name="gates/bias")
            self.candidate_kernel = tf.Variable(kernel([rows, units], dtype), name="candidate/kernel")
            self.candidate_bias = tf.Variable((bias or tf.zeros)([units], dtype), name="candidate/bias")

    def __call__(self, inputs, state):
        if self.gate_kernel is None:
            with tf.init_scope():
                self.build(inputs.shape[-1], inputs.dtype)
        gates = tf.sigmoid(tf.concat([inputs, state], axis=1) @ self.gate_kernel + self.gate_bias)
        reset, update = tf.split(gates, 2, axis=1)
        candidate = tf.concat([inputs, reset * state], axis=1) @ self.candidate_kernel + self.candidate_bias
        output = update * state + (1 - update) * self.activation(candidate)
        return output, output

    def zero_state(self, batch_size, dtype):
        return tf.zeros([batch_size, self.state_size], dtype)
''',
)

LSTM_CELL = Definition(
    "LSTMCell",
    '''\
class LSTMCell(tf.Module):
    """An LSTM without peepholes (Zaremba et al., 2014, https://arxiv.org/abs/1409.2329)."""

    def __init__(self, units, forget_bias=1.0, activation=tf.tanh, initializer=glorot_uniform, name="lstm_cell"):
        super().__init__()
        self.state_size = LSTMStateTuple(units, units)
        self.output_size = units
        self.forget_bias = forget_bias
        self.activation = activation
        self.initializer = initializer
        self.scope = name
        self.kernel = None

    def build(self, input_size, dtype=tf.float32):
        """Creates the variables: columns for input gate, new value, forget gate, output gate."""
        units = self.output_size
        with tf.name_scope(f"{self.scope}/"):
            self.kernel = tf.Variable(self.initializer([input_size + units, 4 * units], dtype), name="kernel")
            self.bias = tf.Variable(tf.zeros([4 * units], dtype), name="bias")

    def __call__(self, inputs, state):
        if self.kernel is None:
            with tf.init_scope():
                self.build(inputs.shape[-1], inputs.dtype)
        c, h = state
        i, j, f, o = tf.split(tf.concat([inputs, h], axis=1) @ self.kernel + self.bias, 4, axis=1)
        c = c * tf.sigmoid(f + self.forget_bias) + tf.sigmoid(i) * self.activation(j)
        h = self.activation(c) * tf.sigmoid(o)
        return h, LSTMStateTuple(c, h)

    def zero_state(self, batch_size, dtype):
        return LSTMStateTuple(*[tf.zeros([batch_size, size], dtype) for size in self.state_size])
''',
)

EXTENDED_LSTM_CELL = Definition(
    "ExtendedLSTMCell",
    '''\
class ExtendedLSTMCell(tf.Module):
    """An LSTM that may have peepholes, a projection and clipping (Sak et al., https://arxiv.org/abs/1402.1128)."""

    def __init__(
        self,
        units,
        use_peepholes=False,
        cell_clip=None,
        initializer=glorot_uniform,
        num_proj=None,
        proj_clip=None,
        forget_bias=1.0,
        activation=tf.tanh,
        name="lstm_cell",
    ):
        super().__init__()
        self.output_size = num_proj or units
        self.state_size = LSTMStateTuple(units, self.output_size)
        self.use_peepholes = use_peepholes
        self.cell_clip = cell_clip
        self.initializer = initializer
        self.has_projection = num_proj is not None
        self.proj_clip = proj_clip
        self.forget_bias = forget_bias
        self.activation = activation
        self.scope = name
        self.kernel = None

    def build(self, input_size, dtype=tf.float32):
        """Creates the variables: columns for input gate, new value, forget gate, output gate."""
        units = self.state_size.c
        with tf.name_scope(f"{self.scope}/"):
            shape = [input_size + self.output_size, 4 * units]
            self.kernel = tf.Variable(self.initializer(shape, dtype), name="kernel")
            self.bias = tf.Variable(tf.zeros([4 * units], dtype), name="bias")
            if self.use_peepholes:
                self.w_f_diag = tf.Variable(self.initializer([units], dtype), name="w_f_diag")
                self.w_i_diag = tf.Variable(self.initializer([units], dtype), name="w_i_diag")
                self.w_o_diag = tf.Variable(self.initializer([units], dtype), name="w_o_diag")
            if self.has_projection:
                projection = self.initializer([units, self.output_size], dtype)
                self.projection = tf.Variable(projection, name="projection/kernel")

    def __call__(self, inputs, state):
        if self.kernel is None:
            with tf.init_scope():
                self.build(inputs.shape[-1], inputs.dtype)
        c, h = state
        i, j, f, o = tf.split(tf.concat([inputs, h], axis=1) @ self.kernel + self.bias, 4, axis=1)
        f = f + self.forget_bias
        if self.use_peepholes:
            f = f + self.w_f_diag * c
            i = i + self.w_i_diag * c
        c = c * tf.sigmoid(f) + tf.sigmoid(i) * self.activation(j)
        if self.cell_clip is not None:
            c = tf.clip_by_value(c, -self.cell_clip, self.cell_clip)
        if self.use_peepholes:
            o = o + self.w_o_diag * c
        h = self.activation(c) * tf.sigmoid(o)
        if self.has_projection:
            h = h @ self.projection
            if self.proj_clip is not None:
                h = tf.clip_by_value(h, -self.proj_clip, self.proj_clip)
        return h, LSTMStateTuple(c, h)

    def zero_state(self, batch_size, dtype):
        return LSTMStateTuple(*[tf.zeros([batch_size, size], dtype) for size in self.state_size])
''',
)

LAYER_NORM_LSTM_CELL = Definition(
    "LayerNormLSTMCell",
    '''\
class LayerNormLSTMCell(tf.Module):
    """An LSTM that normalizes its gates and state (https://arxiv.org/abs/1607.06450) and may drop new values."""

    def __init__(
        self,
        units,
        forget_bias=1.0,
        activation=tf.tanh,
        norm_gain=1.0,
        norm_shift=0.0,
        dropout_keep_prob=1.0,
        initializer=glorot_uniform,
        name="layer_norm_basic_lstm_cell",
    ):
        super().__init__()
        self.state_size = LSTMStateTuple(units, units)
        self.output_size = units
        self.forget_bias = forget_bias
        self.activation = activation
        self.norm_gain = norm_gain
        self.norm_shift = norm_shift
        self.dropout_rate = 1 - dropout_keep_prob
        self.initializer = initializer
        self.scope = name
        self.kernel = None

    def build(self, input_size, dtype=tf.float32):
        """Creates the variables: a kernel for all gates; gain and shift of each gate and of the state."""
        units = self.output_size
        with tf.name_scope(f"{self.scope}/"):
            self.kernel = tf.Variable(self.initializer([input_size + units, 4 * units], dtype), name="kernel")
            for part in ("input", "transform", "forget", "output", "state"):
                gain, shift = tf.fill([units], self.norm_gain), tf.fill([units], self.norm_shift)
                setattr(self, f"{part}_gamma", tf.Variable(tf.cast(gain, dtype), name=f"{part}/gamma"))
                setattr(self, f"{part}_beta", tf.Variable(tf.cast(shift, dtype), name=f"{part}/beta"))

    def normalize(self, values, part):
        """Returns the values of each row with mean 0 and variance 1, then times the part's gain plus its shift."""
        mean, variance = tf.nn.moments(values, axes=[1], keepdims=True)
        gamma, beta = getattr(self, f"{part}_gamma"), getattr(self, f"{part}_beta")
        return tf.nn.batch_normalization(values, mean, variance, beta, gamma, variance_epsilon=1e-12)

    def __call__(self, inputs, state):
        if self.kernel is None:
            with tf.init_scope():
                self.build(inputs.shape[-1], inputs.dtype)
        c, h = state
        i, j, f, o = tf.split(tf.concat([inputs, h], axis=1) @ self.kernel, 4, axis=1)
        new = self.activation(self.normalize(j, "transform"))
        new = tf.nn.dropout(new, self.dropout_rate)
        forget = tf.sigmoid(self.normalize(f, "forget") + self.forget_bias)
        c = c * forget + tf.sigmoid(self.normalize(i, "input")) * new
        c = self.normalize(c, "state")
        h = self.activation(c) * tf.sigmoid(self.normalize(o, "output"))
        return h, LSTMStateTuple(c, h)

    def zero_state(self, batch_size, dtype):
        return LSTMStateTuple(*[tf.zeros([batch_size, size], dtype) for size in self.state_size])
''',
)
