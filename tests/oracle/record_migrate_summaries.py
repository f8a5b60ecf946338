"""Records the summaries that small programs write on real TensorFlow 1.15: tags, steps, values, pictures.

Run with a Python 3.7 that has tensorflow==1.15.5: ``python tests/oracle/record_migrate_summaries.py``.
It writes ``tests/fixtures/tf115/migrate_summaries.json``, which holds the programs too.
"""

import glob
import json
import os
import tempfile
from pathlib import Path

import tensorflow as tf

FILE = Path(__file__).resolve().parents[1] / "fixtures" / "tf115" / "migrate_summaries.json"

# What they are about -> programs that write into `logdir`.
PROGRAMS = {
    "steps": """
import tensorflow as tf

X = tf.placeholder(tf.float32, [None, 2], name="X")
W = tf.Variable([[1.0], [-2.0]], name="W")
loss = tf.reduce_mean(tf.square(tf.matmul(X, W)))
train = tf.train.GradientDescentOptimizer(0.01).minimize(loss)
tf.summary.scalar("loss", loss)
tf.summary.histogram("W", W)
tf.summary.histogram("X", X)
merged = tf.summary.merge_all()
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    writer = tf.summary.FileWriter(logdir, sess.graph, flush_secs=10)
    for step in range(4):
        summary, _ = sess.run([merged, train], feed_dict={X: [[1.0, 2.0], [3.0, 5.0]]})
        writer.add_summary(summary, step)
    writer.add_summary(sess.run(merged, {X: [[1.0, 2.0]]}))
    writer.close()
""",
    "steps that are fetched": """
import tensorflow as tf

X = tf.placeholder(tf.float32, [None, 2], name="X")
W = tf.Variable([[1.0], [-2.0]], name="W")
count = tf.Variable(7, trainable=False, name="count")
loss = tf.reduce_mean(tf.square(tf.matmul(X, W)))
train = tf.train.GradientDescentOptimizer(0.01).minimize(loss, global_step=count)
tf.summary.scalar("loss", loss)
tf.summary.histogram("W", W)
merged = tf.summary.merge_all()
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    writer = tf.summary.FileWriter(logdir)
    for _ in range(4):
        summary, value, number = sess.run([merged, loss, count], feed_dict={X: [[1.0, 2.0], [3.0, 5.0]]})
        writer.add_summary(summary, number)
        sess.run(train, feed_dict={X: [[1.0, 2.0], [3.0, 5.0]]})
    writer.close()
""",
    "names": """
import tensorflow as tf

X = tf.placeholder(tf.float32, [None, 2], name="cost")
G = tf.get_variable("G", initializer=[1.0, 2.0])
with tf.name_scope("layer"):
    W = tf.Variable([[1.0], [2.0]], name="W")
    tf.summary.histogram("W", W)
    cost = tf.reduce_mean(tf.matmul(X, W), name="loss")
    mean = tf.reduce_mean(W)
    tf.summary.scalar("mean", mean)
    with tf.name_scope("deviation"):
        deviation = tf.sqrt(tf.reduce_mean(tf.square(W - mean)))
    tf.summary.scalar("deviation", deviation)
    tf.summary.scalar("Loss", cost)
tf.summary.scalar("loss", cost)
tf.summary.scalar("cost", cost)
tf.summary.scalar("my cost: a", cost)
tf.summary.scalar("/x(y)", cost)
tf.summary.scalar("again", cost)
tf.summary.scalar("again", cost)
tf.summary.scalar("Again", cost)
tf.summary.scalar("grouped", cost, family="family")
tf.summary.histogram("G", G)
for weights in (W, G):
    tf.summary.histogram(weights.op.name, weights)
for weights in (W, G):
    tf.summary.histogram(weights.name, weights)
with tf.variable_scope("about"):
    for name, value in (("low", tf.reduce_min(W)), ("high", tf.reduce_max(W))):
        tf.summary.scalar(name, value)
merged = tf.summary.merge_all()
with tf.Session() as sess, tf.summary.FileWriter(logdir) as writer:
    sess.run(tf.global_variables_initializer())
    writer.add_summary(sess.run(merged, {X: [[1.0, 2.0], [3.0, 5.0]]}), 3)
""",
    "several": """
import tensorflow as tf

x = tf.placeholder(tf.float32, [None])
low = tf.summary.scalar("low", tf.reduce_min(x))
rare = [tf.summary.scalar("rare", tf.reduce_max(x), collections=["rare"])]
rare.append(tf.summary.text("note", tf.constant("hello")))
rarely = tf.summary.merge(rare)
merged = tf.summary.merge([low, tf.summary.histogram("x", x)])
everything = tf.summary.merge_all()
train = tf.summary.FileWriter(logdir + "/train")
test = tf.summary.FileWriter(logdir + "/test")
with tf.Session() as sess:
    for step in range(2):
        train.add_summary(sess.run(merged, {x: [1.0 + step, 4.0]}), step)
        if step == 1:
            train.add_summary(sess.run(rarely, {x: [1.0, 4.0]}), global_step=step)
        test.add_summary(sess.run(everything, {x: [3.0, 5.0]}), 10 * step)
        by_hand = tf.Summary(value=[tf.Summary.Value(tag="by hand", simple_value=step * 0.25)])
        test.add_summary(by_hand, step)
        test.flush()
train.close()
test.close()
""",
    "pictures": """
import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 1, 4, 1])
tf.summary.image("picture", x)
tf.summary.image("first", x, max_outputs=1)
tf.summary.image("bytes", tf.cast(x, tf.uint8), 2)
merged = tf.summary.merge_all()
data = [[[[0.1], [0.5], [0.9], [2.5]]], [[[-0.1], [0.5], [0.9], [2.5]]], [[[0.0], [0.0], [0.0], [0.0]]], [[[-3.0]] * 4]]
with tf.Session() as sess:
    writer = tf.summary.FileWriter(logdir)
    writer.add_graph(sess.graph)
    writer.add_summary(sess.run(merged, feed_dict={x: data}), 1)
    writer.close()
""",
    "changed names": """
import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 2])
with tf.name_scope("first"):
    w = tf.Variable([[1.0, 2.0], [3.0, 4.0]])
    net = tf.matmul(x, w)
    tf.summary.scalar("mean", tf.reduce_mean(net))
with tf.name_scope("second"):
    w2 = tf.Variable([[1.0], [-1.0]])
    net = tf.matmul(net, w2)
    tf.summary.scalar("size", tf.reduce_mean(net))
loss = tf.reduce_mean(net * net)
train_op = tf.train.GradientDescentOptimizer(0.001).minimize(loss)
merged = tf.summary.merge_all()
sess = tf.Session()
sess.run(tf.global_variables_initializer())
writer = tf.summary.FileWriter(logdir)
for step in range(3):
    _, summary = sess.run([train_op, merged], {x: [[1.0, 2.0]]})
    writer.add_summary(summary, step)
writer.close()
""",
    "in functions": """
import numpy as np
import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 3], name="x")
labels = tf.placeholder(tf.float32, [None, 2])


def feed(step):
    return {x: [[1.0, 2.0, step]], labels: [[0.5, step]]}


def variable_summaries(var):
    with tf.name_scope("summaries"):
        mean = tf.reduce_mean(var)
        tf.summary.scalar("mean", mean)
        with tf.name_scope("stddev"):
            stddev = tf.sqrt(tf.reduce_mean(tf.square(var - mean)))
        tf.summary.scalar("stddev", stddev)
        tf.summary.scalar("max", tf.reduce_max(var))
        tf.summary.histogram("histogram", var)


def layer(inputs, sizes, name, act=tf.nn.relu):
    # The name of the layer and its act are in strings, too: name, act.
    with tf.name_scope(name):
        with tf.name_scope("weights"):
            weights = tf.Variable(tf.constant(np.arange(sizes[0] * sizes[1]).reshape(sizes) / 9.0, tf.float32))
            variable_summaries(weights)
        with tf.name_scope("biases"):
            biases = tf.Variable(tf.zeros(sizes[1:]))
            variable_summaries(biases)
        outputs = act(tf.matmul(inputs, weights) + biases)
        tf.summary.histogram("act", outputs)
        return outputs


def note(value, name):
    tf.summary.scalar("noted/" + name, tf.reduce_mean(value))


hidden = layer(x, [3, 4], "first")
outputs = layer(hidden, [4, 2], "second", act=tf.identity)
with tf.name_scope("second"):
    tf.summary.image("pixels", tf.reshape(outputs, [-1, 1, 2, 1]), 1)
note(hidden, "hidden")
note(outputs, "outputs")
loss = tf.reduce_mean(tf.square(outputs - labels))
merged = tf.summary.merge_all()
train = tf.train.GradientDescentOptimizer(0.01).minimize(loss)
train_writer = tf.summary.FileWriter(logdir + "/train")
test_writer = tf.summary.FileWriter(logdir + "/test")
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for step in range(3):
        summary, value = sess.run([merged, loss], feed_dict=feed(step))
        train_writer.add_summary(summary, step)
        sess.run(train, feed_dict=feed(step))
    test_writer.add_summary(sess.run(merged, feed_dict=feed(5)), step)
train_writer.close()
test_writer.close()
""",
    "in loops": """
import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 3], name="x")


def note(value, name):
    with tf.name_scope(name):
        tf.summary.scalar("size", tf.reduce_sum(value))
        tf.summary.histogram(name, value)


def block(net, name):
    with tf.name_scope("inside"):
        net = tf.nn.relu(net) + 1.0
    with tf.name_scope(name):
        note(net, "after")
        note(net, "again")
    return net


net = block(x, "a")
net = block(net, "b")
for number in ["c", "d"]:
    net = block(net, "more_" + number)
merged = tf.summary.merge_all()
with tf.Session() as sess:
    writer = tf.summary.FileWriter(logdir)
    for step in range(2):
        summary, value = sess.run([merged, net], {x: [[1.0, 2.0, step]]})
        writer.add_summary(summary, step)
    writer.close()
""",
    "in methods": """
import tensorflow as tf


class Watched(object):
    def __init__(self):
        self.x = tf.placeholder(tf.float32, [None, 3], name="x")
        self.doubled = self.x * 2.0
        self.watch(self.x, "inputs")
        self.watch(self.doubled, "doubled")
        self.merged = tf.summary.merge_all()

    def watch(self, value, tag):
        with tf.name_scope("watched"):
            tf.summary.histogram(tag, value)


model = Watched()
with tf.Session() as sess:
    writer = tf.summary.FileWriter(logdir)
    for step in range(2):
        summary, value = sess.run([model.merged, model.doubled], {model.x: [[1.0, 2.0, step]]})
        writer.add_summary(summary, step)
    writer.close()
""",
    "gradients": """
import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 3], name="x")
w = tf.Variable([[0.5], [1.0], [-1.0]], name="w")
b = tf.Variable([0.5], name="b")
loss = tf.reduce_mean(tf.square(tf.matmul(x, w) + b))
with tf.name_scope("SGD"):
    grads = tf.gradients(loss, tf.trainable_variables())
    grads = list(zip(grads, tf.trainable_variables()))
    train = tf.train.GradientDescentOptimizer(0.1).apply_gradients(grads_and_vars=grads)
for grad, var in grads:
    tf.summary.histogram(var.name + "/gradient", grad)
for grad, var in grads:
    tf.summary.histogram("gradient of " + var.op.name, grad)
merged = tf.summary.merge_all()
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    writer = tf.summary.FileWriter(logdir)
    for step in range(3):
        _, summary = sess.run([train, merged], {x: [[1.0, 2.0, 3.0]]})
        writer.add_summary(summary, step)
    writer.close()
""",
}


def shown(session, value):
    """Returns what a summary shows: a number, the range and count of a histogram, the bytes of a picture, a text."""
    kind = value.WhichOneof("value")
    if kind == "simple_value":
        return value.simple_value
    if kind == "histo":
        return [value.histo.min, value.histo.max, value.histo.num]
    if kind == "image":
        return session.run(tf.image.decode_png(value.image.encoded_image_string)).ravel().tolist()
    return value.tensor.string_val[0].decode()


def written(logdir):
    """Returns the tags, steps and values that are in the files of a folder, by the folder in it."""
    found = {}
    with tf.Graph().as_default(), tf.Session() as session:
        for path in sorted(glob.glob(os.path.join(logdir, "**", "events*"), recursive=True)):
            rows = found.setdefault(os.path.relpath(os.path.dirname(path), logdir), [])
            for event in tf.train.summary_iterator(path):
                rows += [[value.tag, event.step, shown(session, value)] for value in event.summary.value]
    return found


def main():
    recorded = []
    for about, source in PROGRAMS.items():
        logdir = tempfile.mkdtemp()
        with tf.Graph().as_default():
            exec(source, {"logdir": logdir})
        recorded.append({"about": about, "source": source, "written": written(logdir)})
    FILE.write_text(json.dumps(recorded, indent=1) + "\n")


if __name__ == "__main__":
    main()
