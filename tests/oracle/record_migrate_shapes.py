"""Records the static shapes that TensorFlow 1.15 gives what random programs compute.

Run with a Python 3.7 that has tensorflow==1.15.5: ``python tests/oracle/record_migrate_shapes.py``.
It writes ``tests/fixtures/tf115/migrate_shapes.json``: the lines of a program, and the shape of its ``y``.
"""

import itertools
import json
import random
from pathlib import Path

FIXTURE = Path(__file__).resolve().parents[1] / "fixtures" / "tf115" / "migrate_shapes.json"
COUNT = 1200
SIZES = [None, 1, 2, 3, 4, 6, 12]

# Expressions of x and another tensor z of the same shape, with what is drawn for them, by the rank of x or for all.
ANY = [
    "tf.nn.relu(x)",
    "tf.nn.dropout(x, 0.5)",
    "tf.cast(x, tf.int32)",
    "x {op} z",
    "x {op} 2.0",
    "-x",
    "tf.maximum(x, z)",
    "tf.add(x, z)",
    "x > z",
    "tf.transpose(x)",
    "tf.transpose(x, {perm})",
    "tf.expand_dims(x, {axis})",
    "tf.squeeze(tf.expand_dims(x, {axis}), [{axis}])",
    "tf.squeeze(x)",
    "tf.reduce_{kind}(x)",
    "tf.reduce_{kind}(x, {axis})",
    "tf.reduce_{kind}(x, axis=[{axis}], keepdims={flag})",
    "tf.reduce_{kind}(x, reduction_indices=[{axis}], keep_dims=True)",
    "tf.argmax(x, {axis})",
    "tf.concat([x, z], {axis})",
    "tf.stack([x, z], axis={axis})",
    "tf.reshape(x, [-1])",
    "tf.reshape(x, [-1, {size}])",
    "tf.reshape(x, [{size}, -1, 2])",
    "tf.reshape(x, [tf.shape(x)[0], {size}])",
    "tf.split(x, 2, {axis})[0]",
    "tf.unstack(x, axis={axis})[0]",
    "tf.tile(x, {multiples})",
    "tf.pad(x, {paddings})",
    "tf.one_hot(tf.cast(x, tf.int32), {size})",
    "tf.nn.embedding_lookup(tf.zeros([5, {size}]), tf.cast(x, tf.int32))",
    "tf.gather(x, [0, 1, 0])",
    "x[0]",
    "x[:{size}]",
    "x[1:, None]",
    "x[-1:{size}]",
    "x[..., 0]",
    "tf.zeros_like(x)",
    "tf.constant(0.1, shape=[2, {size}])",
    "tf.constant([[1, 2, 3]])",
    "tf.fill([{size}, 2], 0.0)",
    "tf.random_normal([{size}])",
    "tf.layers.flatten(x)",
    "tf.contrib.layers.flatten(x)",
    "tf.layers.dense(x, {size})",
    "tf.contrib.layers.fully_connected(x, {size})",
    "tf.layers.batch_normalization(x)",
    "tf.layers.dropout(x)",
    "tf.identity(tf.Variable(tf.zeros([{size}, 2])))",
    "tf.identity(tf.get_variable('v', [2, {size}]))",
]
RANKED = {
    2: [
        "tf.matmul(x, z, transpose_b=True)",
        "tf.matmul(x, z, transpose_a=True)",
        "tf.matmul(x, tf.ones([x.shape[1], {size}]))",
        "tf.nn.xw_plus_b(x, tf.ones([x.shape[1], {size}]), tf.ones([{size}]))",
        "tf.nn.bias_add(x, tf.ones([x.shape[1]]))",
        "tf.nn.softmax_cross_entropy_with_logits(labels=z, logits=x)",
        "tf.nn.sparse_softmax_cross_entropy_with_logits(labels=tf.argmax(z, 1), logits=x)",
        "tf.nn.sigmoid_cross_entropy_with_logits(labels=z, logits=x)",
        "x + tf.ones([x.shape[1]])",
    ],
    3: [
        "tf.matmul(x, z, transpose_b=True)",
        "tf.layers.conv1d(x, {size}, {window}, padding='{padding}')",
        "tf.layers.max_pooling1d(x, {window}, {stride})",
        "x[:, -1, :]",
        "x[:, :, 0]",
    ],
    4: [
        "tf.nn.conv2d(x, tf.ones([{window}, {window}, x.shape[3], {size}]), [1, {stride}, {stride}, 1], '{PADDING}')",
        "tf.nn.max_pool(x, [1, {window}, {window}, 1], [1, {stride}, {stride}, 1], '{PADDING}')",
        "tf.nn.avg_pool(x, ksize=[1, 2, 2, 1], strides=[1, {stride}, 1, 1], padding='{PADDING}')",
        "tf.layers.conv2d(x, {size}, {window}, {stride}, padding='{padding}')",
        "tf.layers.conv2d(x, filters={size}, kernel_size=({window}, 2), dilation_rate=2)",
        "tf.layers.conv2d_transpose(x, {size}, {window}, strides={stride}, padding='{padding}')",
        "tf.layers.max_pooling2d(x, {window}, {stride}, padding='{padding}')",
        "tf.layers.average_pooling2d(x, [{window}, 1], {stride})",
        "tf.contrib.layers.conv2d(x, {size}, {window}, stride={stride})",
        "tf.contrib.layers.conv2d(x, {size}, [{window}, 1], padding='VALID')",
        "tf.contrib.layers.max_pool2d(x, {window}, stride={stride}, padding='{PADDING}')",
        "tf.contrib.layers.max_pool2d(x, {window})",
        "tf.image.resize_images(x, [{size}, 7])",
        "tf.nn.conv2d_transpose(x, tf.ones([2, 2, 3, x.shape[3]]), [2, 8, 8, 3], [1, 2, 2, 1])",
        "tf.nn.lrn(x)",
    ],
}


def expression(draw, rank):
    """Returns a random expression of a tensor of a rank."""
    perm = list(range(rank))
    draw.shuffle(perm)
    template = draw.choice(RANKED[rank] if rank in RANKED and draw.random() < 0.4 else ANY)
    padding = draw.choice(["same", "valid"])
    return template.format(
        op=draw.choice("+-*/"),
        perm=perm,
        axis=draw.randrange(-rank, rank),
        kind=draw.choice(["sum", "mean", "max"]),
        flag=draw.random() < 0.5,
        size=draw.choice([1, 2, 3, 5]),
        multiples=[draw.choice([1, 2, 3]) for _ in perm],
        paddings=[[draw.choice([0, 1, 2]), 1] for _ in perm],
        window=draw.choice([1, 2, 3]),
        stride=draw.choice([1, 2]),
        padding=padding,
        PADDING=padding.upper(),
    )


def programs():
    """Yields the lines of random programs."""
    draw = random.Random(115)
    while True:
        rank = draw.choice([1, 2, 2, 3, 4, 4])
        shape = [draw.choice(SIZES) for _ in range(rank)]
        lines = ["x = tf.placeholder(tf.float32, {})".format(shape), "z = tf.placeholder(tf.float32, {})".format(shape)]
        if draw.random() < 0.3:
            lines += ["x = z = tf.cast({}, tf.float32)".format(expression(draw, rank))]
        yield lines + ["y = " + expression(draw, rank)]


def recorded(tf):
    """Yields programs that 1.15 takes, and the shapes of their results."""
    for lines in programs():
        names = {"tf": tf}
        try:
            with tf.Graph().as_default():
                exec("\n".join(lines), names)  # noqa: S102
        except Exception:  # noqa: BLE001, S112
            continue
        shape = names["y"].shape
        yield lines, shape.as_list() if shape.ndims is not None else None


if __name__ == "__main__":
    import tensorflow

    rows = map(json.dumps, itertools.islice(recorded(tensorflow), COUNT))
    FIXTURE.write_text("[\n" + ",\n".join(rows) + "\n]\n")
