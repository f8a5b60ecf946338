"""MNIST with a recurrent network: it reads a digit row by row, from top to bottom, and then names it."""

from types import SimpleNamespace

import numpy as np

from tf1graphs import datasets, figures, tutorial
import tf1graphs.v1 as tf

n_step = 28
n_input = 28
n_hidden = 128
n_class = 10


def build():
    X = tf.placeholder(tf.float32, [None, n_step, n_input], name="X")
    Y = tf.placeholder(tf.float32, [None, n_class], name="Y")

    W = tf.Variable(tf.random_normal([n_hidden, n_class]), name="W")
    b = tf.Variable(tf.random_normal([n_class]), name="b")

    cell = tf.nn.rnn_cell.BasicRNNCell(n_hidden)
    outputs, _ = tf.nn.dynamic_rnn(cell, X, dtype=tf.float32)
    # From [batch, step, hidden] to [step, batch, hidden]: the last entry is what the cell says after the last row.
    outputs = tf.transpose(outputs, [1, 0, 2])
    model = tf.matmul(outputs[-1], W) + b

    cost = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits_v2(logits=model, labels=Y))
    train_op = tf.train.AdamOptimizer(0.001).minimize(cost)

    is_correct = tf.equal(tf.argmax(model, 1), tf.argmax(Y, 1))
    accuracy = tf.reduce_mean(tf.cast(is_correct, tf.float32))

    tf.summary.scalar("cost", cost)
    for weights in tf.trainable_variables():
        tf.summary.histogram(weights.op.name, weights)
    return SimpleNamespace(X=X, Y=Y, model=model, cost=cost, train_op=train_op, accuracy=accuracy)


def main(arguments=None):
    options = tutorial.parser(__file__, __doc__, quick={"epochs": 2, "batch_size": 25}, epochs=30, batch_size=128)
    tutorial.add_data(options, "a directory with the four MNIST files")
    args = tutorial.parse(options, arguments)
    mnist = datasets.mnist(args.data, seed=args.seed)
    tf.set_random_seed(args.seed)
    graph = build()
    merged = tf.summary.merge_all()

    with tf.Session() as sess, tf.summary.FileWriter(str(args.logdir), sess.graph) as writer:
        sess.run(tf.global_variables_initializer())
        total_batch = tutorial.batches(mnist.train.num_examples, args.batch_size)

        for epoch in range(args.epochs):
            total_cost = 0.0
            for _ in tutorial.progress(range(total_batch), f"Epoch {epoch + 1}"):
                batch_xs, batch_ys = mnist.train.next_batch(args.batch_size)
                batch_xs = batch_xs.reshape(args.batch_size, n_step, n_input)
                _, cost_val = sess.run([graph.train_op, graph.cost], {graph.X: batch_xs, graph.Y: batch_ys})
                total_cost += cost_val
            print("Epoch:", "%04d" % (epoch + 1), "Avg. cost =", "{:.3f}".format(total_cost / total_batch))
            writer.add_summary(sess.run(merged, {graph.X: batch_xs, graph.Y: batch_ys}), epoch)
        print("Optimization finished")

        test_xs = mnist.test.images.reshape(-1, n_step, n_input)
        # What the network knows after 1, 2, ... rows: the rows below are blank.
        accuracies = []
        for rows in range(1, n_step + 1):
            seen = np.where(np.arange(n_step)[:, np.newaxis] < rows, test_xs, 0.0)
            accuracies.append(sess.run(graph.accuracy, {graph.X: seen, graph.Y: mnist.test.labels}))
        print("Accuracy:", accuracies[-1])
    figures.save_curves(
        args.logdir / "picture.png", {"test digits": accuracies}, x="rows seen", y="accuracy", ylim=(0, 1)
    )


if __name__ == "__main__":
    tutorial.run(main)
