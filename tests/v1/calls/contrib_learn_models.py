"""``tf.contrib.learn.models`` and ``tf.contrib.learn.ops``."""

import functools

import numpy as np

from .inputs import SEQUENCES, VECTORS

ONE_HOT = np.eye(2, dtype=np.float32)[[0, 1, 1, 0]]
NUMBERS = np.array([0.5, -1.0, 2.0, 0.25], np.float32)


def _regression(function, labels, in_graph=None, **options):
    """Returns a call of a regression, with the names of its summaries and how its variables start."""

    def call(tf):
        if in_graph:
            tf.constant(in_graph, name="class_weight")
        found = getattr(tf.contrib.learn.models, function)(VECTORS(tf), tf.constant(labels), **options)
        summaries = [tensor.op.name for tensor in tf.get_collection(tf.GraphKeys.SUMMARIES)]
        started = [variable.initial_value.op.type for variable in tf.global_variables()]
        return list(found) + summaries + started

    return call


def _zeros(name, labels):
    def call(tf):
        getattr(tf.contrib.learn.models, name)(VECTORS(tf), tf.constant(labels))
        return [variable.initialized_value() for variable in tf.global_variables()]

    return call


def _random(tf):
    tf.set_random_seed(5)
    tf.contrib.learn.models.linear_regression(VECTORS(tf), tf.constant(NUMBERS), init_mean=1.0, init_stddev=0.5)
    return [variable.initialized_value() for variable in tf.global_variables()]


def _weighted(tf):
    models = tf.contrib.learn.models
    return models.logistic_regression(VECTORS(tf), tf.constant(ONE_HOT), class_weight=tf.constant([1.0, 2.0]))


def _steps(tf):
    return tf.unstack(SEQUENCES(tf), axis=1)


def _bidirectional(**options):
    def call(tf):
        cells = [tf.contrib.rnn.GRUCell(2), tf.contrib.rnn.BasicRNNCell(2)]
        given = {key: value(tf) if callable(value) else value for key, value in options.items()}
        return list(tf.contrib.learn.models.bidirectional_rnn(*(cells + [_steps(tf)]), **given))

    return call


def _wrong_bidirectional(forward, backward, inputs):
    def call(tf):
        cells = [tf.contrib.rnn.GRUCell(2) if each else 1 for each in (forward, backward)]
        return tf.contrib.learn.models.bidirectional_rnn(*(cells + [inputs]), dtype=tf.float32)

    return call


def _rnn_model(cell_type="gru", layers=1, bidirectional=False, length=None, state=None, attention=(None, None, None)):
    def call(tf):
        models = tf.contrib.learn.models
        model = models.get_rnn_model(
            3,
            cell_type,
            layers,
            functools.partial(tf.unstack, axis=1),
            bidirectional,
            models.linear_regression,
            length and tf.constant(length),
            state and state(tf),
            *attention
        )  # fmt: skip
        return list(model(SEQUENCES(tf), tf.constant(NUMBERS[:2])))

    return call


def _lookup(tf):
    params = tf.get_variable("params", [5, 3])
    found = tf.contrib.learn.ops.embedding_lookup(params, tf.constant([[0, 4], [2, 2], [1, 0]]))
    return [found, found.op.name]


def _lookup_of_any_shape(tf):
    params = tf.get_variable("params", [5, 2])
    ids = tf.placeholder_with_default([[3, 1]], [None, 2])
    found = tf.contrib.learn.ops.embedding_lookup(params, ids, name="mine")
    return [found, str(found.shape), found.op.name]


def _lookup_of_matrices(tf):
    return tf.contrib.learn.ops.embedding_lookup(tf.get_variable("params", [5, 2, 2]), tf.constant([3, 1]))


def _categorical(tf):
    return tf.contrib.learn.ops.categorical_variable([[1, 2], [0, 1]], 5, 3, "cat")


def _linear(function, labels, width, **options):
    def call(tf):
        weights, biases = tf.get_variable("w", [3, width]), tf.get_variable("b", [width])
        found = getattr(tf.contrib.learn.ops, function)(VECTORS(tf), tf.constant(labels), weights, biases, **options)
        return list(found) + [found[0].op.name]

    return call


def _classified(sampled=False):
    def call(tf):
        logits, labels = _steps(tf), tf.unstack(tf.nn.softmax(SEQUENCES(tf)), axis=1)
        sampling = [2 * each for each in logits] if sampled else None
        return list(
            tf.contrib.learn.ops.sequence_classifier(logits, labels, sampling, name="named" if sampled else None)
        )

    return call


def _inputs(**options):
    def call(tf):
        x, y = SEQUENCES(tf), SEQUENCES(tf)[:, :4] * 2
        found = tf.contrib.learn.ops.seq2seq_inputs(x, y, 6, 4, **options)
        return [len(each) for each in found] + [part for each in found for part in each] + [found[1][0].op.name]

    return call


def _sentinel_of_a_tensor(tf):
    return tf.contrib.learn.ops.seq2seq_inputs(SEQUENCES(tf), SEQUENCES(tf), 6, 6, sentinel=tf.zeros([2, 3]))


def _decoded(**options):
    def call(tf):
        cell = tf.contrib.rnn.GRUCell(3)
        # The gradients are sums that nearly cancel out.
        steps = [tf.cast(step, tf.float64) for step in _steps(tf)[:3]]
        outputs = tf.contrib.learn.ops.rnn_decoder(steps, tf.zeros([2, 3], tf.float64), cell, **options)
        return [len(each) for each in outputs] + [part for each in outputs for part in each]

    return call


def _seq2seq(two_cells=False, **options):
    def call(tf):
        steps, cells = _steps(tf), [tf.contrib.rnn.GRUCell(3) for _ in range(2 if two_cells else 1)]
        outputs = tf.contrib.learn.ops.rnn_seq2seq(steps[:3], steps[3:], *cells, **options)
        return [part for each in outputs for part in each] + [outputs[0][0].op.name]

    return call


CALLS = {
    "linear_regression": _regression("linear_regression", NUMBERS),
    "linear_regression of two numbers": _regression("linear_regression", ONE_HOT),
    "linear_regression from random numbers": _regression("linear_regression", NUMBERS, init_mean=1.0),
    "linear_regression from a seed": _random,
    "linear_regression_zero_init": _zeros("linear_regression_zero_init", NUMBERS),
    "logistic_regression": _regression("logistic_regression", ONE_HOT),
    "logistic_regression from random numbers": _regression("logistic_regression", ONE_HOT, init_mean=0.0),
    "logistic_regression with weights": _regression("logistic_regression", ONE_HOT, class_weight=[1.0, 3.0]),
    "logistic_regression with weights of the graph": _regression("logistic_regression", ONE_HOT, [1.0, 3.0]),
    "logistic_regression with a tensor of weights": _weighted,
    "logistic_regression_zero_init": _zeros("logistic_regression_zero_init", ONE_HOT),
    "logistic_regression of numbers": _regression("logistic_regression", NUMBERS),
    "bidirectional_rnn": _bidirectional(dtype="float32"),
    "bidirectional_rnn with states": _bidirectional(
        initial_state_fw=lambda tf: tf.ones([2, 2]), initial_state_bw=lambda tf: tf.zeros([2, 2]), scope="mine"
    ),
    "bidirectional_rnn without dtype": _bidirectional(),
    "bidirectional_rnn of no cell": _wrong_bidirectional(False, True, [1.0]),
    "bidirectional_rnn of no second cell": _wrong_bidirectional(True, False, [1.0]),
    "bidirectional_rnn of no list": _wrong_bidirectional(True, True, (1.0,)),
    "bidirectional_rnn of nothing": _wrong_bidirectional(True, True, []),
    "get_rnn_model": _rnn_model(),
    "get_rnn_model of two layers": _rnn_model("lstm", 2),
    "get_rnn_model of lengths": _rnn_model("rnn", 2, length=[6, 2]),
    "get_rnn_model from a state": _rnn_model("rnn", state=lambda tf: tf.ones([2, 3])),
    "get_rnn_model in both directions": _rnn_model("rnn", bidirectional=True),
    "get_rnn_model in both directions from a state": _rnn_model(
        "gru", 2, bidirectional=True, state=lambda tf: tf.ones([2, 6])
    ),
    "get_rnn_model with attention": _rnn_model("lstm", 2, attention=(2, 4, 5)),
    "get_rnn_model with attention in both directions": _rnn_model("gru", 1, True, attention=(2, 4, 5)),
    "get_rnn_model of no such cell": _rnn_model("other"),
    "embedding_lookup": _lookup,
    "embedding_lookup of any shape": _lookup_of_any_shape,
    "embedding_lookup of matrices": _lookup_of_matrices,
    "categorical_variable": _categorical,
    "mean_squared_error_regressor": _linear("mean_squared_error_regressor", NUMBERS, 1),
    "mean_squared_error_regressor of two numbers": _linear("mean_squared_error_regressor", ONE_HOT, 2, name="named"),
    "mean_squared_error_regressor of other shapes": _linear("mean_squared_error_regressor", ONE_HOT, 1),
    "softmax_classifier": _linear("softmax_classifier", ONE_HOT, 2),
    "softmax_classifier with weights": _linear("softmax_classifier", ONE_HOT, 2, class_weight=[1.0, 3.0], name="named"),
    "softmax_classifier of numbers": _linear("softmax_classifier", NUMBERS, 1),
    "sequence_classifier": _classified(),
    "sequence_classifier with others to sample": _classified(sampled=True),
    "seq2seq_inputs": _inputs(),
    "seq2seq_inputs of a name": _inputs(name="named"),
    "seq2seq_inputs with a list as sentinel": _inputs(sentinel=[[1.0, 2.0, 3.0]] * 2),
    "seq2seq_inputs with a tensor as sentinel": _sentinel_of_a_tensor,
    "rnn_decoder": _decoded(),
    "rnn_decoder in a scope": _decoded(scope="mine"),
    "rnn_seq2seq": _seq2seq(),
    "rnn_seq2seq of two cells": _seq2seq(two_cells=True, scope="mine"),
}
