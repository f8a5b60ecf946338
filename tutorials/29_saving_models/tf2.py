"""Saving models in TensorFlow 2: Keras 3's forms, SavedModels with functions as signatures, checkpoints of objects."""

import forms
import numpy as np
import tf2_load

from tf1graphs import datasets, optimizers, tutorial
from tf1graphs.replacing import replacing
import tensorflow as tf
from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2


class Model(tf.Module):
    def __init__(self):
        super().__init__()
        initializers = [tf.keras.initializers.RandomNormal(stddev=0.05, seed=seed) for seed in (1, 2)]
        images = tf.keras.Input([784])
        hidden = tf.keras.layers.Dense(64, "relu", kernel_initializer=initializers[0], name="hidden")(images)
        logits = tf.keras.layers.Dense(10, kernel_initializer=initializers[1], name="output")(hidden)
        self.network = tf.keras.Model(images, logits, name="network")
        self.optimizer = optimizers.Adam(self.network.trainable_variables, learning_rate=0.001)

    def __call__(self, x):
        return self.network(x)

    def cost(self, x, y):
        return tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=y, logits=self(x)))

    def restore_tf1(self, path):
        """Loads the weights of a checkpoint that the TF1 version's Saver wrote; the names are the same."""
        checkpoint = tf.train.load_checkpoint(path)
        for variable in self.network.trainable_variables:
            variable.assign(checkpoint.get_tensor(variable.path))

    @tf.function
    def train(self, xs, ys):
        """Takes one step per batch, [steps, batch, ...]; returns the cost before each."""
        costs = tf.TensorArray(tf.float32, size=len(xs))
        for step in tf.range(len(xs)):
            with tf.GradientTape() as tape:
                cost = self.cost(xs[step], ys[step])
            gradients = tape.gradient(cost, self.network.trainable_variables)
            self.optimizer.apply(gradients)
            costs = costs.write(step, cost)
        return costs.stack()


class Serving(tf.Module):
    """What a SavedModel can be asked: each function has its inputs as arguments, and returns its outputs by name."""

    def __init__(self, network):
        super().__init__()
        self.network = network
        # A SavedModel restores the tf.Variables that it can reach; Keras 3 keeps each inside a variable of its own.
        self.weights = [variable.value for variable in network.weights]

    @tf.function(input_signature=[tf.TensorSpec([None, 784], tf.float32, name="images")])
    def serve(self, images):
        logits = self.network(images)
        return {"digit": tf.argmax(logits, 1), "logits": logits}

    def scores(self, examples):
        pixels = tf.io.parse_example(examples, {"pixels": tf.io.FixedLenFeature([784], tf.float32)})["pixels"]
        return tf.nn.softmax(self.network(pixels))

    @tf.function(input_signature=[tf.TensorSpec([None], tf.string, name="inputs")])
    def classify(self, inputs):
        names = tf.constant([[str(digit) for digit in range(10)]])
        return {"classes": tf.tile(names, [tf.size(inputs), 1]), "scores": self.scores(inputs)}

    @tf.function(input_signature=[tf.TensorSpec([None], tf.string, name="inputs")])
    def confidence(self, inputs):
        return {"outputs": tf.reduce_max(self.scores(inputs), axis=1)}


def save_all(model, folder):
    """Writes the trained network in all forms."""
    # The network in a form of its own, then its weights in another.
    (folder / "network.json").write_text(model.network.to_json(), encoding="utf-8")
    model.network.save_weights(folder / "network.weights.h5")
    # A checkpoint holds the values of objects, and how they hang together, but nothing that computes.
    tf.train.Checkpoint(network=model.network, optimizer=model.optimizer).write(str(folder / "model.ckpt"))
    # Both in one file: a zip of the two, or the older H5.
    model.network.save(folder / "network.keras")
    model.network.save(folder / "network.h5")

    # Frozen: the graph of one function, with the values of its variables as constants in it.
    serving = Serving(model.network)
    frozen = convert_variables_to_constants_v2(serving.serve.get_concrete_function())
    tf.io.write_graph(frozen.graph.as_graph_def(), str(folder), "frozen.pb", as_text=False)

    signatures = {"serving_default": serving.serve, "classify": serving.classify, "confidence": serving.confidence}
    with replacing(folder / "saved_model" / "1") as version:
        tf.saved_model.save(serving, str(version), signatures=signatures)
    # Keras writes a SavedModel of the network alone, with one signature.
    with replacing(folder / "exported" / "1") as version:
        model.network.export(str(version), verbose=False)


def main(arguments=None):
    options = tutorial.parser(__file__, __doc__, quick={"epochs": 2, "batch_size": 25}, epochs=20, batch_size=100)
    tutorial.add_data(options, "a directory with the four MNIST files")
    args = tutorial.parse(options, arguments)
    mnist = datasets.mnist(args.data, seed=args.seed)
    tf.random.set_seed(args.seed)
    model = Model()
    total_batch = tutorial.batches(mnist.train.num_examples, args.batch_size)
    images = mnist.test.images

    with tf.summary.create_file_writer(str(args.logdir)).as_default():
        for epoch in tutorial.progress(range(args.epochs), "Training"):
            batches = mnist.train.next_batches(total_batch, args.batch_size)
            if epoch == 0:
                tf.summary.graph(model.train.get_concrete_function(*batches).graph)
            costs = model.train(*batches).numpy()
            print("Epoch:", "%04d" % (epoch + 1), "Avg. cost =", "{:.3f}".format(costs.mean()))
            tf.summary.scalar("cost", model.cost(*(array[-1] for array in batches)), epoch)
            for weights in model.network.trainable_variables:
                tf.summary.histogram(weights.path, weights, epoch)
    print("Optimization finished")

    logits = model(images).numpy()
    save_all(model, args.logdir)
    print("Accuracy:", np.mean(logits.argmax(axis=1) == mnist.test.labels.argmax(axis=1)))
    forms.save_expected(args.logdir, images, logits)
    forms.save_figure(args.logdir / "picture.png", tf2_load.FORMS, args.logdir)


if __name__ == "__main__":
    tutorial.run(main)
