"""CNN with Keras layers in TensorFlow 2: a model owns its layers, and they own the variables."""

import numpy as np

from tf1graphs import datasets, figures, optimizers, tutorial
import tensorflow as tf


class Model(tf.keras.Model):
    def __init__(self):
        super().__init__()
        # The names are those that tf.layers gave, so that a TF1 checkpoint fits.
        self.conv1 = tf.keras.layers.Conv2D(32, 3, activation="relu", padding="same", name="conv2d")
        self.pool1 = tf.keras.layers.MaxPooling2D(2, 2, padding="same")
        self.conv2 = tf.keras.layers.Conv2D(64, 3, activation="relu", padding="same", name="conv2d_1")
        self.pool2 = tf.keras.layers.MaxPooling2D(2, 2, padding="same")
        self.flatten = tf.keras.layers.Flatten()
        self.hidden = tf.keras.layers.Dense(256, activation="relu", name="dense")
        self.logits = tf.keras.layers.Dense(10, name="dense_1")
        # A layer creates its variables when it first sees the shape of its input.
        self.call(tf.keras.Input([28, 28, 1]))
        self.optimizer = optimizers.Adam(self.trainable_variables, learning_rate=0.001)

    def call(self, x, training=False):
        L1 = self.pool1(self.conv1(x))
        L2 = self.pool2(self.conv2(L1))
        L3 = self.hidden(self.flatten(L2))
        if training:
            L3 = tf.nn.dropout(L3, rate=0.3)
        return self.logits(L3)

    def cost(self, x, y):
        logits = self(x, training=True)
        return tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=y, logits=logits))

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


def main(arguments=None):
    options = tutorial.parser(__file__, __doc__, quick={"epochs": 2, "batch_size": 25}, epochs=20, batch_size=100)
    tutorial.add_data(options, "a directory with the four MNIST files")
    args = tutorial.parse(options, arguments)
    mnist = datasets.mnist(args.data, seed=args.seed)
    # Keras' initializers take their seeds from Python's generator, which tf.random.set_seed leaves alone.
    tf.keras.utils.set_random_seed(args.seed)
    model = Model()
    total_batch = tutorial.batches(mnist.train.num_examples, args.batch_size)

    with tf.summary.create_file_writer(str(args.logdir)).as_default():
        for epoch in tutorial.progress(range(args.epochs), "Training"):
            batch_xs, batch_ys = mnist.train.next_batches(total_batch, args.batch_size)
            batches = batch_xs.reshape(-1, args.batch_size, 28, 28, 1), batch_ys
            if epoch == 0:
                tf.summary.graph(model.train.get_concrete_function(*batches).graph)
            costs = model.train(*batches).numpy()
            print("Epoch:", "%04d" % (epoch + 1), "Avg. cost =", "{:.3f}".format(costs.mean()))
            tf.summary.scalar("cost", model.cost(*(array[-1] for array in batches)), epoch)
            for variable in model.trainable_variables:
                tf.summary.histogram(variable.path, variable, epoch)
    print("Optimization finished")

    predictions = tf.argmax(model(mnist.test.images.reshape(-1, 28, 28, 1)), axis=1).numpy()
    print("Accuracy:", np.mean(predictions == np.argmax(mnist.test.labels, axis=1)))
    figures.save_digits(args.logdir / "picture.png", mnist.test.images[:10], titles=[str(p) for p in predictions[:10]])


if __name__ == "__main__":
    tutorial.run(main)
