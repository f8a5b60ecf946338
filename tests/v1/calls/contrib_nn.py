"""Small uses of ``tf.contrib.nn``."""

from .inputs import SEQUENCES, VECTORS, normal

LABELS = [[0.0, 1.0, 0.0], [0.2, 0.3, 0.5], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]]
WEIGHTS, INPUTS = normal(7, 3), normal(4, 3)


def _dropped(**options):
    def call(tf):
        tf.set_random_seed(3)
        return tf.contrib.nn.alpha_dropout(tf.constant([[1.0, 2.0, 3.0, 4.0]] * 3), seed=4, **options)

    return call


def _transposed(tf):
    filters = tf.get_variable("filters", [3, 2, 3])
    return tf.contrib.nn.conv1d_transpose(SEQUENCES(tf), filters, [2, 12, 2], 2)


def _softplus(clip=None):
    def call(tf):
        x = tf.get_variable("x", [2, 3])
        alpha = tf.get_variable("alpha", [3])
        limit = None if clip is None else tf.get_variable("clip", [1]) * clip
        return tf.contrib.nn.scaled_softplus(x, alpha, limit)

    return call


def _sampled(tf, number):
    labels = tf.constant([[1], [2], [3], [6]], tf.int64)
    sampled = (tf.constant([0, 2, 4, 5][:number], tf.int64), tf.fill([4, 1], 0.5), tf.fill([number], 0.25))
    return labels, sampled


def _sparse_loss(tf):
    labels, sampled = _sampled(tf, 4)
    weights = tf.get_variable("weights", [7, 3])
    return tf.contrib.nn.sampled_sparse_softmax_loss(
        weights, tf.zeros([7]), labels, INPUTS(tf), 4, 7, sampled_values=sampled, remove_accidental_hits=False
    )


def _rank_loss(num_resampled=2, strategy="mod", num_classes=7):
    def call(tf):
        labels, sampled = _sampled(tf, 4)
        weights = tf.get_variable("weights", [7, 3])
        return tf.contrib.nn.rank_sampled_softmax_loss(
            weights, tf.zeros([7]), labels, INPUTS(tf), 4, num_resampled, num_classes, 1, sampled, 2.0, True, strategy
        )

    return call


CALLS = {
    "alpha_dropout": _dropped(keep_prob=0.6),
    "alpha_dropout of rows": _dropped(keep_prob=0.5, noise_shape=[3, 1]),
    "alpha_dropout that keeps all": _dropped(keep_prob=1.0),
    "alpha_dropout that keeps too many": _dropped(keep_prob=1.5),
    "conv1d_transpose": _transposed,
    "softmax cross entropy": lambda tf: tf.contrib.nn.deprecated_flipped_softmax_cross_entropy_with_logits(
        VECTORS(tf), LABELS
    ),
    "sparse softmax cross entropy": lambda tf: (
        tf.contrib.nn.deprecated_flipped_sparse_softmax_cross_entropy_with_logits(VECTORS(tf), [0, 1, 2, 0])
    ),
    "sigmoid cross entropy": lambda tf: tf.contrib.nn.deprecated_flipped_sigmoid_cross_entropy_with_logits(
        VECTORS(tf), LABELS
    ),
    "sigmoid cross entropy of other shape": lambda tf: (
        tf.contrib.nn.deprecated_flipped_sigmoid_cross_entropy_with_logits(VECTORS(tf), LABELS[:2])
    ),
    "nth_element": lambda tf: tf.contrib.nn.nth_element(VECTORS(tf), 1, reverse=True),
    "nth_element past the end": lambda tf: tf.contrib.nn.nth_element(VECTORS(tf), 5),
    "rank_sampled_softmax_loss": _rank_loss(),
    "rank_sampled_softmax_loss of all": _rank_loss(4),
    "rank_sampled_softmax_loss of few": _rank_loss(num_classes=3),
    "rank_sampled_softmax_loss of no strategy": _rank_loss(strategy="none"),
    "sampled_sparse_softmax_loss": _sparse_loss,
    "scaled_softplus": _softplus(),
    "scaled_softplus clipped": _softplus(0.9),
    "scaled_softplus of other dtype": lambda tf: tf.contrib.nn.scaled_softplus(1, 2.5),
}
