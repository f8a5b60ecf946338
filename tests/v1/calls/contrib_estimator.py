"""``tf.contrib.estimator``: heads and extensions of estimators; and the cells of ``tf.contrib.cudnn_rnn``."""

import os
import tempfile

import numpy as np

from .inputs import SEQUENCES, VECTORS

X = np.arange(12, dtype=np.float32).reshape(6, 2) / 12
Y = np.array([0, 1, 0, 1, 1, 0])


def _input_fn(tf, labels=Y):
    return lambda: tf.data.Dataset.from_tensors(({"x": X, "id": np.arange(6)}, labels.reshape(6, 1))).repeat(4)


def _linear(tf, folder=None, labels=Y, **options):
    columns = [tf.feature_column.numeric_column("x", [2])]
    config = tf.estimator.RunConfig(folder or tempfile.mkdtemp(), tf_random_seed=1)
    optimizer = tf.train.GradientDescentOptimizer(0.5)
    return tf.estimator.LinearRegressor(columns, config=config, optimizer=optimizer, **options)


def _used(tf, estimator, labels=Y):
    tf.logging.set_verbosity(tf.logging.ERROR)
    estimator.train(_input_fn(tf, labels))
    found = estimator.evaluate(_input_fn(tf, labels), steps=1)
    first = next(iter(estimator.predict(_input_fn(tf, labels))))
    return [sorted(found), [found[key] for key in sorted(found)], sorted(first), [first[key] for key in sorted(first)]]


def _head(kind, *arguments, **options):
    labels = options.pop("labels", Y)

    def call(tf):
        head = getattr(tf.contrib.estimator, kind)(*arguments, **options)
        columns = [tf.feature_column.numeric_column("x", [2])]
        optimizer = tf.train.GradientDescentOptimizer(0.5)
        estimator = tf.estimator.LinearEstimator(head, columns, tempfile.mkdtemp(), optimizer)
        return _used(tf, estimator, labels)

    return call


def _metrics(tf):
    def metric_fn(labels, predictions, features):
        return {"mine": tf.metrics.mean(features["x"] + predictions["predictions"])}

    return _used(tf, tf.contrib.estimator.add_metrics(_linear(tf), metric_fn))


def _forwarded(keys):
    return lambda tf: _used(tf, tf.contrib.estimator.forward_features(_linear(tf), keys))


def _clipped(tf):
    v = tf.get_variable("v", [2])
    w = tf.get_variable("w", [3])
    optimizer = tf.contrib.estimator.clip_gradients_by_norm(tf.train.MomentumOptimizer(1.0, 0.9), 0.5)
    train = optimizer.minimize(tf.reduce_sum(v * v) + tf.reduce_sum(w))

    def run(session):
        session.run(train)
        return session.run([v, w]) + [optimizer.get_slot_names(), optimizer.get_name()]

    return run


def _logits(tf):
    columns = [tf.feature_column.numeric_column("x", [2])]
    make = tf.contrib.estimator.linear_logit_fn_builder(3, columns)
    dense = tf.contrib.estimator.dnn_logit_fn_builder(2, [4], columns, tf.nn.relu, None, None, False)
    features, mode = {"x": tf.constant(X)}, tf.estimator.ModeKeys.TRAIN
    call = tf.contrib.estimator.call_logit_fn
    return [call(make, features, mode, None, None), call(dense, features, mode, None, None)]


def _exported(tf):
    tf.logging.set_verbosity(tf.logging.ERROR)
    estimator = _linear(tf)
    estimator.train(_input_fn(tf))

    x, y = tf.placeholder(tf.float32, [None, 2]), tf.placeholder(tf.float32, [None, 1])
    receiver = tf.contrib.estimator.build_raw_supervised_input_receiver_fn({"x": x}, y)
    mode = tf.estimator.ModeKeys.EVAL
    one = tf.contrib.estimator.export_saved_model_for_mode(estimator, tempfile.mkdtemp(), receiver, mode=mode)
    both = tf.contrib.estimator.export_all_saved_models(estimator, tempfile.mkdtemp(), {mode: receiver})
    return [sorted(os.listdir(folder)) for folder in (one, both)]


def _cell(name, **options):
    def call(tf):
        cell = getattr(tf.contrib.cudnn_rnn, name)(4, **options)
        return tf.nn.dynamic_rnn(cell, SEQUENCES(tf), dtype=tf.float32)

    return call


CALLS = {
    "multi_class_head": _head("multi_class_head", 3),
    "multi_class_head of two": _head("multi_class_head", 2),
    "binary_classification_head": _head("binary_classification_head", thresholds=[0.3]),
    "regression_head": _head("regression_head", name="mine"),
    "poisson_regression_head": _head("poisson_regression_head", labels=Y + 1.0),
    "logistic_regression_head": _head("logistic_regression_head", labels=Y / 2.0),
    "logistic_regression_head of large labels": _head("logistic_regression_head", labels=Y * 3.0),
    "add_metrics": _metrics,
    "add_metrics of a wrong function": lambda tf: tf.contrib.estimator.add_metrics(_linear(tf), lambda x: {}),
    "forward_features": _forwarded("id"),
    "forward_features of all": _forwarded(None),
    "forward_features of none": _forwarded("none"),
    "forward_features of a number": _forwarded(3),
    "clip_gradients_by_norm": _clipped,
    "logit functions": _logits,
    "call_logit_fn of no tensor": lambda tf: tf.contrib.estimator.call_logit_fn(
        lambda features: 3, {}, "train", None, None
    ),
    "exports": _exported,
    "CudnnCompatibleLSTMCell": _cell("CudnnCompatibleLSTMCell"),
    "CudnnCompatibleGRUCell": _cell("CudnnCompatibleGRUCell"),
    "CudnnCompatibleGRUCell of no depth": lambda tf: tf.contrib.cudnn_rnn.CudnnCompatibleGRUCell(4)(
        tf.placeholder(tf.float32, [2, None]), VECTORS(tf)
    ),
}
