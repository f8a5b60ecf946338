"""Names and argument orders of TensorFlow 0.x work, with a note once for each name."""

from __future__ import annotations

PROGRAM = """
import numpy as np
import tensorflow as tf
from tensorflow.models.rnn import rnn, rnn_cell

x = tf.constant([[1., 2.], [3., 4.]])
graph = [
    tf.mul(x, 2.), tf.sub(x, 1.), tf.neg(x), tf.mul(x, x), tf.inv(x), tf.select(x > 2., x, -x),
    tf.pack([x, x]), tf.unpack(x)[1], tf.batch_matmul(tf.expand_dims(x, 0), tf.expand_dims(x, 0), adj_y=True),
    tf.concat(1, [x, x]), tf.concat([x, x], 0), tf.split(1, 2, x)[1], tf.split(x, 2, 0)[1],
    tf.reverse(x, [False, True]),
    tf.concat(concat_dim=0, values=[x, x]),
    tf.nn.softmax_cross_entropy_with_logits(x, x), tf.complex_abs(tf.complex(3., 4.)),
]
outputs, _ = rnn.rnn(rnn_cell.BasicRNNCell(2), [x], dtype=tf.float32)
tf.scalar_summary('cost function', 1.0)
tf.histogram_summary(['weights'][0], x)
summaries = tf.merge_all_summaries()
with tf.Session() as sess:
    sess.run(tf.initialize_all_variables())
    for value in sess.run(graph):
        print(np.asarray(value).tolist())
    print(sess.run(outputs)[0].shape)
    text = tf.Summary.FromString(sess.run(summaries))
    print(sorted(value.tag for value in text.value))
writer = tf.train.SummaryWriter('events')
"""
PRINTED = """\
[[2.0, 4.0], [6.0, 8.0]]
[[0.0, 1.0], [2.0, 3.0]]
[[-1.0, -2.0], [-3.0, -4.0]]
[[1.0, 4.0], [9.0, 16.0]]
[[1.0, 0.5], [0.3333333432674408, 0.25]]
[[-1.0, -2.0], [3.0, 4.0]]
[[[1.0, 2.0], [3.0, 4.0]], [[1.0, 2.0], [3.0, 4.0]]]
[3.0, 4.0]
[[[5.0, 11.0], [11.0, 25.0]]]
[[1.0, 2.0, 1.0, 2.0], [3.0, 4.0, 3.0, 4.0]]
[[1.0, 2.0], [3.0, 4.0], [1.0, 2.0], [3.0, 4.0]]
[[2.0], [4.0]]
[[3.0, 4.0]]
[[2.0, 1.0], [4.0, 3.0]]
[[1.0, 2.0], [3.0, 4.0], [1.0, 2.0], [3.0, 4.0]]
"""


def test_names_and_orders_of_0x(legacy):
    done = legacy(PROGRAM)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(PRINTED)
    assert done.stdout.endswith("5.0\n(2, 2)\n['cost function', 'weights']\n")
    assert done.stderr.count("tf.mul left TensorFlow before 1.15; it runs as tf.multiply") == 1
    assert done.stderr.count("tf.concat is called with its arguments in the order of TensorFlow 0.x") == 1


def test_cross_entropy_of_0x_takes_the_logits_first(legacy):
    done = legacy(
        "import tensorflow as tf\n"
        "logits, labels = tf.Variable([[1., 2.]]), tf.constant([[0., 1.]])\n"
        "for loss in (tf.nn.softmax_cross_entropy_with_logits, tf.nn.sigmoid_cross_entropy_with_logits):\n"
        "    print(tf.gradients(loss(logits, labels), logits)[0] is not None)\n"
    )
    assert done.stdout == "True\nTrue\n", done.stderr
    assert (
        "softmax_cross_entropy_with_logits is called with its arguments in the order of TensorFlow 0.x" in done.stderr
    )


def test_quiet_drops_the_notes(legacy):
    done = legacy("import tensorflow as tf\ntf.mul(1, 2)\n", options=("--quiet",))
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)
