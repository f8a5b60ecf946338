"""Records what real TensorFlow 1.15 computes with layers, cells, optimizers and small nets whose weights go to Keras 3.

Run with a Python 3.7 that has tensorflow==1.15.5 and numpy: ``python tests/oracle/record_convert_keras.py``.
It writes ``tests/fixtures/tf115/convert_keras/``:

- ``layers.npz``, ``cells.npz``, ``optimizers.npz``: ``CASE|variables|NAME``, ``CASE|inputs``, ``CASE|outputs|NAME``;
- ``cudnn.npz``: cuDNN's canonical weights and biases, and the tensors of the compatible cells that 1.15 makes of them;
- ``nets/NAME.*``: the checkpoint of a net, its meta graph and frozen graph (gzip), its inputs and outputs;
- ``graphs/NAME.pb.gz``: frozen graphs, each with the outputs that are computed in ``graphs.npz``.
"""

import gzip
import shutil
import tempfile
from pathlib import Path

import numpy as np
import tensorflow as tf
from tensorflow.contrib import cudnn_rnn, rnn
from tensorflow.contrib.cudnn_rnn.python.ops import cudnn_rnn_ops

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "tf115" / "convert_keras"
BATCH, TIME, UNITS = 3, 5, 4
SHAPES = {"flat": (BATCH, 6), "sequence": (BATCH, TIME, 3), "image": (BATCH, 8, 8, 3), "volume": (BATCH, 4, 4, 4, 2)}

LAYERS = {
    "dense": ("flat", lambda x: tf.layers.dense(x, 4, activation=tf.nn.relu)),
    "dense_without_bias": ("flat", lambda x: tf.layers.dense(x, 4, use_bias=False)),
    "conv1d": ("sequence", lambda x: tf.layers.conv1d(x, 4, 3, padding="same")),
    "conv2d": ("image", lambda x: tf.layers.conv2d(x, 4, 3, strides=2)),
    "conv3d": ("volume", lambda x: tf.layers.conv3d(x, 3, 2)),
    "conv2d_transpose": ("image", lambda x: tf.layers.conv2d_transpose(x, 4, 3, strides=2, padding="same")),
    "conv3d_transpose": ("volume", lambda x: tf.layers.conv3d_transpose(x, 3, 2, strides=2)),
    "separable_conv1d": ("sequence", lambda x: tf.layers.separable_conv1d(x, 4, 3, depth_multiplier=2)),
    "separable_conv2d": ("image", lambda x: tf.layers.separable_conv2d(x, 4, 3, depth_multiplier=2)),
    "batch_normalization": ("image", lambda x: tf.layers.batch_normalization(x, training=False)),
    "batch_normalization_flat": ("flat", lambda x: tf.layers.batch_normalization(x, training=False)),
    "batch_normalization_without_scale": ("flat", lambda x: tf.layers.batch_normalization(x, scale=False)),
    "contrib_batch_norm": ("image", lambda x: tf.contrib.layers.batch_norm(x, is_training=False)),
    "contrib_fully_connected": ("flat", lambda x: tf.contrib.layers.fully_connected(x, 4, scope="fc1")),
    "contrib_conv2d": ("image", lambda x: tf.contrib.layers.conv2d(x, 4, 3, scope="conv1")),
    "contrib_layer_norm": ("flat", lambda x: tf.contrib.layers.layer_norm(x)),
    "embedding": ("words", lambda x: tf.contrib.layers.embed_sequence(x, 10, 4)),
}

CELLS = {
    "basic_rnn": lambda: tf.nn.rnn_cell.BasicRNNCell(UNITS),
    "basic_lstm": lambda: tf.nn.rnn_cell.BasicLSTMCell(UNITS),
    "basic_lstm_without_forget_bias": lambda: tf.nn.rnn_cell.BasicLSTMCell(UNITS, forget_bias=0.0),
    "lstm": lambda: tf.nn.rnn_cell.LSTMCell(UNITS),
    "lstm_peepholes": lambda: tf.nn.rnn_cell.LSTMCell(UNITS, use_peepholes=True),
    "lstm_projection": lambda: tf.nn.rnn_cell.LSTMCell(UNITS, num_proj=2),
    "gru": lambda: tf.nn.rnn_cell.GRUCell(UNITS),
    "multi_lstm": lambda: tf.nn.rnn_cell.MultiRNNCell([tf.nn.rnn_cell.LSTMCell(UNITS) for _ in range(2)]),
    "lstm_block": lambda: rnn.LSTMBlockCell(UNITS),
    "gru_block": lambda: rnn.GRUBlockCell(UNITS),
    "gru_block_v2": lambda: rnn.GRUBlockCellV2(UNITS),
    "layer_norm_lstm": lambda: rnn.LayerNormBasicLSTMCell(UNITS),
    "cudnn_compatible_lstm": lambda: cudnn_rnn.CudnnCompatibleLSTMCell(UNITS),
    "cudnn_compatible_gru": lambda: cudnn_rnn.CudnnCompatibleGRUCell(UNITS),
}

OPTIMIZERS = {
    "adam": lambda: tf.train.AdamOptimizer(0.01),
    "momentum": lambda: tf.train.MomentumOptimizer(0.125, 0.5),
    "nesterov": lambda: tf.train.MomentumOptimizer(0.125, 0.5, use_nesterov=True),
    "rmsprop": lambda: tf.train.RMSPropOptimizer(0.01, momentum=0.5),
    "rmsprop_centered": lambda: tf.train.RMSPropOptimizer(0.01, momentum=0.5, centered=True),
    "adagrad": lambda: tf.train.AdagradOptimizer(0.1),
    "adadelta": lambda: tf.train.AdadeltaOptimizer(0.5, rho=0.9, epsilon=1e-6),
}


def inputs_of(kind):
    if kind == "words":
        return np.random.RandomState(1).randint(0, 10, (BATCH, TIME)).astype(np.int32)
    return np.random.RandomState(1).normal(size=SHAPES[kind]).astype(np.float32)


def set_variables(session):
    """Numbers that no initializer gives: moments and biases are not zeros and ones."""
    for number, variable in enumerate(tf.global_variables()):
        random = np.random.RandomState(100 + number)
        value = random.uniform(0.5, 1.5, variable.shape) if "variance" in variable.name else None
        if value is None:
            value = random.normal(size=variable.shape.as_list()) * 0.4
        variable.load(value.astype(variable.dtype.base_dtype.as_numpy_dtype), session)


def flat_states(state):
    return {"state_%d" % number: part for number, part in enumerate(tf.contrib.framework.nest.flatten(state))}


def record(into, case, kind, build):
    """Runs one case in a graph of its own; ``build`` gets the input and returns a tensor or tensors by name."""
    tf.reset_default_graph()
    value = inputs_of(kind)
    outputs = build(tf.placeholder(value.dtype, [None] + list(value.shape[1:])))
    outputs = outputs if isinstance(outputs, dict) else {"output": outputs}
    with tf.Session() as session:
        set_variables(session)
        answers = session.run(outputs, {"Placeholder:0": value})
        into.update({"%s|variables|%s" % (case, v.op.name): session.run(v) for v in tf.global_variables()})
    into[case + "|inputs"] = value
    into.update({"%s|outputs|%s" % (case, name): answer for name, answer in answers.items()})


def run_cell(cell):
    def build(x):
        outputs, state = tf.nn.dynamic_rnn(cell(), x, dtype=tf.float32)
        return dict(flat_states(state), output=outputs)

    return build


def run_both_directions(x):
    cells = [tf.nn.rnn_cell.LSTMCell(UNITS) for _ in range(2)]
    outputs, _ = tf.nn.bidirectional_dynamic_rnn(cells[0], cells[1], x, dtype=tf.float32)
    return tf.concat(outputs, 2)


def run_fused(x):
    outputs, _ = rnn.LSTMBlockFusedCell(UNITS)(tf.transpose(x, [1, 0, 2]), dtype=tf.float32)
    return tf.transpose(outputs, [1, 0, 2])


def record_optimizer(into, case, create):
    """Three steps, everything there is then, and two steps more."""
    tf.reset_default_graph()
    x = tf.placeholder(tf.float32, [None, 6])
    loss = tf.reduce_mean(tf.square(tf.layers.dense(tf.layers.dense(x, 4, tf.nn.tanh), 2) - 1.0))
    train = create().minimize(loss, global_step=tf.train.get_or_create_global_step())
    value = inputs_of("flat")
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        for number, variable in enumerate(tf.trainable_variables()):
            variable.load(np.random.RandomState(100 + number).normal(size=variable.shape).astype(np.float32), session)
        for _ in range(3):
            session.run(train, {x: value})
        into.update({"%s|variables|%s" % (case, v.op.name): session.run(v) for v in tf.global_variables()})
        for _ in range(2):
            session.run(train, {x: value})
        into.update({"%s|outputs|%s" % (case, v.op.name): session.run(v) for v in tf.global_variables()})
    into[case + "|inputs"] = value


CONVERTERS = {
    "lstm": (cudnn_rnn_ops.CudnnParamsFormatConverterLSTM, 4),
    "gru": (cudnn_rnn_ops.CudnnParamsFormatConverterGRU, 3),
    "rnn": (cudnn_rnn_ops.CudnnParamsFormatConverterTanh, 1),
}


def record_cudnn(into, case, cell, layers, direction):
    """Only a GPU packs the opaque buffer; between cuDNN's canonical tensors and the cells' no GPU is needed."""
    tf.reset_default_graph()
    converter_class, gates = CONVERTERS[cell]
    converter = converter_class(layers, UNITS, 3, direction=direction)
    random = np.random.RandomState(7)
    directions = 2 if direction == "bidirectional" else 1
    weights, biases = [], []
    for layer in range(layers):
        for _ in range(directions):
            width = 3 if layer == 0 else UNITS * directions
            for columns in [width] * gates + [UNITS] * gates:
                weights.append(random.normal(size=(UNITS, columns)).astype(np.float32))
                biases.append(random.normal(size=UNITS).astype(np.float32))
    made = converter._cu_canonical_to_tf_canonical(
        [tf.constant(each) for each in weights], [tf.constant(each) for each in biases]
    )
    with tf.Session() as session:
        cell_weights, cell_biases = session.run(made)
    parts = {"weights": weights, "biases": biases, "cell_weights": cell_weights, "cell_biases": cell_biases}
    for part, arrays in parts.items():
        into.update({"%s|%s|%02d" % (case, part, number): array for number, array in enumerate(arrays)})


def mlp(x):
    hidden = tf.nn.dropout(tf.layers.dense(x, 8, tf.nn.relu), keep_prob=tf.placeholder_with_default(1.0, []))
    weights = tf.get_variable("W2", [8, 5])
    hidden = tf.nn.tanh(tf.matmul(hidden, weights) + tf.get_variable("b2", [5]))
    return tf.nn.softmax(tf.layers.dense(hidden, 3, name="logits"), name="output")


def cnn(x):
    with tf.variable_scope("block1"):
        y = tf.layers.conv2d(x, 4, 3, padding="same", use_bias=False)
        y = tf.nn.relu(tf.layers.batch_normalization(y, training=False))
        y = tf.layers.max_pooling2d(y, 2, 2)
    with tf.variable_scope("block2"):
        shortcut = tf.layers.conv2d(y, 6, 1, padding="same")
        y = tf.layers.separable_conv2d(y, 6, 3, padding="same", activation=tf.nn.relu)
        y = tf.pad(y + shortcut, [[0, 0], [1, 1], [1, 1], [0, 0]])
        y = tf.concat([y, tf.nn.avg_pool(y, [1, 3, 3, 1], [1, 1, 1, 1], "SAME")], 3)
        y = tf.layers.conv2d(y, 5, 3, dilation_rate=2, activation=tf.nn.relu6, padding="same")
    flat = tf.layers.flatten(y)
    logits = tf.layers.dense(flat, 4) + tf.layers.dense(tf.reduce_mean(y, [1, 2]), 4)
    return tf.identity(logits, name="output")


def autoencoder(x):
    y = tf.layers.conv2d(x / 2.0 - 0.5, 4, 3, strides=2, padding="same", activation=tf.nn.leaky_relu)
    y = tf.layers.dense(tf.reshape(y, [-1, 4 * 4 * 4]), 5, tf.nn.sigmoid, name="code")
    y = tf.reshape(tf.layers.dense(y, 4 * 4 * 2), [-1, 4, 4, 2])
    y = tf.layers.conv2d_transpose(y, 3, 3, strides=2, padding="same", activation=tf.nn.tanh)
    return tf.identity(y, name="output")


def text_classifier(x):
    words = tf.nn.embedding_lookup(tf.get_variable("embeddings", [10, 6]), x)
    outputs, _ = tf.nn.dynamic_rnn(tf.nn.rnn_cell.BasicLSTMCell(UNITS), words, dtype=tf.float32)
    return tf.nn.softmax(tf.layers.dense(outputs[:, -1, :], 2), name="output")


def gru_states(x):
    _, state = tf.nn.dynamic_rnn(tf.nn.rnn_cell.GRUCell(UNITS), x, dtype=tf.float32, scope="encoder")
    return tf.layers.dense(state, 2, name="output")


def training_switch(x):
    """A net as it was trained, with a placeholder that says whether it is."""
    training = tf.placeholder_with_default(False, [], name="training")
    y = tf.layers.dense(x, 5)
    y = tf.nn.elu(tf.layers.batch_normalization(y, training=training))
    y = tf.layers.dropout(y, 0.4, training=training)
    with tf.variable_scope("slim"):
        y = tf.contrib.layers.fully_connected(
            y,
            4,
            normalizer_fn=tf.contrib.layers.batch_norm,
            scope="fc1",
            normalizer_params={"is_training": False, "scale": True},
        )
    return tf.layers.dense(y, 2, name="output")


NETS = {
    "mlp": ("flat", mlp),
    "cnn": ("image", cnn),
    "autoencoder": ("image", autoencoder),
    "text_classifier": ("words", text_classifier),
    "gru_states": ("sequence", gru_states),
    "training_switch": ("flat", training_switch),
}


def record_net(name, kind, build):
    """A net with its Adam optimizer in the graph, as a training program leaves it."""
    tf.reset_default_graph()
    value = inputs_of(kind)
    x = tf.placeholder(value.dtype, [None] + list(value.shape[1:]), name="input")
    output = build(x)
    tf.train.AdamOptimizer(0.01).minimize(tf.reduce_mean(tf.square(output)))
    folder = FIXTURES / "nets"
    with tf.Session() as session, tempfile.TemporaryDirectory() as scratch:
        session.run(tf.global_variables_initializer())
        set_variables(session)
        answer = session.run(output, {x: value})
        tf.train.Saver().save(session, str(Path(scratch) / name))
        for suffix in (".index", ".data-00000-of-00001"):
            shutil.copy(str(Path(scratch) / (name + suffix)), str(folder))
        meta = tf.MetaGraphDef.FromString((Path(scratch) / (name + ".meta")).read_bytes())
        graph = session.graph.as_graph_def()
        frozen = tf.graph_util.convert_variables_to_constants(session, graph, [output.op.name])
    (folder / (name + ".meta.gz")).write_bytes(packed(meta))
    (folder / (name + ".pb.gz")).write_bytes(packed(frozen))
    np.savez_compressed(str(folder / (name + ".npz")), inputs=value, output=answer, name=output.op.name)


def looped(x, cell, **arguments):
    return tf.nn.dynamic_rnn(cell, x, dtype=tf.float32, **arguments)[0]


def both_directions(x):
    cells = [tf.nn.rnn_cell.GRUCell(UNITS), tf.nn.rnn_cell.GRUCell(UNITS)]
    outputs, states = tf.nn.bidirectional_dynamic_rnn(cells[0], cells[1], x, dtype=tf.float32)
    return [tf.concat(outputs, 2), states[1]]


def layers_of_cells(x):
    cells = [tf.nn.rnn_cell.LSTMCell(UNITS), tf.nn.rnn_cell.BasicRNNCell(3)]
    keep = tf.placeholder_with_default(1.0, [])
    cells = [tf.nn.rnn_cell.DropoutWrapper(cell, output_keep_prob=keep) for cell in cells]
    outputs, states = tf.nn.dynamic_rnn(tf.nn.rnn_cell.MultiRNNCell(cells), x, dtype=tf.float32)
    return [outputs, states[0].c, states[0].h, states[1]]


def one_layer_twice(x):
    with tf.variable_scope("tower", reuse=tf.AUTO_REUSE):
        first = tf.layers.dense(x, 4, tf.nn.relu, name="dense")
        second = tf.layers.dense(x * 2.0, 4, tf.nn.relu, name="dense")
    return tf.abs(first - second)


def attention(x):
    query, key, value = (tf.layers.dense(x, 4, name=name) for name in ("query", "key", "value"))
    weights = tf.nn.softmax(tf.matmul(query, key, transpose_b=True) / 2.0)
    return tf.reduce_sum(tf.matmul(weights, value), 1)


def normalized_by_hand(x):
    mean = tf.get_variable("mean", [6])
    variance = tf.get_variable("a_variance", [6])
    plain = tf.nn.batch_normalization(x, mean, variance, None, None, 1e-3)
    shifted = tf.nn.batch_normalization(x, mean, variance, tf.get_variable("offset", [6]), None, 1e-3)
    return [plain, shifted]


def highway(x):
    carried = tf.layers.dense(x, 6, tf.nn.tanh)
    gate = tf.layers.dense(x, 6, tf.nn.sigmoid)
    left, right = tf.split(gate * carried + (1.0 - gate) * x, 2, axis=1)
    return [tf.maximum(left, right), tf.square(left) - tf.exp(-right)]


def two_inputs(x):
    other = tf.placeholder(tf.float32, [None, 6], name="other")
    return tf.layers.dense(tf.concat([x, other], 1), 3) * tf.reduce_mean(other, 1, keepdims=True)


def written_resources(x):
    with tf.variable_scope("resource", use_resource=True):
        y = tf.layers.conv2d(x, 4, 3, name="conv")
        y = tf.layers.batch_normalization(y, training=False, scale=False)
        words = tf.to_int32(tf.minimum(tf.abs(x[:, 0, :, 0]), 3.0) * 2.0)
        found = tf.gather(tf.get_variable("table", [7, 3]), words)
        return tf.layers.dense(tf.layers.flatten(y), 3) + tf.reduce_mean(found, 1)


# Each becomes a model, but for those that test_keras_graphs.py says are refused.
GRAPHS = {
    "activations": ("flat", lambda x: [f(x) for f in (tf.nn.selu, tf.nn.softsign, tf.nn.softplus, tf.nn.log_softmax)]),
    "attention": ("sequence", attention),
    "average_pooling_same": ("image", lambda x: tf.layers.average_pooling2d(x, 3, 2, padding="same")),
    "basic_rnn_cell": ("sequence", lambda x: looped(x, tf.nn.rnn_cell.BasicRNNCell(UNITS))),
    "both_directions": ("sequence", both_directions),
    "conv1d": ("sequence", lambda x: tf.layers.max_pooling1d(tf.layers.conv1d(x, 4, 3, activation=tf.nn.relu), 2, 1)),
    "conv1d_dilated": ("sequence", lambda x: tf.layers.conv1d(x, 4, 2, dilation_rate=2)),
    "conv2d_dilated": ("image", lambda x: tf.layers.conv2d(x, 4, 3, dilation_rate=2)),
    "conv2d_strides": ("image", lambda x: tf.layers.conv2d(x, 4, (3, 5), strides=(2, 1), padding="same")),
    "conv2d_transpose_valid": ("image", lambda x: tf.layers.conv2d_transpose(x, 4, 3, strides=2)),
    "conv3d": ("volume", lambda x: tf.reduce_max(tf.layers.conv3d(x, 3, 2, padding="same"), [1, 2, 3])),
    "cudnn_compatible_gru": ("sequence", lambda x: looped(x, cudnn_rnn.CudnnCompatibleGRUCell(UNITS))),
    "dense_of_sequences": ("sequence", lambda x: tf.layers.dense(x, 4, tf.nn.relu)),
    "depthwise": (
        "image",
        lambda x: tf.nn.depthwise_conv2d(x, tf.get_variable("k", [3, 3, 3, 2]), [1, 2, 2, 1], "SAME"),
    ),
    "enlarged": ("image", lambda x: tf.image.resize_nearest_neighbor(x, [16, 24])),
    "forget_bias": ("sequence", lambda x: looped(x, tf.nn.rnn_cell.BasicLSTMCell(UNITS, forget_bias=0.25))),
    "gru_block": ("sequence", lambda x: looped(x, rnn.GRUBlockCellV2(UNITS))),
    "highway": ("flat", highway),
    "layer_norm": ("flat", lambda x: tf.contrib.layers.layer_norm(x)),
    "layers_of_cells": ("sequence", layers_of_cells),
    "lstm_block": ("sequence", lambda x: looped(x, rnn.LSTMBlockCell(UNITS, forget_bias=0.5))),
    "mirrored": ("image", lambda x: tf.pad(x, [[0, 0], [1, 2], [0, 0], [0, 0]], "REFLECT")),
    "normalized_by_hand": ("flat", normalized_by_hand),
    "old_dropout": ("flat", lambda x: tf.nn.dropout(x, tf.placeholder_with_default(1.0, []))),
    "one_layer_twice": ("flat", one_layer_twice),
    "prelu": ("flat", lambda x: tf.nn.relu(x) + tf.get_variable("alpha", [6]) * (x - tf.abs(x)) * 0.5),
    "resources": ("image", written_resources),
    "summed": ("image", lambda x: tf.add_n([x, x * 2.0, -x]) - tf.reduce_mean(x, [1, 2], keepdims=True)),
    "scaled": ("flat", lambda x: tf.layers.dense(x, 6) * tf.get_variable("gain", [6])),
    "transposed_kernel": ("flat", lambda x: tf.matmul(x, tf.get_variable("w", [4, 6]), transpose_b=True)),
    "turned": ("image", lambda x: tf.transpose(x, [0, 3, 1, 2])[:, 1:, ::2, -1]),
    "two_inputs": ("flat", two_inputs),
    # What is refused.
    "another_batch": ("sequence", lambda x: tf.layers.dense(tf.reshape(x, [-1, 3]), 2)),
    "batch_size": ("sequence", lambda x: tf.reshape(x, [tf.shape(x)[0] * 5, -1])),
    "batch_mean": ("flat", lambda x: tf.reduce_mean(x, 0)),
    "batch_moments": ("image", lambda x: tf.layers.batch_normalization(x, training=True)),
    "channels_first": ("image", lambda x: tf.nn.bias_add(x, tf.get_variable("b", [8]), data_format="NCHW")),
    "computed_kernel": ("flat", lambda x: tf.matmul(x, tf.nn.l2_normalize(tf.get_variable("w", [6, 4]), 0))),
    "first_state": (
        "sequence",
        lambda x: tf.nn.dynamic_rnn(tf.nn.rnn_cell.GRUCell(3), x, initial_state=tf.layers.dense(x[:, 0], 3))[0],
    ),
    "peepholes": ("sequence", lambda x: looped(x, tf.nn.rnn_cell.LSTMCell(UNITS, use_peepholes=True))),
    "relu_cell": ("sequence", lambda x: looped(x, tf.nn.rnn_cell.GRUCell(UNITS, activation=tf.nn.relu))),
    "several_lengths": ("sequence", lambda x: looped(x, tf.nn.rnn_cell.GRUCell(UNITS), sequence_length=[2, 5, 3])),
    "sorted_values": ("flat", lambda x: tf.nn.top_k(x, 3)[0]),
    "time_first": ("sequence", lambda x: looped(x, tf.nn.rnn_cell.GRUCell(UNITS), time_major=True)),
}


def record_graph(into, name, kind, build):
    """A frozen graph, and all its outputs on inputs of ``kind``; a second input gets the first one's in reverse."""
    tf.reset_default_graph()
    value = inputs_of(kind)
    x = tf.placeholder(value.dtype, [None] + list(value.shape[1:]), name="input")
    outputs = build(x)
    outputs = outputs if isinstance(outputs, list) else [outputs]
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        set_variables(session)
        fed = {x: value}
        if "other:0" in [each.name for op in session.graph.get_operations() for each in op.outputs]:
            fed["other:0"] = value[::-1]
        answers = session.run(outputs, fed)
        names = [each.op.name for each in outputs]
        frozen = tf.graph_util.convert_variables_to_constants(session, session.graph.as_graph_def(), names)
    (FIXTURES / "graphs" / (name + ".pb.gz")).write_bytes(packed(frozen))
    into[name + "|inputs"] = value
    into[name + "|names"] = np.array([each.name for each in outputs])
    into.update({"%s|outputs|%d" % (name, number): answer for number, answer in enumerate(answers)})


def packed(message):
    """The same message gives the same file: maps in order, and no time of day."""
    content = message.SerializeToString(deterministic=True)
    with tempfile.TemporaryFile() as file:
        with gzip.GzipFile(filename="", fileobj=file, mode="wb", mtime=0) as compressed:
            compressed.write(content)
        file.seek(0)
        return file.read()


def main():
    (FIXTURES / "nets").mkdir(parents=True, exist_ok=True)
    layers, cells, optimizers, cudnn = {}, {}, {}, {}
    for case, (kind, build) in LAYERS.items():
        record(layers, case, kind, build)
    for case, cell in CELLS.items():
        record(cells, case, "sequence", run_cell(cell))
    record(cells, "bidirectional_lstm", "sequence", run_both_directions)
    record(cells, "lstm_block_fused", "sequence", run_fused)
    for case, create in OPTIMIZERS.items():
        record_optimizer(optimizers, case, create)
    for cell in CONVERTERS:
        record_cudnn(cudnn, cell, cell, 1, "unidirectional")
        record_cudnn(cudnn, cell + "_of_two_layers", cell, 2, "unidirectional")
        record_cudnn(cudnn, cell + "_in_both_directions", cell, 2, "bidirectional")
    for name, arrays in {"layers": layers, "cells": cells, "optimizers": optimizers, "cudnn": cudnn}.items():
        np.savez_compressed(str(FIXTURES / (name + ".npz")), **arrays)
    for name, (kind, build) in NETS.items():
        record_net(name, kind, build)
    (FIXTURES / "graphs").mkdir(exist_ok=True)
    graphs = {}
    for name, (kind, build) in GRAPHS.items():
        record_graph(graphs, name, kind, build)
    np.savez_compressed(str(FIXTURES / "graphs.npz"), **graphs)


if __name__ == "__main__":
    main()
