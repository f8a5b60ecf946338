"""Sparse tensors: what their placeholders know and take."""


def _known(make):
    """Returns a call: the names and ops of a placeholder's parts, and the static shapes of what is computed from it."""

    def call(tf):
        sparse = make(tf)
        product = tf.sparse_tensor_dense_matmul(sparse, tf.ones([4, 2]))
        parts = (sparse.indices, sparse.values, sparse.dense_shape)
        known = [part.name for part in parts] + [part.op.type for part in parts] + [str(product.shape)]
        return known + [str(sparse.shape), str(tf.sparse_tensor_to_dense(sparse).shape)]

    return call


def _fed(make):
    def call(tf):
        sparse = make(tf)
        product = tf.sparse_tensor_dense_matmul(sparse, tf.ones([4, 2]))
        return lambda session: session.run(
            product, {sparse: tf.SparseTensorValue([[0, 1], [2, 0]], [2.0, 3.0], [3, 4])}
        )

    return call


def _fed_and_retained(tf):
    sparse = tf.sparse_placeholder(tf.float32, tf.constant([3, 4], tf.int64))
    product = tf.sparse_tensor_dense_matmul(tf.sparse_retain(sparse, [True, False]), tf.ones([4, 2]))
    return lambda session: session.run(product, {sparse: tf.SparseTensorValue([[0, 1], [2, 0]], [2.0, 3.0], [3, 4])})


SHAPES = {
    "of a list": lambda tf: tf.sparse_placeholder(tf.float32, [3, 4], name="given"),
    "of a constant": lambda tf: tf.sparse_placeholder(tf.float32, tf.constant([3, 4], tf.int64)),
    "of a part": lambda tf: tf.sparse_placeholder(tf.float32, [None, 4], name="given"),
    "of an int32 placeholder": lambda tf: tf.sparse_placeholder(tf.float32, tf.placeholder_with_default([3, 4], [2])),
    "of a long placeholder": lambda tf: tf.sparse_placeholder(
        tf.float32, tf.placeholder_with_default(tf.constant([3, 4], tf.int64), [2])
    ),
    "of no shape": lambda tf: tf.sparse_placeholder(tf.float32),
}

CALLS = {f"a placeholder {name} knows": _known(make) for name, make in SHAPES.items()}
CALLS.update({f"a placeholder {name} is fed": _fed(make) for name, make in SHAPES.items()})
CALLS["a placeholder of a constant is fed that is retained in part"] = _fed_and_retained
