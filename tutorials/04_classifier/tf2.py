"""A classifier in TensorFlow 2: the same layer, and a cross-entropy written out, inside one compiled function."""

import numpy as np

from tf1graphs import datasets, figures, optimizers, tutorial
import tensorflow as tf

classes = ["other", "mammal", "bird"]
combinations = {"neither": [0, 0], "fur": [1, 0], "wings": [0, 1], "fur and wings": [1, 1]}


class Model(tf.Module):
    def __init__(self):
        super().__init__()
        self.W = tf.Variable(tf.random.uniform([2, 3], -1.0, 1.0), name="W")
        self.b = tf.Variable(tf.zeros([3]), name="b")
        self.optimizer = optimizers.GradientDescent(self.trainable_variables, learning_rate=0.01)

    def __call__(self, x):
        L = tf.nn.relu(x @ self.W + self.b)
        return tf.nn.softmax(L)

    def cost(self, x, y):
        return tf.reduce_mean(-tf.reduce_sum(y * tf.math.log(self(x)), axis=1))

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
    options = tutorial.parser(__file__, __doc__, steps=100)
    tutorial.add_data(options, "a table with the columns fur, wings, other, mammal, bird")
    args = tutorial.parse(options, arguments)
    x_data, y_data = datasets.animals(args.data)
    tf.random.set_seed(args.seed)
    model = Model()
    batches = [np.stack([array] * args.steps) for array in (x_data, y_data)]

    with tf.summary.create_file_writer(str(args.logdir)).as_default():
        tf.summary.graph(model.train.get_concrete_function(*batches).graph)
        costs = model.train(*batches).numpy()
        for step, cost in enumerate(costs):
            if (step + 1) % 10 == 0:
                print(step + 1, cost)
            tf.summary.scalar("cost", cost, step)
        for variable in model.trainable_variables:
            tf.summary.histogram(variable.name, variable, args.steps)

    predictions = tf.argmax(model(x_data), axis=1).numpy()
    targets = np.argmax(y_data, axis=1)
    print("Predictions:", predictions)
    print("Targets:", targets)
    print("Accuracy: %.2f" % (100 * np.mean(predictions == targets)))
    probabilities = model(tf.constant(list(combinations.values()), tf.float32)).numpy()
    figures.save_matrices(
        args.logdir / "picture.png", {"probability": probabilities}, rows=combinations, columns=classes, limits=(0, 1)
    )


if __name__ == "__main__":
    tutorial.run(main)
