"""Records graphs that TensorFlow 1.15 builds, as they are written by ``write_graph``, for the pictures.

Run it with ``python3.7 tests/oracle/record_inspect_drawing.py`` (needs ``tensorflow==1.15.5``).
"""

import gzip
import os

import tensorflow as tf

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "fixtures", "tf115", "inspect_drawing")


def classifier():
    """An MLP with name scopes, dropout, Adam, summaries and a saver."""
    x = tf.placeholder(tf.float32, [None, 784], name="x")
    labels = tf.placeholder(tf.int64, [None], name="labels")
    rate = tf.placeholder_with_default(0.5, [], name="rate")
    hidden = x
    for number in range(1, 4):
        with tf.name_scope("hidden%d" % number):
            hidden = tf.nn.dropout(tf.layers.dense(hidden, 64, tf.nn.relu), rate=rate)
    logits = tf.layers.dense(hidden, 10, name="logits")
    with tf.name_scope("loss"):
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits))
    tf.summary.scalar("loss_curve", loss)
    tf.train.AdamOptimizer().minimize(loss)
    tf.train.Saver()
    tf.global_variables_initializer()


def recurrent():
    """A dynamic LSTM: a while loop, forward and backward."""
    x = tf.placeholder(tf.float32, [None, 28, 28], name="x")
    outputs, _ = tf.nn.dynamic_rnn(tf.nn.rnn_cell.LSTMCell(32), x, dtype=tf.float32)
    loss = tf.reduce_mean(tf.square(outputs[:, -1]), name="loss")
    tf.train.GradientDescentOptimizer(0.1).minimize(loss)
    tf.global_variables_initializer()


def unrolled():
    """Three LSTM layers, unrolled over 60 steps: some 10,000 operations with their gradients."""
    x = tf.placeholder(tf.float32, [16, 60, 28], name="x")
    cells = [tf.nn.rnn_cell.BasicLSTMCell(32) for _ in range(3)]
    outputs, _ = tf.nn.static_rnn(tf.nn.rnn_cell.MultiRNNCell(cells), tf.unstack(x, axis=1), dtype=tf.float32)
    loss = tf.reduce_mean(tf.square(outputs[-1]), name="loss")
    tf.train.AdamOptimizer().minimize(loss)
    tf.train.Saver()


def residual():
    """A residual network of convolutions with batch normalization."""
    x = tf.placeholder(tf.float32, [None, 32, 32, 3], name="image")
    training = tf.placeholder_with_default(False, [], name="training")
    values = tf.layers.conv2d(x, 16, 3, padding="same", name="stem")
    for block in range(1, 9):
        with tf.variable_scope("block%d" % block):
            shortcut = values
            for half in ("first", "second"):
                with tf.variable_scope(half):
                    values = tf.layers.conv2d(values, 16, 3, padding="same", name="conv", use_bias=False)
                    values = tf.nn.relu(tf.layers.batch_normalization(values, training=training, name="norm"))
            values += shortcut
    logits = tf.layers.dense(tf.reduce_mean(values, [1, 2]), 10, name="logits")
    labels = tf.placeholder(tf.int64, [None], name="labels")
    loss = tf.losses.sparse_softmax_cross_entropy(labels, logits)
    with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
        tf.train.MomentumOptimizer(0.1, 0.9).minimize(loss)
    tf.train.Saver()
    tf.global_variables_initializer()


def called():
    """Functions in a graph: one that is called, one that calls it, and both branches of a condition."""
    w = tf.get_variable("w", [4, 4], use_resource=True)
    x = tf.placeholder(tf.float32, [None, 4], name="x")

    @tf.function
    def layer(values):
        return tf.nn.relu(tf.matmul(values, w, name="product"), name="result")

    @tf.function
    def network(values):
        first, second = tf.split(layer(layer(values)), 2, axis=1, name="halves")
        return tf.concat([second, first], axis=1, name="swapped")

    tf.enable_control_flow_v2()
    y = network(x)
    z = tf.cond(tf.reduce_sum(y) > 0, lambda: tf.tanh(y), lambda: tf.sigmoid(y), name="branches")
    tf.identity(z, name="end")


def main():
    os.makedirs(FOLDER, exist_ok=True)
    for build in (classifier, recurrent, unrolled, residual, called):
        with tf.Graph().as_default() as graph:
            build()
            content = graph.as_graph_def(add_shapes=build is not unrolled).SerializeToString(deterministic=True)
        path = os.path.join(FOLDER, build.__name__ + ".pb.gz")
        with open(path, "wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
            packed.write(content)
        print(build.__name__, len(graph.get_operations()), os.path.getsize(path))


main()
