"""Small uses of the functions of ``tf.nn`` that take their arguments by name only."""

from .inputs import VECTORS


def _by_name(function, labels):
    return lambda tf: getattr(tf.nn, function)(labels=labels(tf), logits=VECTORS(tf))


def _by_position(function, labels):
    return lambda tf: getattr(tf.nn, function)(VECTORS(tf), labels(tf))


def _classes(tf):
    return tf.constant([0, 1, 2, 1])


def _probabilities(tf):
    return tf.nn.softmax(VECTORS(tf) * 2.0)


LABELS = {
    "sigmoid_cross_entropy_with_logits": _probabilities,
    "softmax_cross_entropy_with_logits": _probabilities,
    "sparse_softmax_cross_entropy_with_logits": _classes,
}
CALLS = {function: _by_name(function, labels) for function, labels in LABELS.items()}
CALLS.update({function + " by position": _by_position(function, labels) for function, labels in LABELS.items()})
