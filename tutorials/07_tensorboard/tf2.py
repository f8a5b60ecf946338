"""TensorBoard in TensorFlow 2: the compiled training loop itself writes the cost and the weights at each step."""

import numpy as np

from tf1graphs import datasets, figures, optimizers, tutorial
import tensorflow as tf


class Model(tf.Module):
    def __init__(self):
        super().__init__()
        with tf.name_scope("layer1"):
            self.W1 = tf.Variable(tf.random.uniform([2, 10], -1.0, 1.0), name="W1")
        with tf.name_scope("layer2"):
            self.W2 = tf.Variable(tf.random.uniform([10, 20], -1.0, 1.0), name="W2")
        with tf.name_scope("output"):
            self.W3 = tf.Variable(tf.random.uniform([20, 3], -1.0, 1.0), name="W3")
        self.global_step = tf.Variable(0, trainable=False, name="global_step")
        self.optimizer = optimizers.Adam(self.trainable_variables, learning_rate=0.01)

    def __call__(self, x):
        with tf.name_scope("layer1"):
            L1 = tf.nn.relu(x @ self.W1)
        with tf.name_scope("layer2"):
            L2 = tf.nn.relu(L1 @ self.W2)
        with tf.name_scope("output"):
            return L2 @ self.W3

    def cost(self, x, y):
        model = self(x)
        with tf.name_scope("optimizer"):
            return tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=y, logits=model))

    def restore_tf1(self, path):
        """Loads the weights of a checkpoint that the TF1 version's Saver wrote; the names are the same."""
        tf.train.Checkpoint(model=self).restore(path).expect_partial()

    def step(self, x, y):
        """Takes a step and returns the cost; a default writer gets the cost and the first layer's weights."""
        with tf.GradientTape() as tape:
            cost = self.cost(x, y)
        with tf.name_scope(""):  # outside the scope of the loop, whose name would come before the tags: "while/cost"
            step = tf.cast(self.global_step, tf.int64)
            tf.summary.scalar("cost", cost, step)
            tf.summary.histogram("Weights", self.W1, step)
        with tf.name_scope("optimizer/"):  # the slash enters the scope of the cost again; without it: "optimizer_1"
            gradients = tape.gradient(cost, self.trainable_variables)
            self.optimizer.apply(gradients)
            self.global_step.assign_add(1)
        return cost

    @tf.function
    def train(self, xs, ys):
        """Takes one step per batch, [steps, batch, ...]; returns the cost before each."""
        costs = tf.TensorArray(tf.float32, size=len(xs))
        for step in tf.range(len(xs)):
            costs = costs.write(step, self.step(xs[step], ys[step]))
        return costs.stack()


def main(arguments=None):
    options = tutorial.parser(__file__, __doc__, steps=100)
    tutorial.add_data(options, "a table with the columns fur, wings, other, mammal, bird")
    args = tutorial.parse(options, arguments)
    x_data, y_data = datasets.animals(args.data)
    tf.random.set_seed(args.seed)
    model = Model()
    batches = [np.stack([array] * args.steps) for array in (x_data, y_data)]

    # The loop's graph would show the step only as a function inside it; without a writer it has no nodes for summaries.
    one_step = tf.function(model.step).get_concrete_function(x_data, y_data)

    with tf.summary.create_file_writer(str(args.logdir)).as_default():
        tf.summary.graph(one_step.graph)
        costs = model.train(*batches).numpy()
        for step, cost in enumerate(costs):
            print("Step: %d," % step, "Cost: %.3f" % cost)
    print("Look at it with: tensorboard --logdir", args.logdir)
    figures.save_curves(args.logdir / "picture.png", {"cost": costs}, x="step", y="cost")


if __name__ == "__main__":
    tutorial.run(main)
