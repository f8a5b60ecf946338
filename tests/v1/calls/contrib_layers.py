"""Small uses of the layers of ``tf.contrib.layers``, with defaults and without."""

import numpy as np

from .inputs import IMAGES, SEQUENCES, VECTORS, VOLUMES


def _layer(function, inputs, *arguments, **options):
    return lambda tf: getattr(tf.contrib.layers, function)(inputs(tf), *arguments, **options)


def _twice_in_scope(tf, call):
    with tf.variable_scope("outer"):
        first = call()
    with tf.variable_scope("outer", reuse=True):
        return first + call()


def _stacked(tf):
    layers = tf.contrib.layers
    hidden = layers.stack(VECTORS(tf), layers.fully_connected, [4, 2], scope="fc")
    return layers.repeat(hidden, 2, layers.fully_connected, 3)


def _collections(tf):
    layers = tf.contrib.layers
    layers.fully_connected(VECTORS(tf), 2, variables_collections=["mine"], outputs_collections="outputs", scope="fc")
    layers.conv2d(
        IMAGES(tf), 2, 3, variables_collections={"weights": ["w"], "biases": ["b"]}, outputs_collections="outputs"
    )
    found = {name: [part.name for part in tf.get_collection(name)] for name in ("mine", "w", "b", "outputs")}
    found["model"] = [part.op.name for part in tf.contrib.framework.get_model_variables()]
    return [", ".join(found[name]) for name in sorted(found)]


def _reversible(tf, **options):
    def f(x):
        return tf.layers.dense(x, 3, name="f", use_bias=False)

    def g(x):
        return tf.tanh(tf.layers.dense(x, 3, name="g"))

    return tf.contrib.layers.rev_block(VECTORS(tf), VECTORS(tf) * 2.0, f, g, num_layers=2, **options)


def _recomputed(tf):
    @tf.contrib.layers.recompute_grad
    def layer(x):
        return tf.tanh(tf.layers.dense(x, 3, name="layer"))

    with tf.variable_scope("model", use_resource=True):
        return layer(VECTORS(tf))


def _scaled_gradient(tf):
    x = tf.constant([1.0, 2.0])
    y = tf.contrib.layers.scale_gradient(x, tf.constant(0.5))
    return [y, tf.gradients(y * y, x)[0]]


def _shared_scope(tf):
    layers = tf.contrib.layers
    with tf.variable_scope("model") as scope:
        first = layers.fully_connected(VECTORS(tf), 3, scope="fc")
        scope.reuse_variables()
        return first + layers.fully_connected(VECTORS(tf), 3, scope="fc")


def _unknown_width(tf):
    return tf.contrib.layers.fully_connected(tf.placeholder(tf.float32, [None, None]), 3)


def _flatten_unknown(tf):
    images = tf.placeholder(tf.float32, [None, 3, 2])
    flat = tf.contrib.layers.flatten(images)
    return lambda session: [session.run(flat, {images: np.ones([2, 3, 2])}), str(flat.shape.as_list())]


CALLS = {
    "fully_connected": _layer("fully_connected", VECTORS, 5),
    "fully_connected twice": lambda tf: tf.contrib.layers.fully_connected(
        tf.contrib.layers.fully_connected(VECTORS(tf), 5), 2, activation_fn=None
    ),
    "fully_connected of sequences": _layer("fully_connected", SEQUENCES, 5),
    "fully_connected without bias": _layer("fully_connected", VECTORS, 5, biases_initializer=None, scope="hidden"),
    "fully_connected normalized": lambda tf: tf.contrib.layers.fully_connected(
        VECTORS(tf), 5, normalizer_fn=tf.contrib.layers.batch_norm, normalizer_params={"scale": True}
    ),
    "fully_connected regularized": lambda tf: tf.contrib.layers.fully_connected(
        VECTORS(tf),
        5,
        weights_regularizer=tf.contrib.layers.l2_regularizer(0.1),
        biases_regularizer=tf.contrib.layers.l1_regularizer(0.1),
    ),
    "fully_connected reused": _shared_scope,
    "fully_connected reused by scope": lambda tf: _twice_in_scope(
        tf, lambda: tf.contrib.layers.fully_connected(VECTORS(tf), 3)
    ),
    "fully_connected fixed": lambda tf: tf.contrib.layers.fully_connected(
        VECTORS(tf), 5, trainable=False, weights_initializer=tf.ones_initializer()
    ),
    "fully_connected of unknown width": _unknown_width,
    "fully_connected of a wrong number": _layer("fully_connected", VECTORS, "5"),
    "fully_connected reused before it exists": _layer("fully_connected", VECTORS, 5, reuse=True, scope="fc"),
    "fully_connected reused without a scope": _layer("fully_connected", VECTORS, 5, reuse=True),
    "linear": _layer("linear", VECTORS, 5),
    "relu": _layer("relu", VECTORS, 5),
    "relu6": _layer("relu6", VECTORS, 5),
    "elu": _layer("elu", VECTORS, 5),
    "legacy_fully_connected": _layer("legacy_fully_connected", VECTORS, 5),
    "legacy_fully_connected of sequences": _layer("legacy_fully_connected", SEQUENCES, 5, name="old"),
    "legacy_fully_connected of scalars": lambda tf: tf.contrib.layers.legacy_fully_connected(tf.constant([1.0]), 5),
    "legacy_linear": _layer("legacy_linear", VECTORS, 5),
    "legacy_relu": _layer("legacy_relu", VECTORS, 5),
    "stack and repeat": _stacked,
    "stack of pairs": lambda tf: tf.contrib.layers.stack(
        IMAGES(tf), tf.contrib.layers.conv2d, [(2, [3, 3]), (3, [1, 1])], padding="VALID"
    ),
    "repeat of a function": lambda tf: tf.contrib.layers.repeat(VECTORS(tf), 2, lambda x, **_: x * 2.0),
    "collections": _collections,
    "conv1d": _layer("conv1d", SEQUENCES, 4, 3),
    "conv2d": _layer("conv2d", IMAGES, 4, 3),
    "conv2d valid, strided": _layer("conv2d", IMAGES, 4, [3, 2], stride=2, padding="VALID"),
    "conv2d dilated": _layer("conv2d", IMAGES, 4, 2, rate=2),
    "conv2d normalized": lambda tf: tf.contrib.layers.conv2d(
        IMAGES(tf), 3, 3, normalizer_fn=tf.contrib.layers.batch_norm, activation_fn=None
    ),
    "conv2d normalized by nothing": lambda tf: tf.contrib.layers.conv2d(
        IMAGES(tf), 3, 3, normalizer_fn=lambda x: x + 1.0
    ),
    "conv2d twice": lambda tf: tf.contrib.layers.conv2d(tf.contrib.layers.conv2d(IMAGES(tf), 2, 3), 2, 3),
    "conv2d of vectors": _layer("conv2d", VECTORS, 4, 3),
    "conv2d in an unknown format": _layer("conv2d", IMAGES, 4, 3, data_format="CHWN"),
    "convolution2d": _layer("convolution2d", IMAGES, 4, 3, scope="conv"),
    "conv3d": _layer("conv3d", VOLUMES, 3, 2),
    "convolution": _layer("convolution", SEQUENCES, 3, 2),
    "convolution of vectors": _layer("convolution", VECTORS, 3, 2),
    "conv2d_transpose": _layer("conv2d_transpose", IMAGES, 4, 3, stride=2),
    "conv2d_transpose valid": _layer("conv2d_transpose", IMAGES, 3, 3, stride=2, padding="VALID", activation_fn=None),
    "conv2d_transpose in an unknown format": _layer("conv2d_transpose", IMAGES, 4, 3, data_format="CHWN"),
    "conv3d_transpose": _layer("conv3d_transpose", VOLUMES, 2, 2, stride=2),
    "conv2d_in_plane": _layer("conv2d_in_plane", IMAGES, 3),
    "separable_conv2d": _layer("separable_conv2d", IMAGES, 4, 3, 2),
    "separable_conv2d depthwise only": _layer("separable_conv2d", IMAGES, None, 3, 2, stride=2),
    "separable_conv2d normalized": lambda tf: tf.contrib.layers.separable_conv2d(
        IMAGES(tf), 4, 3, 1, normalizer_fn=tf.contrib.layers.batch_norm, normalizer_params={"is_training": False}
    ),
    "max_pool2d": _layer("max_pool2d", IMAGES, 2),
    "max_pool2d same": _layer("max_pool2d", IMAGES, [3, 2], stride=1, padding="SAME"),
    "max_pool2d in an unknown format": _layer("max_pool2d", IMAGES, 2, data_format="CHWN"),
    "avg_pool2d": _layer("avg_pool2d", IMAGES, 2, scope="pooled"),
    "max_pool3d": _layer("max_pool3d", VOLUMES, 2),
    "avg_pool3d": _layer("avg_pool3d", VOLUMES, 2),
    "flatten": _layer("flatten", IMAGES),
    "flatten of unknown size": _flatten_unknown,
    "flatten of a scalar": lambda tf: tf.contrib.layers.flatten(tf.constant(1.0)),
    "dropout while predicting": _layer("dropout", VECTORS, is_training=False),
    "dropout that keeps all": _layer("dropout", VECTORS, 1.0),
    "dropout by a tensor": lambda tf: tf.contrib.layers.dropout(VECTORS(tf), is_training=tf.constant(False)),
    "bias_add": _layer("bias_add", IMAGES),
    "bias_add of an unknown format": _layer("bias_add", IMAGES, data_format="CHWN"),
    "softmax": _layer("softmax", IMAGES),
    "spatial_softmax": _layer("spatial_softmax", IMAGES),
    "spatial_softmax with temperature": _layer("spatial_softmax", IMAGES, temperature=2.0, name="points"),
    "maxout": lambda tf: tf.contrib.layers.maxout(tf.reshape(tf.range(12.0), [2, 6]), 3),
    "maxout of a bad number": lambda tf: tf.contrib.layers.maxout(tf.reshape(tf.range(12.0), [2, 6]), 4),
    "one_hot_encoding": lambda tf: tf.contrib.layers.one_hot_encoding(tf.constant([2, 0], tf.int64), 3, 2.0, -1.0),
    "dense_to_sparse": lambda tf: tf.contrib.layers.dense_to_sparse(tf.constant([[1, 0, 2], [0, 3, 0]], tf.int64)),
    "images_to_sequence": _layer("images_to_sequence", IMAGES),
    "images_to_sequence of vectors": _layer("images_to_sequence", VECTORS),
    "sequence_to_images": lambda tf: tf.contrib.layers.sequence_to_images(
        tf.reshape(tf.range(24.0), [3, 4, 2]), height=2
    ),
    "scale_gradient": _scaled_gradient,
    "rev_block": _reversible,
    "rev_block while predicting": lambda tf: _reversible(tf, is_training=False),
    "recompute_grad": _recomputed,
}
