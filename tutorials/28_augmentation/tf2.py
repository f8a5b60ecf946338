"""Augmentation in TensorFlow 2: the same function of tensors in the training step, or in the tf.data pipeline."""

import figure
import numpy as np
import settings
from tf2_augment import OPTIONS, augment, pipeline

from tf1graphs import optimizers, tutorial
import tensorflow as tf

batch_size = 50
# So many steps are one call of train; then the test images are looked at.
round_size = 20


class Model(tf.keras.Model):
    def __init__(self, is_augmented=True):
        super().__init__()
        self.is_augmented = is_augmented
        # The names are those that tf.layers gave, so that a TF1 checkpoint fits.
        self.conv1 = tf.keras.layers.Conv2D(16, 5, 2, padding="same", activation="elu", name="conv2d")
        self.conv2 = tf.keras.layers.Conv2D(32, 5, 2, padding="same", activation="elu", name="conv2d_1")
        self.flatten = tf.keras.layers.Flatten()
        self.hidden = tf.keras.layers.Dense(64, activation="elu", name="dense")
        self.logits = tf.keras.layers.Dense(10, name="dense_1")
        # A layer creates its variables when it first sees the shape of its input.
        self.call(tf.keras.Input([28, 28, 1]))
        self.optimizer = optimizers.Adam(self.trainable_variables, learning_rate=0.001)

    def call(self, x):
        L2 = self.conv2(self.conv1(x))
        return self.logits(self.hidden(self.flatten(L2)))

    def cost(self, x, y):
        if self.is_augmented:
            draws = tf.random.uniform([x.shape[0], len(OPTIONS)], -1.0, 1.0)
            x = augment(x, draws, **settings.RANGES)
        return tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=y, logits=self(x)))

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


def train(variant, few, test, args, seed):
    """Trains a network on a few images and returns its accuracy on the test images."""
    ranges, is_augmented = settings.VARIANTS[variant]
    # Keras' initializers take their seeds from Python's generator, which tf.random.set_seed leaves alone.
    tf.keras.utils.set_random_seed(seed)
    model = Model(is_augmented)
    rounds = pipeline(*few, batch_size=batch_size, seed=seed, **ranges).take(args.steps).batch(round_size)
    run = "{}, seed {}".format(variant, seed)

    with tf.summary.create_file_writer(str(args.logdir / run)).as_default():
        step = 0
        for batches in tutorial.progress(rounds, run, total=-(-args.steps // round_size)):
            if step == 0:
                tf.summary.graph(model.train.get_concrete_function(*batches).graph)
            costs = model.train(*batches).numpy()
            step += len(costs)
            is_correct = tf.equal(tf.argmax(model(test[0]), 1), tf.argmax(test[1], 1))
            accuracy = tf.reduce_mean(tf.cast(is_correct, tf.float32)).numpy()
            tf.summary.scalar("test_accuracy", accuracy, step)
            for variable in model.trainable_variables:
                tf.summary.histogram(variable.path, variable, step)
    print(run + ":", "last cost = {:.4f}, test accuracy = {:.4f}".format(costs[-1], accuracy))
    return accuracy


def show(image, path):
    """Saves what becomes of an image under each option, [28, 28, 1]."""
    parts = np.linspace(-1.0, 1.0, 7)
    rows = {}
    for column, (option, most) in enumerate(settings.SHOWN.items()):
        draws = parts[:, np.newaxis] * np.eye(len(OPTIONS))[column]
        images = augment(tf.stack([image] * len(parts)), tf.constant(draws, tf.float32), **{option: most})
        rows["{} = {}".format(option, most)] = images.numpy()
    figure.save_options(path, rows, parts)


def main(arguments=None):
    quick = {"steps": 20, "repeats": 2}
    options = tutorial.parser(__file__, __doc__, quick=quick, steps=300, repeats=3, per_digit=10)
    tutorial.add_data(options, "a directory with the four MNIST files")
    args = tutorial.parse(options, arguments)
    few, test = settings.load(args.data, args.per_digit)

    accuracies = {variant: [] for variant in settings.VARIANTS}
    for seed in range(args.seed, args.seed + args.repeats):
        for variant in settings.VARIANTS:
            accuracies[variant].append(train(variant, few, test, args, seed))
    for variant, values in accuracies.items():
        print("Augmented {}: {:.4f} on average".format(variant, np.mean(values)))
    show(test[0][0], args.logdir / "picture.png")


if __name__ == "__main__":
    tutorial.run(main)
