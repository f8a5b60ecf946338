"""Evaluation: how good a classifier and a segmentation are, in the numbers that are usual for them."""

from types import SimpleNamespace

import curves
import figure
import numpy as np
import scenes
import tf1_metrics
from early_stopping import EarlyStopping

from tf1graphs import datasets, tutorial
import tf1graphs.v1 as tf

# Test images go through the metrics in batches of this size.
test_batch_size = 50
# The classifier's "positive" digit.
positive = 8


def classifier(X):
    L1 = tf.layers.dense(X, 64, activation=tf.nn.relu)
    return tf.layers.dense(L1, 10)


def segmenter(X):
    L1 = tf.layers.conv2d(X, 8, 3, padding="same", activation=tf.nn.relu)
    L2 = tf.layers.conv2d(L1, 16, 5, 2, padding="same", activation=tf.nn.relu)
    L3 = tf.layers.conv2d(L2, 32, 5, 2, padding="same", activation=tf.nn.relu)
    L4 = tf.layers.conv2d(L3, 32, 5, padding="same", activation=tf.nn.relu)
    # What is where comes from L4, the outlines from L1.
    L5 = tf.layers.conv2d_transpose(L4, 8, 8, 4, padding="same", activation=tf.nn.relu)
    return tf.layers.conv2d(tf.concat([L1, L5], axis=3), len(scenes.CLASSES), 3, padding="same")


# task -> network, shape of an example, shape of its label
tasks = {
    "classification": (classifier, [784], [10]),
    "segmentation": (segmenter, [scenes.SIDE, scenes.SIDE, 1], [scenes.SIDE, scenes.SIDE, len(scenes.CLASSES)]),
}


def build(task="classification"):
    network, example_shape, label_shape = tasks[task]
    X = tf.placeholder(tf.float32, [None] + example_shape, name="X")
    Y = tf.placeholder(tf.float32, [None] + label_shape, name="Y")

    model = network(X)
    probabilities = tf.nn.softmax(model)

    cost = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits_v2(logits=model, labels=Y))
    train_op = tf.train.AdamOptimizer(0.002).minimize(cost)

    tf.summary.scalar("validation_cost", cost)
    for weights in tf.trainable_variables():
        tf.summary.histogram(weights.op.name, weights)
    return SimpleNamespace(X=X, Y=Y, model=model, probabilities=probabilities, cost=cost, train_op=train_op)


def train(sess, task, graph, data, args):
    """Trains until the validation cost has not fallen for some epochs; leaves the weights of the best epoch."""
    validation = {graph.X: data.validation.images, graph.Y: data.validation.labels}
    merged = tf.summary.merge_all()
    saver = tf.train.Saver()
    best = str(args.logdir / task / "best")
    stopping = EarlyStopping(args.patience)
    total_batch = tutorial.batches(data.train.num_examples, args.batch_size)

    with tf.summary.FileWriter(str(args.logdir / task), sess.graph) as writer:
        sess.run(tf.global_variables_initializer())
        for epoch in tutorial.progress(range(args.epochs), task):
            for _ in range(total_batch):
                batch_xs, batch_ys = data.train.next_batch(args.batch_size)
                sess.run([graph.train_op, graph.cost], {graph.X: batch_xs, graph.Y: batch_ys})
            cost_val, summary = sess.run([graph.cost, merged], validation)
            writer.add_summary(summary, epoch)
            print("Epoch:", "%04d" % (epoch + 1), "Validation cost =", "{:.4f}".format(cost_val))
            if stopping.is_best(cost_val):
                saver.save(sess, best)
            if stopping.is_over():
                break
    print("Best epoch:", stopping.best_epoch)
    saver.restore(sess, best)


def evaluate(sess, graph, metrics, test):
    """Returns name -> value of the metrics on the test set, and the probabilities of all its examples."""
    values = {name: value for name, (value, _) in metrics.items()}
    updates = [update for _, update in metrics.values()]
    probabilities = []
    sess.run(tf.local_variables_initializer())
    for start in range(0, test.num_examples, test_batch_size):
        batch = slice(start, start + test_batch_size)
        feed = {graph.X: test.images[batch], graph.Y: test.labels[batch]}
        answer, _ = sess.run([graph.probabilities, updates], feed)
        probabilities.append(answer)
    return sess.run(values), np.concatenate(probabilities)


def print_metrics(values):
    for name, value in values.items():
        if not np.ndim(value):
            print("{}: {:.4f}".format(name, value))


def classify(mnist, args):
    """Trains and evaluates the classifier."""
    tf.set_random_seed(args.seed)
    graph = build("classification")
    metrics = tf1_metrics.classification(graph.Y, graph.probabilities, positive)
    with tf.Session() as sess:
        train(sess, "classification", graph, mnist, args)
        values, probabilities = evaluate(sess, graph, metrics, mnist.test)

    is_positive, scores = mnist.test.labels[:, positive] > 0.5, probabilities[:, positive]
    values["AUC"] = curves.roc_auc(is_positive, scores)
    values["average precision"] = curves.average_precision(is_positive, scores)
    print_metrics(values)
    roc, precision_recall = curves.roc(is_positive, scores), curves.precision_recall(is_positive, scores)
    figure.save_evaluation(args.logdir / "picture.png", values["confusion matrix"], roc, precision_recall, values)


def segment(mnist, args):
    """Trains and evaluates the segmentation."""
    data = scenes.sets(mnist, args.scenes, args.seed)
    tf.set_random_seed(args.seed)
    graph = build("segmentation")
    metrics = tf1_metrics.segmentation(graph.Y, graph.probabilities)
    with tf.Session() as sess:
        train(sess, "segmentation", graph, data, args)
        values, probabilities = evaluate(sess, graph, metrics, data.test)

    print_metrics(values)
    truth, answers = np.argmax(data.test.labels[:6], axis=3), np.argmax(probabilities[:6], axis=3)
    path = args.logdir / "segmentations.png"
    figure.save_segmentations(path, data.test.images[:6], truth, answers, scenes.CLASSES)


def main(arguments=None):
    quick = {"epochs": 4, "scenes": 150}
    options = tutorial.parser(__file__, __doc__, quick=quick, epochs=25, batch_size=50, patience=3, scenes=450)
    tutorial.add_data(options, "a directory with the four MNIST files")
    args = tutorial.parse(options, arguments)
    mnist = datasets.mnist(args.data, validation_size=300, seed=args.seed)
    for evaluation in (classify, segment):
        with tf.Graph().as_default():
            evaluation(mnist, args)


if __name__ == "__main__":
    tutorial.run(main)
