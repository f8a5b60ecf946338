"""MNIST in TensorFlow 2: the same 784-256-256-10 network; an epoch is one call of a compiled function."""

import numpy as np

from tf1graphs import datasets, figures, optimizers, tutorial
import tensorflow as tf


class Model(tf.Module):
    def __init__(self):
        super().__init__()
        self.W1 = tf.Variable(tf.random.normal([784, 256], stddev=0.01), name="W1")
        self.W2 = tf.Variable(tf.random.normal([256, 256], stddev=0.01), name="W2")
        self.W3 = tf.Variable(tf.random.normal([256, 10], stddev=0.01), name="W3")
        self.optimizer = optimizers.Adam(self.trainable_variables, learning_rate=0.001)

    def __call__(self, x):
        L1 = tf.nn.relu(x @ self.W1)
        L2 = tf.nn.relu(L1 @ self.W2)
        return L2 @ self.W3

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
    options = tutorial.parser(__file__, __doc__, quick={"epochs": 2, "batch_size": 25}, epochs=30, batch_size=100)
    tutorial.add_data(options, "a directory with the four MNIST files")
    args = tutorial.parse(options, arguments)
    mnist = datasets.mnist(args.data, seed=args.seed)
    tf.random.set_seed(args.seed)
    model = Model()
    total_batch = tutorial.batches(mnist.train.num_examples, args.batch_size)

    with tf.summary.create_file_writer(str(args.logdir)).as_default():
        for epoch in tutorial.progress(range(args.epochs), "Training"):
            batches = mnist.train.next_batches(total_batch, args.batch_size)
            if epoch == 0:
                tf.summary.graph(model.train.get_concrete_function(*batches).graph)
            costs = model.train(*batches).numpy()
            print("Epoch:", "%04d" % (epoch + 1), "Avg. cost =", "{:.3f}".format(costs.mean()))
            tf.summary.scalar("cost", model.cost(*(array[-1] for array in batches)), epoch)
            for weights in model.trainable_variables:
                tf.summary.histogram(weights.name, weights, epoch)
    print("Optimization finished")

    predictions = tf.argmax(model(mnist.test.images), axis=1).numpy()
    print("Accuracy:", np.mean(predictions == np.argmax(mnist.test.labels, axis=1)))
    figures.save_digits(args.logdir / "picture.png", mnist.test.images[:10], titles=[str(p) for p in predictions[:10]])


if __name__ == "__main__":
    tutorial.run(main)
