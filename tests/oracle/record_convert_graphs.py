"""Records checkpoints, frozen graphs and SavedModels of TensorFlow 1.15 with what they compute, to be converted.

Run with a Python 3.7 that has tensorflow==1.15.5: ``python3.7 tests/oracle/record_convert_graphs.py [NAME ...]``.
It writes ``tests/fixtures/tf115/convert_graphs/NAME.tar.gz`` for each program below: the files that it wrote and
``recorded.npz``, which holds ``in/KEY`` and ``out/KEY`` for each input and output that was run.
"""

import gzip
import io
import os
import shutil
import sys
import tarfile
import tempfile
from pathlib import Path

import numpy as np
import tensorflow as tf

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures" / "tf115" / "convert_graphs"
RANDOM = np.random.RandomState(3)


def numbers(*shape):
    """Returns float32 inputs; the same in each recording."""
    return RANDOM.uniform(-1, 1, shape).astype(np.float32)


def answers(session, feeds, fetches):
    """Runs tensors once; returns what recorded.npz holds. Keys of both are keys of the signature."""
    graph = session.graph
    fed = {graph.get_tensor_by_name(name): value for name, value in feeds.values()}
    results = session.run({key: graph.get_tensor_by_name(name) for key, name in fetches.items()}, fed)
    arrays = {"in/" + key: np.asarray(value) for key, (_, value) in feeds.items()}
    arrays.update({"out/" + key: np.asarray(value) for key, value in results.items()})
    return {
        name: np.char.encode(array.astype(str)) if array.dtype == object else array for name, array in arrays.items()
    }


def started(seed=1):
    """Returns a session in which all variables have random values, those of batch norm's moments too."""
    session = tf.Session()
    session.run([tf.global_variables_initializer(), tf.local_variables_initializer(), tf.tables_initializer()])
    random = np.random.RandomState(seed)
    for variable in tf.global_variables():
        if variable.dtype.base_dtype == tf.float32:
            variable.load(random.uniform(0.1, 0.5, variable.shape.as_list()).astype(np.float32), session)
    return session


def with_variables(session, arrays):
    """Adds the values of all variables to what is recorded."""
    values = session.run({variable.op.name: variable for variable in tf.global_variables()})
    arrays.update({"variable/" + name: value for name, value in values.items()})
    return arrays


def frozen(session, folder, outputs):
    """Writes frozen.pb."""
    graph = tf.graph_util.convert_variables_to_constants(session, session.graph.as_graph_def(), outputs)
    tf.train.write_graph(graph, folder, "frozen.pb", as_text=False)


def cnn(folder):
    """A classifier with batch norm and dropout, of which the training graph was saved."""
    images = tf.placeholder(tf.float32, [None, 8, 8, 1], name="images")
    labels = tf.placeholder(tf.int32, [None], name="labels")
    is_training = tf.placeholder(tf.bool, [], name="is_training")
    keep_prob = tf.placeholder_with_default(1.0, [], name="keep_prob")
    net = tf.layers.conv2d(images, 3, 3, name="conv")
    net = tf.nn.relu(tf.layers.batch_normalization(net, training=is_training, name="norm"))
    net = tf.layers.flatten(tf.layers.max_pooling2d(net, 2, 2))
    logits = tf.layers.dense(tf.nn.dropout(net, keep_prob), 4, name="logits")
    tf.nn.softmax(logits, name="probabilities")
    loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits))
    accuracy = tf.reduce_mean(tf.cast(tf.equal(tf.argmax(logits, 1, output_type=tf.int32), labels), tf.float32))
    tf.summary.scalar("accuracy", accuracy)
    with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
        tf.train.AdamOptimizer().minimize(loss, global_step=tf.train.get_or_create_global_step())
    saver = tf.train.Saver()
    session = started()
    saver.save(session, folder + "/model")
    feeds = {"images": ("images:0", numbers(5, 8, 8, 1)), "is_training": ("is_training:0", np.array(False))}
    return with_variables(session, answers(session, feeds, {"probabilities": "probabilities:0"}))


def dynamic_rnn(folder):
    """An LSTM over sequences of several lengths, with batch norm on its last output."""
    inputs = tf.placeholder(tf.float32, [None, None, 3], name="inputs")
    lengths = tf.placeholder(tf.int32, [None], name="lengths")
    cell = tf.nn.rnn_cell.LSTMCell(4, use_peepholes=True)
    outputs, state = tf.nn.dynamic_rnn(cell, inputs, lengths, dtype=tf.float32)
    normed = tf.layers.batch_normalization(state.h, training=False)
    tf.identity(outputs, name="outputs")
    tf.layers.dense(normed, 2, name="score")
    saver = tf.train.Saver()
    session = started()
    saver.save(session, folder + "/model")
    feeds = {"inputs": ("inputs:0", numbers(3, 6, 3)), "lengths": ("lengths:0", np.array([6, 1, 4], np.int32))}
    return with_variables(
        session, answers(session, feeds, {"outputs": "outputs:0", "score_BiasAdd": "score/BiasAdd:0"})
    )


def bidirectional_gru(folder):
    """Two GRUs in both directions, stacked, whose last states are classified; the loss has no name."""
    tokens = tf.placeholder(tf.int32, [None, None], name="tokens")
    labels = tf.placeholder(tf.int64, [None])
    embedding = tf.get_variable("embedding", [7, 3])
    net, lengths = tf.nn.embedding_lookup(embedding, tokens), tf.reduce_sum(tf.sign(tokens), 1)
    for layer in range(2):
        cells = [tf.nn.rnn_cell.GRUCell(2) for _ in range(2)]
        scope = "layer%d" % layer
        outputs, states = tf.nn.bidirectional_dynamic_rnn(*cells, net, lengths, dtype=tf.float32, scope=scope)
        net = tf.concat(outputs, 2)
    weights = tf.Variable(tf.zeros([4, 3]))
    logits = tf.matmul(tf.concat(states, 1), weights)
    loss = tf.losses.sparse_softmax_cross_entropy(labels, logits)
    tf.train.GradientDescentOptimizer(0.1).minimize(loss)
    saver = tf.train.Saver()
    session = started()
    saver.save(session, folder + "/model")
    feeds = {"tokens": ("tokens:0", np.array([[1, 2, 6, 3], [4, 5, 0, 0]], np.int32))}
    return with_variables(session, answers(session, feeds, {"MatMul": "MatMul:0"}))


def residual(folder):
    """A residual network of slim, for evaluation, saved by its moving averages."""
    from tensorflow.contrib import slim

    images = tf.placeholder(tf.float32, [None, 8, 8, 3], name="input")
    with slim.arg_scope([slim.conv2d], normalizer_fn=slim.batch_norm, normalizer_params={"is_training": False}):
        net = slim.conv2d(images, 4, 3, scope="stem")
        for block in range(2):
            with tf.variable_scope("block%d" % block):
                net = tf.nn.relu(net + slim.conv2d(slim.conv2d(net, 4, 3), 4, 1, activation_fn=None))
    net = tf.reduce_mean(net, [1, 2])
    slim.softmax(slim.fully_connected(net, 3, activation_fn=None, scope="logits"), scope="predictions")
    average = tf.train.ExponentialMovingAverage(0.9)
    average.apply(tf.trainable_variables())
    saver = tf.train.Saver(average.variables_to_restore())
    session = started()
    saver.save(session, folder + "/model")
    feeds = {"input": ("input:0", numbers(2, 8, 8, 3))}
    return with_variables(session, answers(session, feeds, {"predictions_Reshape_1": "predictions/Reshape_1:0"}))


def partitioned(folder):
    """An embedding in three parts and a dense layer in two, saved as slices."""
    tokens = tf.placeholder(tf.int64, [None], name="tokens")
    with tf.variable_scope("", partitioner=tf.fixed_size_partitioner(3)):
        embedding = tf.get_variable("embedding", [8, 4])
    with tf.variable_scope("", partitioner=tf.fixed_size_partitioner(2, axis=1)):
        weights = tf.get_variable("weights", [4, 6])
    vectors = tf.nn.embedding_lookup(embedding, tokens, partition_strategy="div")
    tf.matmul(vectors, tf.convert_to_tensor(weights), name="scores")
    saver = tf.train.Saver()
    session = started()
    saver.save(session, folder + "/model")
    feeds = {"tokens": ("tokens:0", np.array([0, 7, 3, 5, 2]))}
    return with_variables(session, answers(session, feeds, {"scores": "scores:0"}))


def resources(folder):
    """Resource variables, one of which counts the calls; a condition and a loop of the second kind, in functions."""
    tf.enable_control_flow_v2()
    x = tf.placeholder(tf.float32, [None, 2], name="x")
    with tf.variable_scope("net", use_resource=True):
        weights = tf.get_variable("weights", [2, 2])
        calls = tf.get_variable("calls", [], tf.int64, tf.zeros_initializer(), trainable=False)
    with tf.control_dependencies([calls.assign_add(1)]):
        y = tf.cond(tf.reduce_sum(x) > 0, lambda: tf.matmul(x, weights), lambda: -tf.matmul(x, weights))
    _, y = tf.while_loop(lambda i, _: i < 3, lambda i, y: (i + 1, tf.matmul(y, weights)), [0, y])
    tf.identity(y, name="y")
    tf.identity(calls.read_value(), name="calls")
    tf.disable_control_flow_v2()
    saver = tf.train.Saver()
    session = started()
    saver.save(session, folder + "/model")
    arrays = with_variables(session, {})
    arrays.update(answers(session, {"x": ("x:0", numbers(3, 2))}, {"y": "y:0"}))
    return arrays


def references(folder):
    """Reference variables that are changed while they are used: counted, assigned in a condition, scattered."""
    x = tf.placeholder(tf.float32, [None], name="x")
    calls = tf.Variable(0, name="calls", trainable=False)
    total = tf.Variable(tf.zeros([]), name="total")
    rows = tf.Variable(tf.zeros([3, 2]), name="rows")
    counted = tf.assign_add(tf.assign_add(calls, 1), 1, name="counted")
    with tf.control_dependencies([counted]):
        more = tf.cond(tf.reduce_sum(x) > 0, lambda: tf.assign_add(total, tf.reduce_sum(x)), lambda: tf.identity(total))
    scattered = tf.scatter_update(rows, [1], tf.expand_dims(tf.stack([more, 7.0]), 0), name="scattered")
    tf.identity(tf.reduce_sum(scattered) + tf.cast(counted, tf.float32), name="y")
    saver = tf.train.Saver()
    session = started()
    saver.save(session, folder + "/model")
    arrays = with_variables(session, {})
    feeds = {"x": ("x:0", np.array([1.5, 2.0], np.float32))}
    arrays.update(answers(session, feeds, {"y": "y:0", "scattered": "scattered:0", "counted": "counted:0"}))
    arrays["again/y"] = session.run("y:0", {"x:0": [1.5, 2.0]})
    return arrays


def frozen_cnn(folder):
    """A frozen graph, binary and as text."""
    images = tf.placeholder(tf.float32, [None, 6, 6, 1], name="images")
    net = tf.layers.conv2d(images, 2, 3, activation=tf.nn.relu, name="conv")
    net = tf.layers.batch_normalization(net, name="norm")
    net = tf.layers.dense(tf.layers.flatten(net), 3, name="logits")
    tf.nn.softmax(net, name="probabilities")
    session = started()
    frozen(session, folder, ["probabilities"])
    graph = tf.GraphDef.FromString(Path(folder, "frozen.pb").read_bytes())
    tf.train.write_graph(graph, folder, "frozen.pbtxt", as_text=True)
    feeds = {"images": ("images:0", numbers(2, 6, 6, 1))}
    return with_variables(session, answers(session, feeds, {"probabilities": "probabilities:0"}))


def quantized(folder):
    """Fake quantization, and multiplication of real quantized matrices."""
    from tensorflow.python.ops import gen_math_ops

    x = tf.placeholder(tf.float32, [None, 4], name="x")
    weights = tf.constant(numbers(4, 3), name="weights")
    fake = tf.quantization.fake_quant_with_min_max_args(x, -1, 1)
    tf.matmul(fake, tf.quantization.fake_quant_with_min_max_args(weights, -1, 1), name="fake")
    a, b = (tf.quantization.quantize(value, -1.0, 1.0, tf.quint8) for value in (x, weights))
    product = gen_math_ops.quantized_mat_mul(a[0], b[0], a[1], a[2], b[1], b[2], Toutput=tf.qint32)
    tf.quantization.dequantize(product[0], product[1], product[2], name="real")
    session = tf.Session()
    tf.train.write_graph(session.graph_def, folder, "frozen.pb", as_text=False)
    return answers(session, {"x": ("x:0", numbers(5, 4))}, {"fake": "fake:0", "real": "real:0"})


def words(folder):
    """Words that are looked up in a file beside the checkpoint, and classes that are looked up in a list."""
    vocabulary = os.path.join(folder, "words.txt")
    Path(vocabulary).write_text("the\ncat\nsat\n")
    text = tf.placeholder(tf.string, [None], name="words")
    ids = tf.contrib.lookup.index_table_from_file(vocabulary, num_oov_buckets=2).lookup(text)
    names = tf.contrib.lookup.index_to_string_table_from_tensor(["low", "high"], default_value="none")
    embedding = tf.get_variable("embedding", [5, 2])
    scores = tf.gather(embedding, ids, name="scores")
    names.lookup(tf.argmax(scores, 1), name="class")
    saver = tf.train.Saver()
    session = started()
    saver.save(session, folder + "/model")
    feeds = {"words": ("words:0", np.array(["cat", "dog", "the", "mat"]))}
    fetches = {"scores": "scores:0", "class_LookupTableFindV2": "class/LookupTableFindV2:0"}
    return with_variables(session, answers(session, feeds, fetches))


def signatures(folder):
    """A SavedModel with signatures of several kinds, an asset, and a second graph to train."""
    vocabulary = os.path.join(tempfile.mkdtemp(), "vocabulary.txt")
    Path(vocabulary).write_text("a\nb\n")
    info = tf.saved_model.build_tensor_info
    builder = tf.saved_model.Builder(folder + "/saved_model")
    letters = tf.placeholder(tf.string, [None])
    extra = tf.sparse_placeholder(tf.float32, [None, 2])
    ids = tf.contrib.lookup.index_table_from_file(vocabulary, default_value=2).lookup(letters)
    weights = tf.get_variable("weights", [3, 2])
    rows = tf.gather(weights, ids)
    scores = rows + tf.sparse.to_dense(extra)
    signature = tf.saved_model.signature_def_utils.build_signature_def
    session = started()
    builder.add_meta_graph_and_variables(
        session,
        [tf.saved_model.tag_constants.SERVING],
        {
            "serving_default": signature(
                {"in/letters": info(letters)}, {"rows/of": info(rows)}, "tensorflow/serving/predict"
            ),
            "with_extra": signature(
                {"letters": info(letters), "extra": info(extra)}, {"scores": info(scores)}, "tensorflow/serving/predict"
            ),
            "classify_letters": signature(
                {"inputs": info(letters)}, {"scores": info(rows)}, "tensorflow/serving/classify"
            ),
        },
        assets_collection=tf.get_collection(tf.GraphKeys.ASSET_FILEPATHS),
        main_op=tf.tables_initializer(),
    )
    builder.add_meta_graph(
        ["train"], {"loss": signature({"letters": info(letters)}, {"loss": info(tf.reduce_sum(rows))}, "")}
    )
    builder.save()
    feeds = {"in_letters": (letters.name, np.array(["b", "z", "a"]))}
    return with_variables(session, answers(session, feeds, {"rows/of": rows.name}))


def estimator(folder):
    """What an Estimator exports: serialized examples are parsed, and classified with words from a list."""
    columns = [
        tf.feature_column.numeric_column("size", shape=[2]),
        tf.feature_column.indicator_column(
            tf.feature_column.categorical_column_with_vocabulary_list("kind", ["x", "y"])
        ),
    ]
    model = tf.estimator.DNNClassifier(
        [3], columns, n_classes=3, label_vocabulary=["a", "b", "c"], model_dir=folder + "/run"
    )
    data = {"size": numbers(8, 2), "kind": np.array(["x", "y"] * 4)}
    labels = np.array(["a", "b", "c", "a", "b", "c", "a", "b"])
    model.train(tf.estimator.inputs.numpy_input_fn(data, labels, batch_size=4, shuffle=False, num_epochs=1))
    receiver = tf.estimator.export.build_parsing_serving_input_receiver_fn(
        tf.feature_column.make_parse_example_spec(columns)
    )
    exported = model.export_saved_model(folder, receiver).decode()
    os.rename(exported, folder + "/saved_model")
    shutil.rmtree(folder + "/run")

    def example(size, kind):
        features = {
            "size": tf.train.Feature(float_list=tf.train.FloatList(value=size)),
            "kind": tf.train.Feature(bytes_list=tf.train.BytesList(value=[kind])),
        }
        return tf.train.Example(features=tf.train.Features(feature=features)).SerializeToString()

    with tf.Session(graph=tf.Graph()) as session:
        loaded = tf.saved_model.load(session, ["serve"], folder + "/saved_model")
        signature = loaded.signature_def["serving_default"]
        fetches = {key: info.name for key, info in signature.outputs.items()}
        fed = np.array([example([0.5, -2.0], b"y"), example([3.0, 1.0], b"x")])
        arrays = answers(session, {}, {})
        results = session.run(fetches, {signature.inputs["inputs"].name: list(fed)})
        arrays.update(
            {"out/" + key: value if value.dtype != object else value.astype("S") for key, value in results.items()}
        )
        arrays["in/inputs"] = np.array([np.frombuffer(each, np.uint8) for each in fed])
    return arrays


def pipeline(folder):
    """A model that reads its batches from a dataset, trains, and draws random numbers."""
    data = tf.data.Dataset.from_tensor_slices((numbers(6, 3), np.arange(6, dtype=np.int32) % 2)).repeat().batch(2)
    x, labels = data.make_initializable_iterator().get_next()
    hidden = tf.layers.dense(x, 4, tf.nn.tanh, name="hidden")
    logits = tf.layers.dense(hidden, 2, name="logits")
    tf.add(logits, tf.random.uniform([2], seed=5), name="noisy")
    loss = tf.losses.sparse_softmax_cross_entropy(labels, logits)
    tf.train.MomentumOptimizer(0.1, 0.9).minimize(loss)
    saver = tf.train.Saver()
    session = started()
    saver.save(session, folder + "/model")
    return with_variables(session, answers(session, {"IteratorGetNext": (x.name, numbers(4, 3))}, {"noisy": "noisy:0"}))


def queue(folder):
    """A model that reads its batches from a queue, with a function of the library and Python code in another branch."""
    from tensorflow.python.framework import function

    @function.Defun(tf.float32)
    def twice(x):
        return x * 2.0

    pending = tf.FIFOQueue(10, [tf.float32, tf.int32], shapes=[[3], []])
    x, _ = pending.dequeue_many(4)
    weights = tf.Variable(tf.zeros([3, 2]), name="weights")
    y = tf.matmul(twice(x), weights, name="y")
    tf.py_func(lambda value: value + 1, [y], tf.float32, name="python")
    tf.train.export_meta_graph(folder + "/model.meta")
    saver = tf.train.Saver()
    session = started()
    saver.save(session, folder + "/model", write_meta_graph=False)
    arrays = with_variables(session, {})
    value = numbers(4, 3)
    arrays.update({"in/x": value, "out/y": session.run(y, {x: value})})
    return arrays


def autoencoder(folder):
    """A network whose target is its input, with a penalty on its weights."""
    x = tf.placeholder(tf.float32, [None, 4], name="x")
    keep = tf.placeholder(tf.float32, name="keep")
    w1, b1 = tf.Variable(tf.zeros([4, 2]), name="w1"), tf.Variable(tf.zeros([2]), name="b1")
    w2, b2 = tf.Variable(tf.zeros([2, 4]), name="w2"), tf.Variable(tf.zeros([4]), name="b2")
    code = tf.nn.dropout(tf.nn.sigmoid(tf.matmul(x, w1) + b1), keep)
    tf.nn.sigmoid(tf.matmul(code, w2) + b2, name="decoded")
    decoded = tf.get_default_graph().get_tensor_by_name("decoded:0")
    loss = tf.reduce_mean(tf.square(decoded - x)) + 0.01 * (tf.nn.l2_loss(w1) + tf.nn.l2_loss(w2))
    tf.summary.scalar("loss", loss)
    tf.summary.histogram("code", code)
    tf.summary.merge_all()
    tf.train.RMSPropOptimizer(0.01).minimize(loss)
    saver = tf.train.Saver()
    session = started()
    saver.save(session, folder + "/model")
    feeds = {"x": ("x:0", numbers(3, 4)), "keep": ("keep:0", np.float32(1))}
    return with_variables(session, answers(session, feeds, {"decoded": "decoded:0"}))


def of_2015(folder):
    """A graph of an early TensorFlow: its batch norm, tables that are references, a placeholder without a shape."""
    from tensorflow.python.ops import gen_lookup_ops

    images = tf.placeholder(tf.float32, [None, 2, 2, 3], name="images")
    words = tf.placeholder(tf.string, [None], name="words")
    table = gen_lookup_ops.hash_table(tf.string, tf.float32, name="table")
    tf.group(gen_lookup_ops.initialize_table(table, ["a", "b"], [1.0, 2.0]), name="fill")
    found = gen_lookup_ops.lookup_table_find(table, words, -1.0)
    mean, variance, beta, gamma = (tf.constant(np.abs(numbers(3)), name=name) for name in ("m", "v", "b", "g"))
    for scaled in (True, False):
        tf.nn.batch_normalization(images, mean, variance, beta, gamma, 0.01, name="scaled" if scaled else "plain")
    tf.add(tf.reduce_sum(tf.get_default_graph().get_tensor_by_name("plain/add_1:0"), [1, 2, 3]), found, name="y")
    old = tf.GraphDef()
    old.versions.producer = 8
    for node in tf.get_default_graph().as_graph_def().node:
        if node.name.startswith(("scaled/", "plain/")):
            if not node.name.endswith("add_1"):
                continue
            inputs = ["images", "m", "v", "b", "g"]
            new = old.node.add(name=node.name, op="BatchNormWithGlobalNormalization", input=inputs)
            new.attr["T"].type = tf.float32.as_datatype_enum
            new.attr["variance_epsilon"].f = 0.01
            new.attr["scale_after_normalization"].b = node.name.startswith("scaled")
        else:
            new = old.node.add()
            new.CopyFrom(node)
            if node.op == "Placeholder":
                del new.attr["shape"]
    with tf.Graph().as_default() as graph, tf.Session() as session:
        tf.import_graph_def(old, name="")
        session.run(graph.get_operation_by_name("fill"))
        Path(folder, "frozen.pb").write_bytes(old.SerializeToString())
        feeds = {"images": ("images:0", numbers(2, 2, 2, 3)), "words": ("words:0", np.array(["b", "z"]))}
        return answers(session, feeds, {"scaled_add_1": "scaled/add_1:0", "y": "y:0"})


def counted(folder):
    """A table that the program filled, a local variable that no checkpoint has, and a loop that assigns."""
    keys = tf.placeholder(tf.string, [None], name="keys")
    table = tf.contrib.lookup.MutableHashTable(tf.string, tf.int64, -1, name="counts", checkpoint=True)
    local = tf.Variable([2.0, 3.0], name="local", trainable=False, collections=[tf.GraphKeys.LOCAL_VARIABLES])
    total = tf.Variable(0.5, name="total")
    insert = table.insert(["a", "b"], tf.constant([7, 9], tf.int64))
    with tf.control_dependencies([tf.while_loop(lambda i: i < 3, lambda i: count(total, i), [0])]):
        ended = total.read_value()
    tf.add(tf.cast(table.lookup(keys), tf.float32) * tf.reduce_sum(local), ended, name="y")
    saver = tf.train.Saver()
    session = started()
    session.run(insert)
    saver.save(session, folder + "/model")
    arrays = with_variables(session, {})
    arrays.update(answers(session, {"keys": ("keys:0", np.array(["b", "c", "a"]))}, {"y": "y:0"}))
    return arrays


def count(variable, i):
    """Adds a number to a variable and returns the next."""
    with tf.control_dependencies([tf.assign_add(variable, tf.cast(i, tf.float32))]):
        return i + 1


PROGRAMS = [
    *(cnn, dynamic_rnn, bidirectional_gru, residual, partitioned, resources, references, frozen_cnn, quantized, words),
    *(signatures, estimator, pipeline, queue, autoencoder, of_2015, counted),
]


def packed(folder, target):
    """Writes the files of a folder as one archive."""
    with open(str(target), "wb") as file:
        raw = io.BytesIO()
        with tarfile.open(fileobj=raw, mode="w") as archive:
            for path in sorted(Path(folder).rglob("*")):
                if path.is_file():
                    entry = tarfile.TarInfo(str(path.relative_to(folder)))
                    entry.size = path.stat().st_size
                    with open(str(path), "rb") as content:
                        archive.addfile(entry, content)
        with gzip.GzipFile(fileobj=file, mode="wb", mtime=0) as zipped:
            zipped.write(raw.getvalue())


def main():
    """Writes the archives, all or those named."""
    for program in PROGRAMS:
        if sys.argv[1:] and program.__name__ not in sys.argv[1:]:
            continue
        RANDOM.seed(3)
        tf.reset_default_graph()
        tf.set_random_seed(1)
        folder = tempfile.mkdtemp()
        arrays = program(folder)
        np.savez(os.path.join(folder, "recorded.npz"), **arrays)
        packed(folder, FIXTURES / (program.__name__ + ".tar.gz"))
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
