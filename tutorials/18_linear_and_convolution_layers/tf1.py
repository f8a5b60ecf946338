"""Linear and convolution layers: what each does to shapes, how many parameters it has, and what it can learn."""

from types import SimpleNamespace

import by_hand
import examples
import figure
import numpy as np

from tf1graphs import datasets, tutorial
import tf1graphs.v1 as tf


def dense(X, units):
    hidden = tf.layers.dense(tf.layers.flatten(X), units, activation=tf.nn.relu)
    return tf.layers.dense(hidden, 10)


def convolution(X):
    L1 = tf.layers.conv2d(X, 8, 3, activation=tf.nn.relu, padding="same")
    L1 = tf.layers.max_pooling2d(L1, 2, 2)
    L2 = tf.layers.conv2d(L1, 8, 3, activation=tf.nn.relu, padding="same")
    L2 = tf.layers.max_pooling2d(L2, 2, 2)
    return tf.layers.dense(tf.layers.flatten(L2), 10)


networks = {"dense 6": lambda X: dense(X, 6), "dense 64": lambda X: dense(X, 64), "convolution": convolution}


def build(network="convolution"):
    X = tf.placeholder(tf.float32, [None, 28, 28, 1], name="X")
    Y = tf.placeholder(tf.float32, [None, 10], name="Y")
    model = networks[network](X)

    cost = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits_v2(logits=model, labels=Y))
    train_op = tf.train.AdamOptimizer(0.002).minimize(cost)
    is_correct = tf.equal(tf.argmax(model, 1), tf.argmax(Y, 1))
    accuracy = tf.reduce_mean(tf.cast(is_correct, tf.float32))

    tf.summary.scalar("cost", cost)
    tf.summary.scalar("accuracy", accuracy)
    for variable in tf.trainable_variables():
        tf.summary.histogram(variable.op.name, variable)
    return SimpleNamespace(X=X, Y=Y, model=model, cost=cost, train_op=train_op, accuracy=accuracy)


def count_parameters():
    return sum(int(np.prod(variable.shape.as_list())) for variable in tf.trainable_variables())


def tell_boxes_apart(sess):
    """Two boxes that are one for a column of two weights become two numbers with three columns."""
    one = tf.tensordot(examples.BOXES, examples.ONE_COLUMN, axes=1)
    three = tf.tensordot(examples.BOXES, examples.THREE_COLUMNS, axes=1)
    corners = tf.tensordot(three, examples.OF_COLUMNS, axes=1)
    number = tf.tensordot(tf.squeeze(corners, -1), examples.OF_CORNERS, axes=1)
    print("corners x one column:", *sess.run(tf.squeeze(one, -1)).tolist())
    print("corners x three columns:", *sess.run(three).tolist())
    print("then x (3, 1) and x (4, 1):", *sess.run(tf.squeeze(number, -1)).tolist())
    # Nothing bends between two matrices, so their product is a column that does the same.
    print("(2, 3) x (3, 1):", *sess.run(tf.matmul(examples.THREE_COLUMNS, examples.OF_COLUMNS)).tolist())


def count_by_layers():
    for name, shape, options in examples.LAYERS:
        with tf.Graph().as_default():
            output = getattr(tf.layers, name)(tf.placeholder(tf.float32, (None,) + shape), **options)
            counted = tuple(output.shape.as_list()[1:]), count_parameters()
        print(name, shape, "by hand:", *getattr(by_hand, name)(shape, **options), "by the layer:", *counted)


def reach_with_bias(sess):
    """Returns where the best matrix takes the points, and where the best matrix and bias do."""
    points, targets = examples.clouds()
    with_one = np.hstack([points, np.ones_like(points[:, :1])])
    reached = {}
    for name, inputs in (("matrix", points), ("matrix and bias", with_one)):
        weights = tf.matrix_solve_ls(inputs, targets)
        reached[name] = sess.run(tf.matmul(inputs, weights))
        distance = np.linalg.norm(reached[name] - targets, axis=1).mean()
        print(name, "parameters:", inputs.shape[1] * 2, "mean distance: {:.3f}".format(distance))
    return reached


def see_receptive_fields(sess):
    """Returns of each stack the gradient of the pixel in the middle of its output to each pixel of its input."""
    gradients = {}
    for name, windows in examples.STACKS.items():
        image = tf.ones([1, 32, 32, 1])
        output = image
        for by_hand_field, (side, stride) in zip(by_hand.receptive_fields(windows), windows):
            # A maximum would hand its gradient to one pixel of the window; a mean reaches them all.
            if stride == 1:
                output = tf.nn.conv2d(output, tf.ones([side, side, 1, 1]), strides=[1, 1, 1, 1], padding="SAME")
            else:
                output = tf.nn.avg_pool(output, [1, side, side, 1], [1, stride, stride, 1], padding="SAME")
            middle = output.shape.as_list()[1] // 2
            gradient = sess.run(tf.gradients(output[0, middle, middle, 0], image)[0])[0, :, :, 0]
            print(name, "side:", side, "field by hand:", by_hand_field, "by the gradient:", gradient.any(axis=0).sum())
        gradients[name] = gradient
    return gradients


def pool_shifted_bars(sess):
    """Returns three images of a bar, each moved by one pixel more, and their maxima."""
    bars = examples.bars()
    pooled = sess.run(tf.nn.max_pool(bars, [1, 2, 2, 1], [1, 2, 2, 1], padding="VALID"))
    for shift in (1, 2):
        changes = [(images[shift] != images[0]).sum() for images in (bars, pooled)]
        print("shift:", shift, "pixels that change:", changes[0], "maxima that change:", changes[1])
    return bars, pooled


def convolve_by_matrix(sess):
    side = examples.IMAGE_SIDE
    image = np.random.RandomState(0).uniform(size=(1, side, side, 1)).astype(np.float32)
    kernel = examples.KERNEL.reshape(3, 3, 1, 1)
    convolved = sess.run(tf.nn.conv2d(image, kernel, strides=[1, 1, 1, 1], padding="VALID"))
    matrix = by_hand.convolution_matrix(examples.KERNEL, side)
    multiplied = sess.run(tf.matmul(matrix, image.reshape(-1, 1)))
    print("matrix:", *matrix.shape, "entries:", matrix.size, "not zero:", np.count_nonzero(matrix))
    print("different weights:", np.unique(matrix[matrix != 0]).size)
    print("the matrix convolves:", np.allclose(multiplied.ravel(), convolved.ravel(), rtol=1e-5))


def train(name, mnist, args):
    """Trains one of the networks and returns its accuracy on the test images after each epoch."""
    tf.set_random_seed(args.seed)
    graph = build(name)
    merged = tf.summary.merge_all()
    test = {graph.X: mnist.test.images.reshape(-1, 28, 28, 1), graph.Y: mnist.test.labels}
    accuracies = []

    with tf.Session() as sess, tf.summary.FileWriter(str(args.logdir / name), sess.graph) as writer:
        sess.run(tf.global_variables_initializer())
        total_batch = tutorial.batches(mnist.train.num_examples, args.batch_size)

        for epoch in tutorial.progress(range(args.epochs), name):
            total_cost = 0.0
            for _ in range(total_batch):
                batch_xs, batch_ys = mnist.train.next_batch(args.batch_size)
                batch = {graph.X: batch_xs.reshape(-1, 28, 28, 1), graph.Y: batch_ys}
                _, cost_val = sess.run([graph.train_op, graph.cost], batch)
                total_cost += cost_val
            accuracy, summary = sess.run([graph.accuracy, merged], test)
            writer.add_summary(summary, epoch)
            accuracies.append(accuracy)
            print("Epoch:", "%04d" % (epoch + 1), "Avg. cost =", "{:.3f}".format(total_cost / total_batch))
    print(name, "parameters:", count_parameters(), "accuracy:", accuracies[-1])
    return accuracies


def main(arguments=None):
    options = tutorial.parser(__file__, __doc__, quick={"epochs": 3}, epochs=40, batch_size=100)
    tutorial.add_data(options, "a directory with the four MNIST files")
    args = tutorial.parse(options, arguments)
    mnist = datasets.mnist(args.data, seed=args.seed)

    with tf.Graph().as_default(), tf.Session() as sess:
        tell_boxes_apart(sess)
        count_by_layers()
        reached = reach_with_bias(sess)
        gradients = see_receptive_fields(sess)
        bars = pool_shifted_bars(sess)
        convolve_by_matrix(sess)

    curves = {}
    for name in networks:
        with tf.Graph().as_default():
            curves[name] = train(name, mnist, args)
    figure.save(args.logdir / "picture.png", reached, gradients, bars, curves)


if __name__ == "__main__":
    tutorial.run(main)
