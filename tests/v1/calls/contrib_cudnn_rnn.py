"""``tf.contrib.cudnn_rnn``: what layers build, which TensorFlow 1.15 does without a GPU too, and the conversions.

Their values without a GPU are judged by the cells that read their checkpoints, in ``contrib/test_cudnn_rnn.py``.
"""

import numpy as np
from answers import ops_in

LAYERS = ("CudnnLSTM", "CudnnGRU", "CudnnRNNTanh", "CudnnRNNRelu")
MODES = {"CudnnLSTM": "lstm", "CudnnGRU": "gru", "CudnnRNNTanh": "rnn_tanh", "CudnnRNNRelu": "rnn_relu"}


def _values(tf, shape, start):
    return tf.constant(np.sin(start + np.arange(np.prod(shape))).reshape(shape), tf.float32)


def _described(tf, layer, results):
    variable, saveable = layer.trainable_variables[0], layer.saveable
    return [
        [str(variable.shape), variable.op.name, variable.dtype.base_dtype.name, layer.rnn_mode, layer.direction],
        [layer.num_layers, layer.num_units, layer.input_size, layer.num_dirs],
        str([list(shape) for shape in layer.canonical_weight_shapes + layer.canonical_bias_shapes]),
        str(layer.state_shape(5)),
        [saveable.name] + [spec.name for spec in saveable.specs],
        [str(part.shape) for part in [results[0]] + list(results[1])],
        [variable.name for variable in tf.global_variables() + tf.trainable_variables()],
        len(tf.get_collection(tf.GraphKeys.SAVEABLE_OBJECTS)),
        ops_in(tf.get_default_graph()),
    ]


def _layer(name, shape=(4, 3, 2), lengths=None, scope=None, call=None, **options):
    def build(tf):
        with tf.Graph().as_default():
            layer = getattr(tf.contrib.cudnn_rnn, name)(2, 3, **options)
            inputs = tf.placeholder(options.get("dtype", tf.float32), shape)
            lengths_of = None if lengths is None else tf.constant(lengths)
            with tf.variable_scope(scope or tf.get_variable_scope()):
                results = layer(inputs, sequence_lengths=lengths_of, **(call or {}))
            return _described(tf, layer, results)

    return build


def _single(name, **options):
    def build(tf):
        with tf.Graph().as_default():
            layer = getattr(tf.contrib.cudnn_rnn, name)(1, 3, name="net", **options)
            layer.build([None, None, 4])
            return _described(tf, layer, layer(tf.zeros([2, 3, 4])))

    return build


def _reused(tf):
    with tf.Graph().as_default():
        inputs = tf.zeros([4, 3, 2])
        for reuse in (False, True):
            with tf.variable_scope("model", reuse=reuse):
                layer = tf.contrib.cudnn_rnn.CudnnGRU(1, 3)
                layer(inputs)
                layer(inputs)
        return (
            [variable.name for variable in tf.global_variables()],
            layer.saveable is None,
            ops_in(tf.get_default_graph()),
        )


def _initial_state(tf):
    with tf.Graph().as_default():
        layer = tf.contrib.cudnn_rnn.CudnnLSTM(1, 3, kernel_initializer=tf.ones_initializer(), dropout=0.5, seed=3)
        results = layer(tf.zeros([4, 3, 2]), (tf.zeros([1, 3, 3]), tf.zeros([1, 3, 3])), training=False)
        return _described(tf, layer, results)


def _of_a_list(tf):
    layer = tf.contrib.cudnn_rnn.CudnnGRU(1, 3)
    return layer(tf.zeros([4, 3, 2]), [tf.zeros([1, 3, 3])])


def _before_build(name):
    return lambda tf: getattr(tf.contrib.cudnn_rnn.CudnnLSTM(1, 3), name)


def _gradient_of_inference(tf):
    outputs = tf.contrib.cudnn_rnn.CudnnLSTM(1, 3)(tf.zeros([4, 3, 2]), training=False)[0]
    return tf.gradients(outputs, tf.trainable_variables())


def _converter(name, direction="unidirectional", num_proj=None):
    """Converts there and back, which needs no kernel for what is in the format of cuDNN, matrix by matrix."""

    def call(tf):
        options = {"num_proj": num_proj} if num_proj else {}
        converter = getattr(tf.contrib.cudnn_rnn, "CudnnParamsFormatConverter" + name)(
            2, 3, 4, direction=direction, **options
        )
        ways = 1 if direction == "unidirectional" else 2
        gates = {"LSTM": 4, "GRU": 3}.get(name, 1)
        output = num_proj or 3
        weights, biases = [], []
        for layer in range(2):
            depth = output * ways if layer else 4
            for way in range(ways):
                start = 10 * layer + way
                weights += [_values(tf, [3, depth], start + gate) for gate in range(gates)]
                weights += [_values(tf, [3, output], start - gate) for gate in range(gates)]
                weights += [_values(tf, [num_proj, 3], start)] if num_proj else []
                biases += [_values(tf, [3], start + gate) for gate in range(2 * gates)]
        there = converter._cu_canonical_to_tf_canonical(weights, biases)
        back = converter._tf_canonical_to_cu_canonical(there[0] + there[1], there[2] if num_proj else None)
        return [list(part) for part in there] + [list(part) for part in back]

    return call


def _saveable(name, scope):
    def build(tf):
        with tf.Graph().as_default():
            params = tf.get_variable("params", initializer=tf.zeros([100]), validate_shape=False)
            saveable = getattr(tf.contrib.cudnn_rnn, name)(params, 1, 2, 3, direction="bidirectional", scope=scope)
            return [saveable.name] + [spec.name for spec in saveable.specs] + [ops_in(tf.get_default_graph())]

    return build


def _seeds(seed):
    """The random ops of a layer: their seeds count the ops made before."""

    def call(tf):
        with tf.Graph().as_default() as graph:
            tf.set_random_seed(5)
            tf.contrib.cudnn_rnn.CudnnLSTM(1, 2, seed=seed).build([None, None, 3])
            drawn = [op for op in graph.get_operations() if op.type == "RandomUniform"]
            return [[op.name, op.get_attr("seed"), op.get_attr("seed2")] for op in drawn]

    return call


CALLS = {}
for _name in LAYERS:
    CALLS[_name] = _layer(_name)
    CALLS[_name + " of both directions"] = _layer(_name, direction="bidirectional", scope="model")
    CALLS[_name + " of one layer"] = _single(_name, direction="bidirectional")
    CALLS[_name + " of lengths"] = _layer(_name, lengths=[4, 1, 2])
for _name in ("LSTM", "GRU", "Tanh", "Relu"):
    CALLS["CudnnParamsFormatConverter" + _name] = _converter(_name)
    CALLS["CudnnParamsFormatConverter" + _name + " of both directions"] = _converter(_name, "bidirectional")
for _name in ("CudnnLSTMSaveable", "CudnnGRUSaveable", "CudnnRNNTanhSaveable", "CudnnRNNReluSaveable"):
    CALLS[_name] = _saveable(_name, None)
    CALLS[_name + " in a scope"] = _saveable(_name, "model")
CALLS.update(
    {
        "CudnnParamsFormatConverterLSTM projected": _converter("LSTM", num_proj=2),
        "CudnnParamsFormatConverterLSTM projected in both directions": _converter("LSTM", "bidirectional", 2),
        "CudnnLSTM of unknown sizes": _layer("CudnnLSTM", shape=(None, None, 2)),
        "CudnnLSTM with initial state": _initial_state,
        "CudnnGRU reused": _reused,
        "CudnnLSTM seeded": _seeds(3),
        "CudnnLSTM seeded by the graph": _seeds(None),
        "CudnnGRU of a list as state": _of_a_list,
        "CudnnLSTM input_size before build": _before_build("input_size"),
        "CudnnLSTM canonical_weight_shapes before build": _before_build("canonical_weight_shapes"),
        "CudnnLSTM of no direction": lambda tf: tf.contrib.cudnn_rnn.CudnnLSTM(1, 3, direction="both"),
        "CudnnLSTM of no input mode": lambda tf: tf.contrib.cudnn_rnn.CudnnLSTM(1, 3, input_mode="skip"),
        "CudnnLSTM of integers": lambda tf: tf.contrib.cudnn_rnn.CudnnLSTM(1, 3, dtype=tf.int32),
        "CudnnLSTM of rank 2": lambda tf: tf.contrib.cudnn_rnn.CudnnLSTM(1, 3)(tf.zeros([2, 3])),
        "CudnnLSTM of unknown depth": lambda tf: tf.contrib.cudnn_rnn.CudnnLSTM(1, 3).build([2, 3, None]),
        "gradient of inference": _gradient_of_inference,
    }
)
