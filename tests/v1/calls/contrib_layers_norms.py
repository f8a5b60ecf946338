"""Small uses of the normalizing layers of ``tf.contrib.layers``."""

from .inputs import IMAGES, SEQUENCES, VECTORS


def _layer(function, inputs, *arguments, **options):
    return lambda tf: getattr(tf.contrib.layers, function)(inputs(tf), *arguments, **options)


def _batch_norm_updates(inputs, **options):
    """Returns a call that normalizes twice after running the updates and gives output and moving averages."""

    def call(tf):
        output = tf.contrib.layers.batch_norm(inputs(tf), **options)
        updates = tf.get_collection(tf.GraphKeys.UPDATE_OPS)
        moving = sorted(tf.contrib.framework.get_model_variables(), key=lambda variable: variable.op.name)

        def run(session):
            session.run([output, updates])
            return session.run([output, moving])

        return run

    return call


def _resource(tf):
    with tf.variable_scope("model", use_resource=True):
        return tf.contrib.layers.batch_norm(IMAGES(tf), fused=True)


CALLS = {
    "batch_norm": _batch_norm_updates(IMAGES),
    "batch_norm of vectors": _batch_norm_updates(VECTORS, decay=0.5, scale=True),
    "batch_norm not fused": _batch_norm_updates(IMAGES, fused=False, decay=0.9, epsilon=0.01),
    "batch_norm of sequences": _batch_norm_updates(SEQUENCES, decay=0.9),
    "batch_norm while predicting": _batch_norm_updates(IMAGES, is_training=False),
    "batch_norm by a tensor": lambda tf: tf.contrib.layers.batch_norm(
        IMAGES(tf), is_training=tf.placeholder_with_default(False, [])
    ),
    "batch_norm updated in place": _batch_norm_updates(VECTORS, updates_collections=None, decay=0.5, fused=False),
    "batch_norm fused, updated in place": _batch_norm_updates(IMAGES, updates_collections=None, decay=0.5),
    "batch_norm with zero debias": _batch_norm_updates(VECTORS, zero_debias_moving_mean=True, fused=False),
    "batch_norm with batch weights": lambda tf: tf.contrib.layers.batch_norm(
        VECTORS(tf), batch_weights=tf.constant([1.0, 0.0, 1.0, 2.0])
    ),
    "batch_norm with renorm": _batch_norm_updates(VECTORS, renorm=True),
    "batch_norm with activation and no center": lambda tf: tf.contrib.layers.batch_norm(
        IMAGES(tf), center=False, scale=True, activation_fn=tf.nn.relu, scope="bn"
    ),
    "batch_norm with initializers": lambda tf: tf.contrib.layers.batch_norm(
        IMAGES(tf), param_initializers={"moving_mean": tf.ones_initializer()}, is_training=False
    ),
    "batch_norm twice": lambda tf: tf.contrib.layers.batch_norm(tf.contrib.layers.batch_norm(IMAGES(tf))),
    "batch_norm with channels first": _batch_norm_updates(IMAGES, data_format="NCHW", fused=False),
    "batch_norm of resources": _resource,
    "batch_norm in an unknown format": _layer("batch_norm", IMAGES, data_format="CHWN"),
    "batch_norm fused of weights": lambda tf: tf.contrib.layers.batch_norm(
        VECTORS(tf), batch_weights=tf.ones([4]), fused=True
    ),
    "batch_norm of unknown width": lambda tf: tf.contrib.layers.batch_norm(tf.placeholder(tf.float32, [None, None])),
    "layer_norm": _layer("layer_norm", VECTORS),
    "layer_norm of images": _layer("layer_norm", IMAGES, begin_norm_axis=2, activation_fn=abs, scope="ln"),
    "layer_norm of unknown axis": _layer("layer_norm", VECTORS, begin_norm_axis=5),
    "group_norm": _layer("group_norm", IMAGES, groups=2),
    "group_norm of too many groups": _layer("group_norm", IMAGES, groups=3),
    "instance_norm": _layer("instance_norm", IMAGES),
    "instance_norm with channels first": _layer("instance_norm", IMAGES, data_format="NCHW", scale=False),
    "unit_norm": _layer("unit_norm", IMAGES, 1),
    "unit_norm of a bad dimension": _layer("unit_norm", IMAGES, 4),
    "gdn": _layer("gdn", IMAGES),
    "gdn inverse": _layer("gdn", IMAGES, inverse=True, gamma_init=0.2),
}
