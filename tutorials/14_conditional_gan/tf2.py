"""Conditional GAN in TensorFlow 2: each player is a Keras model that owns its layers, and they own the variables."""

import numpy as np

from tf1graphs import datasets, figures, optimizers, tutorial
import tensorflow as tf

learning_rate = 0.001
n_hidden = 256
n_input = 28 * 28
n_noise = 128
n_class = 10
# So many steps are one call of train; then the losses are printed and samples painted.
round_size = 500


def network(name, inputs, outputs, activation):
    return tf.keras.Sequential(
        [
            tf.keras.Input([inputs]),
            tf.keras.layers.Dense(n_hidden, "relu", kernel_initializer="he_normal", name="hidden"),
            tf.keras.layers.Dense(outputs, activation, kernel_initializer="he_normal", name="output"),
        ],
        name=name,
    )


def cross_entropy(logits, label):
    labels = tf.fill(tf.shape(logits), label)
    return tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=labels, logits=logits))


class Model(tf.keras.Model):
    def __init__(self):
        super().__init__()
        # Keras names the variables as tf.layers did, "generator/hidden/kernel", so that a TF1 checkpoint fits.
        self.generator = network("generator", n_noise + n_class, n_input, "sigmoid")
        self.discriminator = network("discriminator", n_input + n_class, 1, None)
        self.D_optimizer = optimizers.Adam(self.discriminator.trainable_variables, learning_rate, beta1=0.5)
        self.G_optimizer = optimizers.Adam(self.generator.trainable_variables, learning_rate, beta1=0.5)

    def call(self, y, z):
        return self.generator(tf.concat([z, y], 1))

    def discriminate(self, x, y):
        return self.discriminator(tf.concat([x, y], 1))

    def loss_D(self, x, y, z):
        return cross_entropy(self.discriminate(x, y), 1.0) + cross_entropy(self.discriminate(self(y, z), y), 0.0)

    def loss_G(self, y, z):
        return cross_entropy(self.discriminate(self(y, z), y), 1.0)

    def restore_tf1(self, path):
        """Loads the weights of a checkpoint that the TF1 version's Saver wrote; the names are the same."""
        checkpoint = tf.train.load_checkpoint(path)
        for variable in self.trainable_variables:
            variable.assign(checkpoint.get_tensor(variable.path))

    @tf.function
    def train(self, xs, ys, zs):
        """Takes one step of each player per batch, [steps, batch, ...]; returns loss_D and loss_G before it."""
        D_vars = self.discriminator.trainable_variables
        G_vars = self.generator.trainable_variables
        history = tf.TensorArray(tf.float32, size=len(xs))
        for step in tf.range(len(xs)):
            x, y, z = xs[step], ys[step], zs[step]
            with tf.GradientTape() as tape:
                loss_D = self.loss_D(x, y, z)
            self.D_optimizer.apply(tape.gradient(loss_D, D_vars))
            with tf.GradientTape() as tape:
                loss_G = self.loss_G(y, z)
            self.G_optimizer.apply(tape.gradient(loss_G, G_vars))
            history = history.write(step, [loss_D, loss_G])
        return history.stack()


def get_noise(random, *shape):
    return random.normal(size=(*shape, n_noise)).astype(np.float32)


def one_hot(digits):
    return np.eye(n_class, dtype=np.float32)[digits]


def read_digits(images, known):
    """Returns the digit that each image shows: that of the nearest image in the set ``known``."""
    distances = np.sum(known.images**2, axis=1) - 2 * images @ known.images.T
    return np.argmax(known.labels[np.argmin(distances, axis=1)], axis=1)


def train(model, args, mnist, random):
    ten_digits = one_hot(range(n_class)), get_noise(random, n_class)
    samples = args.logdir / "samples"
    samples.mkdir(exist_ok=True)

    with tf.summary.create_file_writer(str(args.logdir)).as_default():
        for done in tutorial.progress(range(0, args.steps, round_size), "Training"):
            count = min(round_size, args.steps - done)
            step = done + count
            images, labels = mnist.train.next_batches(count, args.batch_size)
            batches = images, labels, get_noise(random, count, args.batch_size)
            if done == 0:
                tf.summary.graph(model.train.get_concrete_function(*batches).graph)
            loss_D, loss_G = model.train(*batches).numpy()[-1]
            print("Step:", "%05d" % step, "D loss: {:.4f}".format(loss_D), "G loss: {:.4f}".format(loss_G))
            x, y, z = (array[-1] for array in batches)
            tf.summary.scalar("loss_D", model.loss_D(x, y, z), step)
            tf.summary.scalar("loss_G", model.loss_G(y, z), step)
            for variable in model.trainable_variables:
                tf.summary.histogram(variable.path, variable, step)
            figures.save_digits(samples / "{:03d}.png".format(done // round_size), model(*ten_digits).numpy())
    print("Optimization finished")


def main(arguments=None):
    options = tutorial.parser(__file__, __doc__, quick={"steps": 110, "batch_size": 25}, steps=6000, batch_size=100)
    tutorial.add_data(options, "a directory with the four MNIST files")
    options.add_argument(
        "--digit", type=int, choices=range(n_class), help="paint ten of this digit with what the last run learned"
    )
    args = tutorial.parse(options, arguments)
    # Keras' initializers take their seeds from Python's generator, which tf.random.set_seed leaves alone.
    tf.keras.utils.set_random_seed(args.seed)
    model = Model()
    saver = tf.train.CheckpointManager(tf.train.Checkpoint(model=model), args.logdir / "model", max_to_keep=1)
    random = np.random.RandomState(args.seed)

    def paint(digits):
        return model(one_hot(digits), get_noise(random, len(digits))).numpy()

    if args.digit is not None:
        if not saver.restore_or_initialize():
            tutorial.fail("there is no checkpoint in {}: run without --digit first".format(saver.directory))
        path = args.logdir / "digit_{}.png".format(args.digit)
        figures.save_digits(path, paint([args.digit] * n_class))
        print("Saved:", path)
        return

    mnist = datasets.mnist(args.data, seed=args.seed)
    train(model, args, mnist, random)
    saver.save()

    asked = np.repeat(range(n_class), 100)
    real, shown = mnist.train.next_batch(1000)
    print("Real digits recognized:", np.mean(read_digits(real, mnist.test) == np.argmax(shown, axis=1)))
    print("Painted digits recognized:", np.mean(read_digits(paint(asked), mnist.test) == asked))
    first_of_each = mnist.train.images[np.argmax(mnist.train.labels, axis=0)]
    rows = [paint(range(n_class)) for _ in range(4)]
    figures.save_digits(args.logdir / "picture.png", first_of_each, *rows, titles="0123456789")


if __name__ == "__main__":
    tutorial.run(main)
