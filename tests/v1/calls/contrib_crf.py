"""Small uses of ``tf.contrib.crf``."""

import numpy as np

from .inputs import normal

LENGTHS = [3, 1, 0]


def _inputs(steps, unknown=False):
    """Returns a function of ``tf`` that gives unary scores and tags of three sequences of four tags."""

    def make(tf):
        scores, tags = normal(3, steps, 4)(tf), tf.constant(np.arange(3 * steps).reshape(3, steps) % 4, tf.int32)
        if unknown:
            scores = tf.placeholder_with_default(scores, [None, None, 4])
            tags = tf.placeholder_with_default(tags, [None, None])
        return scores, tags

    return make


def _transitions(tf):
    return tf.get_variable("transitions_given", [4, 4])


def _score(name, steps=3, lengths=LENGTHS, unknown=False, dtype="int32"):
    def call(tf):
        scores, tags = _inputs(steps, unknown)(tf)
        crf = tf.contrib.crf
        tags, lengths_of = tf.cast(tags, dtype), tf.constant(lengths, dtype)
        arguments = {
            "crf_sequence_score": (scores, tags, lengths_of, _transitions(tf)),
            "crf_log_norm": (scores, lengths_of, _transitions(tf)),
            "crf_log_likelihood": (scores, tags, lengths_of),
            "crf_unary_score": (tags, lengths_of, scores),
            "crf_binary_score": (tags, lengths_of, _transitions(tf)),
            "crf_decode": (scores, _transitions(tf), lengths_of),
        }
        return getattr(crf, name)(*arguments[name])

    return lambda tf: _with_reuse(tf, call)


def _with_reuse(tf, call):
    with tf.variable_scope("crf", reuse=tf.AUTO_REUSE):
        return call(tf)


def _multitag(steps, lengths=LENGTHS):
    def call(tf):
        scores, tags = _inputs(steps)(tf)
        allowed = tf.logical_or(tf.one_hot(tags, 4, True, False), tf.one_hot((tags + 1) % 4, 4, True, False))
        score = tf.contrib.crf.crf_multitag_sequence_score(scores, allowed, tf.constant(lengths), _transitions(tf))
        return tf.stop_gradient(score)

    return call


def _given_transitions(tf):
    scores, tags = _inputs(3)(tf)
    return tf.contrib.crf.crf_log_likelihood(scores, tags, tf.constant(LENGTHS), _transitions(tf))


def _trained(tf):
    scores, tags = _inputs(3)(tf)
    likelihood, transitions = tf.contrib.crf.crf_log_likelihood(scores, tags, tf.constant([3, 2, 1]))
    step = tf.train.GradientDescentOptimizer(0.1).minimize(-tf.reduce_mean(likelihood))

    def train(session):
        for _ in range(3):
            session.run(step)
        return session.run([likelihood, transitions])

    return train


def _cell(name, tags=False):
    def call(tf):
        cell = getattr(tf.contrib.crf, name)(normal(4, 4)(tf))
        return list(cell(normal(2, 4)(tf), tf.ones([2, 4]))) + [cell.state_size, cell.output_size]

    return call


def _backward_cell(tf):
    cell = tf.contrib.crf.CrfDecodeBackwardRnnCell(4)
    outputs, state = cell(tf.constant([[3, 2, 1, 0], [0, 1, 2, 3]]), tf.constant([[1], [2]]))
    return outputs, state, cell.state_size, cell.output_size


def _viterbi(steps):
    def call(tf):
        random = np.random.RandomState(4)
        tags, score = tf.contrib.crf.viterbi_decode(random.normal(size=(steps, 4)), random.normal(size=(4, 4)))
        return [int(tag) for tag in tags], float(score)

    return call


def _lengths_in_numpy(tf):
    """Lengths that are no tensor have no ``dtype`` to compute with."""
    return tf.contrib.crf.crf_log_norm(normal(3, 3, 4)(tf), LENGTHS, tf.ones([4, 4]))


CALLS = {
    "crf_sequence_score": _score("crf_sequence_score"),
    "crf_sequence_score of one step": _score("crf_sequence_score", 1, [1, 1, 0]),
    "crf_sequence_score of unknown length": _score("crf_sequence_score", unknown=True),
    "crf_sequence_score of one step of unknown length": _score("crf_sequence_score", 1, [1, 1, 0], unknown=True),
    "crf_sequence_score of int64": _score("crf_sequence_score", dtype="int64"),
    "crf_log_norm": _score("crf_log_norm"),
    "crf_log_norm of one step": _score("crf_log_norm", 1, [1, 1, 0]),
    "crf_log_norm of unknown length": _score("crf_log_norm", unknown=True),
    "crf_log_norm of a list of lengths": _lengths_in_numpy,
    "crf_log_likelihood": _score("crf_log_likelihood"),
    "crf_log_likelihood of unknown length": _score("crf_log_likelihood", unknown=True),
    "crf_log_likelihood of given transitions": _given_transitions,
    "crf_log_likelihood trained": _trained,
    "crf_unary_score": _score("crf_unary_score"),
    "crf_unary_score of int64": _score("crf_unary_score", dtype="int64"),
    "crf_unary_score of floats": _score("crf_unary_score", dtype="float32"),
    "crf_binary_score": _score("crf_binary_score"),
    "crf_binary_score of int64": _score("crf_binary_score", dtype="int64"),
    "crf_multitag_sequence_score": _multitag(3),
    "crf_multitag_sequence_score of one step": _multitag(1, [1, 1, 1]),
    "crf_decode": _score("crf_decode"),
    "crf_decode of int64": _score("crf_decode", dtype="int64"),
    "crf_decode of one step": _score("crf_decode", 1, [1, 1, 0]),
    "crf_decode of unknown length": _score("crf_decode", unknown=True),
    "CrfForwardRnnCell": _cell("CrfForwardRnnCell"),
    "CrfDecodeForwardRnnCell": _cell("CrfDecodeForwardRnnCell"),
    "CrfDecodeBackwardRnnCell": _backward_cell,
    "CrfForwardRnnCell of no matrix": lambda tf: tf.contrib.crf.CrfForwardRnnCell(3),
    "viterbi_decode": _viterbi(5),
    "viterbi_decode of one step": _viterbi(1),
    "viterbi_decode of no array": lambda tf: tf.contrib.crf.viterbi_decode([[1.0]], [[1.0]]),
}
