"""The estimators of ``tf.contrib.learn``: trained, evaluated, asked for predictions and exported."""

import functools
import os
import tempfile

import numpy as np

SHAPE = (24, 3)
X = np.sin(np.arange(72, dtype=np.float32)).reshape(SHAPE)
TWO = (X.sum(axis=1) > 0).astype(np.int32)
THREE = np.argmax(X, axis=1).astype(np.int64)
NUMBERS = (X @ np.array([[1.0], [-2.0], [0.5]], np.float32))[:, 0]
NAMES = np.array(["a", "b", "c"])
WORDS = np.array([["red"], ["green"], ["blue"], ["red"]] * 6)


def _config(tf, **options):
    return tf.contrib.learn.RunConfig(tf_random_seed=7, **options)


def _columns(tf, kind="numbers"):
    layers, core = tf.contrib.layers, tf.feature_column
    numbers = layers.real_valued_column("x", dimension=3)
    words = layers.sparse_column_with_hash_bucket("word", 10)
    number = layers.bucketized_column(layers.real_valued_column("one"), [-0.5, 0.0, 0.5])
    kinds = {
        "numbers": [numbers],
        "words": [words, number, layers.crossed_column([words, number], 20), numbers],
        "ids": [words, layers.crossed_column([words, number], 20)],
        "embedded": [layers.embedding_column(words, 2, initializer=tf.constant_initializer(0.5)), numbers],
        "core": [core.numeric_column("x", [3])],
    }
    return kinds[kind]


def _input_fn(tf, labels):
    def input_fn():
        indices = [[row, 0] for row in range(len(WORDS))]
        words = tf.SparseTensor(indices, tf.constant(WORDS[:, 0]), [len(WORDS), 1])
        weights = np.linspace(0.5, 2.0, len(X)).astype(np.float32)
        features = {"x": tf.constant(X), "one": tf.constant(X[:, :1]), "word": words, "w": tf.constant(weights)}
        return features, None if labels is None else tf.constant(labels)

    return input_fn


def _rows(values):
    values = list(values)
    if isinstance(values[0], dict):
        return [part for key in sorted(values[0], key=str) for part in (str(key), np.array([v[key] for v in values]))]
    return [np.array(values)]


def _of_checkpoint(estimator):
    names = sorted(estimator.get_variable_names())
    return [";".join(names)] + [estimator.get_variable_value(name) for name in names if "Adagrad" not in name]


def _said(estimator, train, test, steps=5, **options):
    """Returns what an estimator says once it is trained, of its variables, metrics and predictions."""
    estimator.fit(input_fn=train, steps=steps)
    metrics = estimator.evaluate(input_fn=train, steps=1, **options)
    found = [";".join(sorted(metrics))] + [metrics[name] for name in sorted(metrics)]
    return found + _of_checkpoint(estimator) + _rows(estimator.predict(input_fn=test))


def _canned(name, labels, columns="numbers", metrics=None, **options):
    def call(tf):
        given = {
            key: value(tf) if key.endswith(("optimizer", "multipliers")) else value for key, value in options.items()
        }
        if "Combined" in name:
            given.update(linear_feature_columns=_columns(tf, columns), dnn_feature_columns=_columns(tf, "embedded"))
        else:
            given["feature_columns"] = _columns(tf, columns)
        estimator = getattr(tf.contrib.learn, name)(config=_config(tf), **given)
        more = {"metrics": metrics(tf)} if metrics else {}
        return _said(estimator, _input_fn(tf, labels), _input_fn(tf, None), **more)

    return call


def _of_head(name, **options):
    def call(tf):
        head = tf.contrib.learn.multi_class_head(3)
        estimator = getattr(tf.contrib.learn, name)(head=head, config=_config(tf), **options)
        return _said(estimator, _input_fn(tf, THREE), _input_fn(tf, None))

    return call


def _with_columns(name, kind="numbers", **options):
    """A call of an estimator of a head, with columns."""

    def call(tf):
        columns = _columns(tf, kind)
        key = "dnn_feature_columns" if "Combined" in name else "feature_columns"
        return _of_head(name, **dict(options, **{key: columns}))(tf)

    return call


def _gradient_descent(tf):
    return tf.train.GradientDescentOptimizer(0.1)


def _made_by_function(tf):
    return lambda: tf.train.GradientDescentOptimizer(0.1)


def _model(tf, mode, features, labels, rate=0.1):
    weights = tf.get_variable("weights", [3, 1], initializer=tf.ones_initializer())
    predictions = tf.matmul(features["x"] if isinstance(features, dict) else features, weights)[:, 0]
    if mode == tf.contrib.learn.ModeKeys.INFER:
        return predictions, None, None
    loss = tf.losses.mean_squared_error(labels, predictions)
    step = tf.train.get_global_step()
    return predictions, loss, tf.train.GradientDescentOptimizer(rate).minimize(loss, step)


def _tuple_model(tf, features, labels, mode):
    return _model(tf, mode, features, labels)


def _ops_model(tf, features, labels, mode, params, config, model_dir):
    predictions, loss, train_op = _model(tf, mode, features, labels, params["rate"])
    metrics = None
    if mode == tf.contrib.learn.ModeKeys.EVAL:
        metrics = {
            "error": tf.metrics.mean_absolute_error(labels, predictions),
            "seed": tf.constant(config.tf_random_seed),
        }
    return tf.contrib.learn.ModelFnOps(mode, {"y": predictions}, loss, train_op, metrics)


def _doubled(features, labels):
    return {"x": features["x"] * 2}, labels


def _custom(model, run=_said, takes_x=False, **options):
    def call(tf):
        model_fn = functools.partial(model, tf)
        given = {key: value(tf) if key == "config" else value for key, value in options.items()}
        estimator = tf.contrib.learn.Estimator(model_fn, **dict({"config": _config(tf)}, **given))
        if takes_x:
            return run(tf, estimator)
        return run(estimator, _input_fn(tf, NUMBERS), _input_fn(tf, None))

    return call


def _on_arrays(tf, estimator):
    estimator.fit(X, NUMBERS, batch_size=10, steps=7)
    found = estimator.evaluate(X, NUMBERS, batch_size=10)
    batches = estimator.predict(X, batch_size=10, iterate_batches=True)
    at_once = estimator.predict(X, batch_size=7, as_iterable=False)
    return [found["loss"], found["global_step"], [batch.shape[0] for batch in batches], at_once]


def _compatible(tf, estimator):
    compat = tf.contrib.learn.SKCompat(estimator)
    compat.fit(X, NUMBERS, batch_size=10, steps=7)
    spec = tf.contrib.learn.MetricSpec(tf.metrics.mean_absolute_error)
    found = compat.score(X, NUMBERS, metrics={"error": spec}, name="again")
    folder = os.path.join(estimator.model_dir, "eval_again")
    events = [event for name in os.listdir(folder) for event in tf.train.summary_iterator(os.path.join(folder, name))]
    written = [[value.tag, value.simple_value] for value in events[-1].summary.value]
    return [found["error"], found["loss"], found["global_step"], compat.predict(X), sorted(written), events[-1].step]


def _steps(tf, estimator):
    steps = []
    train = _input_fn(tf, NUMBERS)
    for options in ({"steps": 3}, {"max_steps": 5}, {"max_steps": 4}, {"steps": 1}):
        steps.append(estimator.fit(input_fn=train, **options).get_variable_value("global_step"))
    return steps + [estimator.partial_fit(input_fn=train).get_variable_value("global_step")]


def _streamed(tf, estimator):
    estimator.fit(iter(X.repeat(4, axis=0)), iter(NUMBERS.repeat(4)), batch_size=8, steps=5)
    return [estimator.get_variable_value("weights"), estimator.predict(iter(X), batch_size=9, as_iterable=False)]


def _metrics_without_spec(tf):
    return {"mine": tf.contrib.metrics.streaming_mean_absolute_error}


def _metrics_with_key(tf):
    return {("mine", "classes"): tf.contrib.metrics.streaming_accuracy}


def _metric_specs(tf):
    spec = tf.contrib.learn.MetricSpec
    return {
        "a": spec(tf.contrib.metrics.streaming_accuracy, prediction_key="classes"),
        "b": spec(tf.contrib.metrics.streaming_mean, prediction_key="logistic", weight_key="w"),
    }


def _kinds(name, labels, columns="numbers", **options):
    """Returns all kinds of predictions, as they are yielded and at once."""

    def call(tf):
        estimator = getattr(tf.contrib.learn, name)(_columns(tf, columns), config=_config(tf), **options)
        estimator.fit(input_fn=_input_fn(tf, labels), steps=3)
        test = _input_fn(tf, None)
        found = _rows(estimator.predict(input_fn=test, outputs=["logits", "classes", "scores"]))
        methods = [
            method for method in ("predict_classes", "predict_proba", "predict_scores") if hasattr(estimator, method)
        ]
        for method in methods:
            found += _rows(getattr(estimator, method)(input_fn=test))
            found.append(getattr(estimator, method)(input_fn=test, as_iterable=False))
        return methods + found

    return call


def _exported(name, labels, key=None, heads=False, **options):
    """Returns the signatures of an exported model, its files, and what it gives when it is loaded."""

    def call(tf):
        learn = tf.contrib.learn
        columns = [tf.contrib.layers.real_valued_column("x", dimension=3)]
        if heads:
            both = [learn.regression_head(head_name="one"), learn.regression_head(head_name="two")]
            options["head"] = learn.multi_head(both)
        estimator = getattr(learn, name)(feature_columns=columns, config=_config(tf), **options)
        estimator.fit(input_fn=_input_fn(tf, labels), steps=2)
        spec = tf.contrib.layers.create_feature_spec_for_parsing(columns)
        serving = learn.build_parsing_serving_input_fn(spec)
        asset = os.path.join(tempfile.mkdtemp(), "asset.txt")
        with open(asset, "w") as file:
            file.write("text")
        folder = estimator.export_savedmodel(
            tempfile.mkdtemp(), serving, default_output_alternative_key=key, assets_extra={"a/b.txt": asset}
        )
        files = sorted(name for _, _, names in os.walk(folder.decode()) for name in names)
        with tf.Session(graph=tf.Graph()) as session:
            graph = tf.saved_model.loader.load(session, ["serve"], folder.decode())
            signatures = [
                [key, each.method_name, sorted(each.inputs), sorted(each.outputs)]
                for key, each in sorted(graph.signature_def.items())
            ]
            default = graph.signature_def["serving_default"]
            example = tf.train.Example()
            example.features.feature["x"].float_list.value.extend([0.5, -0.5, 1.0])
            feed = {list(default.inputs.values())[0].name: [example.SerializeToString()]}
            given = [session.run(default.outputs[name].name, feed) for name in sorted(default.outputs)]
            kept = session.graph.get_collection("input_feature_keys")
        return [files, signatures] + given + [len(kept), folder.decode().split(os.sep)[-1].isdigit()]

    return call


def _logistic(tf):
    def model_fn(features, labels, mode):
        logits = tf.layers.dense(features["x"], 1, kernel_initializer=tf.ones_initializer())[:, 0]
        predictions = tf.sigmoid(logits)
        if mode == "infer":
            return predictions, None, None
        loss = tf.losses.sigmoid_cross_entropy(tf.cast(labels, tf.float32), logits)
        train = tf.train.GradientDescentOptimizer(0.5).minimize(loss, tf.train.get_global_step())
        return predictions, loss, train

    estimator = tf.contrib.learn.LogisticRegressor(model_fn, thresholds=[0.25, 0.5], config=_config(tf))
    return _said(estimator, _input_fn(tf, TWO.astype(np.float32)), _input_fn(tf, None))


def _queued(tf):
    """Returns predictions of batches that a queue gives, and metrics of all of them."""

    def input_fn(labels):
        def call():
            row, label = tf.train.slice_input_producer([X, labels], num_epochs=1, shuffle=False)
            return tf.train.batch([row, label], 10, allow_smaller_final_batch=True)

        return call

    estimator = tf.contrib.learn.Estimator(functools.partial(_tuple_model, tf), config=_config(tf))
    estimator.fit(input_fn=input_fn(NUMBERS))
    found = estimator.evaluate(input_fn=input_fn(NUMBERS))
    values = np.array(list(estimator.predict(input_fn=lambda: input_fn(NUMBERS)()[0])))
    return [found["global_step"], found["loss"], len(values), values]


def _inferred(tf):
    learn = tf.contrib.learn
    columns = learn.infer_real_valued_columns_from_input(X)
    named = learn.infer_real_valued_columns_from_input({"a": X, "b": X[:, :1].astype(np.float64)})
    of_function = learn.infer_real_valued_columns_from_input_fn(lambda: (tf.constant(X), None))
    return [[column.name, column.dimension, column.dtype.name] for column in columns + sorted(named) + of_function]


def _without_checkpoint(method, **options):
    def call(tf):
        estimator = tf.contrib.learn.LinearRegressor(_columns(tf), config=_config(tf))
        return getattr(estimator, method)(**dict({"input_fn": _input_fn(tf, NUMBERS)}, **options))

    return call


def _not_exported(tf):
    estimator = tf.contrib.learn.LinearRegressor(_columns(tf), config=_config(tf))
    return estimator.export_savedmodel(tempfile.mkdtemp(), len)


def _params(tf):
    estimator = tf.contrib.learn.LinearRegressor(_columns(tf), config=_config(tf))
    small = tf.contrib.learn.SKCompat(estimator)
    return [sorted(estimator.get_params()), sorted(small.get_params()), repr(small)]


def _wrong_param(tf):
    return tf.contrib.learn.SKCompat(None).set_params(a=1)


def _other_features(tf, estimator):
    estimator.fit(X, NUMBERS, steps=1)
    return estimator.fit(X[:, :2], NUMBERS, steps=1)


def _other_folder(tf):
    return tf.contrib.learn.Estimator(model_dir="a", config=_config(tf, model_dir="b"))


def _extracted(tf):
    learn = tf.contrib.learn
    return [learn.extract_pandas_data(X), learn.extract_pandas_labels(TWO), learn.extract_pandas_matrix(X)]


CALLS = {
    "DNNClassifier of two": _canned("DNNClassifier", TWO, hidden_units=[4, 3]),
    "DNNClassifier": _canned("DNNClassifier", THREE, "embedded", hidden_units=[4], n_classes=3),
    "DNNClassifier with options": _canned(
        "DNNClassifier",
        TWO[:, None],
        hidden_units=[4],
        weight_column_name="w",
        optimizer=_gradient_descent,
        activation_fn="tanh",
        dropout=0.5,
        gradient_clip_norm=0.1,
        metrics=_metric_specs,
    ),
    "DNNClassifier with names": _canned(
        "DNNClassifier", NAMES[THREE], hidden_units=[4], n_classes=3, label_keys=list(NAMES)
    ),
    "DNNClassifier of core columns": _canned("DNNClassifier", TWO, "core", hidden_units=[4]),
    "DNNClassifier with embedding_lr_multipliers": _canned(
        "DNNClassifier",
        TWO,
        "embedded",
        hidden_units=[2],
        optimizer=_made_by_function,
        embedding_lr_multipliers=lambda tf: {_columns(tf, "embedded")[0]: 0.0},
    ),
    "DNNClassifier with multipliers of no embedding": _canned(
        "DNNClassifier", TWO, hidden_units=[2], embedding_lr_multipliers=lambda tf: {_columns(tf)[0]: 0.0}
    ),
    "DNNClassifier with key of metric": _canned("DNNClassifier", TWO, hidden_units=[4], metrics=_metrics_with_key),
    "DNNClassifier with no such activation": _canned("DNNClassifier", TWO, hidden_units=[4], activation_fn="elu"),
    "DNNRegressor": _canned("DNNRegressor", NUMBERS, hidden_units=[4], metrics=_metrics_without_spec),
    "DNNRegressor of two numbers": _canned("DNNRegressor", X[:, :2], hidden_units=[4], label_dimension=2),
    "DNNEstimator": _with_columns("DNNEstimator", hidden_units=[4]),
    "LinearClassifier of two": _canned("LinearClassifier", TWO, "words"),
    "LinearClassifier": _canned("LinearClassifier", THREE, "words", n_classes=3, optimizer=lambda tf: "Adagrad"),
    "LinearClassifier with options": _canned(
        "LinearClassifier",
        TWO[:, None],
        weight_column_name="w",
        gradient_clip_norm=0.1,
        optimizer=_made_by_function,
    ),
    "LinearClassifier with joint weights": _canned("LinearClassifier", TWO, "ids", _joint_weight=True),
    "LinearClassifier of core columns": _canned("LinearClassifier", TWO, "core"),
    "LinearClassifier with metric without key": _canned("LinearClassifier", TWO, metrics=_metrics_without_spec),
    "LinearClassifier without columns": lambda tf: tf.contrib.learn.LinearClassifier([]),
    "LinearRegressor": _canned("LinearRegressor", NUMBERS, "words"),
    "LinearEstimator": _with_columns("LinearEstimator", "words"),
    "DNNLinearCombinedClassifier": _canned(
        "DNNLinearCombinedClassifier", TWO, "words", dnn_hidden_units=[4], fix_global_step_increment_bug=True
    ),
    "DNNLinearCombinedClassifier with two steps a step": _canned(
        "DNNLinearCombinedClassifier", THREE, "words", n_classes=3, dnn_hidden_units=[4], dnn_dropout=0.3
    ),
    "DNNLinearCombinedRegressor": _canned(
        "DNNLinearCombinedRegressor",
        NUMBERS,
        "ids",
        dnn_hidden_units=[3],
        gradient_clip_norm=1.0,
        linear_optimizer=_gradient_descent,
        _joint_linear_weights=True,
        fix_global_step_increment_bug=True,
        metrics=_metrics_without_spec,
    ),
    "DNNLinearCombinedEstimator": _with_columns("DNNLinearCombinedEstimator", dnn_hidden_units=[4]),
    "DNNLinearCombinedClassifier without hidden units": _canned("DNNLinearCombinedClassifier", TWO),
    "DNNLinearCombinedClassifier without columns": lambda tf: tf.contrib.learn.DNNLinearCombinedClassifier(),
    "predictions of LinearClassifier": _kinds("LinearClassifier", THREE, n_classes=3),
    "predictions of LinearRegressor": _kinds("LinearRegressor", NUMBERS),
    "export_savedmodel of DNNClassifier": _exported("DNNClassifier", THREE, hidden_units=[3], n_classes=3),
    "export_savedmodel of LinearRegressor": _exported("LinearRegressor", NUMBERS),
    "export_savedmodel of LinearClassifier": _exported("LinearClassifier", TWO),
    "export_savedmodel of two heads": _exported("LinearEstimator", NUMBERS, key="two", heads=True),
    "export_savedmodel of two heads without default": _exported("LinearEstimator", NUMBERS, heads=True),
    "export_savedmodel of no such head": _exported("LinearRegressor", NUMBERS, key="two"),
    "LogisticRegressor": _logistic,
    "Estimator of a tuple": _custom(_tuple_model),
    "Estimator of ModelFnOps": _custom(_ops_model, params={"rate": 0.05}),
    "Estimator with feature_engineering_fn": _custom(_tuple_model, feature_engineering_fn=_doubled),
    "Estimator with params that are not taken": _custom(_tuple_model, params={"rate": 0.05}),
    "Estimator on arrays": _custom(_tuple_model, _on_arrays, takes_x=True),
    "Estimator of queues": _queued,
    "Estimator on iterators": _custom(_tuple_model, _streamed, takes_x=True),
    "Estimator, steps": _custom(_tuple_model, _steps, takes_x=True),
    "Estimator on other features": _custom(_tuple_model, _other_features, takes_x=True),
    "SKCompat": _custom(_tuple_model, _compatible, takes_x=True),
    "infer_real_valued_columns": _inferred,
    "infer_real_valued_columns of texts": lambda tf: tf.contrib.learn.infer_real_valued_columns_from_input(WORDS),
    "get_params": _params,
    "set_params of no such": _wrong_param,
    "extract": _extracted,
    "fit without data": lambda tf: tf.contrib.learn.Estimator(_tuple_model).fit(steps=1),
    "fit with both kinds of data": lambda tf: tf.contrib.learn.Estimator(_tuple_model).fit(X, input_fn=len),
    "fit of tensors": lambda tf: tf.contrib.learn.Estimator(_tuple_model).fit(tf.constant(X)),
    "fit with steps twice": lambda tf: tf.contrib.learn.Estimator(_tuple_model).fit(X, steps=1, max_steps=1),
    "fit with batch_size of input_fn": lambda tf: tf.contrib.learn.Estimator(_tuple_model).fit(
        input_fn=len, batch_size=1
    ),
    "evaluate without checkpoint": _without_checkpoint("evaluate"),
    "predict without checkpoint": _without_checkpoint("predict"),
    "export_savedmodel without checkpoint": _not_exported,
    "evaluate with list of metrics": _without_checkpoint("evaluate", metrics=[1]),
    "Estimator of two folders": _other_folder,
    "BaseEstimator": lambda tf: tf.contrib.learn.BaseEstimator(),
}
