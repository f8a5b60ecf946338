"""Small uses of functions of ``tf.nn``: those that take their arguments by name only, and batch normalization."""

from .inputs import IMAGES, VECTORS


def _by_name(function, labels):
    return lambda tf: getattr(tf.nn, function)(labels=labels(tf), logits=VECTORS(tf))


def _by_position(function, labels):
    return lambda tf: getattr(tf.nn, function)(VECTORS(tf), labels(tf))


def _classes(tf):
    return tf.constant([0, 1, 2, 1])


def _probabilities(tf):
    return tf.nn.softmax(VECTORS(tf) * 2.0)


def _normalized(**options):
    """Of inputs whose variance is as small as the epsilon."""

    def call(tf):
        channels = IMAGES(tf).shape[-1]
        return tf.nn.fused_batch_norm(IMAGES(tf) * 1e-3, tf.ones([channels]), tf.zeros([channels]), **options)

    return call


LABELS = {
    "sigmoid_cross_entropy_with_logits": _probabilities,
    "softmax_cross_entropy_with_logits": _probabilities,
    "sparse_softmax_cross_entropy_with_logits": _classes,
}
CALLS = {function: _by_name(function, labels) for function, labels in LABELS.items()}
CALLS.update({function + " by position": _by_position(function, labels) for function, labels in LABELS.items()})
CALLS.update(
    {
        "fused_batch_norm": _normalized(),
        "fused_batch_norm with an epsilon below CUDNN's smallest": _normalized(epsilon=1e-7),
        "fused_batch_norm with an epsilon of Keras's ResNets": _normalized(epsilon=1.001e-5),
    }
)
