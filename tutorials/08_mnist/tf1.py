"""MNIST: a 784-256-256-10 network learns handwritten digits in mini-batches."""

from types import SimpleNamespace

import numpy as np

from tf1graphs import datasets, figures, tutorial
import tf1graphs.v1 as tf


def build():
    X = tf.placeholder(tf.float32, [None, 784], name="X")
    Y = tf.placeholder(tf.float32, [None, 10], name="Y")

    W1 = tf.Variable(tf.random_normal([784, 256], stddev=0.01), name="W1")
    L1 = tf.nn.relu(tf.matmul(X, W1))

    W2 = tf.Variable(tf.random_normal([256, 256], stddev=0.01), name="W2")
    L2 = tf.nn.relu(tf.matmul(L1, W2))

    W3 = tf.Variable(tf.random_normal([256, 10], stddev=0.01), name="W3")
    model = tf.matmul(L2, W3)

    cost = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits_v2(logits=model, labels=Y))
    train_op = tf.train.AdamOptimizer(0.001).minimize(cost)

    is_correct = tf.equal(tf.argmax(model, 1), tf.argmax(Y, 1))
    accuracy = tf.reduce_mean(tf.cast(is_correct, tf.float32))

    tf.summary.scalar("cost", cost)
    for weights in (W1, W2, W3):
        tf.summary.histogram(weights.op.name, weights)
    return SimpleNamespace(X=X, Y=Y, model=model, cost=cost, train_op=train_op, accuracy=accuracy)


def main(arguments=None):
    options = tutorial.parser(__file__, __doc__, quick={"epochs": 2, "batch_size": 25}, epochs=30, batch_size=100)
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
                _, cost_val = sess.run([graph.train_op, graph.cost], {graph.X: batch_xs, graph.Y: batch_ys})
                total_cost += cost_val
            print("Epoch:", "%04d" % (epoch + 1), "Avg. cost =", "{:.3f}".format(total_cost / total_batch))
            writer.add_summary(sess.run(merged, {graph.X: batch_xs, graph.Y: batch_ys}), epoch)
        print("Optimization finished")

        test = {graph.X: mnist.test.images, graph.Y: mnist.test.labels}
        print("Accuracy:", sess.run(graph.accuracy, test))
        predictions = np.argmax(sess.run(graph.model, test)[:10], axis=1)
    figures.save_digits(args.logdir / "picture.png", mnist.test.images[:10], titles=[str(p) for p in predictions])


if __name__ == "__main__":
    tutorial.run(main)
