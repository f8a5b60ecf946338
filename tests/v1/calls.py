"""Small uses of ``tf.layers``, ``tf.nn.rnn_cell`` with the RNN functions, and ``tf.keras``, with defaults and without.

Runs on Python 3.7 too: the script in ``tests/oracle/`` records what each gives on TensorFlow 1.15.
"""

import numpy as np


def _input(*shape):
    return lambda tf: tf.constant(np.random.RandomState(3).normal(size=shape).astype(np.float32))


VECTORS, SEQUENCES, IMAGES, VOLUMES = _input(4, 3), _input(2, 6, 3), _input(2, 6, 6, 2), _input(1, 4, 4, 4, 2)


def _layer(function, inputs, *arguments, **options):
    return lambda tf: getattr(tf.layers, function)(inputs(tf), *arguments, **options)


LAYERS = {
    "dense": _layer("dense", VECTORS, 5),
    "dense with activation, no bias, name": lambda tf: tf.layers.dense(
        VECTORS(tf), 5, activation=tf.nn.relu, use_bias=False, name="hidden"
    ),
    "dense of sequences": _layer("dense", SEQUENCES, 5),
    "dense with regularizer": lambda tf: tf.layers.dense(
        VECTORS(tf), 5, kernel_regularizer=lambda w: 0.1 * tf.nn.l2_loss(w)
    ),
    "dense twice": lambda tf: tf.layers.dense(tf.layers.dense(VECTORS(tf), 5), 2),
    "dense in scope": lambda tf: _in_scope(tf, lambda: tf.layers.dense(VECTORS(tf), 5)),
    "dense reused": lambda tf: (
        tf.layers.dense(VECTORS(tf), 5, name="a") + tf.layers.dense(VECTORS(tf), 5, name="a", reuse=True)
    ),
    "dense reused by scope": lambda tf: _twice_in_scope(tf, lambda: tf.layers.dense(VECTORS(tf), 5, name="a")),
    "Dense object called twice": lambda tf: _twice(tf.layers.Dense(5), VECTORS(tf)),
    "dropout while predicting": _layer("dropout", VECTORS, 0.4),
    "flatten": _layer("flatten", IMAGES),
    "conv1d": _layer("conv1d", SEQUENCES, 4, 3),
    "conv2d": _layer("conv2d", IMAGES, 4, 3),
    "conv2d same, strided": _layer("conv2d", IMAGES, 4, [3, 2], strides=(2, 2), padding="same"),
    "conv2d dilated": _layer("conv2d", IMAGES, 4, 2, dilation_rate=2),
    "conv3d": _layer("conv3d", VOLUMES, 3, 2),
    "conv2d_transpose": _layer("conv2d_transpose", IMAGES, 4, 3, strides=2),
    "conv3d_transpose": _layer("conv3d_transpose", VOLUMES, 2, 2),
    "separable_conv1d": _layer("separable_conv1d", SEQUENCES, 4, 3, depth_multiplier=2),
    "separable_conv2d": _layer("separable_conv2d", IMAGES, 4, 3),
    "max_pooling1d": _layer("max_pooling1d", SEQUENCES, 2, 2),
    "max_pooling2d": _layer("max_pooling2d", IMAGES, 2, 2),
    "max_pooling3d": _layer("max_pooling3d", VOLUMES, 2, 2),
    "average_pooling1d": _layer("average_pooling1d", SEQUENCES, 3, 2, padding="same"),
    "average_pooling2d": _layer("average_pooling2d", IMAGES, [2, 3], 2),
    "average_pooling3d": _layer("average_pooling3d", VOLUMES, 2, 1),
    "batch_normalization while training": _layer("batch_normalization", IMAGES, training=True),
    "batch_normalization while predicting": _layer("batch_normalization", IMAGES),
    "batch_normalization of vectors, no scale": _layer("batch_normalization", VECTORS, scale=False, training=True),
    "batch_normalization with renorm": _layer("batch_normalization", VECTORS, renorm=True, training=True),
    "dense of unknown width": lambda tf: tf.layers.dense(tf.placeholder(tf.float32, [None, None]), 5),
    "conv2d of vectors": _layer("conv2d", VECTORS, 4, 3),
    "conv2d with bad padding": _layer("conv2d", IMAGES, 4, 3, padding="around"),
    "dense reused before it exists": _layer("dense", VECTORS, 5, name="a", reuse=True),
}


def _in_scope(tf, call):
    with tf.variable_scope("outer"), tf.variable_scope("inner"):
        return call()


def _twice_in_scope(tf, call):
    with tf.variable_scope("outer"):
        first = call()
    with tf.variable_scope("outer", reuse=True):
        return first + call()


def _twice(layer, inputs):
    return layer(inputs) + layer(inputs)


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


CELLS = {
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

KERAS = {
    "Dense": lambda tf: tf.keras.layers.Dense(5, activation="relu")(VECTORS(tf)),
    "LSTM": lambda tf: tf.keras.layers.LSTM(4)(SEQUENCES(tf)),
    "GRU": lambda tf: tf.keras.layers.GRU(4, return_sequences=True)(SEQUENCES(tf)),
    "SimpleRNN": lambda tf: tf.keras.layers.SimpleRNN(4)(SEQUENCES(tf)),
    "StackedRNNCells": lambda tf: tf.keras.layers.RNN([tf.keras.layers.LSTMCell(4), tf.keras.layers.GRUCell(3)])(
        SEQUENCES(tf)
    ),
    "Bidirectional": lambda tf: tf.keras.layers.Bidirectional(tf.keras.layers.GRU(4))(SEQUENCES(tf)),
    "Conv2D": lambda tf: tf.keras.layers.Conv2D(3, 2, padding="same")(IMAGES(tf)),
    "BatchNormalization": lambda tf: tf.keras.layers.BatchNormalization()(IMAGES(tf)),
    "Embedding": lambda tf: tf.keras.layers.Embedding(7, 3)(tf.constant([[1, 6], [0, 2]])),
    "Sequential": lambda tf: tf.keras.Sequential(
        [tf.keras.layers.Dense(5, activation="tanh", input_shape=(3,)), tf.keras.layers.Dense(2, activation="softmax")]
    )(VECTORS(tf)),
}

CALLS = {"layers": LAYERS, "rnn_cell": CELLS, "keras": KERAS}


def answer(tf, call):
    """Returns what a call gives: names and shapes of its variables, its output from given weights, or its error.

    Weights are the sines of 1, 2, 3, ... so that every element differs.
    """
    with tf.Graph().as_default(), tf.Session() as session:
        try:
            output = call(tf)
        except Exception as error:  # which one is the answer
            return {"error": type(error).__name__}
        session.run(tf.global_variables_initializer())
        for variable in tf.trainable_variables():
            count = int(np.prod(variable.shape.as_list()))
            value = np.sin(np.arange(1, count + 1)).reshape(variable.shape.as_list())
            session.run(tf.assign(variable, value.astype(np.float32)))
        return {
            "variables": [[v.op.name, v.shape.as_list(), v.dtype.base_dtype.name] for v in tf.global_variables()],
            "trainable": [v.op.name for v in tf.trainable_variables()],
            "updates": len(tf.get_collection(tf.GraphKeys.UPDATE_OPS)),
            "regularization": session.run(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)),
            "shape": output.shape.as_list(),
            "output": session.run(output).ravel()[:24].tolist(),
        }
