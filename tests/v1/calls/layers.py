"""Small uses of ``tf.layers``, with defaults and without."""

from .inputs import IMAGES, SEQUENCES, VECTORS, VOLUMES


def _layer(function, inputs, *arguments, **options):
    return lambda tf: getattr(tf.layers, function)(inputs(tf), *arguments, **options)


def _in_scope(tf, call):
    with tf.variable_scope("outer"), tf.variable_scope("inner"):
        return call()


def _twice_in_scope(tf, call):
    with tf.variable_scope("outer"):
        first = call()
    with tf.variable_scope("outer", reuse=True):
        return first + call()


def _twice(layer, inputs):
    return layer(inputs) + layer(inputs)


CALLS = {
    "dense": _layer("dense", VECTORS, 5),
    "dense with activation, no bias, name": lambda tf: tf.layers.dense(
        VECTORS(tf), 5, activation=tf.nn.relu, use_bias=False, name="hidden"
    ),
    "dense of sequences": _layer("dense", SEQUENCES, 5),
    "dense with regularizer": lambda tf: tf.layers.dense(
        VECTORS(tf), 5, kernel_regularizer=lambda w: 0.1 * tf.nn.l2_loss(w)
    ),
    "dense twice": lambda tf: tf.layers.dense(tf.layers.dense(VECTORS(tf), 5), 2),
    "dense in scope": lambda tf: _in_scope(tf, lambda: tf.layers.dense(VECTORS(tf), 5)),
    "dense reused": lambda tf: (
        tf.layers.dense(VECTORS(tf), 5, name="a") + tf.layers.dense(VECTORS(tf), 5, name="a", reuse=True)
    ),
    "dense reused by scope": lambda tf: _twice_in_scope(tf, lambda: tf.layers.dense(VECTORS(tf), 5, name="a")),
    "Dense object called twice": lambda tf: _twice(tf.layers.Dense(5), VECTORS(tf)),
    "dropout while predicting": _layer("dropout", VECTORS, 0.4),
    "flatten": _layer("flatten", IMAGES),
    "conv1d": _layer("conv1d", SEQUENCES, 4, 3),
    "conv2d": _layer("conv2d", IMAGES, 4, 3),
    "conv2d same, strided": _layer("conv2d", IMAGES, 4, [3, 2], strides=(2, 2), padding="same"),
    "conv2d dilated": _layer("conv2d", IMAGES, 4, 2, dilation_rate=2),
    "conv3d": _layer("conv3d", VOLUMES, 3, 2),
    "conv2d_transpose": _layer("conv2d_transpose", IMAGES, 4, 3, strides=2),
    "conv3d_transpose": _layer("conv3d_transpose", VOLUMES, 2, 2),
    "separable_conv1d": _layer("separable_conv1d", SEQUENCES, 4, 3, depth_multiplier=2),
    "separable_conv2d": _layer("separable_conv2d", IMAGES, 4, 3),
    "max_pooling1d": _layer("max_pooling1d", SEQUENCES, 2, 2),
    "max_pooling2d": _layer("max_pooling2d", IMAGES, 2, 2),
    "max_pooling3d": _layer("max_pooling3d", VOLUMES, 2, 2),
    "average_pooling1d": _layer("average_pooling1d", SEQUENCES, 3, 2, padding="same"),
    "average_pooling2d": _layer("average_pooling2d", IMAGES, [2, 3], 2),
    "average_pooling3d": _layer("average_pooling3d", VOLUMES, 2, 1),
    "batch_normalization while training": _layer("batch_normalization", IMAGES, training=True),
    "batch_normalization while predicting": _layer("batch_normalization", IMAGES),
    "batch_normalization of vectors, no scale": _layer("batch_normalization", VECTORS, scale=False, training=True),
    "batch_normalization with renorm": _layer("batch_normalization", VECTORS, renorm=True, training=True),
    "dense of unknown width": lambda tf: tf.layers.dense(tf.placeholder(tf.float32, [None, None]), 5),
    "conv2d of vectors": _layer("conv2d", VECTORS, 4, 3),
    "conv2d with bad padding": _layer("conv2d", IMAGES, 4, 3, padding="around"),
    "dense reused before it exists": _layer("dense", VECTORS, 5, name="a", reuse=True),
}
