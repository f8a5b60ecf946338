"""Dropout and batch normalization: three 784-256-256-10 networks, one plain, compared on images they never saw."""

from types import SimpleNamespace

from tf1graphs import datasets, figures, tutorial
import tf1graphs.v1 as tf

# The moving averages look back on some ten batches. The usual 0.99 looks back on a hundred: many epochs of a small set.
momentum = 0.9
# name -> (batch normalization or not, share of the neurons that a training step keeps)
networks = {"plain": (False, 1.0), "dropout": (False, 0.8), "batch normalization": (True, 1.0)}


def build(normalize=True):
    X = tf.placeholder(tf.float32, [None, 784], name="X")
    Y = tf.placeholder(tf.float32, [None, 10], name="Y")
    keep_prob = tf.placeholder(tf.float32, name="keep_prob")
    is_training = tf.placeholder(tf.bool, name="is_training")

    W1 = tf.Variable(tf.random_normal([784, 256], stddev=0.01), name="W1")
    L1 = tf.matmul(X, W1)
    if normalize:
        L1 = tf.layers.batch_normalization(L1, momentum=momentum, training=is_training)
    L1 = tf.nn.dropout(tf.nn.relu(L1), keep_prob)

    W2 = tf.Variable(tf.random_normal([256, 256], stddev=0.01), name="W2")
    L2 = tf.matmul(L1, W2)
    if normalize:
        L2 = tf.layers.batch_normalization(L2, momentum=momentum, training=is_training)
    L2 = tf.nn.dropout(tf.nn.relu(L2), keep_prob)

    W3 = tf.Variable(tf.random_normal([256, 10], stddev=0.01), name="W3")
    model = tf.matmul(L2, W3)

    cost = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits_v2(logits=model, labels=Y))
    # The moving averages are no part of what the cost depends on: without this they would stay as they are.
    with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
        train_op = tf.train.AdamOptimizer(0.001).minimize(cost)

    is_correct = tf.equal(tf.argmax(model, 1), tf.argmax(Y, 1))
    accuracy = tf.reduce_mean(tf.cast(is_correct, tf.float32))

    tf.summary.scalar("cost", cost)
    tf.summary.scalar("accuracy", accuracy)
    for weights in (W1, W2, W3):
        tf.summary.histogram(weights.op.name, weights)
    return SimpleNamespace(
        X=X,
        Y=Y,
        keep_prob=keep_prob,
        is_training=is_training,
        model=model,
        cost=cost,
        train_op=train_op,
        accuracy=accuracy,
    )


def train(name, mnist, args):
    """Trains one of the networks and returns its accuracy on the test images after each epoch."""
    normalize, keep_prob = networks[name]
    tf.set_random_seed(args.seed)
    graph = build(normalize)
    merged = tf.summary.merge_all()
    test = {graph.X: mnist.test.images, graph.Y: mnist.test.labels, graph.keep_prob: 1.0, graph.is_training: False}
    accuracies = []

    with tf.Session() as sess, tf.summary.FileWriter(str(args.logdir / name), sess.graph) as writer:
        sess.run(tf.global_variables_initializer())
        total_batch = tutorial.batches(mnist.train.num_examples, args.batch_size)

        for epoch in tutorial.progress(range(args.epochs), name):
            total_cost = 0.0
            for _ in range(total_batch):
                batch_xs, batch_ys = mnist.train.next_batch(args.batch_size)
                batch = {
                    graph.X: batch_xs,
                    graph.Y: batch_ys,
                    graph.keep_prob: keep_prob,
                    graph.is_training: True,
                }
                _, cost_val = sess.run([graph.train_op, graph.cost], batch)
                total_cost += cost_val
            accuracy, summary = sess.run([graph.accuracy, merged], test)
            writer.add_summary(summary, epoch)
            accuracies.append(accuracy)
            print("Epoch:", "%04d" % (epoch + 1), "Avg. cost =", "{:.3f}".format(total_cost / total_batch))
    return accuracies


def main(arguments=None):
    options = tutorial.parser(__file__, __doc__, quick={"epochs": 2, "batch_size": 25}, epochs=40, batch_size=100)
    tutorial.add_data(options, "a directory with the four MNIST files")
    args = tutorial.parse(options, arguments)
    mnist = datasets.mnist(args.data, seed=args.seed)
    curves = {}
    for name in networks:
        with tf.Graph().as_default():
            curves[name] = train(name, mnist, args)
        print("Accuracy with", name + ":", curves[name][-1])
    figures.save_curves(args.logdir / "picture.png", curves, x="epoch", y="accuracy on test images")


if __name__ == "__main__":
    tutorial.run(main)
