"""Metrics that count over batches: what is written, where they count and begin again, what is refused."""

from __future__ import annotations

import pytest

from tf1graphs.migrate import native
from tf1graphs.migrate.refusals import Refused

HEAD = """import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 3])
y = tf.placeholder(tf.float32, [None, 3])
labels = tf.placeholder(tf.int64, [None])
w = tf.Variable(tf.ones([3, 3]))
out = tf.matmul(x, w)
loss = tf.reduce_mean(tf.square(out - y))
"""
START = """sess = tf.Session()
sess.run(tf.global_variables_initializer())
sess.run(tf.local_variables_initializer())
"""
PAIR = "acc, up = tf.metrics.accuracy(labels, tf.argmax(out, 1))\n"
FEED = "{x: data, labels: numbers}"
BOTH = "print(sess.run(up, {x: data, y: data, labels: numbers}))\n"

# A call that makes a metric -> what makes it in the migrated program, and what counts.
CALLS = {
    "accuracy(tf.argmax(y, 1), tf.argmax(out, 1))": (
        "accuracy_metric = tf.keras.metrics.Accuracy()",
        "accuracy_metric(tf.argmax(y, 1), tf.argmax(out, 1))",
    ),
    "accuracy(labels=tf.argmax(y, axis=1), predictions=tf.argmax(out, axis=1), name='a')": (
        "accuracy_metric = tf.keras.metrics.Accuracy()",
        "accuracy_metric(tf.argmax(y, axis=1), tf.argmax(out, axis=1))",
    ),
    # Compared in the dtype of the labels, and element by element.
    "accuracy(tf.cast(y, tf.int32), out)": (
        "accuracy_metric = tf.keras.metrics.Accuracy()",
        "accuracy_metric(tf.reshape(tf.cast(y, tf.int32), [-1]), tf.reshape(tf.cast(out, tf.int32), [-1]))",
    ),
    "mean(out)": ("mean_metric = tf.keras.metrics.Mean()", "mean_metric(tf.reshape(out, [-1]))"),
    "mean(tf.reduce_sum(out, 1))": ("mean_metric = tf.keras.metrics.Mean()", "mean_metric(tf.reduce_sum(out, 1))"),
    "mean_squared_error(y, out)": (
        "mean_squared_error_metric = tf.keras.metrics.Mean()",
        "mean_squared_error_metric(tf.reshape(tf.math.squared_difference(y, out), [-1]))",
    ),
    "mean_absolute_error(y - 1, predictions=out)": (
        "mean_absolute_error_metric = tf.keras.metrics.Mean()",
        "mean_absolute_error_metric(tf.reshape(tf.abs((y - 1) - out), [-1]))",
    ),
    "root_mean_squared_error(y[:, 0], out[:, 0])": (
        "root_mean_squared_error_metric = tf.keras.metrics.RootMeanSquaredError()",
        "root_mean_squared_error_metric(y[:, 0], out[:, 0])",
    ),
    # One of them has a dimension of size 1 more, of which 1.15 takes no notice.
    "mean_squared_error(tf.reduce_sum(y, 1, keepdims=True), tf.reduce_sum(out, 1))": (
        "mean_squared_error_metric = tf.keras.metrics.Mean()",
        "mean_squared_error_metric(tf.math.squared_difference("
        "tf.reshape(tf.reduce_sum(y, 1, keepdims=True), [-1]), tf.reshape(tf.reduce_sum(out, 1), [-1])))",
    ),
    # Keras asks whether a number is over 0.5.
    "precision(tf.equal(tf.argmax(y, 1), 1), tf.argmax(out, 1))": (
        "precision_metric = tf.keras.metrics.Precision()",
        "precision_metric(tf.equal(tf.argmax(y, 1), 1), tf.cast(tf.argmax(out, 1), tf.bool))",
    ),
    "auc(tf.equal(labels, 1), out[:, 0], num_thresholds=50)": (
        "auc_metric = AUC(50)",
        "auc_metric(tf.equal(labels, 1), out[:, 0])",
    ),
    "mean_iou(labels, tf.argmax(out, 1), 3)": (
        "mean_iou_metric = MeanIoU(3)",
        "mean_iou_metric(labels, tf.argmax(out, 1))",
    ),
    "false_negatives(y, out)": (
        "false_negatives_metric = tf.keras.metrics.FalseNegatives()",
        "false_negatives_metric(tf.reshape(tf.cast(y, tf.bool), [-1]), tf.reshape(tf.cast(out, tf.bool), [-1]))",
    ),
}
# Programs behind the head -> lines of the migrated program.
PROGRAMS = {
    # The value hangs on nothing that is counted.
    PAIR + START + f"print(sess.run(up, {FEED}), sess.run(acc))\n": [
        "accuracy_metric = tf.keras.metrics.Accuracy()",
        "    return accuracy_metric(labels, tf.argmax(out, 1))",
        "def compute_acc():",
        "    return accuracy_metric.result()",
        "print(compute_up(data, numbers).numpy(), compute_acc().numpy())",
    ],
    "with tf.name_scope('m'):\n    " + PAIR + START + f"print(sess.run(up, {FEED}), sess.run(acc))\n": [
        "    return accuracy_metric.result()"
    ],
    # It counts with what the step has computed, before the variables change.
    PAIR
    + "train = tf.train.GradientDescentOptimizer(0.1).minimize(tf.reduce_sum(out))\n"
    + START
    + f"_, value = sess.run([train, up], {FEED})\n": [
        "    up = accuracy_metric(labels, tf.argmax(out, 1))\n    optimizer.apply_gradients(zip(gradients, variables))",
        "value = train_step(data, numbers).numpy()",
    ],
    "def metric(a, b):\n    return tf.metrics.accuracy(a, tf.argmax(b, 1))[1]\nup = metric(labels, out)\n"
    + START
    + f"print(sess.run(up, {FEED}))\n": [
        "        self.accuracy_metric = tf.keras.metrics.Accuracy()",
        "    return metric(labels, out)",
    ],
    PAIR + START + f"for i in range(3):\n    sess.run(tf.local_variables_initializer())\n    sess.run(up, {FEED})\n": [
        "    accuracy_metric.reset_state()",
        "    compute_up(data, numbers)",
    ],
    PAIR
    + "mean, mean_up = tf.metrics.mean(loss)\nreset = tf.local_variables_initializer()\n"
    + START
    + f"for i in range(3):\n    sess.run(reset)\n    sess.run(up, {FEED})\n"
    + "sess.run(mean_up, {x: data, y: data})\n": [
        "    for metric in (accuracy_metric, mean_metric):",
        "        metric.reset_state()",
    ],
}
APART = "its value and its update are not taken apart"
ANEW = "the metrics begin to count again"
REFUSED = {
    PAIR + START + f"print(sess.run([acc, up], {FEED}))\n": "what a metric has counted beside its update",
    PAIR
    + "with tf.control_dependencies([up]):\n    both = tf.identity(acc)\n"
    + START
    + f"print(sess.run(both, {FEED}))\n": "what a metric has counted beside its update",
    "up = tf.metrics.mean(loss)\n" + START + BOTH.replace("up", "up[1]"): APART,
    "up = tf.metrics.mean(loss)[0]\n" + START + BOTH: APART,
    "up = tf.metrics.mean(loss, weights=2.0)[1]\n" + START + BOTH: "its argument weights is not migrated",
    "up = tf.metrics.mean(loss, None, None, ['ups'])[1]\n" + START + BOTH: "its argument updates_collections",
    "ups = []\nfor i in range(3):\n    ups.append(tf.metrics.mean(loss)[1])\n" + START + BOTH.replace("up", "ups"): (
        "it is made several times"
    ),
    "up = tf.metrics.accuracy(tf.one_hot(labels, 3), out)[1]\n" + START + BOTH: "the dtype of its labels is not known",
    "up = tf.metrics.auc(y, out, curve='PR')[1]\n" + START + BOTH: "its argument curve is not migrated",
    "up = tf.metrics.percentage_below(out, 0.5)[1]\n" + START + BOTH: "it counts in local variables",
    # The op resets the metrics that there are when it is made.
    "reset = tf.local_variables_initializer()\n"
    + PAIR
    + START
    + f"for i in range(3):\n    sess.run(reset)\n    sess.run(up, {FEED})\n": ANEW,
    PAIR
    + START
    + f"for i in range(3):\n    _ = sess.run(tf.local_variables_initializer())\n    sess.run(up, {FEED})\n": ANEW,
}


@pytest.mark.parametrize("call", CALLS)
def test_calls(call: str) -> None:
    after = native.migrate(HEAD + f"up = tf.metrics.{call}[1]\n" + START + BOTH)
    create, use = CALLS[call]
    assert f"\n{create}\n" in after
    assert f"    return {use}\n" in after


@pytest.mark.parametrize("before", PROGRAMS)
def test_programs(before: str) -> None:
    after = native.migrate(HEAD + before)
    for line in PROGRAMS[before]:
        assert f"{line}\n" in after


@pytest.mark.parametrize("before", REFUSED)
def test_refusals(before: str) -> None:
    with pytest.raises(Refused, match=REFUSED[before]):
        native.migrate(HEAD + before)


def test_a_refusal_has_the_line_of_the_old_program() -> None:
    with pytest.raises(Refused) as refused:
        native.migrate(HEAD + PAIR + PAIR + START + "sess.run(tf.not_there(up))\n")
    assert {each.line for each in refused.value.refusals} == {(HEAD + PAIR + PAIR + START).count("\n") + 1}
