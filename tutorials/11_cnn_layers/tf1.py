"""CNN with tf.layers: the network of 10_cnn, whose variables the layers create themselves."""

from types import SimpleNamespace

import numpy as np

from tf1graphs import datasets, figures, tutorial
import tf1graphs.v1 as tf


def build():
    X = tf.placeholder(tf.float32, [None, 28, 28, 1], name="X")
    Y = tf.placeholder(tf.float32, [None, 10], name="Y")
    is_training = tf.placeholder(tf.bool, name="is_training")

    L1 = tf.layers.conv2d(X, 32, [3, 3], activation=tf.nn.relu, padding="SAME")
    L1 = tf.layers.max_pooling2d(L1, [2, 2], [2, 2], padding="SAME")

    L2 = tf.layers.conv2d(L1, 64, [3, 3], activation=tf.nn.relu, padding="SAME")
    L2 = tf.layers.max_pooling2d(L2, [2, 2], [2, 2], padding="SAME")

    L3 = tf.layers.flatten(L2)
    L3 = tf.layers.dense(L3, 256, activation=tf.nn.relu)
    L3 = tf.layers.dropout(L3, rate=0.3, training=is_training)

    model = tf.layers.dense(L3, 10)

    cost = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits_v2(logits=model, labels=Y))
    train_op = tf.train.AdamOptimizer(0.001).minimize(cost)

    is_correct = tf.equal(tf.argmax(model, 1), tf.argmax(Y, 1))
    accuracy = tf.reduce_mean(tf.cast(is_correct, tf.float32))

    tf.summary.scalar("cost", cost)
    for variable in tf.trainable_variables():
        tf.summary.histogram(variable.op.name, variable)
    return SimpleNamespace(
        X=X, Y=Y, is_training=is_training, model=model, cost=cost, train_op=train_op, accuracy=accuracy
    )


def main(arguments=None):
    options = tutorial.parser(__file__, __doc__, quick={"epochs": 2, "batch_size": 25}, epochs=20, batch_size=100)
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
                batch = {graph.X: batch_xs.reshape(-1, 28, 28, 1), graph.Y: batch_ys, graph.is_training: True}
                _, cost_val = sess.run([graph.train_op, graph.cost], batch)
                total_cost += cost_val
            print("Epoch:", "%04d" % (epoch + 1), "Avg. cost =", "{:.3f}".format(total_cost / total_batch))
            writer.add_summary(sess.run(merged, batch), epoch)
        print("Optimization finished")

        test_xs = mnist.test.images.reshape(-1, 28, 28, 1)
        test = {graph.X: test_xs, graph.Y: mnist.test.labels, graph.is_training: False}
        print("Accuracy:", sess.run(graph.accuracy, test))
        predictions = np.argmax(sess.run(graph.model, {graph.X: test_xs[:10], graph.is_training: False}), axis=1)
    figures.save_digits(args.logdir / "picture.png", mnist.test.images[:10], titles=[str(p) for p in predictions])


if __name__ == "__main__":
    tutorial.run(main)
