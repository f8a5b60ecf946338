"""Saving models: a digit classifier is written in each of TF1's forms, and each predicts without this source."""

from types import SimpleNamespace

import forms
import numpy as np
import tf1_load

from tf1graphs import datasets, tutorial
from tf1graphs.replacing import replacing
import tf1graphs.v1 as tf

info = tf.saved_model.build_tensor_info
signature = tf.saved_model.build_signature_def


def build():
    X = tf.placeholder(tf.float32, [None, 784], name="X")
    Y = tf.placeholder(tf.float32, [None, 10], name="Y")

    initializer = tf.keras.initializers.RandomNormal(stddev=0.05, seed=1)
    images = tf.keras.Input([784])
    hidden = tf.keras.layers.Dense(64, "relu", kernel_initializer=initializer, name="hidden")(images)
    logits = tf.keras.layers.Dense(10, kernel_initializer=initializer, name="output")(hidden)
    network = tf.keras.Model(images, logits, name="network")
    model = tf.identity(network(X), name="model")

    cost = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits_v2(logits=model, labels=Y))
    train_op = tf.train.AdamOptimizer(0.001).minimize(cost, var_list=network.trainable_weights)

    digit = tf.argmax(model, 1, name="digit")

    tf.summary.scalar("cost", cost)
    for weights in network.trainable_weights:
        tf.summary.histogram(weights.op.name, weights)
    return SimpleNamespace(X=X, Y=Y, network=network, model=model, cost=cost, train_op=train_op, digit=digit)


def build_signatures(graph):
    """Returns what a SavedModel can be asked: name -> which tensors are fed and fetched."""
    # Classify and regress are fed serialized tf.Examples; the network's own input is parsed from them.
    examples = tf.placeholder(tf.string, [None], name="examples")
    pixels = tf.parse_example(examples, {"pixels": tf.FixedLenFeature([784], tf.float32)})["pixels"]
    scores = tf.nn.softmax(graph.network(pixels))
    names = tf.constant([[str(digit) for digit in range(10)]])
    classes = tf.tile(names, [tf.size(examples), 1])
    return {
        "serving_default": signature(
            {"images": info(graph.X)},
            {"digit": info(graph.digit), "logits": info(graph.model)},
            "tensorflow/serving/predict",
        ),
        "classify": signature(
            {"inputs": info(examples)},
            {"classes": info(classes), "scores": info(scores)},
            "tensorflow/serving/classify",
        ),
        "confidence": signature(
            {"inputs": info(examples)}, {"outputs": info(tf.reduce_max(scores, axis=1))}, "tensorflow/serving/regress"
        ),
    }


def save_all(sess, graph, signatures, saver, folder):
    """Writes the trained network in all forms."""
    # A graph's own form holds no values of variables, and no collections either.
    tf.train.write_graph(sess.graph, str(folder), "graph.pb", as_text=False)
    tf.train.write_graph(sess.graph, str(folder), "graph.pbtxt", as_text=True)
    # A Saver writes the values; beside them the graph with its collections, in the file .meta.
    saver.save(sess, str(folder / "model.ckpt"))
    # Frozen: of the graph only what "model" needs, with the values as constants in it.
    frozen = tf.graph_util.convert_variables_to_constants(sess, sess.graph.as_graph_def(), ["model"])
    tf.train.write_graph(frozen, str(folder), "frozen.pb", as_text=False)

    (folder / "network.json").write_text(graph.network.to_json(), encoding="utf-8")
    graph.network.save_weights(str(folder / "network_weights.h5"))
    graph.network.save(str(folder / "network.h5"), include_optimizer=False)

    with replacing(folder / "saved_model" / "1") as version:
        builder = tf.saved_model.Builder(str(version))
        builder.add_meta_graph_and_variables(sess, [tf.saved_model.tag_constants.SERVING], signatures)
        builder.save()


def main(arguments=None):
    options = tutorial.parser(__file__, __doc__, quick={"epochs": 2, "batch_size": 25}, epochs=20, batch_size=100)
    tutorial.add_data(options, "a directory with the four MNIST files")
    args = tutorial.parse(options, arguments)
    mnist = datasets.mnist(args.data, seed=args.seed)
    tf.set_random_seed(args.seed)
    graph = build()
    signatures = build_signatures(graph)
    saver = tf.train.Saver()
    merged = tf.summary.merge_all()
    images = mnist.test.images

    with tf.Session() as sess, tf.summary.FileWriter(str(args.logdir), sess.graph) as writer:
        tf.keras.backend.set_session(sess)
        sess.run(tf.global_variables_initializer())
        total_batch = tutorial.batches(mnist.train.num_examples, args.batch_size)

        for epoch in tutorial.progress(range(args.epochs), "Training"):
            total_cost = 0.0
            for _ in range(total_batch):
                batch_xs, batch_ys = mnist.train.next_batch(args.batch_size)
                _, cost_val = sess.run([graph.train_op, graph.cost], {graph.X: batch_xs, graph.Y: batch_ys})
                total_cost += cost_val
            print("Epoch:", "%04d" % (epoch + 1), "Avg. cost =", "{:.3f}".format(total_cost / total_batch))
            writer.add_summary(sess.run(merged, {graph.X: batch_xs, graph.Y: batch_ys}), epoch)
        print("Optimization finished")

        logits = sess.run(graph.model, {graph.X: images})
        save_all(sess, graph, signatures, saver, args.logdir)
    print("Accuracy:", np.mean(logits.argmax(axis=1) == mnist.test.labels.argmax(axis=1)))
    forms.save_expected(args.logdir, images, logits)
    forms.save_figure(args.logdir / "picture.png", tf1_load.FORMS, args.logdir)


if __name__ == "__main__":
    tutorial.run(main)
