"""Separable convolution: plain and depthwise separable networks, each with and without batch normalization."""

import time
from types import SimpleNamespace

import by_hand
import figure
import numpy as np

from tf1graphs import datasets, tutorial
import tf1graphs.v1 as tf

# The moving averages look back on some ten batches; the usual 0.99 on a hundred.
momentum = 0.9
# name -> (depthwise separable or not, batch normalization or not)
networks = {
    "plain": (False, False),
    "separable": (True, False),
    "plain, normalized": (False, True),
    "separable, normalized": (True, True),
}
# Pixels, channels and filters of the two convolutions that are plain or separable; both have windows of 3 x 3.
convolutions = [(14 * 14, 16, 32), (7 * 7, 32, 64)]


def build(separable=True, normalize=True):
    X = tf.placeholder(tf.float32, [None, 28, 28, 1], name="X")
    Y = tf.placeholder(tf.float32, [None, 10], name="Y")
    is_training = tf.placeholder(tf.bool, name="is_training")

    def activate(x):
        if normalize:
            x = tf.layers.batch_normalization(x, momentum=momentum, training=is_training)
        # Normalization puts values around zero, where rounding alone can open or close a ReLU; an ELU has no kink.
        return tf.nn.elu(x)

    # Where the mean is taken away again, a bias before it would do nothing.
    use_bias = not normalize
    convolve = tf.layers.separable_conv2d if separable else tf.layers.conv2d
    L1 = activate(tf.layers.conv2d(X, 16, 3, 2, padding="same", use_bias=use_bias))
    L2 = activate(convolve(L1, 32, 3, padding="same", use_bias=use_bias))
    L2 = tf.layers.average_pooling2d(L2, 2, 2)
    L3 = activate(convolve(L2, 64, 3, padding="same", use_bias=use_bias))
    L3 = tf.reduce_mean(L3, axis=[1, 2])
    L4 = activate(tf.layers.dense(L3, 64, use_bias=use_bias))
    model = tf.layers.dense(L4, 10)

    cost = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits_v2(logits=model, labels=Y))
    # The moving averages are no part of what the cost depends on: without this they would stay as they are.
    with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
        train_op = tf.train.AdamOptimizer(0.005).minimize(cost)
    is_correct = tf.equal(tf.argmax(model, 1), tf.argmax(Y, 1))
    accuracy = tf.reduce_mean(tf.cast(is_correct, tf.float32))

    tf.summary.scalar("cost", cost)
    tf.summary.scalar("accuracy", accuracy)
    for variable in tf.trainable_variables():
        tf.summary.histogram(variable.op.name, variable)
    return SimpleNamespace(
        X=X, Y=Y, is_training=is_training, L1=L1, model=model, cost=cost, train_op=train_op, accuracy=accuracy
    )


def look_inside(sess, graph, image):
    """Returns the channels that the first separable convolution gets, and those that its windows make of them."""
    (kernel,) = [v for v in tf.trainable_variables() if v.op.name == "separable_conv2d/depthwise_kernel"]
    filtered = tf.nn.depthwise_conv2d(graph.L1, kernel, strides=[1, 1, 1, 1], padding="SAME")
    return sess.run([graph.L1, filtered], {graph.X: image, graph.is_training: False})


def train(name, mnist, args):
    """Trains one of the networks.

    Returns:
        The number of its parameters, the seconds that a step took in its fastest epoch, its accuracy on the test images
        after each epoch, and of a separable network what ``look_inside`` sees.
    """
    separable, normalize = networks[name]
    tf.set_random_seed(args.seed)
    graph = build(separable, normalize)
    merged = tf.summary.merge_all()
    test_xs = mnist.test.images.reshape(-1, 28, 28, 1)
    test = {graph.X: test_xs, graph.Y: mnist.test.labels, graph.is_training: False}
    parameters = sum(int(np.prod(variable.shape.as_list())) for variable in tf.trainable_variables())
    seconds, accuracies = [], []

    with tf.Session() as sess, tf.summary.FileWriter(str(args.logdir / name), sess.graph) as writer:
        sess.run(tf.global_variables_initializer())
        total_batch = tutorial.batches(mnist.train.num_examples, args.batch_size)

        for epoch in tutorial.progress(range(args.epochs), name):
            total_cost = 0.0
            start = time.perf_counter()
            for _ in range(total_batch):
                batch_xs, batch_ys = mnist.train.next_batch(args.batch_size)
                batch = {graph.X: batch_xs.reshape(-1, 28, 28, 1), graph.Y: batch_ys, graph.is_training: True}
                _, cost_val = sess.run([graph.train_op, graph.cost], batch)
                total_cost += cost_val
            seconds.append((time.perf_counter() - start) / total_batch)
            accuracy, summary = sess.run([graph.accuracy, merged], test)
            writer.add_summary(summary, epoch)
            accuracies.append(accuracy)
            print("Epoch:", "%04d" % (epoch + 1), "Avg. cost =", "{:.3f}".format(total_cost / total_batch))
        channels = look_inside(sess, graph, test_xs[:1]) if separable else None
    print(name + ":", parameters, "parameters, accuracy", accuracies[-1])
    return SimpleNamespace(parameters=parameters, seconds=min(seconds), accuracies=accuracies, channels=channels)


def main(arguments=None):
    options = tutorial.parser(__file__, __doc__, quick={"epochs": 2}, epochs=20, batch_size=100)
    tutorial.add_data(options, "a directory with the four MNIST files")
    args = tutorial.parse(options, arguments)
    mnist = datasets.mnist(args.data, seed=args.seed)

    for pixels, inputs, filters in convolutions:
        print("plain: %d weights, %d multiply-adds" % by_hand.plain(pixels, 9, inputs, filters))
        print("separable: %d weights, %d multiply-adds" % by_hand.separable(pixels, 9, inputs, filters))

    results = {}
    for name in networks:
        with tf.Graph().as_default():
            results[name] = train(name, mnist, args)
    for name, result in results.items():
        print("Seconds a step, %s: %.2f of plain" % (name, result.seconds / results["plain"].seconds))
    figure.save(args.logdir / "picture.png", results)


if __name__ == "__main__":
    tutorial.run(main)
