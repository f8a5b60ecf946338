"""CNN in TensorFlow 2: the same convolutions and pools as functions of the images; the optimizer is an object."""

import numpy as np

from tf1graphs import datasets, figures, optimizers, tutorial
import tensorflow as tf


class Model(tf.Module):
    def __init__(self, optimizer="adam"):
        super().__init__()
        self.W1 = tf.Variable(tf.random.normal([3, 3, 1, 32], stddev=0.01), name="W1")
        self.W2 = tf.Variable(tf.random.normal([3, 3, 32, 64], stddev=0.01), name="W2")
        self.W3 = tf.Variable(tf.random.normal([7 * 7 * 64, 256], stddev=0.01), name="W3")
        self.W4 = tf.Variable(tf.random.normal([256, 10], stddev=0.01), name="W4")
        if optimizer == "adam":
            self.optimizer = optimizers.Adam(self.trainable_variables, learning_rate=0.001)
        else:
            self.optimizer = optimizers.RMSProp(self.trainable_variables, learning_rate=0.001, decay=0.9)

    def __call__(self, x, training=False):
        # [n, 28, 28, 1] -> [n, 28, 28, 32] -> [n, 14, 14, 32]
        L1 = tf.nn.relu(tf.nn.conv2d(x, self.W1, strides=1, padding="SAME"))
        L1 = tf.nn.max_pool2d(L1, ksize=2, strides=2, padding="SAME")
        # [n, 14, 14, 32] -> [n, 14, 14, 64] -> [n, 7, 7, 64]
        L2 = tf.nn.relu(tf.nn.conv2d(L1, self.W2, strides=1, padding="SAME"))
        L2 = tf.nn.max_pool2d(L2, ksize=2, strides=2, padding="SAME")
        L3 = tf.nn.relu(tf.reshape(L2, [-1, 7 * 7 * 64]) @ self.W3)
        if training:
            L3 = tf.nn.dropout(L3, rate=0.3)
        return L3 @ self.W4

    def cost(self, x, y):
        logits = self(x, training=True)
        return tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=y, logits=logits))

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


def train(optimizer, mnist, args):
    """Trains the network with one optimizer; returns the average cost of each epoch and the first predictions."""
    tf.random.set_seed(args.seed)
    model = Model(optimizer)
    total_batch = tutorial.batches(mnist.train.num_examples, args.batch_size)
    averages = []

    with tf.summary.create_file_writer(str(args.logdir / optimizer)).as_default():
        for epoch in tutorial.progress(range(args.epochs), optimizer):
            batch_xs, batch_ys = mnist.train.next_batches(total_batch, args.batch_size)
            batches = batch_xs.reshape(-1, args.batch_size, 28, 28, 1), batch_ys
            if epoch == 0:
                tf.summary.graph(model.train.get_concrete_function(*batches).graph)
            costs = model.train(*batches).numpy()
            averages.append(costs.mean())
            print("Epoch:", "%04d" % (epoch + 1), "Avg. cost =", "{:.3f}".format(averages[-1]))
            tf.summary.scalar("cost", model.cost(*(array[-1] for array in batches)), epoch)
            for weights in model.trainable_variables:
                tf.summary.histogram(weights.name, weights, epoch)

    predictions = tf.argmax(model(mnist.test.images.reshape(-1, 28, 28, 1)), axis=1).numpy()
    print("Accuracy with", optimizer + ":", np.mean(predictions == np.argmax(mnist.test.labels, axis=1)))
    return averages, predictions[:10]


def main(arguments=None):
    options = tutorial.parser(__file__, __doc__, quick={"epochs": 2, "batch_size": 25}, epochs=30, batch_size=100)
    tutorial.add_data(options, "a directory with the four MNIST files")
    options.add_argument("--optimizer", choices=["adam", "rmsprop"], help="default: both, one after the other")
    args = tutorial.parse(options, arguments)
    mnist = datasets.mnist(args.data, seed=args.seed)
    curves = {}
    for optimizer in [args.optimizer] if args.optimizer else ["adam", "rmsprop"]:
        curves[optimizer], predictions = train(optimizer, mnist, args)
        titles = [str(p) for p in predictions]
        figures.save_digits(args.logdir / f"{optimizer}.png", mnist.test.images[:10], titles=titles)
    figures.save_curves(args.logdir / "picture.png", curves, x="epoch", y="average cost", yscale="log")


if __name__ == "__main__":
    tutorial.run(main)
