"""CNN: two convolution and pooling layers by hand read MNIST; Adam and RMSProp train them, for comparison."""

from types import SimpleNamespace

import numpy as np

from tf1graphs import datasets, figures, tutorial
import tf1graphs.v1 as tf


def build(optimizer="adam"):
    X = tf.placeholder(tf.float32, [None, 28, 28, 1], name="X")
    Y = tf.placeholder(tf.float32, [None, 10], name="Y")
    keep_prob = tf.placeholder(tf.float32, name="keep_prob")

    # [n, 28, 28, 1] -> [n, 28, 28, 32] -> [n, 14, 14, 32]
    W1 = tf.Variable(tf.random_normal([3, 3, 1, 32], stddev=0.01), name="W1")
    L1 = tf.nn.relu(tf.nn.conv2d(X, W1, strides=[1, 1, 1, 1], padding="SAME"))
    L1 = tf.nn.max_pool(L1, ksize=[1, 2, 2, 1], strides=[1, 2, 2, 1], padding="SAME")

    # [n, 14, 14, 32] -> [n, 14, 14, 64] -> [n, 7, 7, 64]
    W2 = tf.Variable(tf.random_normal([3, 3, 32, 64], stddev=0.01), name="W2")
    L2 = tf.nn.relu(tf.nn.conv2d(L1, W2, strides=[1, 1, 1, 1], padding="SAME"))
    L2 = tf.nn.max_pool(L2, ksize=[1, 2, 2, 1], strides=[1, 2, 2, 1], padding="SAME")

    W3 = tf.Variable(tf.random_normal([7 * 7 * 64, 256], stddev=0.01), name="W3")
    L3 = tf.nn.relu(tf.matmul(tf.reshape(L2, [-1, 7 * 7 * 64]), W3))
    L3 = tf.nn.dropout(L3, keep_prob)

    W4 = tf.Variable(tf.random_normal([256, 10], stddev=0.01), name="W4")
    model = tf.matmul(L3, W4)

    cost = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits_v2(logits=model, labels=Y))
    if optimizer == "adam":
        train_op = tf.train.AdamOptimizer(0.001).minimize(cost)
    else:
        train_op = tf.train.RMSPropOptimizer(0.001, 0.9).minimize(cost)

    is_correct = tf.equal(tf.argmax(model, 1), tf.argmax(Y, 1))
    accuracy = tf.reduce_mean(tf.cast(is_correct, tf.float32))

    tf.summary.scalar("cost", cost)
    for weights in (W1, W2, W3, W4):
        tf.summary.histogram(weights.op.name, weights)
    return SimpleNamespace(X=X, Y=Y, keep_prob=keep_prob, model=model, cost=cost, train_op=train_op, accuracy=accuracy)


def train(optimizer, mnist, args):
    """Trains the network with one optimizer; returns the average cost of each epoch and the first predictions."""
    tf.set_random_seed(args.seed)
    graph = build(optimizer)
    merged = tf.summary.merge_all()
    averages = []

    with tf.Session() as sess, tf.summary.FileWriter(str(args.logdir / optimizer), sess.graph) as writer:
        sess.run(tf.global_variables_initializer())
        total_batch = tutorial.batches(mnist.train.num_examples, args.batch_size)

        for epoch in range(args.epochs):
            total_cost = 0.0
            for _ in tutorial.progress(range(total_batch), f"Epoch {epoch + 1}"):
                batch_xs, batch_ys = mnist.train.next_batch(args.batch_size)
                batch = {graph.X: batch_xs.reshape(-1, 28, 28, 1), graph.Y: batch_ys, graph.keep_prob: 0.7}
                _, cost_val = sess.run([graph.train_op, graph.cost], batch)
                total_cost += cost_val
            averages.append(total_cost / total_batch)
            print("Epoch:", "%04d" % (epoch + 1), "Avg. cost =", "{:.3f}".format(averages[-1]))
            writer.add_summary(sess.run(merged, batch), epoch)

        test_xs = mnist.test.images.reshape(-1, 28, 28, 1)
        test = {graph.X: test_xs, graph.Y: mnist.test.labels, graph.keep_prob: 1.0}
        print("Accuracy with", optimizer + ":", sess.run(graph.accuracy, test))
        predictions = np.argmax(sess.run(graph.model, {graph.X: test_xs[:10], graph.keep_prob: 1.0}), axis=1)
    return averages, predictions


def main(arguments=None):
    options = tutorial.parser(__file__, __doc__, quick={"epochs": 2, "batch_size": 25}, epochs=30, batch_size=100)
    tutorial.add_data(options, "a directory with the four MNIST files")
    options.add_argument("--optimizer", choices=["adam", "rmsprop"], help="default: both, one after the other")
    args = tutorial.parse(options, arguments)
    mnist = datasets.mnist(args.data, seed=args.seed)
    curves = {}
    for optimizer in [args.optimizer] if args.optimizer else ["adam", "rmsprop"]:
        with tf.Graph().as_default():
            curves[optimizer], predictions = train(optimizer, mnist, args)
        titles = [str(p) for p in predictions]
        figures.save_digits(args.logdir / f"{optimizer}.png", mnist.test.images[:10], titles=titles)
    figures.save_curves(args.logdir / "picture.png", curves, x="epoch", y="average cost", yscale="log")


if __name__ == "__main__":
    tutorial.run(main)
