"""Linear and convolution layers in TensorFlow 2: the same numbers, and layers that count their parameters."""

import by_hand
import examples
import figure
import numpy as np

from tf1graphs import datasets, optimizers, tutorial
import tensorflow as tf


def dense(units):
    return [
        tf.keras.layers.Flatten(),
        tf.keras.layers.Dense(units, activation="relu", name="dense"),
        tf.keras.layers.Dense(10, name="dense_1"),
    ]


def convolution():
    return [
        tf.keras.layers.Conv2D(8, 3, activation="relu", padding="same", name="conv2d"),
        tf.keras.layers.MaxPooling2D(2, 2),
        tf.keras.layers.Conv2D(8, 3, activation="relu", padding="same", name="conv2d_1"),
        tf.keras.layers.MaxPooling2D(2, 2),
        tf.keras.layers.Flatten(),
        tf.keras.layers.Dense(10, name="dense"),
    ]


networks = {"dense 6": lambda: dense(6), "dense 64": lambda: dense(64), "convolution": convolution}
# What tf.layers called them.
layers = {
    "dense": tf.keras.layers.Dense,
    "conv2d": tf.keras.layers.Conv2D,
    "max_pooling2d": tf.keras.layers.MaxPooling2D,
    "flatten": tf.keras.layers.Flatten,
}


class Model(tf.keras.Model):
    def __init__(self, network="convolution"):
        super().__init__()
        self.steps = networks[network]()
        # A layer creates its variables when it first sees the shape of its input.
        self.call(tf.keras.Input([28, 28, 1]))
        self.optimizer = optimizers.Adam(self.trainable_variables, learning_rate=0.002)

    def call(self, x):
        for layer in self.steps:
            x = layer(x)
        return x

    def cost(self, x, y):
        return tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=y, logits=self(x)))

    def accuracy(self, x, y):
        is_correct = tf.equal(tf.argmax(self(x), 1), tf.argmax(y, 1))
        return tf.reduce_mean(tf.cast(is_correct, tf.float32))

    def restore_tf1(self, path):
        """Loads the weights of a checkpoint that the TF1 version's Saver wrote; the names are the same."""
        checkpoint = tf.train.load_checkpoint(path)
        for variable in self.trainable_variables:
            variable.assign(checkpoint.get_tensor(variable.path))

    @tf.function
    def train(self, xs, ys):
        """Takes one step per batch, [steps, batch, ...]; returns the cost before each."""
        costs = tf.TensorArray(tf.float32, size=len(xs))
        for step in tf.range(len(xs)):
            with tf.GradientTape() as tape:
                cost = self.cost(xs[step], ys[step])
            gradients = tape.gradient(cost, self.trainable_variables)
            self.optimizer.apply(gradients)
            costs = costs.write(step, cost)
        return costs.stack()


def tell_boxes_apart():
    """Two boxes that are one for a column of two weights become two numbers with three columns."""
    one = tf.tensordot(examples.BOXES, examples.ONE_COLUMN, axes=1)
    three = tf.tensordot(examples.BOXES, examples.THREE_COLUMNS, axes=1)
    corners = tf.tensordot(three, examples.OF_COLUMNS, axes=1)
    number = tf.tensordot(tf.squeeze(corners, -1), examples.OF_CORNERS, axes=1)
    print("corners x one column:", *tf.squeeze(one, -1).numpy().tolist())
    print("corners x three columns:", *three.numpy().tolist())
    print("then x (3, 1) and x (4, 1):", *tf.squeeze(number, -1).numpy().tolist())
    # Nothing bends between two matrices, so their product is a column that does the same.
    print("(2, 3) x (3, 1):", *tf.matmul(examples.THREE_COLUMNS, examples.OF_COLUMNS).numpy().tolist())


def count_by_layers():
    for name, shape, options in examples.LAYERS:
        layer = layers[name](**options)
        # To be counted, variables need a shape but no values.
        with tf.keras.StatelessScope(initialize_variables=False):
            counted = layer(tf.keras.Input(shape)).shape[1:], layer.count_params()
        print(name, shape, "by hand:", *getattr(by_hand, name)(shape, **options), "by the layer:", *counted)


def reach_with_bias():
    """Returns where the best matrix takes the points, and where the best matrix and bias do."""
    points, targets = examples.clouds()
    with_one = np.hstack([points, np.ones_like(points[:, :1])])
    reached = {}
    for name, inputs in (("matrix", points), ("matrix and bias", with_one)):
        weights = tf.linalg.lstsq(inputs, targets)
        reached[name] = tf.matmul(inputs, weights).numpy()
        distance = np.linalg.norm(reached[name] - targets, axis=1).mean()
        print(name, "parameters:", inputs.shape[1] * 2, "mean distance: {:.3f}".format(distance))
    return reached


def see_receptive_fields():
    """Returns of each stack the gradient of the pixel in the middle of its output to each pixel of its input."""
    gradients = {}
    for name, windows in examples.STACKS.items():
        image = tf.ones([1, 32, 32, 1])
        for depth, by_hand_field in enumerate(by_hand.receptive_fields(windows), 1):
            with tf.GradientTape() as tape:
                tape.watch(image)
                output = image
                for side, stride in windows[:depth]:
                    # A maximum would hand its gradient to one pixel of the window; a mean reaches them all.
                    if stride == 1:
                        output = tf.nn.conv2d(output, tf.ones([side, side, 1, 1]), strides=1, padding="SAME")
                    else:
                        output = tf.nn.avg_pool2d(output, side, stride, padding="SAME")
                middle = output.shape[1] // 2
                pixel = output[0, middle, middle, 0]
            gradient = tape.gradient(pixel, image).numpy()[0, :, :, 0]
            print(name, "side:", side, "field by hand:", by_hand_field, "by the gradient:", gradient.any(axis=0).sum())
        gradients[name] = gradient
    return gradients


def pool_shifted_bars():
    """Returns three images of a bar, each moved by one pixel more, and their maxima."""
    bars = examples.bars()
    pooled = tf.nn.max_pool2d(bars, 2, 2, padding="VALID").numpy()
    for shift in (1, 2):
        changes = [(images[shift] != images[0]).sum() for images in (bars, pooled)]
        print("shift:", shift, "pixels that change:", changes[0], "maxima that change:", changes[1])
    return bars, pooled


def convolve_by_matrix():
    side = examples.IMAGE_SIDE
    image = np.random.RandomState(0).uniform(size=(1, side, side, 1)).astype(np.float32)
    kernel = examples.KERNEL.reshape(3, 3, 1, 1)
    convolved = tf.nn.conv2d(image, kernel, strides=1, padding="VALID").numpy()
    matrix = by_hand.convolution_matrix(examples.KERNEL, side)
    multiplied = tf.matmul(matrix, image.reshape(-1, 1)).numpy()
    print("matrix:", *matrix.shape, "entries:", matrix.size, "not zero:", np.count_nonzero(matrix))
    print("different weights:", np.unique(matrix[matrix != 0]).size)
    print("the matrix convolves:", np.allclose(multiplied.ravel(), convolved.ravel(), rtol=1e-5))


def train(name, mnist, args):
    """Trains one of the networks and returns its accuracy on the test images after each epoch."""
    # Keras' initializers take their seeds from Python's generator, which tf.random.set_seed leaves alone.
    tf.keras.utils.set_random_seed(args.seed)
    model = Model(name)
    total_batch = tutorial.batches(mnist.train.num_examples, args.batch_size)
    test = mnist.test.images.reshape(-1, 28, 28, 1), mnist.test.labels
    accuracies = []

    with tf.summary.create_file_writer(str(args.logdir / name)).as_default():
        for epoch in tutorial.progress(range(args.epochs), name):
            batch_xs, batch_ys = mnist.train.next_batches(total_batch, args.batch_size)
            batches = batch_xs.reshape(-1, args.batch_size, 28, 28, 1), batch_ys
            if epoch == 0:
                tf.summary.graph(model.train.get_concrete_function(*batches).graph)
            costs = model.train(*batches).numpy()
            accuracies.append(model.accuracy(*test).numpy())
            tf.summary.scalar("cost", model.cost(*test), epoch)
            tf.summary.scalar("accuracy", accuracies[-1], epoch)
            for variable in model.trainable_variables:
                tf.summary.histogram(variable.path, variable, epoch)
            print("Epoch:", "%04d" % (epoch + 1), "Avg. cost =", "{:.3f}".format(costs.mean()))
    print(name, "parameters:", model.count_params(), "accuracy:", accuracies[-1])
    return accuracies


def main(arguments=None):
    options = tutorial.parser(__file__, __doc__, quick={"epochs": 3}, epochs=40, batch_size=100)
    tutorial.add_data(options, "a directory with the four MNIST files")
    args = tutorial.parse(options, arguments)
    mnist = datasets.mnist(args.data, seed=args.seed)

    tell_boxes_apart()
    count_by_layers()
    reached = reach_with_bias()
    gradients = see_receptive_fields()
    bars = pool_shifted_bars()
    convolve_by_matrix()

    curves = {name: train(name, mnist, args) for name in networks}
    figure.save(args.logdir / "picture.png", reached, gradients, bars, curves)


if __name__ == "__main__":
    tutorial.run(main)
