"""MNIST with a recurrent network in TensorFlow 2: the cell is a small module, and the 28 steps are a Python loop."""

import math

import numpy as np

from tf1graphs import datasets, figures, optimizers, tutorial
import tensorflow as tf

n_step = 28
n_input = 28
n_hidden = 128
n_class = 10


class BasicRNNCell(tf.Module):
    """A new state, which is the output too, from [input, state]; variables as TF1's cell of this name has them."""

    def __init__(self, n_input, n_hidden, scope):
        super().__init__()
        # TF1's default for kernels, glorot_uniform: the limit keeps signals of equal size on both sides of the layer.
        limit = math.sqrt(6.0 / (n_input + n_hidden + n_hidden))
        kernel = tf.random.uniform([n_input + n_hidden, n_hidden], -limit, limit)
        self.kernel = tf.Variable(kernel, name=f"{scope}/basic_rnn_cell/kernel")
        self.bias = tf.Variable(tf.zeros([n_hidden]), name=f"{scope}/basic_rnn_cell/bias")

    def __call__(self, x, state):
        return tf.tanh(tf.concat([x, state], axis=1) @ self.kernel + self.bias)


class Model(tf.Module):
    def __init__(self):
        super().__init__()
        self.W = tf.Variable(tf.random.normal([n_hidden, n_class]), name="W")
        self.b = tf.Variable(tf.random.normal([n_class]), name="b")
        self.cell = BasicRNNCell(n_input, n_hidden, scope="rnn")
        self.optimizer = optimizers.Adam(self.trainable_variables, learning_rate=0.001)

    def __call__(self, x):
        state = tf.zeros([tf.shape(x)[0], n_hidden])
        for row in tf.unstack(x, axis=1):
            state = self.cell(row, state)
        return state @ self.W + self.b

    def cost(self, x, y):
        return tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=y, logits=self(x)))

    def restore_tf1(self, path):
        """Loads the weights of a checkpoint that the TF1 version's Saver wrote; the names are the same."""
        tf.train.Checkpoint(model=self).restore(path).expect_partial()

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
    options = tutorial.parser(__file__, __doc__, quick={"epochs": 2, "batch_size": 25}, epochs=30, batch_size=128)
    tutorial.add_data(options, "a directory with the four MNIST files")
    args = tutorial.parse(options, arguments)
    mnist = datasets.mnist(args.data, seed=args.seed)
    tf.random.set_seed(args.seed)
    model = Model()
    total_batch = tutorial.batches(mnist.train.num_examples, args.batch_size)

    with tf.summary.create_file_writer(str(args.logdir)).as_default():
        for epoch in tutorial.progress(range(args.epochs), "Training"):
            images, labels = mnist.train.next_batches(total_batch, args.batch_size)
            images = images.reshape(total_batch, args.batch_size, n_step, n_input)
            batches = images, labels
            if epoch == 0:
                tf.summary.graph(model.train.get_concrete_function(*batches).graph)
            costs = model.train(*batches).numpy()
            print("Epoch:", "%04d" % (epoch + 1), "Avg. cost =", "{:.3f}".format(costs.mean()))
            tf.summary.scalar("cost", model.cost(*(array[-1] for array in batches)), epoch)
            for weights in model.trainable_variables:
                tf.summary.histogram(weights.name, weights, epoch)
    print("Optimization finished")

    test_xs = mnist.test.images.reshape(-1, n_step, n_input)
    # What the network knows after 1, 2, ... rows: the rows below are blank.
    accuracies = []
    for rows in range(1, n_step + 1):
        seen = np.where(np.arange(n_step)[:, np.newaxis] < rows, test_xs, 0.0)
        predictions = tf.argmax(model(seen), axis=1).numpy()
        accuracies.append(np.mean(predictions == np.argmax(mnist.test.labels, axis=1)))
    print("Accuracy:", accuracies[-1])
    figures.save_curves(
        args.logdir / "picture.png", {"test digits": accuracies}, x="rows seen", y="accuracy", ylim=(0, 1)
    )


if __name__ == "__main__":
    tutorial.run(main)
