"""Small uses of ``tf.contrib.losses``."""

import numpy as np

_PREDICTIONS = np.array([[0.1, 0.7, 0.2], [0.5, 0.4, 0.9]], np.float32)
_LABELS = np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 1.0]], np.float32)
_EMBEDDINGS = np.array([[1.0, 0.0], [0.9, 0.3], [-0.2, 0.8], [0.1, -1.0]], np.float32)
_CLASSES = np.array([0, 0, 1, 1])


def _loss(name, **options):
    """Returns a call that gives the loss, and the names of the losses it has collected."""

    def call(tf):
        loss = getattr(tf.contrib.losses, name)(tf.constant(_PREDICTIONS), tf.constant(_LABELS), **options)
        return [loss] + [found.op.name for found in tf.contrib.losses.get_losses()]

    return call


def _sparse(labels, **options):
    return lambda tf: tf.contrib.losses.sparse_softmax_cross_entropy(
        tf.constant(_PREDICTIONS), tf.constant(labels), **options
    )


def _total(tf):
    losses = tf.contrib.losses
    losses.mean_squared_error(tf.constant(_PREDICTIONS), tf.constant(_LABELS), scope="fit")
    losses.add_loss(tf.constant(2.0))
    tf.add_to_collection(tf.GraphKeys.REGULARIZATION_LOSSES, tf.constant(0.5))
    total = losses.get_total_loss()
    parts = [losses.get_total_loss(add_regularization_losses=False, name="fit_only")]
    names = [loss.op.name for loss in losses.get_losses(scope="fit")] + [total.op.name]
    return [total] + parts + losses.get_regularization_losses() + names


def _metric(name, *arguments, **options):
    return lambda tf: getattr(tf.contrib.losses.metric_learning, name)(
        *[tf.constant(argument) for argument in arguments], **options
    )


def _normalized(tf):
    return tf.nn.l2_normalize(tf.constant(_EMBEDDINGS), 1)


def _multilabel(tf):
    labels = [
        tf.SparseTensor(tf.constant([[index]], tf.int64), tf.constant([1]), tf.constant([3], tf.int64))
        for index in (0, 0, 1, 2)
    ]
    return tf.contrib.losses.metric_learning.npairs_loss_multilabel(
        labels, tf.constant(_EMBEDDINGS), tf.constant(_EMBEDDINGS * 0.5)
    )


CALLS = {
    "absolute_difference": _loss("absolute_difference"),
    "absolute_difference weighted": _loss("absolute_difference", weights=2.0),
    "cosine_distance": _loss("cosine_distance", dim=1),
    "cosine_distance by axis": _loss("cosine_distance", axis=1, weights=[1.0, 0.0]),
    "cosine_distance without an axis": _loss("cosine_distance"),
    "hinge_loss": _loss("hinge_loss"),
    "log_loss": _loss("log_loss"),
    "log_loss with epsilon": _loss("log_loss", epsilon=0.1),
    "mean_pairwise_squared_error": _loss("mean_pairwise_squared_error"),
    "mean_pairwise_squared_error weighted": _loss("mean_pairwise_squared_error", weights=[1.0, 0.0]),
    "mean_squared_error": _loss("mean_squared_error"),
    "mean_squared_error of unlike shapes": lambda tf: tf.contrib.losses.mean_squared_error(
        tf.constant([1.0, 2.0]), tf.constant([[1.0]])
    ),
    "mean_squared_error of bad weights": _loss("mean_squared_error", weights=[1.0, 2.0, 3.0]),
    "mean_squared_error without weights": _loss("mean_squared_error", weights=None),
    "mean_squared_error without labels": lambda tf: tf.contrib.losses.mean_squared_error(tf.constant([1.0])),
    "sigmoid_cross_entropy": _loss("sigmoid_cross_entropy"),
    "sigmoid_cross_entropy smoothed": _loss("sigmoid_cross_entropy", label_smoothing=0.1, scope="smooth"),
    "softmax_cross_entropy": _loss("softmax_cross_entropy"),
    "softmax_cross_entropy smoothed": _loss("softmax_cross_entropy", label_smoothing=0.1, weights=[1.0, 0.5]),
    "softmax_cross_entropy of unlike shapes": lambda tf: tf.contrib.losses.softmax_cross_entropy(
        tf.constant(_PREDICTIONS), tf.constant([[1.0]])
    ),
    "sparse_softmax_cross_entropy": _sparse([1, 2]),
    "sparse_softmax_cross_entropy of a column": _sparse([[1], [2]], weights=[[1.0], [0.0]]),
    "compute_weighted_loss": lambda tf: tf.contrib.losses.compute_weighted_loss(
        tf.constant(_PREDICTIONS), tf.constant([[1.0], [0.0]])
    ),
    "compute_weighted_loss of zero weights": lambda tf: tf.contrib.losses.compute_weighted_loss(
        tf.constant(_PREDICTIONS), 0.0
    ),
    "total, regularization and own losses": _total,
    "get_total_loss of none": lambda tf: tf.contrib.losses.get_total_loss(),
    "contrastive_loss": _metric("contrastive_loss", [1, 0, 1, 0], _EMBEDDINGS, _EMBEDDINGS[::-1]),
    "triplet_semihard_loss": lambda tf: tf.contrib.losses.metric_learning.triplet_semihard_loss(
        tf.constant(_CLASSES), _normalized(tf)
    ),
    "npairs_loss": _metric("npairs_loss", _CLASSES, _EMBEDDINGS, _EMBEDDINGS[::-1], reg_lambda=0.1),
    "npairs_loss_multilabel": _multilabel,
    "lifted_struct_loss": _metric("lifted_struct_loss", _CLASSES, _EMBEDDINGS),
}
