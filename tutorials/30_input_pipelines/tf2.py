"""Input pipelines in TensorFlow 2: NumPy arrays, tf.queue and tf.data bring the same digits to the same network."""

from functools import partial

import numpy as np
import tf2_pipelines
import throughput

from tf1graphs import datasets, optimizers, tutorial
import tensorflow as tf

file_count = 4
# What is trained through; the order of the examples is that of the files.
trained = ["arrays", "tf.queue", "tf.data"]


class Model(tf.Module):
    def __init__(self):
        super().__init__()
        self.W1 = tf.Variable(tf.random.normal([784, 64], stddev=0.05, seed=1), name="W1")
        self.W2 = tf.Variable(tf.random.normal([64, 10], stddev=0.05, seed=2), name="W2")
        self.optimizer = optimizers.Adam(self.trainable_variables, learning_rate=0.001)

    def __call__(self, x):
        L1 = tf.nn.relu(x @ self.W1)
        return L1 @ self.W2

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


def arrays(data, epochs, batch_size):
    """Yields batches of NumPy arrays, which become tensors when a function is called with them."""
    for _ in range(data.num_examples * epochs // batch_size):
        yield data.next_batch(batch_size, shuffle=False)


def train(name, pipeline, args, total_batch):
    """Trains the network through one of the pipelines, as a run of its own in TensorBoard."""
    tf.random.set_seed(args.seed)
    model = Model()
    batches = iter(pipeline(args.epochs, args.batch_size))

    with tf.summary.create_file_writer(str(args.logdir / name)).as_default():
        for epoch in tutorial.progress(range(args.epochs), name):
            costs = []
            for _ in range(total_batch):
                x, y = (array[np.newaxis] for array in next(batches))
                costs.append(model.train(x, y).numpy())
            if epoch == 0:
                tf.summary.graph(model.train.get_concrete_function(x, y).graph)
            tf.summary.scalar("cost", costs[-1][0], epoch)
            for weights in model.trainable_variables:
                tf.summary.histogram(weights.name, weights, epoch)
            print("Epoch:", "%04d" % (epoch + 1), "Avg. cost =", "{:.3f}".format(np.mean(costs)))


@tf.function
def total(images, labels):
    return tf.reduce_sum(images) + tf.reduce_sum(labels)


def read(pipeline, args):
    """Reads all batches through one of the pipelines; only a sum of each comes back."""
    for images, labels in pipeline(args.passes, args.batch_size):
        total(images, labels).numpy()


def main(arguments=None):
    options = tutorial.parser(
        __file__,
        __doc__,
        quick={"epochs": 1, "batch_size": 25, "passes": 1, "rounds": 1},
        epochs=5,
        batch_size=100,
        passes=5,
        rounds=2,
    )
    tutorial.add_data(options, "a directory with *.tfrecord files, whose examples have image (784 bytes) and label")
    args = tutorial.parse(options, arguments)
    if args.data:
        paths = sorted(str(path) for path in args.data.glob("*.tfrecord"))
    else:
        raw = datasets.raw_mnist()
        paths = tf2_pipelines.write_files(args.logdir, raw.train_images, raw.train_labels, file_count)
    data = datasets.DataSet(*tf2_pipelines.read_files(paths))
    if data.num_examples < args.batch_size:
        tutorial.fail(f"{args.data}: {data.num_examples} examples are no batch of {args.batch_size}")

    pipelines = {"arrays": partial(arrays, data)}
    pipelines.update((name, partial(make, paths)) for name, make in tf2_pipelines.PIPELINES.items())
    for name in trained:
        train(name, pipelines[name], args, data.num_examples // args.batch_size)
    rates = {name: [] for name in pipelines}
    for _ in tutorial.progress(range(args.rounds), "Reading"):
        for name, of_rounds in rates.items():
            seconds = throughput.seconds(partial(read, pipelines[name], args))
            of_rounds.append(data.num_examples * args.passes / seconds)
    throughput.save(rates, args.logdir)


if __name__ == "__main__":
    tutorial.run(main)
