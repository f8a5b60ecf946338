"""Ensemble and search: trials find the hyper-parameters of a network, and three different networks answer as one."""

from types import SimpleNamespace

import combining
import figure
import numpy as np
import search
from tensorboard.plugins.hparams import api_pb2, summary
from tensorboard.plugins.hparams import summary_v2 as hp

from tf1graphs import datasets, tutorial
import tf1graphs.v1 as tf

# Two choices hang on the validation set, the best trial and the weights, so it is large.
validation_size = 500


def dense(X, units):
    return tf.layers.dense(X, units, activation=tf.nn.relu)


def convolutional(X, units):
    L1 = tf.layers.conv2d(tf.reshape(X, [-1, 28, 28, 1]), 8, 5, 2, padding="same", activation=tf.nn.relu)
    L2 = tf.layers.conv2d(L1, 16, 5, 2, padding="same", activation=tf.nn.relu)
    return tf.layers.dense(tf.layers.flatten(L2), units, activation=tf.nn.relu)


def recurrent(X, units):
    cell = tf.nn.rnn_cell.BasicRNNCell(units)
    _, state = tf.nn.dynamic_rnn(cell, tf.reshape(X, [-1, 28, 28]), dtype=tf.float32)
    return state


networks = {"dense": dense, "convolutional": convolutional, "recurrent": recurrent}


def build(network="dense", units=64, learning_rate=0.003):
    X = tf.placeholder(tf.float32, [None, 784], name="X")
    Y = tf.placeholder(tf.float32, [None, 10], name="Y")

    model = tf.layers.dense(networks[network](X, units), 10)
    probabilities = tf.nn.softmax(model)

    cost = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits_v2(logits=model, labels=Y))
    train_op = tf.train.AdamOptimizer(learning_rate).minimize(cost)

    is_correct = tf.equal(tf.argmax(model, 1), tf.argmax(Y, 1))
    accuracy = tf.reduce_mean(tf.cast(is_correct, tf.float32))

    tf.summary.scalar("validation/cost", cost)
    tf.summary.scalar("validation/accuracy", accuracy)
    for weights in tf.trainable_variables():
        tf.summary.histogram(weights.op.name, weights)
    return SimpleNamespace(
        X=X, Y=Y, model=model, probabilities=probabilities, cost=cost, train_op=train_op, accuracy=accuracy
    )


def train(run, mnist, args, network="dense", **hparams):
    """Trains a network, saves it in the run's folder, and returns its cost and accuracy on the validation set."""
    tf.set_random_seed(args.seed)
    graph = build(network, **hparams)
    merged = tf.summary.merge_all()
    validation = {graph.X: mnist.validation.images, graph.Y: mnist.validation.labels}
    total_batch = tutorial.batches(mnist.train.num_examples, args.batch_size)

    with tf.Session() as sess, tf.summary.FileWriter(str(args.logdir / run), sess.graph) as writer:
        sess.run(tf.global_variables_initializer())
        if hparams:
            writer.add_summary(hp.hparams_config_pb(search.HPARAMS, search.METRICS).SerializeToString())
            writer.add_summary(hp.hparams_pb(hparams, trial_id=run).SerializeToString())

        for epoch in tutorial.progress(range(args.epochs), run):
            for _ in range(total_batch):
                batch_xs, batch_ys = mnist.train.next_batch(args.batch_size)
                sess.run([graph.train_op, graph.cost], {graph.X: batch_xs, graph.Y: batch_ys})
            writer.add_summary(sess.run(merged, validation), epoch)

        if hparams:
            writer.add_summary(summary.session_end_pb(api_pb2.STATUS_SUCCESS).SerializeToString())
        tf.train.Saver().save(sess, str(args.logdir / run / "model"))
        return sess.run([graph.cost, graph.accuracy], validation)


def predict(run, images, args, network="dense", **hparams):
    """Returns the probabilities that a trained network gives, [images, 10]."""
    graph = build(network, **hparams)
    with tf.Session() as sess:
        tf.train.Saver().restore(sess, str(args.logdir / run / "model"))
        return sess.run(graph.probabilities, {graph.X: images})


def main(arguments=None):
    options = tutorial.parser(__file__, __doc__, quick={"trials": 2, "epochs": 3}, trials=8, epochs=30, batch_size=100)
    tutorial.add_data(options, "a directory with the four MNIST files")
    args = tutorial.parse(options, arguments)
    mnist = datasets.mnist(args.data, validation_size=validation_size, seed=args.seed)

    trials = search.draw_trials(args.trials, args.seed)
    costs = {}
    for run, hparams in trials.items():
        with tf.Graph().as_default():
            costs[run], accuracy = train(run, mnist, args, **hparams)
        print(
            run,
            "units: {units:3d} learning rate: {learning_rate:.5f}".format(**hparams),
            "validation cost: {:.4f} accuracy: {:.4f}".format(costs[run], accuracy),
        )
    best = min(costs, key=costs.get)
    print("Best:", best)

    # run -> what the network in it was built with
    members = {best: trials[best]}
    for network in ("convolutional", "recurrent"):
        members[network] = {"network": network}
        with tf.Graph().as_default():
            train(network, mnist, args, network)

    predicted = {}
    for name in ("validation", "test"):
        predicted[name] = []
        for run, settings in members.items():
            with tf.Graph().as_default():
                predicted[name].append(predict(run, getattr(mnist, name).images, args, **settings))

    weights = combining.choose_weights(predicted["validation"], mnist.validation.labels)
    answers = dict(zip(networks, predicted["test"]))
    answers["averaged"] = combining.average(predicted["test"])
    answers["weighted"] = combining.weigh(predicted["test"], weights)
    answers["voted"] = combining.vote(predicted["test"])
    print("Weights:", *np.round(weights, 2))
    for name, answer in answers.items():
        print("Test accuracy, {}: {:.4f}".format(name, combining.accuracy(answer, mnist.test.labels)))
    figure.save_disagreements(args.logdir / "picture.png", mnist.test, answers)


if __name__ == "__main__":
    tutorial.run(main)
