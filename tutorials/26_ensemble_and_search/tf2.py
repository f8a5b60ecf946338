"""Ensemble and search in TensorFlow 2: a network is a list of Keras layers, and trained models are simply kept."""

import combining
import figure
import numpy as np
import search
from tensorboard.plugins.hparams import api_pb2, summary
from tensorboard.plugins.hparams import summary_v2 as hp

from tf1graphs import datasets, optimizers, tutorial
import tensorflow as tf

# Two choices hang on the validation set, the best trial and the weights, so it is large.
validation_size = 500


class BasicRNNCell(tf.keras.layers.Layer):
    """A new state, which is the output too, from [input, state]; variables as TF1's cell of this name has them."""

    def __init__(self, units):
        super().__init__(name="basic_rnn_cell")
        self.units = self.state_size = units

    def build(self, shape):
        self.kernel = self.add_weight(shape=[shape[-1] + self.units, self.units], name="kernel")
        self.bias = self.add_weight(shape=[self.units], initializer="zeros", name="bias")

    def call(self, x, states):
        state = tf.tanh(tf.concat([x, states[0]], axis=1) @ self.kernel + self.bias)
        return state, [state]


# The names are those that tf.layers gave, so that a TF1 checkpoint fits.
def dense(units):
    return [tf.keras.layers.Dense(units, activation="relu", name="dense")]


def convolutional(units):
    return [
        tf.keras.layers.Reshape([28, 28, 1]),
        tf.keras.layers.Conv2D(8, 5, 2, padding="same", activation="relu", name="conv2d"),
        tf.keras.layers.Conv2D(16, 5, 2, padding="same", activation="relu", name="conv2d_1"),
        tf.keras.layers.Flatten(),
        tf.keras.layers.Dense(units, activation="relu", name="dense"),
    ]


def recurrent(units):
    return [tf.keras.layers.Reshape([28, 28]), tf.keras.layers.RNN(BasicRNNCell(units), unroll=True, name="rnn")]


networks = {"dense": dense, "convolutional": convolutional, "recurrent": recurrent}


class Model(tf.keras.Model):
    def __init__(self, network="dense", units=64, learning_rate=0.003):
        super().__init__()
        self.hidden = networks[network](units)
        self.logits = tf.keras.layers.Dense(10, name="dense" if network == "recurrent" else "dense_1")
        # A layer creates its variables when it first sees the shape of its input.
        self.call(tf.keras.Input([784]))
        self.optimizer = optimizers.Adam(self.trainable_variables, learning_rate)

    def call(self, x):
        for layer in self.hidden:
            x = layer(x)
        return self.logits(x)

    def probabilities(self, x):
        return tf.nn.softmax(self(x)).numpy()

    def cost(self, x, y):
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


def train(run, mnist, args, network="dense", **hparams):
    """Trains a network; returns it, and its cost and accuracy on the validation set."""
    # Keras' initializers take their seeds from Python's generator, which tf.random.set_seed leaves alone.
    tf.keras.utils.set_random_seed(args.seed)
    model = Model(network, **hparams)
    validation = mnist.validation.images, mnist.validation.labels
    total_batch = tutorial.batches(mnist.train.num_examples, args.batch_size)

    with tf.summary.create_file_writer(str(args.logdir / run)).as_default():
        if hparams:
            hp.hparams_config(search.HPARAMS, search.METRICS)
            hp.hparams(hparams, trial_id=run)

        for epoch in tutorial.progress(range(args.epochs), run):
            batches = mnist.train.next_batches(total_batch, args.batch_size)
            if epoch == 0:
                tf.summary.graph(model.train.get_concrete_function(*batches).graph)
            model.train(*batches)
            cost = model.cost(*validation).numpy()
            accuracy = combining.accuracy(model(validation[0]), validation[1])
            tf.summary.scalar("validation/cost", cost, epoch)
            tf.summary.scalar("validation/accuracy", accuracy, epoch)
            for variable in model.trainable_variables:
                tf.summary.histogram(variable.path, variable, epoch)

        if hparams:
            end = summary.session_end_pb(api_pb2.STATUS_SUCCESS)
            tf.summary.experimental.write_raw_pb(end.SerializeToString(), step=0)
    return model, cost, accuracy


def main(arguments=None):
    options = tutorial.parser(__file__, __doc__, quick={"trials": 2, "epochs": 3}, trials=8, epochs=30, batch_size=100)
    tutorial.add_data(options, "a directory with the four MNIST files")
    args = tutorial.parse(options, arguments)
    mnist = datasets.mnist(args.data, validation_size=validation_size, seed=args.seed)

    trials = search.draw_trials(args.trials, args.seed)
    models, costs = {}, {}
    for run, hparams in trials.items():
        models[run], costs[run], accuracy = train(run, mnist, args, **hparams)
        print(
            run,
            "units: {units:3d} learning rate: {learning_rate:.5f}".format(**hparams),
            "validation cost: {:.4f} accuracy: {:.4f}".format(costs[run], accuracy),
        )
    best = min(costs, key=costs.get)
    print("Best:", best)

    members = [models[best]]
    for network in ("convolutional", "recurrent"):
        member, _, _ = train(network, mnist, args, network)
        members.append(member)

    predicted = {}
    for name in ("validation", "test"):
        predicted[name] = [member.probabilities(getattr(mnist, name).images) for member in members]

    weights = combining.choose_weights(predicted["validation"], mnist.validation.labels)
    answers = dict(zip(networks, predicted["test"], strict=True))
    answers["averaged"] = combining.average(predicted["test"])
    answers["weighted"] = combining.weigh(predicted["test"], weights)
    answers["voted"] = combining.vote(predicted["test"])
    print("Weights:", *np.round(weights, 2))
    for name, answer in answers.items():
        print("Test accuracy, {}: {:.4f}".format(name, combining.accuracy(answer, mnist.test.labels)))
    figure.save_disagreements(args.logdir / "picture.png", mnist.test, answers)


if __name__ == "__main__":
    tutorial.run(main)
