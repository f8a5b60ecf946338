"""Records graphs of real TensorFlow 1.15 and what its shape inference and its profiler say of them.

Run with a Python 3.7 that has tensorflow==1.15.5: ``python tests/oracle/record_inspect_graphs.py [NAME...]``.
It writes ``tests/fixtures/tf115/inspect_graphs/``: of each model ``NAME.meta.gz``, a MetaGraphDef, and
``NAME.json.gz`` with

- ``floats`` and ``parameters``: floating point operations and trainable parameters by name scope, of ``tf.profiler``,
- ``imported_floats``: the same of the graph without the shapes that its program set,
- ``shapes``: by operation the static shapes of its outputs, in the program; null for an unknown rank or size,
- ``imported_shapes``: the same as TensorFlow infers them from the graph alone;

``slots.json.gz``: by variable of the model ``optimizers``, which optimizer keeps it, and for which variable;
``ops.json.gz``: the registered ops with the names of their inputs, and the library of ``contrib`` that has it;
``frozen.pb.gz`` and ``saved_model.pb.gz``.
"""

import gzip
import json
import shutil
import sys
import tempfile
from pathlib import Path

import numpy
import tensorflow as tf
from tensorflow.core.framework import op_def_pb2
from tensorflow.python import pywrap_tensorflow

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "inspect" / "graphs"))

from op_outputs import outputs_of

FOLDER = Path(__file__).resolve().parents[1] / "fixtures" / "tf115" / "inspect_graphs"
BATCH = 8


def mlp(batch):
    x = tf.placeholder(tf.float32, [batch, 20], name="x")
    y = tf.placeholder(tf.int64, [batch], name="y")
    hidden = tf.layers.dense(x, 16, activation=tf.nn.relu, kernel_regularizer=tf.contrib.layers.l2_regularizer(0.1))
    logits = tf.layers.dense(tf.layers.dropout(hidden, 0.5, training=True), 3, name="logits")
    tf.argmax(logits, 1, name="prediction")
    loss = tf.losses.sparse_softmax_cross_entropy(y, logits)
    rate = tf.train.exponential_decay(0.1, tf.train.get_or_create_global_step(), 100, 0.9)
    total = tf.losses.get_total_loss(name="total")
    tf.train.MomentumOptimizer(rate, 0.9, use_nesterov=True).minimize(total, tf.train.get_global_step())
    tf.summary.scalar("loss", loss)


def mlp_by_hand(batch):
    x = tf.placeholder(tf.float32, [batch, 4], name="x")
    y = tf.placeholder(tf.float32, [batch, 3], name="y")
    w = tf.Variable(tf.random_normal([4, 3]), name="w")
    b = tf.Variable(tf.zeros([3]), name="b")
    prediction = tf.nn.softmax(tf.matmul(x, w) + b, name="prediction")
    loss = -tf.reduce_mean(tf.reduce_sum(y * tf.log(prediction), axis=1), name="cost")
    with tf.variable_scope("optimizer"):
        tf.train.AdamOptimizer(0.003, beta1=0.8).minimize(loss)
    tf.global_variables_initializer()


def cnn(batch):
    x = tf.placeholder(tf.float32, [batch, 784], name="x")
    y = tf.placeholder(tf.float32, [batch, 10], name="y")
    net = tf.reshape(x, [-1, 28, 28, 1])
    net = tf.layers.conv2d(net, 8, 5, activation=tf.nn.relu, padding="same")
    net = tf.layers.max_pooling2d(net, 2, 2)
    net = tf.layers.batch_normalization(tf.layers.conv2d(net, 12, 3, strides=2), training=True)
    net = tf.layers.average_pooling2d(tf.nn.relu(net), 2, 1)
    net = tf.nn.lrn(net)
    net = tf.layers.flatten(net)
    logits = tf.layers.dense(net, 10)
    loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits_v2(labels=y, logits=logits))
    correct = tf.equal(tf.argmax(logits, 1), tf.argmax(y, 1))
    tf.reduce_mean(tf.cast(correct, tf.float32), name="accuracy")
    with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
        tf.train.AdamOptimizer().minimize(loss)


def separable(batch):
    x = tf.placeholder(tf.float32, [batch, 32, 32, 3], name="x")
    net = tf.layers.separable_conv2d(x, 8, 3, depth_multiplier=2, padding="same", activation=tf.nn.relu6)
    net = tf.nn.depthwise_conv2d(net, tf.get_variable("depthwise", [3, 3, 8, 2]), [1, 2, 2, 1], "VALID")
    net = tf.nn.atrous_conv2d(net, tf.get_variable("atrous", [3, 3, 16, 4]), 2, "VALID")
    net = tf.nn.conv2d(net, tf.get_variable("dilated", [2, 2, 4, 4]), 1, "SAME", dilations=[1, 2, 2, 1])
    net = tf.pad(net, [[0, 0], [1, 1], [2, 2], [0, 0]])
    net = tf.space_to_depth(tf.image.resize_bilinear(net, [12, 12]), 2)
    loss = tf.reduce_mean(tf.square(net)) + tf.nn.l2_loss(net)
    tf.train.RMSPropOptimizer(0.01, centered=True).minimize(loss)


def autoencoder(batch):
    x = tf.placeholder(tf.float32, [batch, 28, 28, 1], name="x")
    net = tf.layers.conv2d(x, 6, 3, strides=2, padding="same", activation=tf.nn.elu)
    code = tf.layers.conv2d(net, 4, 3, strides=2, padding="same", activation=tf.nn.tanh, name="code")
    net = tf.layers.conv2d_transpose(code, 6, 3, strides=2, padding="same", activation=tf.nn.relu)
    net = tf.layers.conv2d_transpose(net, 1, 3, strides=2, padding="same", activation=tf.nn.sigmoid, name="decoded")
    loss = tf.reduce_mean(tf.squared_difference(net, x))
    tf.train.GradientDescentOptimizer(0.5).minimize(loss)


def lstm(batch):
    x = tf.placeholder(tf.float32, [batch, 7, 5], name="x")
    y = tf.placeholder(tf.float32, [batch, 2], name="y")
    outputs, _ = tf.nn.dynamic_rnn(tf.nn.rnn_cell.BasicLSTMCell(6), x, dtype=tf.float32)
    prediction = tf.layers.dense(outputs[:, -1], 2)
    loss = tf.losses.mean_squared_error(y, prediction)
    gradients, variables = zip(*tf.train.AdamOptimizer(0.01).compute_gradients(loss))
    clipped, _ = tf.clip_by_global_norm(gradients, 1.0)
    tf.train.AdamOptimizer(0.01).apply_gradients(zip(clipped, variables))


def lstm_unrolled(batch):
    tokens = tf.placeholder(tf.int32, [batch, 5], name="tokens")
    embedding = tf.get_variable("embedding", [50, 8], partitioner=tf.fixed_size_partitioner(2))
    inputs = tf.unstack(tf.nn.embedding_lookup(embedding, tokens), axis=1)
    cell = tf.nn.rnn_cell.MultiRNNCell([tf.contrib.rnn.LSTMBlockCell(6), tf.nn.rnn_cell.GRUCell(4)])
    outputs, _ = tf.nn.static_rnn(cell, inputs, dtype=tf.float32)
    logits = tf.layers.dense(tf.concat(outputs, 0), 50)
    labels = tf.reshape(tf.transpose(tokens), [-1])
    loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits))
    tf.train.AdagradOptimizer(0.1).minimize(loss)


def resources(batch):
    x = tf.placeholder(tf.float32, [batch, 6, 9, 9, 2], name="x")
    with tf.variable_scope("net", use_resource=True):
        net = tf.layers.conv3d(x, 3, 3, activation=tf.nn.relu)
        net = tf.layers.max_pooling3d(net, 2, 2)
        net = tf.layers.dense(tf.layers.flatten(net), 4)
        table = tf.get_variable("table", [11, 4])
        net += tf.nn.embedding_lookup(table, tf.argmax(net, 1))
    loss = tf.reduce_mean(tf.abs(net))
    average = tf.train.ExponentialMovingAverage(0.9)
    with tf.control_dependencies([tf.train.FtrlOptimizer(0.05).minimize(loss)]):
        average.apply(tf.trainable_variables())


def pipeline(batch):
    data = tf.data.Dataset.from_tensor_slices(numpy.zeros([20, 3], numpy.float32))
    data = data.map(lambda row: row * 2).batch(batch or 4, drop_remainder=batch is not None)
    rows = tf.compat.v1.data.make_initializable_iterator(data).get_next()
    words = tf.contrib.lookup.HashTable(
        tf.contrib.lookup.KeyValueTensorInitializer(["a", "b"], [0, 1], tf.string, tf.int64), -1
    )
    words.lookup(tf.placeholder(tf.string, [None], name="words"))
    w = tf.get_variable("w", [3, 3])
    count = tf.placeholder_with_default(3, [], name="count")
    result = tf.while_loop(lambda i, _: i < count, lambda i, row: (i + 1, tf.matmul(row, w)), [0, rows])[1]
    tf.cond(count > 2, lambda: result, lambda: result[:2], name="chosen")


def arrays(batch):
    """Ops that cut, join and arrange tensors, with arguments of every kind."""
    x = tf.placeholder(tf.float32, [batch, 6, 4], name="x")
    anything = tf.placeholder(tf.float32, name="anything")
    n = tf.shape(x)[0]
    for index, cut in enumerate(
        (x[0], x[-1, 1:], x[..., 0], x[:, ::2], x[:, ::-1], x[:, 4:1:-2], x[:, tf.newaxis, ..., 1:], x[1:3], x[:, n:])
        + (x[:, :100], x[:, -2:], x[n - 1], tf.shape(x)[1:], tf.shape(x)[-1])
    ):
        tf.identity(cut, name="cut_%d" % index)
    tf.slice(x, [0, 1, 0], [-1, 2, -1])
    tf.slice(x, [0, tf.rank(anything), 0], [1, -1, 2])
    tf.reshape(x, [n, 24]), tf.reshape(x, [-1, 3, 8]), tf.reshape(x, tf.stack([n, 2, -1])), tf.reshape(x, [-1])
    tf.reshape(anything, [2, -1]), tf.reshape(x, tf.shape(anything)), tf.reshape(x, tf.concat([[n], [4, 6]], 0))
    tf.reshape(x, tf.stack([tf.shape(x)[0] * tf.shape(x)[1], 4]))
    tf.concat([x, x], 1), tf.concat([x, x], -1), tf.concat([x, x[:, :1]], 1), tf.concat([x, anything], 1)
    tf.stack([x, x], 1), tf.stack([x, x], -1), tf.unstack(x, axis=1), tf.split(x, 2, 2), tf.split(x, [1, 2, 3], 1)
    tf.split(x, [1, -1], -1), tf.transpose(x), tf.transpose(x, [1, 0, 2]), tf.squeeze(x[:, :1]), tf.squeeze(x[:1], [0])
    tf.squeeze(tf.zeros([1, 2, 1])), tf.expand_dims(x, -1), tf.expand_dims(x, 1)
    tf.gather(x, [0, 1, 0], axis=1), tf.gather(x, [[0]]), tf.gather(x, 0), tf.gather_nd(x, [[0, 1]])
    tf.gather(x, tf.zeros([6], tf.int32), axis=1), tf.gather_nd(x, [[0, 1, 2], [0, 0, 0]])
    tf.batch_gather(x, tf.zeros([batch or 3, 2], tf.int32)) if batch else None
    tf.one_hot([1, 2], 5), tf.one_hot([[1], [2]], 5, axis=1), tf.one_hot(tf.argmax(x, 1), 7), tf.one_hot([1], n)
    tf.pad(x, [[0, 0], [1, 2], [0, 3]]), tf.pad(x, [[0, 0], [1, 1], [0, 0]], "REFLECT"), tf.tile(x, [2, 1, 3])
    tf.tile(x, [1, n, 1]), tf.broadcast_to(x[:1], [5, 6, 4]), tf.fill([n, 2], 1.0), tf.fill([2, 3], 1), tf.zeros_like(x)
    (
        tf.zeros(tf.shape(x)),
        tf.range(5),
        tf.range(1, 10, 3),
        tf.range(n),
        tf.range(0.0, 1.0, 0.1),
        tf.linspace(0.0, 1.0, 5),
    )
    tf.shape(x), tf.shape_n([x, x]), tf.size(x), tf.rank(x), tf.where(x > 0), tf.reverse(x, [1]), tf.unique([1, 2, 1])
    tf.dynamic_stitch([[0, 2], [1, 3]], [tf.zeros([2, 5]), tf.ones([2, 5])]), tf.dynamic_partition(x[0], [0] * 6, 2)
    (
        tf.boolean_mask(x, [True] * 6, axis=1),
        tf.space_to_batch_nd(x, [2], [[0, 0]]),
        tf.batch_to_space_nd(x[:4], [2], [[1, 0]]),
    )
    tf.reduce_sum(x), tf.reduce_mean(x, 1), tf.reduce_max(x, [0, -1], keepdims=True), tf.reduce_sum(anything, 0)
    tf.reduce_sum(anything), tf.reduce_any(x > 0, -1), tf.reduce_prod(x, [1, 2]), tf.argmin(x, -1), tf.cumsum(x)
    tf.add(x, 1.0), x * tf.ones([4]), x + tf.ones([6, 1]), x + anything, tf.maximum(x, x), tf.where(x > 0, x, x)
    tf.where(tf.ones([6]) > 0, x[0], x[0]), tf.add_n([x, x]), tf.cast(x, tf.int32) // 2, tf.nn.top_k(x, 3)
    (
        tf.nn.in_top_k(x[0], tf.zeros([6], tf.int32), 2),
        tf.matmul(x, x, transpose_b=True),
        tf.matmul(x, x, transpose_a=True),
    )
    (
        tf.matmul(x[0], x[0], transpose_a=True),
        tf.tensordot(x, tf.ones([4, 5]), 1),
        tf.matmul(x, tf.ones([batch or 3, 4, 2])),
    )
    tf.nn.softmax(x), tf.nn.log_softmax(x), tf.nn.softmax(x, axis=1), tf.nn.l2_loss(x), tf.nn.l2_normalize(x, 1)
    tf.unsorted_segment_sum(x[0], [0, 1, 0, 1, 0, 1], 2), tf.segment_mean(x[0], [0, 0, 0, 1, 1, 1]), tf.norm(x)
    tf.random_uniform([n, 3]), tf.random_normal([2, 3]), tf.truncated_normal(tf.shape(x)), tf.multinomial(x[0], 5)
    tf.random_shuffle(x), tf.meshgrid(tf.range(3), tf.range(4)), tf.sequence_mask([1, 2], 4), tf.eye(3), tf.diag([1, 2])
    queue = tf.FIFOQueue(10, [tf.float32, tf.int32], [[2, 3], []])
    queue.enqueue([tf.ones([2, 3]), 1])
    queue.dequeue(), queue.dequeue_many(4), queue.dequeue_up_to(4), queue.size()
    tf.train.batch([tf.ones([2, 3])], 5)
    tf.while_loop(
        lambda i, _: i < 3,
        lambda i, y: (i + 1, tf.concat([y, y[:1]], 0)),
        [0, tf.ones([2, 3])],
        shape_invariants=[tf.TensorShape([]), tf.TensorShape([None, 3])],
    )
    tf.cond(n > 2, lambda: tf.ones([2, 3]), lambda: tf.ones([5, 3])), tf.map_fn(lambda row: row[:2] * 2, x)
    tf.scan(lambda a, row: a + row, x), tf.case([(n > 2, lambda: x)], lambda: x * 2)
    tf.identity_n([x, anything]), tf.stop_gradient(x), tf.py_func(lambda: 1.0, [], tf.float32), tf.clip_by_norm(x, 1.0)


def images(batch):
    """Convolutions, pools and quantized ops with all paddings and formats."""
    x = tf.placeholder(tf.float32, [batch, 11, 13, 4], name="x")
    any_size = tf.placeholder(tf.float32, [batch, None, None, 4], name="any_size")
    swapped = tf.transpose(x, [0, 3, 1, 2])
    kernel = tf.ones([3, 2, 4, 6])
    for source in (x, any_size):
        for padding in ("SAME", "VALID"):
            tf.nn.conv2d(source, kernel, [1, 2, 3, 1], padding)
            tf.nn.conv2d(source, kernel, [1, 1, 1, 1], padding, dilations=[1, 2, 3, 1])
            tf.nn.depthwise_conv2d_native(source, tf.ones([3, 2, 4, 2]), [1, 2, 2, 1], padding)
            tf.nn.max_pool(source, [1, 3, 2, 1], [1, 2, 2, 1], padding)
            tf.nn.avg_pool(source, [1, 3, 2, 1], [1, 2, 3, 1], padding)
            tf.nn.max_pool_with_argmax(source, [1, 3, 2, 1], [1, 2, 2, 1], padding)
            tf.nn.dilation2d(source, tf.ones([3, 2, 4]), [1, 2, 1, 1], [1, 1, 2, 1], padding)
    tf.nn.conv2d(x, kernel, [1, 2, 2, 1], [[0, 0], [1, 2], [0, 3], [0, 0]])
    tf.nn.conv2d(swapped, kernel, [1, 1, 2, 2], "VALID", data_format="NCHW")
    tf.nn.max_pool(swapped, [1, 1, 2, 2], [1, 1, 2, 2], "VALID", data_format="NCHW")
    tf.nn.bias_add(swapped, tf.ones([4]), data_format="NCHW")
    tf.nn.fused_batch_norm(swapped, tf.ones([4]), tf.ones([4]), data_format="NCHW")
    back = tf.nn.conv2d_transpose(x, tf.ones([3, 3, 5, 4]), [tf.shape(x)[0], 22, 26, 5], [1, 2, 2, 1])
    tf.nn.conv2d_transpose(x, tf.ones([3, 3, 5, 4]), tf.shape(any_size), [1, 2, 2, 1])
    volume = tf.placeholder(tf.float32, [batch, 5, 6, 7, 2], name="volume")
    tf.nn.conv3d(volume, tf.ones([2, 2, 2, 2, 3]), [1, 2, 2, 2, 1], "SAME")
    tf.nn.avg_pool3d(volume, [1, 2, 2, 2, 1], [1, 1, 2, 1, 1], "VALID")
    tf.nn.conv3d_transpose(volume, tf.ones([2, 2, 2, 3, 2]), [batch or 4, 10, 12, 14, 3], [1, 2, 2, 2, 1])
    loss = tf.nn.l2_loss(back) + tf.reduce_sum(tf.nn.avg_pool(x, [1, 2, 2, 1], [1, 2, 2, 1], "VALID"))
    loss += tf.reduce_sum(tf.image.resize_bilinear(x, [5, 5])) + tf.reduce_sum(
        tf.nn.depthwise_conv2d(x, kernel, [1] * 4, "SAME")
    )
    tf.gradients(loss, [x])
    tf.image.resize_images(x, [7, 8]), tf.image.resize_nearest_neighbor(x, [22, 26]), tf.depth_to_space(x, 2)
    tf.extract_image_patches(x, [1, 3, 3, 1], [1, 2, 2, 1], [1, 1, 1, 1], "VALID"), tf.image.flip_left_right(x)
    quantized, low, high = tf.quantize(x, -1.0, 1.0, tf.quint8)
    (
        tf.dequantize(quantized, low, high),
        tf.fake_quant_with_min_max_args(x),
        tf.nn.quantized_max_pool(quantized, low, high, [1, 2, 2, 1], [1, 2, 2, 1], "SAME"),
    )
    weights, least, most = tf.quantize(kernel, -1.0, 1.0, tf.quint8)
    sums, least, most = tf.nn.quantized_conv2d(quantized, weights, low, high, least, most, [1, 2, 2, 1], "VALID")
    tf.nn.relu6(x), tf.nn.crelu(x), tf.nn.leaky_relu(x), tf.nn.local_response_normalization(x)


def optimizers(batch):
    """All optimizers, on a dense and on an embedded variable. Gives what they keep, and for which variable."""
    opt = tf.contrib.opt
    kinds = {
        "GradientDescent": tf.train.GradientDescentOptimizer(0.25),
        "ProximalGradientDescent": tf.train.ProximalGradientDescentOptimizer(0.25, 0.1, 0.2),
        "Adam": tf.train.AdamOptimizer(0.25),
        "Adagrad": tf.train.AdagradOptimizer(0.25),
        "RMSProp": tf.train.RMSPropOptimizer(0.25, momentum=0.5),
        "CenteredRMSProp": tf.train.RMSPropOptimizer(0.25, centered=True),
        "Momentum": tf.train.MomentumOptimizer(0.25, 0.5),
        "Ftrl": tf.train.FtrlOptimizer(0.25),
        "Adadelta": tf.train.AdadeltaOptimizer(0.25),
        "AdagradDA": tf.train.AdagradDAOptimizer(0.25, tf.train.get_or_create_global_step()),
        "ProximalAdagrad": tf.train.ProximalAdagradOptimizer(0.25),
        "AdaMax": opt.AdaMaxOptimizer(0.25),
        "AddSign": opt.AddSignOptimizer(0.25),
        "PowerSign": opt.PowerSignOptimizer(0.25),
    }
    slots = {}
    for use_resource in (False, True):
        for kind, optimizer in sorted(kinds.items()):
            # AddSign and PowerSign have no gradient for embeddings.
            with tf.variable_scope(kind.lower() + ("_resource" if use_resource else ""), use_resource=use_resource):
                dense = tf.get_variable("dense", [3, 2])
                table = tf.get_variable("table", [5, 2])
                rows = tf.nn.embedding_lookup(table, [1, 3])
                loss = tf.reduce_sum(tf.square(dense)) + (tf.reduce_sum(rows) if not kind.endswith("Sign") else 0.0)
                optimizer.minimize(loss)
            for name in optimizer.get_slot_names():
                for variable in (dense, table):
                    slot = optimizer.get_slot(variable, name)
                    if slot is not None:
                        slots[slot.op.name] = [kind, variable.op.name]
    return slots


MODELS = (
    mlp,
    mlp_by_hand,
    cnn,
    separable,
    autoencoder,
    lstm,
    lstm_unrolled,
    resources,
    pipeline,
    arrays,
    images,
    optimizers,
)


def write(name, content):
    with (FOLDER / name).open("wb") as file, gzip.GzipFile("", "wb", mtime=0, fileobj=file) as packed:
        packed.write(content)


def write_json(name, value):
    write(name, json.dumps(value, indent=0, sort_keys=True).encode())


def shapes_of(graph):
    return {
        operation.name: [None if tensor.shape.ndims is None else tensor.shape.as_list() for tensor in operation.outputs]
        for operation in graph.get_operations()
    }


def profiled(graph, options, total):
    # Without a least number the tree has the scopes too, not only the operations in them.
    options = dict(options, output="none", max_depth=1000, min_float_ops=0)
    found = {}

    def visit(node):
        value = getattr(node, total)
        if value:
            found[node.name] = value
        for child in node.children:
            visit(child)

    visit(tf.profiler.profile(graph, cmd="scope", options=options))
    return found


def floats_of(graph):
    return profiled(graph, tf.profiler.ProfileOptionBuilder.float_operation(), "total_float_ops")


def imported(graph):
    graph_def = graph.as_graph_def()
    again = tf.Graph()
    with again.as_default():
        tf.import_graph_def(graph_def, name="")
    return again


def record_model(model):
    for batch in (BATCH, None) if model is not optimizers else (BATCH,):
        with tf.Graph().as_default() as graph:
            slots = model(batch)
            name = model.__name__ + ("" if batch else "_any_batch")
            saver_def = tf.train.Saver(max_to_keep=3, allow_empty=True).as_saver_def()
            meta_graph = tf.train.export_meta_graph(saver_def=saver_def)
            write(name + ".meta.gz", meta_graph.SerializeToString(deterministic=True))
            again = imported(graph)
            options = tf.profiler.ProfileOptionBuilder.trainable_variables_parameter()
            answers = {
                "floats": floats_of(graph),
                "parameters": profiled(graph, options, "total_parameters"),
                "imported_floats": floats_of(again),
                "shapes": shapes_of(graph),
                "imported_shapes": shapes_of(again),
            }
            write_json(name + ".json.gz", answers)
            if slots:
                write_json("slots.json.gz", slots)


def record_files():
    """A frozen graph, and a SavedModel with two signatures and an asset."""
    with tf.Graph().as_default(), tf.Session() as session:
        x = tf.placeholder(tf.float32, [None, 28, 28, 1], name="x")
        net = tf.layers.conv2d(x, 4, 3, activation=tf.nn.relu)
        with tf.variable_scope("resource", use_resource=True):
            logits = tf.layers.dense(tf.layers.flatten(net), 10)
        scores = tf.nn.softmax(logits, name="scores")
        classes = tf.argmax(logits, 1, name="classes")
        session.run(tf.global_variables_initializer())
        frozen = tf.graph_util.convert_variables_to_constants(session, session.graph_def, ["scores", "classes"])
        for node in frozen.node:
            if node.op == "Const" and node.attr["value"].tensor.ByteSize() > 1000:
                value = node.attr["value"].tensor
                value.CopyFrom(tf.make_tensor_proto(0.5, tf.float32, [size.size for size in value.tensor_shape.dim]))
        write("frozen.pb.gz", frozen.SerializeToString(deterministic=True))
        folder = tempfile.mkdtemp()
        words = Path(folder) / "words.txt"
        words.write_text("a\n")
        tf.add_to_collection(tf.GraphKeys.ASSET_FILEPATHS, tf.constant(str(words), name="words"))
        build = tf.saved_model.signature_def_utils.predict_signature_def
        builder = tf.saved_model.Builder(folder + "/model")
        builder.add_meta_graph_and_variables(
            session,
            ["serve"],
            {
                "serving_default": build({"image": x}, {"scores": scores}),
                "classes": build({"image": x}, {"class": classes}),
            },
            assets_collection=tf.get_collection(tf.GraphKeys.ASSET_FILEPATHS),
        )
        builder.save()
        write("saved_model.pb.gz", Path(folder, "model", "saved_model.pb").read_bytes())
        shutil.rmtree(folder)


def registered_ops():
    content = pywrap_tensorflow.TF_GetBuffer(pywrap_tensorflow.TF_GetAllOpList())
    return op_def_pb2.OpList.FromString(content).op


def add_ops(ops, library):
    for op in registered_ops():
        inputs = [argument.name for argument in op.input_arg]
        outputs = outputs_of(op, lambda number: tf.as_dtype(number).name)
        ops.setdefault(op.name, {"library": library, "inputs": inputs, "outputs": outputs})


def record_ops():
    """All ops; ``contrib`` loads its libraries when it is imported or asked for, so what is new then is its own."""
    ops = {}
    add_ops(ops, "TensorFlow 1.15")
    root = Path(tf.__file__).resolve().parents[1] / "tensorflow_core" / "contrib"
    for library in sorted(root.glob("**/_*.so")):
        try:
            tf.load_op_library(str(library))
        except tf.errors.NotFoundError as error:
            print("not loaded:", library, error)
        add_ops(ops, "tf.contrib." + library.relative_to(root).parts[0])
    write_json("ops.json.gz", ops)


def main():
    tf.logging.set_verbosity(tf.logging.ERROR)
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = sys.argv[1:]
    if not wanted or "ops" in wanted:
        record_ops()
    if not wanted or "files" in wanted:
        record_files()
    for model in MODELS:
        if not wanted or model.__name__ in wanted:
            record_model(model)


if __name__ == "__main__":
    main()
