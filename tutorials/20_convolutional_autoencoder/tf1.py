"""Convolutional autoencoder: four ways from a small code up to an image, compared by what they give back."""

from types import SimpleNamespace

import numpy as np

from tf1graphs import datasets, figures, tutorial
import tf1graphs.v1 as tf

sample_size = 10


def nearest_neighbour(x, positions):
    """Each pixel becomes four; the positions are of no use to it."""
    _, height, width, _ = x.shape.as_list()
    return tf.image.resize_nearest_neighbor(x, [2 * height, 2 * width])


def bed_of_nails(x, positions):
    """Each pixel goes to the upper left corner of four, of which the others are zero."""
    _, height, width, channels = x.shape.as_list()
    x = tf.reshape(x, [-1, height, 1, width, 1, channels])
    x = tf.pad(x, [[0, 0], [0, 0], [0, 1], [0, 0], [0, 1], [0, 0]])
    return tf.reshape(x, [-1, 2 * height, 2 * width, channels])


def max_unpooling(x, positions):
    """Each pixel goes to where the pooling of the encoder found its maximum, and the other three are zero."""
    _, height, width, channels = x.shape.as_list()
    size = tf.cast(4 * tf.size(x), tf.int64)
    x = tf.scatter_nd(tf.reshape(positions, [-1, 1]), tf.reshape(x, [-1]), tf.reshape(size, [1]))
    return tf.reshape(x, [-1, 2 * height, 2 * width, channels])


ways_up = {"nearest neighbour": nearest_neighbour, "bed of nails": bed_of_nails, "max unpooling": max_unpooling}
networks = [*ways_up, "transposed convolution"]


def pool(x):
    """Returns the maxima of 2 x 2 pixels and where they were: positions in all numbers of ``x`` in a row."""
    return tf.nn.max_pool_with_argmax(x, [1, 2, 2, 1], [1, 2, 2, 1], "SAME", include_batch_in_index=True)


def build(network="max unpooling"):
    X = tf.placeholder(tf.float32, [None, 28, 28, 1], name="X")

    L1, positions1 = pool(tf.layers.conv2d(X, 8, 3, padding="same", activation=tf.nn.relu))
    code, positions2 = pool(tf.layers.conv2d(L1, 4, 3, padding="same", activation=tf.nn.relu))

    # The last layer is linear and has no bias, so that nothing to the left and right of a digit stays nothing.
    if network == "transposed convolution":
        L3 = tf.layers.conv2d_transpose(code, 8, 3, 2, padding="same", activation=tf.nn.relu)
        model = tf.layers.conv2d_transpose(L3, 1, 3, 2, padding="same", use_bias=False)
    else:
        up = ways_up[network]
        L3 = tf.layers.conv2d(up(code, positions2), 8, 3, padding="same", activation=tf.nn.relu)
        model = tf.layers.conv2d(up(L3, positions1), 1, 3, padding="same", use_bias=False)

    cost = tf.reduce_mean(tf.square(X - model))
    train_op = tf.train.AdamOptimizer(0.005).minimize(cost)

    tf.summary.scalar("cost", cost)
    for variable in tf.trainable_variables():
        tf.summary.histogram(variable.op.name, variable)
    return SimpleNamespace(X=X, code=code, model=model, cost=cost, train_op=train_op)


def show_ways_up(sess, path):
    """Pools an image of 4 x 4 pixels and goes up again in each way."""
    image = np.array([[1, 2, 0, 1], [3, 1, 5, 2], [4, 0, 1, 1], [2, 1, 2, 6]], np.float32).reshape(1, 4, 4, 1)
    pooled, positions = pool(tf.constant(image))
    stages = {"image": tf.constant(image), "maxima": pooled}
    stages.update((name, up(pooled, positions)) for name, up in ways_up.items())
    stages = {name: array[0, :, :, 0] for name, array in sess.run(stages).items()}
    for name, array in stages.items():
        print(name + ":", *array.astype(int).tolist())
    figures.save_matrices(path, stages)


def show_transposed_convolution(sess, path):
    """Shows that a convolution multiplies by a matrix C, and the transposed convolution by C turned on its side."""
    kernel = np.arange(1, 10, dtype=np.float32).reshape(3, 3, 1, 1)
    random = np.random.RandomState(0)
    x, y = (random.uniform(size=(1, side, side, 1)).astype(np.float32) for side in (4, 2))

    # What the convolution makes of an image with a single 1 is a column of its matrix.
    ones = np.eye(16, dtype=np.float32).reshape(16, 4, 4, 1)
    columns, convolved, transposed = sess.run(
        [
            tf.nn.conv2d(ones, kernel, strides=[1, 1, 1, 1], padding="VALID"),
            tf.nn.conv2d(x, kernel, strides=[1, 1, 1, 1], padding="VALID"),
            tf.nn.conv2d_transpose(y, kernel, [1, 4, 4, 1], strides=[1, 1, 1, 1], padding="VALID"),
        ]
    )
    C = columns.reshape(16, 4).T
    print("conv2d is C x:", np.allclose(convolved.ravel(), C @ x.ravel(), rtol=1e-6))
    print("conv2d_transpose is C^T y:", np.allclose(transposed.ravel(), C.T @ y.ravel(), rtol=1e-6))
    figures.save_matrices(path, {"C: 16 pixels to 4": C, "C turned: 4 pixels to 16": C.T})


def train(network, mnist, args):
    """Trains one of the networks and returns what it gives back of the first test images."""
    tf.set_random_seed(args.seed)
    graph = build(network)
    merged = tf.summary.merge_all()
    parameters = sum(int(np.prod(variable.shape.as_list())) for variable in tf.trainable_variables())
    test = {graph.X: mnist.test.images.reshape(-1, 28, 28, 1)}

    with tf.Session() as sess, tf.summary.FileWriter(str(args.logdir / network), sess.graph) as writer:
        sess.run(tf.global_variables_initializer())
        total_batch = tutorial.batches(mnist.train.num_examples, args.batch_size)

        for epoch in tutorial.progress(range(args.epochs), network):
            total_cost = 0.0
            for _ in range(total_batch):
                batch_xs, _ = mnist.train.next_batch(args.batch_size)
                _, cost_val = sess.run([graph.train_op, graph.cost], {graph.X: batch_xs.reshape(-1, 28, 28, 1)})
                total_cost += cost_val
            print("Epoch:", "%04d" % (epoch + 1), "Avg. cost =", "{:.4f}".format(total_cost / total_batch))
            writer.add_summary(sess.run(merged, test), epoch)
        cost, images = sess.run([graph.cost, graph.model], test)
    print(network + ":", parameters, "parameters, cost on test images {:.5f}".format(cost))
    return images[:sample_size]


def main(arguments=None):
    options = tutorial.parser(__file__, __doc__, quick={"epochs": 2}, epochs=15, batch_size=100)
    tutorial.add_data(options, "a directory with the four MNIST files")
    args = tutorial.parse(options, arguments)
    mnist = datasets.mnist(args.data, seed=args.seed)

    with tf.Graph().as_default(), tf.Session() as sess:
        show_ways_up(sess, args.logdir / "ways_up.png")
        show_transposed_convolution(sess, args.logdir / "matrices.png")

    rows = {"images": mnist.test.images[:sample_size]}
    for network in networks:
        with tf.Graph().as_default():
            rows[network] = train(network, mnist, args)
    figures.save_digits(args.logdir / "picture.png", *rows.values())


if __name__ == "__main__":
    tutorial.run(main)
