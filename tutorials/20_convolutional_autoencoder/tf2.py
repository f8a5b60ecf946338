"""Convolutional autoencoder in TensorFlow 2: layers that own their variables, and ways up that are functions."""

import numpy as np

from tf1graphs import datasets, figures, optimizers, tutorial
import tensorflow as tf

sample_size = 10


def nearest_neighbour(x, positions):
    """Each pixel becomes four; the positions are of no use to it."""
    _, height, width, _ = x.shape
    return tf.image.resize(x, [2 * height, 2 * width], "nearest")


def bed_of_nails(x, positions):
    """Each pixel goes to the upper left corner of four, of which the others are zero."""
    _, height, width, channels = x.shape
    x = tf.reshape(x, [-1, height, 1, width, 1, channels])
    x = tf.pad(x, [[0, 0], [0, 0], [0, 1], [0, 0], [0, 1], [0, 0]])
    return tf.reshape(x, [-1, 2 * height, 2 * width, channels])


def max_unpooling(x, positions):
    """Each pixel goes to where the pooling of the encoder found its maximum, and the other three are zero."""
    _, height, width, channels = x.shape
    size = tf.cast(4 * tf.size(x), tf.int64)
    x = tf.scatter_nd(tf.reshape(positions, [-1, 1]), tf.reshape(x, [-1]), tf.reshape(size, [1]))
    return tf.reshape(x, [-1, 2 * height, 2 * width, channels])


ways_up = {"nearest neighbour": nearest_neighbour, "bed of nails": bed_of_nails, "max unpooling": max_unpooling}
networks = [*ways_up, "transposed convolution"]


def pool(x):
    """Returns the maxima of 2 x 2 pixels and where they were: positions in all numbers of ``x`` in a row."""
    return tf.nn.max_pool_with_argmax(x, 2, 2, "SAME", include_batch_in_index=True)


class Model(tf.keras.Model):
    def __init__(self, network="max unpooling"):
        super().__init__()
        layers = tf.keras.layers
        self.encode1 = layers.Conv2D(8, 3, padding="same", activation="relu", name="conv2d")
        self.encode2 = layers.Conv2D(4, 3, padding="same", activation="relu", name="conv2d_1")
        # The last layer is linear and has no bias, so that nothing to the left and right of a digit stays nothing.
        self.up = ways_up.get(network)
        if self.up:
            self.decode1 = layers.Conv2D(8, 3, padding="same", activation="relu", name="conv2d_2")
            self.decode2 = layers.Conv2D(1, 3, padding="same", use_bias=False, name="conv2d_3")
        else:
            self.decode1 = layers.Conv2DTranspose(8, 3, 2, padding="same", activation="relu", name="conv2d_transpose")
            self.decode2 = layers.Conv2DTranspose(1, 3, 2, padding="same", use_bias=False, name="conv2d_transpose_1")
        # A layer creates its variables when it first sees the shape of its input.
        self.call(tf.zeros([1, 28, 28, 1]))
        self.optimizer = optimizers.Adam(self.trainable_variables, learning_rate=0.005)

    def call(self, x):
        L1, positions1 = pool(self.encode1(x))
        code, positions2 = pool(self.encode2(L1))
        if self.up is None:
            return self.decode2(self.decode1(code))
        L3 = self.decode1(self.up(code, positions2))
        return self.decode2(self.up(L3, positions1))

    def cost(self, x):
        return tf.reduce_mean(tf.square(x - self(x)))

    def restore_tf1(self, path):
        """Loads the weights of a checkpoint that the TF1 version's Saver wrote; the names are the same."""
        checkpoint = tf.train.load_checkpoint(path)
        for variable in self.trainable_variables:
            variable.assign(checkpoint.get_tensor(variable.path))

    @tf.function
    def train(self, xs):
        """Takes one step per batch, [steps, batch, ...]; returns the cost before each."""
        costs = tf.TensorArray(tf.float32, size=len(xs))
        for step in tf.range(len(xs)):
            with tf.GradientTape() as tape:
                cost = self.cost(xs[step])
            gradients = tape.gradient(cost, self.trainable_variables)
            self.optimizer.apply(gradients)
            costs = costs.write(step, cost)
        return costs.stack()


def show_ways_up(path):
    """Pools an image of 4 x 4 pixels and goes up again in each way."""
    image = np.array([[1, 2, 0, 1], [3, 1, 5, 2], [4, 0, 1, 1], [2, 1, 2, 6]], np.float32).reshape(1, 4, 4, 1)
    pooled, positions = pool(image)
    stages = {"image": tf.constant(image), "maxima": pooled}
    stages.update((name, up(pooled, positions)) for name, up in ways_up.items())
    stages = {name: tensor.numpy()[0, :, :, 0] for name, tensor in stages.items()}
    for name, array in stages.items():
        print(name + ":", *array.astype(int).tolist())
    figures.save_matrices(path, stages)


def show_transposed_convolution(path):
    """Shows that a convolution multiplies by a matrix C, and the transposed convolution by C turned on its side."""
    kernel = np.arange(1, 10, dtype=np.float32).reshape(3, 3, 1, 1)
    random = np.random.RandomState(0)
    x, y = (random.uniform(size=(1, side, side, 1)).astype(np.float32) for side in (4, 2))

    # What the convolution makes of an image with a single 1 is a column of its matrix.
    ones = np.eye(16, dtype=np.float32).reshape(16, 4, 4, 1)
    columns = tf.nn.conv2d(ones, kernel, strides=1, padding="VALID").numpy()
    convolved = tf.nn.conv2d(x, kernel, strides=1, padding="VALID").numpy()
    transposed = tf.nn.conv2d_transpose(y, kernel, [1, 4, 4, 1], strides=1, padding="VALID").numpy()
    C = columns.reshape(16, 4).T
    print("conv2d is C x:", np.allclose(convolved.ravel(), C @ x.ravel(), rtol=1e-6))
    print("conv2d_transpose is C^T y:", np.allclose(transposed.ravel(), C.T @ y.ravel(), rtol=1e-6))
    figures.save_matrices(path, {"C: 16 pixels to 4": C, "C turned: 4 pixels to 16": C.T})


def train(network, mnist, args):
    """Trains one of the networks and returns what it gives back of the first test images."""
    # Keras' initializers take their seeds from Python's generator, which tf.random.set_seed leaves alone.
    tf.keras.utils.set_random_seed(args.seed)
    model = Model(network)
    total_batch = tutorial.batches(mnist.train.num_examples, args.batch_size)
    test = mnist.test.images.reshape(-1, 28, 28, 1)

    with tf.summary.create_file_writer(str(args.logdir / network)).as_default():
        for epoch in tutorial.progress(range(args.epochs), network):
            batch_xs, _ = mnist.train.next_batches(total_batch, args.batch_size)
            batches = batch_xs.reshape(-1, args.batch_size, 28, 28, 1)
            if epoch == 0:
                tf.summary.graph(model.train.get_concrete_function(batches).graph)
            costs = model.train(batches).numpy()
            print("Epoch:", "%04d" % (epoch + 1), "Avg. cost =", "{:.4f}".format(costs.mean()))
            tf.summary.scalar("cost", model.cost(test), epoch)
            for variable in model.trainable_variables:
                tf.summary.histogram(variable.path, variable, epoch)
    parameters = model.count_params()
    print(network + ":", parameters, "parameters, cost on test images {:.5f}".format(model.cost(test)))
    return model(test[:sample_size]).numpy()


def main(arguments=None):
    options = tutorial.parser(__file__, __doc__, quick={"epochs": 2}, epochs=15, batch_size=100)
    tutorial.add_data(options, "a directory with the four MNIST files")
    args = tutorial.parse(options, arguments)
    mnist = datasets.mnist(args.data, seed=args.seed)

    show_ways_up(args.logdir / "ways_up.png")
    show_transposed_convolution(args.logdir / "matrices.png")

    rows = {"images": mnist.test.images[:sample_size]}
    for network in networks:
        rows[network] = train(network, mnist, args)
    figures.save_digits(args.logdir / "picture.png", *rows.values())


if __name__ == "__main__":
    tutorial.run(main)
