"""``tf.contrib.session_bundle``, and the estimators of ``tf.contrib.learn`` that export in its format."""

import os
import tempfile

import numpy as np

from .inputs import contrib

X = np.sin(np.arange(24, dtype=np.float32)).reshape(8, 3)
NUMBERS = X.sum(axis=1)
CLASSES = np.argmax(X, axis=1).astype(np.int64)


def _files(folder):
    return sorted(
        os.path.relpath(os.path.join(above, name), folder) for above, _, names in os.walk(folder) for name in names
    )


def _meta_graph(tf, folder):
    found = tf.MetaGraphDef()
    with open(os.path.join(folder, "export.meta"), "rb") as file:
        found.ParseFromString(file.read())
    return found


def _unpacked(meta, collection, message):
    """Returns a new message for each of a collection, or none of a collection that is not there."""
    found = []
    for packed in meta.collection_def[collection].any_list.value if collection in meta.collection_def else []:
        found.append(message())
        packed.Unpack(found[-1])
    return found


def _tensors(signature):
    """Returns the name that a client knows -> the name of the tensor."""
    kind = signature.WhichOneof("type")
    if kind == "generic_signature":
        bindings = dict(signature.generic_signature.map)
    else:
        bindings = {field.name: binding for field, binding in getattr(signature, kind).ListFields()} if kind else {}
    return {key: binding.tensor_name for key, binding in bindings.items()}


def _exported(tf, folder, feed):
    """Returns the files of an export, all that it says of serving, and what its signature's tensors are for a feed."""
    meta, manifest = _meta_graph(tf, folder), contrib(tf, "session_bundle.manifest_pb2")
    (signatures,) = _unpacked(meta, "serving_signatures", manifest.Signatures)
    default = _tensors(signatures.default_signature)
    named = [[name, sorted(_tensors(each).items())] for name, each in sorted(signatures.named_signatures.items())]
    found = [os.path.basename(folder), _files(folder), signatures.default_signature.WhichOneof("type"), named]
    found += [
        [each.filename, each.tensor_binding.tensor_name]
        for each in _unpacked(meta, "serving_assets", manifest.AssetFile)
    ]
    with tf.Graph().as_default(), tf.Session() as session:
        tf.train.import_meta_graph(meta).restore(session, os.path.join(folder, "export"))
        start = tf.get_collection("serving_init_op")
        session.run(start)
        found.append([operation.name for operation in start])
        fed = default.get("input", default.get("inputs"))
        for key, name in sorted(default.items()):
            found += [key, name, session.run(name, {fed: feed})]
    return found


def _export(steps=(7,), keep=None, **options):
    """Returns a call of an exporter of a small model, at some global steps."""

    def call(tf):
        exporter, folder = contrib(tf, "session_bundle.exporter"), tempfile.mkdtemp()
        x = tf.placeholder(tf.float32, [None, 3], name="x")
        with tf.device("/cpu:0"):
            y = tf.matmul(x, tf.get_variable("w", [3, 2]), name="y")
        step = tf.get_variable("step", initializer=0, trainable=False)
        given = {key: value(tf, exporter, x, y) if callable(value) else value for key, value in options.items()}
        written = exporter.Exporter(tf.train.Saver())
        written.init(**given)

        def run(session):
            for number in steps:
                step.load(number, session)
                last = written.export(folder + "/", step, session, keep and keep(contrib(tf, "session_bundle.gc")))
            return [sorted(os.listdir(folder))] + _exported(tf, last.decode(), X[:2])

        return run

    return call


def _generic(tf, exporter, x, y):
    return exporter.generic_signature({"inputs": x, "outputs": y, "a": y})


def _regression(tf, exporter, x, y):
    return exporter.regression_signature(x, y)


def _named(tf, exporter, x, y):
    return {
        "classes": exporter.classification_signature(x, classes_tensor=tf.argmax(y, 1)),
        "scores": exporter.classification_signature(x, scores_tensor=y),
        "neither": exporter.classification_signature(x),
    }


def _assets(tf, exporter, x, y):
    path = os.path.join(tempfile.mkdtemp(), "words.txt")
    with open(path, "w") as file:
        file.write("words")
    return [tf.constant(path, name="words")]


def _note(files, folder):
    with open(os.path.join(folder, b"note"), "w") as file:
        file.write(",".join(sorted(name.decode() for name in files.values())))


def _devices(**options):
    """Returns the devices of the graph that is served."""

    def call(tf):
        with tf.device("/cpu:0"):
            tf.constant(1.0, name="a")
        exporter = contrib(tf, "session_bundle.exporter")
        tf.get_variable("v", [])
        exporter.Exporter(tf.train.Saver()).init(**options)
        graphs = _unpacked(tf.train.export_meta_graph(), "serving_graph", tf.GraphDef)
        return [[node.name, node.device] for graph in graphs for node in graph.node if node.name in ("a", "b")]

    return call


def _graph_def(tf):
    with tf.Graph().as_default() as graph:
        tf.constant(2.0, name="b")
    return _devices(graph_def=graph.as_graph_def())(tf)


def _of_exporter(action):
    def call(tf):
        tf.get_variable("v", [])
        step = tf.get_variable("step", initializer=3, trainable=False)
        exporter = contrib(tf, "session_bundle.exporter").Exporter(tf.train.Saver())
        return lambda session: action(tf, exporter, step, session)

    return call


def _twice(tf, exporter, step, session):
    exporter.init()
    exporter.init()


def _same_step(tf, exporter, step, session):
    exporter.init()
    folder = tempfile.mkdtemp()
    exporter.export(folder, step, session)
    exporter.export(folder, step, session)


def _too_early(tf, exporter, step, session):
    exporter.export(tempfile.mkdtemp(), step, session)


def _asset(make):
    return _of_exporter(lambda tf, exporter, step, session: exporter.init(assets_collection=[make(tf)]))


def _constants(tf):
    constants = contrib(tf, "session_bundle.constants")
    return [[name, getattr(constants, name)] for name in dir(constants) if name.isupper()]


def _manifest(tf):
    manifest = contrib(tf, "session_bundle.manifest_pb2")
    signatures = manifest.Signatures()
    signatures.default_signature.regression_signature.input.tensor_name = "a:0"
    signatures.named_signatures["n"].generic_signature.map["k"].tensor_name = "b:0"
    signature = signatures.named_signatures["n"]
    signature.classification_signature.scores.tensor_name = "c:0"
    text = signatures.SerializeToString().decode("latin-1")
    messages = sorted(manifest.DESCRIPTOR.message_types_by_name)
    return [text, str(signatures), messages, manifest.AssetFile.DESCRIPTOR.full_name, signature.WhichOneof("type")]


def _input_fn(tf, labels):
    return lambda: ({"x": tf.constant(X)}, tf.constant(labels))


def _example(tf, values):
    example = tf.train.Example()
    example.features.feature["x"].float_list.value.extend(values)
    return example.SerializeToString()


def _estimator(name, labels, signature_fn=None, **options):
    """Returns a call of ``export`` of a trained estimator."""
    build = {key: options.pop(key) for key in ("hidden_units", "n_classes") if key in options}

    def call(tf):
        learn = tf.contrib.learn
        columns = [tf.contrib.layers.real_valued_column("x", dimension=3)]
        config = learn.RunConfig(tf_random_seed=7)
        estimator = getattr(learn, name)(feature_columns=columns, config=config, **build)
        estimator.fit(input_fn=_input_fn(tf, labels), steps=2)
        found = dict(options)
        if signature_fn:
            found["signature_fn"] = getattr(contrib(tf, "learn.python.learn.utils.export"), signature_fn)
        folder = estimator.export(tempfile.mkdtemp(), default_batch_size=2, **found)
        return _exported(tf, folder.decode(), [_example(tf, row) for row in X[:2]])

    return call


def _model(tf, features, labels, mode):
    x = features["x"] if isinstance(features, dict) else features
    logits = tf.layers.dense(x, 1, kernel_initializer=tf.ones_initializer())[:, 0]
    if mode == "infer":
        return {"scores": logits, "twice": logits * 2}, None, None
    loss = tf.losses.mean_squared_error(tf.cast(labels, tf.float32), logits)
    return {"scores": logits}, loss, tf.train.GradientDescentOptimizer(0.1).minimize(loss, tf.train.get_global_step())


def _own(tf, monitors=None, steps=2):
    def model_fn(features, labels, mode):
        return _model(tf, features, labels, mode)

    config = tf.contrib.learn.RunConfig(tf_random_seed=7, save_checkpoints_steps=2, save_checkpoints_secs=None)
    estimator = tf.contrib.learn.Estimator(model_fn, config=config)
    return estimator.fit(input_fn=_input_fn(tf, NUMBERS), steps=steps, monitors=monitors)


def _own_exported(utility=False, **options):
    """Returns a call of ``export`` of an estimator of a model function, which parses the features it was trained on."""

    def call(tf):
        estimator, folder = _own(tf), tempfile.mkdtemp()
        estimator.fit(input_fn=_input_fn(tf, NUMBERS), steps=2)
        if utility:
            tf.contrib.learn.utils.export_estimator(estimator, folder, default_batch_size=2, **options)
        else:
            estimator.export(folder, default_batch_size=2, **options)
        last = os.path.join(folder, max(os.listdir(folder)))
        return _exported(tf, last, [_example(tf, row) for row in X[:2]])

    return call


def _own_input(tf):
    """Returns an export of features that the input function makes of its own placeholder."""
    estimator = _own(tf)

    def input_fn():
        examples = tf.placeholder(tf.string, [None], name="texts")
        spec = {"x": tf.FixedLenFeature([3], tf.float32)}
        return dict(tf.parse_example(examples, spec), examples=examples), None

    folder = estimator.export(
        tempfile.mkdtemp(), input_fn=input_fn, input_feature_key="examples", use_deprecated_input_fn=False
    )
    return _exported(tf, folder.decode(), [_example(tf, row) for row in X[:2]])


def _monitored(**options):
    """Returns what a monitor has exported, in the order of steps."""

    def call(tf):
        folder = tempfile.mkdtemp()
        exporter = tf.contrib.learn.monitors.ExportMonitor(every_n_steps=2, export_dir=folder, **options)
        _own(tf, [exporter], steps=8)
        found = [sorted(os.listdir(folder)), exporter.exports_to_keep, exporter.last_export_dir.decode()[len(folder) :]]
        return found + _exported(tf, exporter.last_export_dir.decode(), [_example(tf, X[0])])

    return call


def _refused(**options):
    return lambda tf: _own(tf).export(tempfile.mkdtemp(), **options)


def _no_examples(name):
    return lambda tf: getattr(contrib(tf, "learn.python.learn.utils.export"), name)(None, {}, tf.constant([[1.0]]))


def _gc(tf):
    gc, folder = contrib(tf, "session_bundle.gc"), tempfile.mkdtemp()
    for version in range(6):
        os.mkdir(os.path.join(folder, str(version)))
    paths = gc.get_paths(folder, lambda path: path._replace(export_version=int(os.path.basename(path.path))))
    return [[path.export_version for path in gc.largest_export_versions(2)(paths)], list(gc.Path._fields)]


CALLS = {
    "Exporter": _export(),
    "Exporter of a generic signature": _export(default_graph_signature=_generic),
    "Exporter of numbers, with more signatures": _export(
        default_graph_signature=_regression, named_graph_signatures=_named
    ),
    "Exporter with an operation": _export(
        default_graph_signature=_regression, init_op=lambda tf, *others: tf.group(tf.no_op(), name="start")
    ),
    "Exporter with assets": _export(default_graph_signature=_regression, assets_collection=_assets),
    "Exporter with assets of its own callback": _export(
        assets_collection=_assets, assets_callback=lambda tf, exporter, *tensors: _note
    ),
    "Exporter without callback": _export(assets_collection=_assets, assets_callback=None),
    "Exporter that keeps two": _export(steps=(1, 2, 10, 20000), keep=lambda gc: gc.largest_export_versions(2)),
    "Exporter that keeps all": _export(steps=(1, 2, 10)),
    "Exporter that clears devices": _devices(clear_devices=True),
    "Exporter as it is": _devices(),
    "Exporter of another graph": _graph_def,
    "Exporter initialized twice": _of_exporter(_twice),
    "Exporter at the same step": _of_exporter(_same_step),
    "Exporter not initialized": _of_exporter(_too_early),
    "Exporter with a tensor to initialize": _of_exporter(
        lambda tf, exporter, step, session: exporter.init(init_op=tf.constant(1.0))
    ),
    "Exporter of an asset that is empty": _asset(lambda tf: tf.constant("")),
    "Exporter of an asset that is a number": _asset(lambda tf: tf.constant(1.0)),
    "Exporter of an asset that is a list": _asset(lambda tf: tf.constant(["a", "b"])),
    "Exporter of an asset that is fed": _asset(lambda tf: tf.placeholder(tf.string, [])),
    "Exporter of an asset that is a text": _asset(lambda tf: "a"),
    "constants": _constants,
    "manifest_pb2": _manifest,
    "gc": _gc,
    "export of LinearRegressor": _estimator("LinearRegressor", NUMBERS),
    "export of DNNClassifier": _estimator("DNNClassifier", CLASSES, hidden_units=[4], n_classes=3),
    "export of DNNClassifier, classes alone": _estimator(
        "LinearClassifier", CLASSES, n_classes=3, signature_fn="classification_signature_fn"
    ),
    "export of LinearClassifier": _estimator("LinearClassifier", CLASSES % 2),
    "export of LinearClassifier as numbers": _estimator(
        "LinearClassifier", CLASSES % 2, signature_fn="logistic_regression_signature_fn"
    ),
    "export of Estimator": _own_exported(),
    "export of one prediction of Estimator": _own_exported(prediction_key="twice"),
    "export of Estimator with input_fn": _own_input,
    "export of Estimator, keeping one": _own_exported(exports_to_keep=1),
    "export_estimator": _own_exported(utility=True),
    "export without input_fn": _refused(input_fn=None, use_deprecated_input_fn=False),
    "export of no features": _refused(input_fn=lambda: ({}, None), use_deprecated_input_fn=False),
    "ExportMonitor": _monitored(),
    "ExportMonitor that keeps two": _monitored(exports_to_keep=2),
    "generic_signature_fn without examples": _no_examples("generic_signature_fn"),
    "classification_signature_fn without examples": _no_examples("classification_signature_fn"),
    "classification_signature_fn_with_prob without examples": _no_examples("classification_signature_fn_with_prob"),
    "regression_signature_fn without examples": _no_examples("regression_signature_fn"),
    "logistic_regression_signature_fn without examples": _no_examples("logistic_regression_signature_fn"),
}
