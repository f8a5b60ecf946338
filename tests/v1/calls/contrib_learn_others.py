"""Estimators of ``tf.contrib.learn`` that are no layers or linear models of columns by gradients.

Dual ascent, and k-means, give other numbers in each run of 1.15: what they find is tested in
``tests/v1/contrib/test_learn_estimators.py``.
"""

import tempfile

import numpy as np

from .contrib_learn_estimators import NUMBERS, TWO, WORDS, X, _config, _input_fn, _rows, _said
from .contrib_learn_heads import _inner
from .inputs import contrib

STEPS = np.sin(np.arange(24, dtype=np.float32)).reshape(4, 6, 1)


def _sequences(tf, labels, with_state=False):
    def input_fn():
        features = {"step": tf.constant(STEPS), "of_all": tf.constant(STEPS[:, 0])}
        features["sequence_length"] = tf.constant([6, 4, 5, 2])
        if with_state:
            features["rnn_cell_state_0"] = tf.ones([4, 3])
        return features, None if labels is None else tf.constant(labels)

    return input_fn


def _rnn(problem, prediction, labels, with_state=False, **options):
    def call(tf):
        learn, layers = tf.contrib.learn, tf.contrib.layers
        kinds = _inner(tf, "rnn_common").PredictionType
        context = [layers.real_valued_column("of_all")] if options.pop("with_context", False) else None
        estimator = learn.DynamicRnnEstimator(
            getattr(learn.ProblemType, problem),
            getattr(kinds, prediction),
            [layers.real_valued_column("step")],
            context,
            num_units=3,
            config=_config(tf),
            **options,
        )
        train, test = (_sequences(tf, part, with_state) for part in (labels, None))
        estimator.fit(input_fn=train, steps=4)
        metrics = estimator.evaluate(input_fn=train, steps=1)
        found = [";".join(sorted(metrics))] + [metrics[name] for name in sorted(metrics)]
        names = sorted(estimator.get_variable_names())
        return found + [";".join(names)] + _rows(estimator.predict(input_fn=test))

    return call


def _with_ids(tf, labels):
    plain = _input_fn(tf, labels)

    def input_fn():
        features, found = plain()
        features["id"] = tf.constant([str(index) for index in range(len(WORDS))])
        return features, found

    return input_fn


def _sdca(name, labels, **options):
    """Trains by dual ascent."""

    def call(tf):
        layers = tf.contrib.layers
        words = layers.sparse_column_with_hash_bucket("word", 10)
        columns = [words, layers.real_valued_column("one")]
        given = dict(options)
        if name == "SVM":
            given["example_id_column"] = "id"
        else:
            given["optimizer"] = tf.contrib.linear_optimizer.SDCAOptimizer("id", symmetric_l2_regularization=1.0)
        estimator = getattr(tf.contrib.learn, name)(feature_columns=columns, config=_config(tf), **given)
        return _said(estimator, _with_ids(tf, labels), _with_ids(tf, None), steps=3)

    return call


def _dual_ascent(name, labels, method, **options):
    """Trains until the order in which the kernel takes examples is no longer seen in what it finds."""

    def call(tf):
        module = contrib(tf, "linear_optimizer.python.sdca_estimator")
        home = module if name.startswith("SDCA") else tf.contrib.learn
        words = tf.contrib.layers.sparse_column_with_hash_bucket("word", 10)
        columns = [words, tf.contrib.layers.real_valued_column("one")]
        given = dict(options)
        if home is module:
            given["example_id_column"] = "id"
        else:
            given["optimizer"] = tf.contrib.linear_optimizer.SDCAOptimizer("id", symmetric_l2_regularization=2.0)
        estimator = getattr(home, name)(feature_columns=columns, config=_config(tf), **given)
        estimator.fit(input_fn=_with_ids(tf, labels), steps=150)
        found = np.array(list(getattr(estimator, method)(input_fn=_with_ids(tf, None))))
        loss = estimator.evaluate(input_fn=_with_ids(tf, labels), steps=1)["loss"]
        return [np.round(found, 3), round(float(loss), 3)]

    return call


def _dual_ascent_of_three(tf):
    module = contrib(tf, "linear_optimizer.python.sdca_estimator")
    return module._SDCAEstimator("id", [1], head=tf.contrib.learn.multi_class_head(3))


def _dual_ascent_without_columns(tf):
    return contrib(tf, "linear_optimizer.python.sdca_estimator").SDCALogisticClassifier("id", [])


def _svm_probabilities(tf):
    columns = [tf.contrib.layers.real_valued_column("one")]
    estimator = tf.contrib.learn.SVM("id", columns, config=_config(tf), l2_regularization=1.0)
    estimator.fit(input_fn=_with_ids(tf, TWO), steps=1)
    return list(estimator.predict_proba(input_fn=_with_ids(tf, None)))


def _predictor(tf):
    columns = [tf.contrib.layers.real_valued_column("x", dimension=3)]
    estimator = tf.contrib.learn.LinearRegressor(columns, config=_config(tf))
    estimator.fit(input_fn=_input_fn(tf, NUMBERS), steps=2)

    def input_fn():
        given = {"x": tf.placeholder(tf.float32, [None, 3])}
        return tf.contrib.learn.InputFnOps(given, None, given)

    predict = tf.contrib.predictor.from_contrib_estimator(estimator, input_fn)
    return [sorted(predict.feed_tensors), sorted(predict.fetch_tensors), predict({"x": X[:4]})["scores"]]


def _predictor_of_core(tf):
    estimator = tf.estimator.Estimator(lambda features, labels, mode: None, tempfile.mkdtemp())
    return tf.contrib.predictor.from_contrib_estimator(estimator, len)


CALLS = {
    "DynamicRnnEstimator of a class": _rnn(
        "CLASSIFICATION", "SINGLE_VALUE", np.array([0, 1, 2, 1]), num_classes=3, predict_probabilities=True
    ),
    "DynamicRnnEstimator of classes": _rnn(
        "CLASSIFICATION",
        "MULTIPLE_VALUE",
        (STEPS[:, :, 0] > 0).astype(np.int64),
        num_classes=2,
        cell_type="lstm",
        predict_probabilities=True,
        optimizer="Momentum",
        momentum=0.5,
    ),
    "DynamicRnnEstimator of a number": _rnn(
        "LINEAR_REGRESSION", "SINGLE_VALUE", STEPS[:, 0], with_context=True, cell_type="gru"
    ),
    "DynamicRnnEstimator of numbers with state": _rnn(
        "LINEAR_REGRESSION", "MULTIPLE_VALUE", STEPS[:, :, 0], with_state=True, dropout_keep_probabilities=[0.5, 0.9]
    ),
    "DynamicRnnEstimator of probabilities of numbers": _rnn(
        "LINEAR_REGRESSION", "SINGLE_VALUE", STEPS[:, 0], predict_probabilities=True
    ),
    "DynamicRnnEstimator without classes": _rnn("CLASSIFICATION", "SINGLE_VALUE", TWO),
    "DynamicRnnEstimator of no problem": _rnn("UNSPECIFIED", "SINGLE_VALUE", TWO),
    "SVM with kernels": lambda tf: tf.contrib.learn.SVM("id", [], kernels=[1]),
    "SVM's probabilities": _svm_probabilities,
    "LinearClassifier of three with SDCAOptimizer": _sdca("LinearClassifier", TWO, n_classes=3),
    "LinearClassifier with SDCAOptimizer and bias": _sdca("LinearClassifier", TWO, enable_centered_bias=True),
    "LinearClassifier by dual ascent": _dual_ascent("LinearClassifier", TWO, "predict_proba"),
    "LinearRegressor by dual ascent": _dual_ascent("LinearRegressor", NUMBERS, "predict_scores"),
    "SDCALogisticClassifier": _dual_ascent("SDCALogisticClassifier", TWO, "predict_proba"),
    "SDCALogisticClassifier without columns": _dual_ascent_without_columns,
    "SDCALinearRegressor": _dual_ascent(
        "SDCALinearRegressor", NUMBERS, "predict_scores", l1_regularization=0.5, l2_regularization=2.0
    ),
    "SDCA estimator of three classes": _dual_ascent_of_three,
    "from_contrib_estimator": _predictor,
    "from_contrib_estimator of tf.estimator": _predictor_of_core,
}
