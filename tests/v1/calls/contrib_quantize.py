"""``tf.contrib.quantize``: what the rewriting adds to graphs and reroutes in them, and what the new graphs compute."""

import zlib

import numpy as np

from .inputs import contrib, normal

IMAGES, WIDE = normal(2, 6, 6, 3), normal(2, 8, 8, 3)


def _nodes(tf):
    return {node.name: list(node.input) for node in tf.get_default_graph().as_graph_def().node}


def _changes(tf, before):
    """Returns a line for each op that is new, one for each that has other inputs, and the names of all variables."""
    types = {node.name: node.op for node in tf.get_default_graph().as_graph_def().node}
    after = _nodes(tf)
    added = [" ".join([name, types[name]] + after[name]) for name in after if name not in before]
    changed = [" ".join([name] + after[name]) for name in before if after[name] != before[name]]
    return added + changed + [variable.op.name for variable in tf.global_variables()]


def _digest(lines):
    """Returns how many lines there are and a checksum of them: the whole would be long."""
    return [len(lines), "%08x" % zlib.crc32("\n".join(lines).encode())]


def _graph(build, rewrite, recorded=_digest):
    def call(tf):
        build(tf)
        before = _nodes(tf)
        rewrite(tf)
        return recorded(_changes(tf, before))

    return call


def _values(build, rewrite, recorded=_digest):
    """Returns the changes of a graph, the gradients of its output, and the output of two runs."""

    def call(tf):
        output = build(tf)
        before = _nodes(tf)
        rewrite(tf)
        changes = recorded(_changes(tf, before))
        gradients = [part for part in tf.gradients(tf.reduce_sum(output), tf.trainable_variables()) if part is not None]
        return lambda session: changes + session.run([output] + gradients) + [session.run(output)]

    return call


def _training(**options):
    return lambda tf: tf.contrib.quantize.experimental_create_training_graph(**options)


def _eval(**options):
    return lambda tf: tf.contrib.quantize.experimental_create_eval_graph(**options)


def _plain_training(tf):
    tf.contrib.quantize.create_training_graph(quant_delay=2)


def _plain_eval(tf):
    tf.contrib.quantize.create_eval_graph(tf.get_default_graph())


def _convolution(is_training, fused=True, scale=True, activation="relu6", **options):
    def build(tf):
        layers = tf.contrib.layers
        params = {"is_training": is_training, "fused": fused, "scale": scale, "decay": 0.9}
        net = layers.conv2d(
            IMAGES(tf),
            4,
            3,
            activation_fn=activation and getattr(tf.nn, activation),
            normalizer_fn=layers.batch_norm,
            normalizer_params=params,
            scope="conv",
            **options,
        )
        return layers.fully_connected(tf.reshape(net, [-1, 4 * 6 * 6]), 3, activation_fn=None, scope="logits")

    return build


def _separable(is_training, fused=True, scale=True, depth=4):
    def build(tf):
        layers = tf.contrib.layers
        params = {"is_training": is_training, "fused": fused, "scale": scale}
        options = {"normalizer_fn": layers.batch_norm, "normalizer_params": params}
        net = layers.separable_conv2d(IMAGES(tf), None, 3, 1, activation_fn=tf.nn.relu6, scope="depth", **options)
        return layers.conv2d(net, depth, 1, activation_fn=tf.nn.relu6, scope="point", **options)

    return build


def _with_bias(tf):
    net = tf.layers.conv2d(IMAGES(tf), 4, 3, activation=tf.nn.relu, name="one")
    net = tf.layers.max_pooling2d(net, 2, 2)
    net = tf.layers.dense(tf.reshape(net, [2, 16]), 5, activation=tf.nn.relu, name="two")
    return tf.layers.dense(net, 3, name="three")


def _by_hand(tf):
    weights = tf.get_variable("weights", [12, 5])
    hidden = tf.nn.relu(tf.matmul(normal(4, 12)(tf), weights) + tf.get_variable("bias", [5]))
    return tf.identity(tf.matmul(hidden, tf.get_variable("top", [5, 2])), name="out")


def _residual(is_training):
    """The output of a layer is added to its input, before the activation; and another after it."""

    def build(tf):
        layers = tf.contrib.layers
        params = {"is_training": is_training, "fused": True, "scale": True}
        with tf.variable_scope("block"):
            options = {"normalizer_fn": layers.batch_norm, "normalizer_params": params, "activation_fn": None}
            first = layers.conv2d(IMAGES(tf), 3, 3, scope="first", **options)
            net = tf.nn.relu6(first + IMAGES(tf), name="relu")
        with tf.variable_scope("after"):
            second = layers.conv2d(net, 3, 3, activation_fn=tf.nn.relu, scope="second")
            return tf.identity(second + net, name="out") * 2.0

    return build


def _unfused_residual(name):
    def build(tf):
        with tf.variable_scope("block"):
            options = {"normalizer_fn": tf.contrib.layers.batch_norm, "normalizer_params": {"fused": False}}
            first = tf.contrib.layers.conv2d(IMAGES(tf), 3, 3, activation_fn=None, scope="first", **options)
            return tf.nn.relu(tf.add(first, IMAGES(tf), name=name), name="relu")

    return build


def _atrous(fused):
    def build(tf):
        layers = tf.contrib.layers
        params = {"is_training": True, "fused": fused, "scale": True}
        options = {"normalizer_fn": layers.batch_norm, "normalizer_params": params, "activation_fn": tf.nn.relu6}
        return layers.separable_conv2d(WIDE(tf), None, 3, 1, rate=2, scope="depth", **options)

    return build


def _product(is_training, fused):
    def build(tf):
        layers = tf.contrib.layers
        params = {"is_training": is_training, "fused": fused, "scale": True}
        options = {"normalizer_fn": layers.batch_norm, "normalizer_params": params}
        return layers.fully_connected(normal(6, 5)(tf), 4, scope="dense", activation_fn=tf.nn.relu6, **options)

    return build


def _two_scopes(tf):
    with tf.variable_scope("a"):
        net = tf.layers.conv2d(IMAGES(tf), 4, 3, activation=tf.nn.relu, name="conv")
    with tf.variable_scope("b"):
        return tf.layers.conv2d(net, 2, 3, activation=tf.nn.relu, name="conv")


def _sums(tf):
    net = tf.layers.conv2d(IMAGES(tf), 3, 3, padding="same", activation=tf.nn.relu, name="conv")
    other = tf.layers.conv2d(IMAGES(tf), 3, 3, padding="same", activation=tf.nn.relu, name="other")
    return tf.reduce_sum(tf.multiply(net, other, name="product") + tf.reshape(net, [2, 6, 6, 3]), name="sum")


def _resource(tf):
    """Reads of resource variables are quantized."""
    with tf.variable_scope("net", use_resource=True):
        return _convolution(True)(tf)


def _trained(tf):
    """Ten steps of training with delays: the losses, and the variables of the quantization."""
    tf.set_random_seed(2)
    images, labels = normal(8, 6, 6, 3)(tf), tf.constant([0, 1, 2, 0, 1, 2, 0, 1])
    params = {"is_training": True, "scale": True, "decay": 0.9}
    layers = tf.contrib.layers
    net = layers.conv2d(images, 4, 3, normalizer_fn=layers.batch_norm, normalizer_params=params, scope="conv")
    logits = layers.fully_connected(tf.reshape(net, [-1, 4 * 6 * 6]), 3, activation_fn=None, scope="logits")
    loss = tf.losses.sparse_softmax_cross_entropy(labels, logits)
    tf.contrib.quantize.experimental_create_training_graph(
        weight_bits=16, activation_bits=16, quant_delay=3, freeze_bn_delay=6
    )
    with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
        train = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
    ends = [variable for variable in tf.global_variables() if "quant" in variable.op.name]

    def run(session):
        losses = [session.run([loss, train])[0] for _ in range(10)]
        # A value that is rounded at the edge of two goes either way.
        return [np.round(losses, 2)] + [variable.op.name for variable in ends] + list(np.round(session.run(ends), 2))

    return run


def _quantized(function, *shape, **options):
    def call(tf):
        inputs = tf.get_variable("inputs", shape, trainable=True)
        with tf.variable_scope("scope"):
            quantized = getattr(contrib(tf, "quantize.python.quant_ops"), function)(inputs, **options)
        names = sorted(tf.get_default_graph().get_all_collection_keys())
        return [quantized] + [name for name in names if isinstance(name, str) and not name.startswith("_")]

    return call


def _matched(tf):
    matcher = contrib(tf, "quantize.python.graph_matcher")
    one, two = tf.constant(1.0, name="one"), tf.identity(tf.placeholder(tf.float32, name="x"), name="two")
    tf.add(one, two, name="sum")
    tf.subtract(two, one, name="difference")
    x = matcher.OpTypePattern("Placeholder", name="x")
    either = matcher.OneofPattern([matcher.OpTypePattern("Const", name="constant")])
    pattern = matcher.OpTypePattern(
        "Add|AddV2|Sub", inputs=[matcher.OpTypePattern("Identity", inputs=[x]), either], ordered_inputs=False
    )
    results = list(matcher.GraphMatcher(pattern).match_graph(tf.get_default_graph()))
    found = [result.get_op(part).name for result in results for part in (pattern, x, "constant")]
    ordered = matcher.OpTypePattern("*", inputs=["Const", "*"])
    return found + [
        len(list(matcher.GraphMatcher(ordered).match_graph(tf.get_default_graph()))),
        str(results[0].get_tensor(pattern)),
        results[0].get_tensor("x").name,
        str(results[0].get_op("no such")),
    ]


def _trains_already(tf):
    loss = tf.reduce_sum(tf.square(tf.get_variable("x", [2])))
    tf.train.GradientDescentOptimizer(0.1).minimize(loss)
    tf.contrib.quantize.create_training_graph()


def _behind_a_placeholder(tf):
    """Nothing that normalizes can be folded into a sum."""
    net = tf.contrib.layers.batch_norm(normal(4, 3)(tf) + 1.0, fused=False, activation_fn=tf.nn.relu, scope="BatchNorm")
    tf.contrib.quantize.create_training_graph()
    return net


CALLS = {
    "training": _values(_convolution(True), _training(), list),
    "training with delay": _values(_convolution(True), _plain_training),
    "training of 4 and 6 bits": _graph(_convolution(True), _training(weight_bits=4, activation_bits=6)),
    "training symmetric": _values(_with_bias, _training(symmetric=True)),
    "training frozen later": _values(_convolution(True), _training(quant_delay=1, freeze_bn_delay=1)),
    "training unfused": _values(_convolution(True, fused=False), _training(), list),
    "training unfused without scale": _values(_convolution(True, fused=False, scale=False), _training()),
    "training without scale": _graph(_convolution(True, scale=False), _training()),
    "training with resource variables": _graph(_resource, _training()),
    "eval": _values(_convolution(False), _plain_eval, list),
    "eval unfused": _graph(_convolution(False, fused=False), _eval()),
    "eval with delay": _values(_with_bias, _eval(quant_delay=5, weight_bits=4)),
    "eval of identity": _values(_convolution(False, activation=None), _eval()),
    "separable": _graph(_separable(True), _training()),
    "separable unfused": _graph(_separable(True, fused=False), _training()),
    "separable unfused without scale": _graph(_separable(True, fused=False, scale=False), _training()),
    "separable eval": _values(_separable(False), _eval()),
    "bias": _values(_with_bias, _training()),
    "by hand": _values(_by_hand, _training()),
    "residual": _values(_residual(True), _training()),
    "residual eval": _graph(_residual(False), _eval()),
    "residual unfused": _graph(_unfused_residual("AddV2"), _training()),
    "residual unfused of another name": _graph(_unfused_residual("sum"), _training()),
    "atrous": _values(_atrous(True), _training()),
    "atrous unfused": _graph(_atrous(False), _training()),
    "product": _values(_product(True, True), _training()),
    "product eval": _graph(_product(False, True), _eval()),
    "product unfused": _values(_product(True, False), _training()),
    "scope": _values(_two_scopes, _training(scope="b")),
    "sums": _values(_sums, _training()),
    "trained": _trained,
    "refuses training ops": _trains_already,
    "refuses sums": _behind_a_placeholder,
    "fixed": lambda tf: contrib(tf, "quantize.python.quant_ops").FixedQuantize(
        tf.get_variable("inputs", [5]), -1.0, 0.5
    ),
    "last value": _quantized("LastValueQuantize", 3, 4),
    "last value for each channel": _quantized("LastValueQuantize", 3, 4, per_channel=True, symmetric=True),
    "last value of a vector": _quantized("LastValueQuantize", 4, per_channel=True, vars_collection="ends"),
    "last value of rank 3": _quantized("LastValueQuantize", 1, 3, 4, per_channel=True),
    "last value in evaluation": _quantized("LastValueQuantize", 3, is_training=False, init_min=-0.5, num_bits=4),
    "average": _quantized("MovingAvgQuantize", 3, 4, narrow_range=True, symmetric=True),
    "average for each channel": _quantized("MovingAvgQuantize", 1, 2, 2, 3, per_channel=True, ema_decay=0.5),
    "graph_matcher": _matched,
    "graph_matcher refuses inputs": lambda tf: contrib(tf, "quantize.python.graph_matcher").OpTypePattern(
        "Add", inputs=["*"] * 9
    ),
}
