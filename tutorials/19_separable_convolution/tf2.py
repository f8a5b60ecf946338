"""Separable convolution in TensorFlow 2: Keras layers put together as functions; averages update themselves."""

import time
from types import SimpleNamespace

import by_hand
import figure
import numpy as np

from tf1graphs import datasets, optimizers, tutorial
import tensorflow as tf

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


class BatchNormalization(tf.keras.layers.Layer):
    """What tf.layers.batch_normalization computes, with the kernel that it has for images.

    Keras 3's own layer lacks that kernel, whose moving variance is that of all images: it divides by n - 1, not by n.
    """

    def build(self, shape):
        self.gamma = self.add_weight(shape=shape[-1:], initializer="ones", name="gamma")
        self.beta = self.add_weight(shape=shape[-1:], initializer="zeros", name="beta")
        self.moving_mean = self.add_weight(shape=shape[-1:], initializer="zeros", name="moving_mean", trainable=False)
        self.moving_variance = self.add_weight(
            shape=shape[-1:], initializer="ones", name="moving_variance", trainable=False
        )

    def call(self, x, training=False):
        mean, variance = self.moving_mean, self.moving_variance
        if training and len(x.shape) == 4:
            x, mean, variance, *_ = tf.raw_ops.FusedBatchNormV3(
                x=x, scale=self.gamma, offset=self.beta, mean=[], variance=[], epsilon=0.001
            )
            self.move(mean, variance)
            return x
        if training:
            mean, variance = tf.nn.moments(x, axes=[0])
            self.move(mean, variance)
        return tf.nn.batch_normalization(x, mean, variance, self.beta, self.gamma, variance_epsilon=0.001)

    def move(self, mean, variance):
        self.moving_mean.assign_sub((self.moving_mean - mean) * (1.0 - momentum))
        self.moving_variance.assign_sub((self.moving_variance - variance) * (1.0 - momentum))


def network(separable, normalize):
    X = tf.keras.Input([28, 28, 1])

    def activate(x):
        if normalize:
            x = BatchNormalization()(x)
        # Normalization puts values around zero, where rounding alone can open or close a ReLU; an ELU has no kink.
        return tf.keras.activations.elu(x)

    # Where the mean is taken away again, a bias before it would do nothing.
    use_bias = not normalize
    Convolve = tf.keras.layers.SeparableConv2D if separable else tf.keras.layers.Conv2D
    L1 = activate(tf.keras.layers.Conv2D(16, 3, 2, padding="same", use_bias=use_bias)(X))
    L2 = activate(Convolve(32, 3, padding="same", use_bias=use_bias)(L1))
    L2 = tf.keras.layers.AveragePooling2D(2, 2)(L2)
    L3 = activate(Convolve(64, 3, padding="same", use_bias=use_bias)(L2))
    L3 = tf.keras.layers.GlobalAveragePooling2D()(L3)
    L4 = activate(tf.keras.layers.Dense(64, use_bias=use_bias)(L3))
    return tf.keras.Model(X, [L1, tf.keras.layers.Dense(10)(L4)])


class Model(tf.Module):
    def __init__(self, separable=True, normalize=True):
        super().__init__()
        # Keras counts the names of layers; from the start again they are those of a new graph.
        tf.keras.backend.clear_session()
        self.network = network(separable, normalize)
        self.weights = self.network.trainable_variables
        self.optimizer = optimizers.Adam(self.weights, learning_rate=0.005)

    def __call__(self, x, training=False):
        return self.network(x, training=training)[1]

    def cost(self, x, y, training=True):
        return tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=y, logits=self(x, training)))

    def accuracy(self, x, y):
        is_correct = tf.equal(tf.argmax(self(x), 1), tf.argmax(y, 1))
        return tf.reduce_mean(tf.cast(is_correct, tf.float32))

    def restore_tf1(self, path):
        """Loads the weights and averages of a checkpoint that the TF1 version's Saver wrote; the names are the same."""
        checkpoint = tf.train.load_checkpoint(path)
        for variable in self.network.variables:
            variable.assign(checkpoint.get_tensor(variable.path))

    @tf.function
    def train(self, xs, ys):
        """Takes one step per batch, [steps, batch, ...]; returns the cost before each."""
        costs = tf.TensorArray(tf.float32, size=len(xs))
        for step in tf.range(len(xs)):
            with tf.GradientTape() as tape:
                cost = self.cost(xs[step], ys[step])
            gradients = tape.gradient(cost, self.weights)
            self.optimizer.apply(gradients)
            costs = costs.write(step, cost)
        return costs.stack()


def look_inside(model, image):
    """Returns the channels that the first separable convolution gets, and those that its windows make of them."""
    L1, _ = model.network(image)
    (kernel,) = [v for v in model.weights if v.path == "separable_conv2d/depthwise_kernel"]
    filtered = tf.nn.depthwise_conv2d(L1, kernel, strides=[1, 1, 1, 1], padding="SAME")
    return L1.numpy(), filtered.numpy()


def train(name, mnist, args):
    """Trains one of the networks.

    Returns:
        The number of its parameters, the seconds that a step took in its fastest epoch, its accuracy on the test images
        after each epoch, and of a separable network what ``look_inside`` sees.
    """
    separable, normalize = networks[name]
    # Keras' initializers take their seeds from Python's generator, which tf.random.set_seed leaves alone.
    tf.keras.utils.set_random_seed(args.seed)
    model = Model(separable, normalize)
    test = mnist.test.images.reshape(-1, 28, 28, 1), mnist.test.labels
    parameters = sum(int(np.prod(variable.shape)) for variable in model.weights)
    total_batch = tutorial.batches(mnist.train.num_examples, args.batch_size)
    seconds, accuracies = [], []

    with tf.summary.create_file_writer(str(args.logdir / name)).as_default():
        for epoch in tutorial.progress(range(args.epochs), name):
            batch_xs, batch_ys = mnist.train.next_batches(total_batch, args.batch_size)
            batches = batch_xs.reshape(-1, args.batch_size, 28, 28, 1), batch_ys
            if epoch == 0:
                tf.summary.graph(model.train.get_concrete_function(*batches).graph)
            start = time.perf_counter()
            costs = model.train(*batches).numpy()
            seconds.append((time.perf_counter() - start) / total_batch)
            accuracies.append(model.accuracy(*test).numpy())
            tf.summary.scalar("cost", model.cost(*test, training=False), epoch)
            tf.summary.scalar("accuracy", accuracies[-1], epoch)
            for variable in model.weights:
                tf.summary.histogram(variable.path, variable, epoch)
            print("Epoch:", "%04d" % (epoch + 1), "Avg. cost =", "{:.3f}".format(costs.mean()))
    channels = look_inside(model, test[0][:1]) if separable else None
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

    results = {name: train(name, mnist, args) for name in networks}
    for name, result in results.items():
        print("Seconds a step, %s: %.2f of plain" % (name, result.seconds / results["plain"].seconds))
    figure.save(args.logdir / "picture.png", results)


if __name__ == "__main__":
    tutorial.run(main)
