"""``RNNClassifier``, ``RNNEstimator``, towers and layer annotations of ``tf.contrib.estimator``."""

import tempfile

import numpy as np

X = np.arange(16, dtype=np.float32).reshape(8, 2) / 16
Y = np.array([[0], [1], [0], [1], [1], [0], [1], [1]])
STEPS = [[1, 2], [3], [0, 1, 2], [3, 3], [2], [1, 0, 3], [2, 2], [0]]
INDICES = [[row, step] for row, steps in enumerate(STEPS) for step in range(len(steps))]
VALUES = np.array([value for steps in STEPS for value in steps])
DEVICES = ["/cpu:0", "/device:CPU:0"]


def _sequences(tf):
    features = {"ids": tf.SparseTensor(INDICES, tf.constant(VALUES, tf.int64), [8, 3]), "x": tf.constant(X)}
    features["numbers"] = tf.SparseTensor(INDICES, tf.constant(VALUES / 4.0, tf.float32), [8, 3])
    return features


def _input_fn(tf, labels=Y, times=5):
    return lambda: tf.data.Dataset.from_tensors((_sequences(tf), labels)).repeat(times)


def _columns(tf):
    ids = tf.contrib.feature_column.sequence_categorical_column_with_identity("ids", 4)
    numbers = tf.contrib.feature_column.sequence_numeric_column("numbers")
    return [tf.feature_column.embedding_column(ids, 2), numbers]


def _config(tf):
    return tf.estimator.RunConfig(tempfile.mkdtemp(), tf_random_seed=7)


def _used(tf, estimator, labels=Y):
    tf.logging.set_verbosity(tf.logging.ERROR)
    estimator.train(_input_fn(tf, labels))
    found = estimator.evaluate(_input_fn(tf, labels, 1))
    first = next(iter(estimator.predict(_input_fn(tf, labels, 1))))
    variables = [[name, np.sum(estimator.get_variable_value(name))] for name in sorted(estimator.get_variable_names())]
    metrics = [[key, found[key]] for key in sorted(found)]
    return variables + metrics + [[str(key), first[key]] for key in sorted(first)]


def _classifier(labels=Y, context=False, **options):
    def call(tf):
        if context:
            options["context_feature_columns"] = [tf.feature_column.numeric_column("x", [2])]
        if "cells" in options:
            cells = options.pop("cells")
            options["rnn_cell_fn"] = lambda mode: cells(tf, mode)
        classifier = tf.contrib.estimator.RNNClassifier(_columns(tf), config=_config(tf), **options)
        return _used(tf, classifier, labels)

    return call


def _cell(tf, mode):
    """A cell whose draws hang on the step before: of the inputs alone, 1.15 does not draw in one order every time."""
    keep = 0.5 if mode == tf.estimator.ModeKeys.TRAIN else 1.0
    return tf.contrib.rnn.DropoutWrapper(tf.nn.rnn_cell.LSTMCell(3), output_keep_prob=keep, state_keep_prob=keep)


def _named(tf):
    labels = np.array([["no"], ["yes"]] * 4)
    options = {"num_units": [2], "cell_type": tf.nn.rnn_cell.GRUCell, "label_vocabulary": ["no", "yes"]}
    options["loss_reduction"] = tf.losses.Reduction.SUM
    return _used(tf, tf.contrib.estimator.RNNClassifier(_columns(tf), config=_config(tf), **options), labels)


def _rnn_estimator(labels, head, **options):
    def call(tf):
        made = head(tf)
        optimizer = tf.train.GradientDescentOptimizer(0.1)
        estimator = tf.contrib.estimator.RNNEstimator(
            made, _columns(tf), config=_config(tf), optimizer=optimizer, **options
        )
        return _used(tf, estimator, labels)

    return call


def _of_sequences(tf):
    """An estimator that labels each step; its head is internal in 1.15 as well."""
    of_step = tf.estimator.BinaryClassHead()
    from tensorflow_estimator.python.estimator.head import sequential_head

    head = sequential_head.SequentialHeadWrapper(of_step)
    estimator = tf.contrib.estimator.RNNEstimator(
        head, _columns(tf), num_units=[2], return_sequences=True, config=_config(tf)
    )
    tf.train.create_global_step()
    labels = tf.SparseTensor(INDICES, tf.constant(VALUES % 2, tf.int64), [8, 3])
    spec = estimator.model_fn(_sequences(tf), labels, "train", estimator.config)
    return [spec.loss, spec.predictions["logits"]]


def _of_tensor(tf):
    classifier = tf.contrib.estimator.RNNClassifier(_columns(tf), num_units=[2], config=_config(tf))
    return classifier.model_fn(tf.constant(X), tf.constant(Y), "train", classifier.config)


def _model_fn(tf, wrap=True, optimizer_fn=False, sparse=False):
    def model_fn(features, labels, mode, params):
        if sparse:
            table = tf.get_variable("table", [4, 2], initializer=tf.constant_initializer(0.5))
            values = tf.nn.embedding_lookup(table, tf.cast(features["x"][:, 0] * 3, tf.int32))
        else:
            values = features["x"]
        w = tf.get_variable("w", [2, 1], initializer=tf.constant_initializer(0.1))
        y = tf.matmul(values, w)
        outputs = {"serving_default": tf.estimator.export.RegressionOutput(y)}
        outputs["other"] = tf.estimator.export.PredictOutput({"y": y})
        if mode == tf.estimator.ModeKeys.PREDICT:
            return tf.estimator.EstimatorSpec(mode, predictions={"y": y}, export_outputs=outputs)
        loss = tf.losses.mean_squared_error(labels, y)
        metrics = {"mean": tf.metrics.mean(y), "rmse": tf.metrics.root_mean_squared_error(tf.to_float(labels), y)}
        if mode == tf.estimator.ModeKeys.EVAL:
            return tf.estimator.EstimatorSpec(mode, loss=loss, eval_metric_ops=metrics)

        def make():
            return tf.train.MomentumOptimizer(params["rate"], 0.9)

        optimizer = make()
        if wrap:
            optimizer = tf.contrib.estimator.TowerOptimizer(make if optimizer_fn else make())
        train_op = optimizer.minimize(loss, tf.train.get_global_step())
        return tf.estimator.EstimatorSpec(mode, loss=loss, train_op=train_op)

    return model_fn


def _replicated(reduction=None, devices=DEVICES, labels=Y, **options):
    def call(tf):
        model_fn = _model_fn(tf, **options)
        kinds = {"loss_reduction": reduction} if reduction else {}
        model_fn = tf.contrib.estimator.replicate_model_fn(model_fn, devices=devices, **kinds)
        return _used(tf, tf.estimator.Estimator(model_fn, config=_config(tf), params={"rate": 0.1}), labels)

    return call


def _tower_graph(tf):
    """The variables and names of a replicated training graph, which two losses share."""

    def model_fn(features, labels, mode):
        w = tf.get_variable("w", [2, 1])
        loss = tf.reduce_mean(tf.matmul(features, w))
        make = tf.contrib.estimator.TowerOptimizer
        one = make(tf.train.GradientDescentOptimizer(0.1)).minimize(loss, tf.train.get_global_step())
        two = make(tf.train.AdamOptimizer(0.1)).minimize(loss * 2)
        return tf.estimator.EstimatorSpec(mode, loss=loss, train_op=tf.group(one, two))

    tf.train.create_global_step()
    spec = tf.contrib.estimator.replicate_model_fn(model_fn, devices=DEVICES)(tf.constant(X), tf.constant(Y), "train")

    def run(session):
        session.run(spec.train_op)
        left = tf.get_collection(tf.contrib.estimator.TowerOptimizer.COLLECTION_FOR_GRAPH_STATES)
        return [session.run(tf.trainable_variables()), spec.loss.op.name, spec.train_op.name, len(left)]

    return run


def _split_predictions(tf):
    replicated = tf.contrib.estimator.replicate_model_fn(_model_fn(tf), devices=DEVICES)
    spec = replicated({"x": tf.constant(X)}, None, "infer", {"rate": 0.1})
    outputs = spec.export_outputs
    return [spec.predictions["y"], outputs["serving_default"].value, outputs["other"].outputs["y"]]


def _alone(tf):
    """A ``TowerOptimizer`` in a graph that nothing replicates."""
    w = tf.get_variable("w", [2])
    optimizer = tf.contrib.estimator.TowerOptimizer(lambda: tf.train.MomentumOptimizer(0.1, 0.9))
    before = tf.contrib.estimator.TowerOptimizer.has_been_used()
    train = optimizer.minimize(tf.reduce_sum(w * w))

    def run(session):
        session.run(train)
        names = [variable.op.name for variable in optimizer.variables()]
        slot = optimizer.get_slot(w, "momentum")
        return [
            before,
            optimizer.has_been_used(),
            names,
            optimizer.get_slot_names(),
            optimizer.get_name(),
            slot.op.name,
        ]

    return run


def _annotated(kind, **options):
    def call(tf):
        columns = [tf.feature_column.numeric_column("x", [2])]
        make = getattr(tf.contrib.estimator, kind)
        return _used(tf, make([3], columns, config=_config(tf), **options))

    return call


def _notes(tf):
    """The collections of a graph with the columns of before 1.13, which leave notes."""
    from tensorflow.python.feature_column import feature_column

    ids = feature_column._categorical_column_with_identity("id", 4)
    columns = [feature_column._numeric_column("x", [2]), feature_column._embedding_column(ids, 2)]
    tf.train.create_global_step()
    classifier = tf.contrib.estimator.DNNClassifierWithLayerAnnotations([3], columns, config=_config(tf))
    features = {"x": tf.constant(X), "id": tf.constant(Y)}
    classifier.model_fn(features, tf.constant(Y), "train", classifier.config)
    found = []
    for collection in sorted(tf.get_default_graph().get_all_collection_keys()):
        if collection.startswith("layer_"):
            values = tf.get_collection(collection)
            found.append([collection, len(values)] + [value for value in values if isinstance(value, str)])
    return found


CALLS = {
    "RNNClassifier": _classifier(num_units=[3]),
    "RNNClassifier of two layers with a context": _classifier(num_units=[3, 2], cell_type="lstm", context=True),
    "RNNClassifier of three classes": _classifier(Y * 2, num_units=[2], cell_type="gru", n_classes=3),
    "RNNClassifier with an optimizer": _classifier(num_units=[2], optimizer="SGD"),
    "RNNClassifier of names": _named,
    "RNNClassifier with weights": _classifier(num_units=[2], weight_column="weight"),
    "RNNClassifier with dropout": _classifier(cells=_cell),
    "RNNClassifier with cells and units": _classifier(cells=_cell, num_units=[2]),
    "RNNClassifier with cells and their type": _classifier(cells=_cell, cell_type="lstm"),
    "RNNClassifier of an unknown type": _classifier(num_units=[2], cell_type=int),
    "RNNClassifier of a tensor": _of_tensor,
    "RNNEstimator": _rnn_estimator(X[:, :1], lambda tf: tf.contrib.estimator.regression_head(), num_units=[3]),
    "RNNEstimator of sequences needs a head of such": _rnn_estimator(
        Y, lambda tf: tf.contrib.estimator.regression_head(), num_units=[3], return_sequences=True
    ),
    "RNNEstimator of sequences": _of_sequences,
    "replicate_model_fn": _replicated(),
    "replicate_model_fn, sum": _replicated("weighted_sum", optimizer_fn=True),
    "replicate_model_fn of a sparse gradient": _replicated(sparse=True),
    "replicate_model_fn on one device": _replicated(devices=["/cpu:0"], wrap=False),
    "replicate_model_fn without TowerOptimizer": _replicated(wrap=False),
    "replicate_model_fn without reduction": _replicated("none"),
    "replicate_model_fn of an odd batch": _replicated(devices=["/cpu:0"] * 3),
    "replicated graph": _tower_graph,
    "replicated predictions": _split_predictions,
    "TowerOptimizer alone": _alone,
    "DNNClassifierWithLayerAnnotations": _annotated("DNNClassifierWithLayerAnnotations", optimizer="SGD"),
    "DNNRegressorWithLayerAnnotations": _annotated("DNNRegressorWithLayerAnnotations", dropout=0.5),
    "layer annotations": _notes,
}
