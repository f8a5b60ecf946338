"""DeepDream in TensorFlow 2: a tape watches the photograph where the graph version asks tf.gradients."""

from pathlib import Path

import numpy as np
from octaves import dreams, too_small

from tf1graphs import figures, optimizers, tutorial
from tf1graphs.datasets import photo, pretrained, textures
import tensorflow as tf

n_class = len(textures.NAMES)
side = 32
kernels = {"conv1": [5, 5, 3, 16], "conv2": [3, 3, 16, 32], "conv3": [3, 3, 32, 48], "conv4": [3, 3, 48, 64]}
# How much each layer contributes to the loss of a dream, and the loss at which an octave ends.
contributions, max_loss = {"conv3": 1.0, "conv4": 0.03}, 40.0
inception_contributions, inception_max_loss = {"mixed2": 0.2, "mixed3": 3.0, "mixed4": 2.0, "mixed5": 1.5}, 10.0
step_size = 0.01
# So many steps are one call of train, then the cost is printed; so many textures measure the accuracy.
round_size = 50
test_size = 300


class Model(tf.Module):
    contributions = contributions
    max_loss = max_loss

    def __init__(self):
        super().__init__()
        self.kernels, self.biases = {}, {}
        for name, shape in kernels.items():
            stddev = (2 / np.prod(shape[:3])) ** 0.5
            self.kernels[name] = tf.Variable(tf.random.normal(shape, stddev=stddev), name=name + "_W")
            self.biases[name] = tf.Variable(tf.zeros(shape[3:]), name=name + "_b")
        self.W = tf.Variable(tf.random.normal([64, n_class], stddev=0.1), name="W")
        self.optimizer = optimizers.Adam(self.trainable_variables, learning_rate=0.003)

    def layers(self, x):
        layers = {}
        current = 2 * x - 1
        for name, W in self.kernels.items():
            layers[name] = tf.nn.relu(tf.nn.conv2d(current, W, 1, "SAME") + self.biases[name])
            # Averages, because the gradient of a maximum changes one pixel in four, and dreams would be dust.
            current = tf.nn.avg_pool2d(layers[name], 2, 2, "SAME")
        return {**layers, "last": current}

    def __call__(self, x):
        return tf.reduce_mean(self.layers(x)["last"], axis=[1, 2]) @ self.W

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


class Inception(tf.Module):
    contributions = inception_contributions
    max_loss = inception_max_loss

    def __init__(self, weights):
        super().__init__()
        network = tf.keras.applications.InceptionV3(include_top=False, weights=str(weights))
        outputs = {name: network.get_layer(name).output for name in inception_contributions}
        self.network = tf.keras.Model(network.input, outputs)

    def layers(self, x):
        return self.network(2 * x - 1, training=False)


@tf.function(reduce_retracing=True)
def ascent(model, dream):
    """Returns the loss of a picture, and the direction in which it grows, of mean length 1."""
    with tf.GradientTape() as tape:
        tape.watch(dream)
        layers = model.layers(dream)
        # Around a picture a layer sees zeros, whose edge is not to be dreamt of.
        squares = {name: tf.square(layers[name][:, 2:-2, 2:-2]) for name in model.contributions}
        loss = tf.add_n([weight * tf.reduce_mean(squares[name]) for name, weight in model.contributions.items()])
    gradients = tape.gradient(loss, dream)
    return loss, gradients / tf.maximum(tf.reduce_mean(tf.abs(gradients)), 1e-7)


def train(model, args):
    random = np.random.RandomState(args.seed)
    for done in tutorial.progress(range(0, args.steps, round_size), "Training"):
        count = min(round_size, args.steps - done)
        rounds = [textures.batch(random, args.batch_size, side) for _ in range(count)]
        xs, ys = (np.stack(arrays) for arrays in zip(*rounds))
        if done == 0:
            tf.summary.graph(model.train.get_concrete_function(xs, ys).graph)
        costs = model.train(xs, ys).numpy()
        print("Step:", "%04d" % (done + count), "cost =", "{:.3f}".format(costs[-1]))
        tf.summary.scalar("cost", model.cost(xs[-1], ys[-1]), done + count)
        for variable in model.trainable_variables:
            tf.summary.histogram(variable.name, variable, done + count)

    xs, ys = textures.batch(random, test_size, side)
    predictions = tf.argmax(model(xs), axis=1).numpy()
    print("Accuracy:", np.mean(predictions == np.argmax(ys, axis=1)))


def main(arguments=None):
    quick = {"steps": 110, "batch_size": 8, "size": 96, "iterations": 2}
    options = tutorial.parser(
        __file__, __doc__, quick=quick, steps=1000, batch_size=32, size=240, octaves=3, iterations=20
    )
    options.add_argument("--image", type=Path, metavar="FILE", help="a photograph; default: Grace Hopper")
    args = tutorial.parse(options, arguments)
    picture = photo.read(args.image, args.size)
    tf.random.set_seed(args.seed)
    weights = pretrained.weights("InceptionV3")

    with tf.summary.create_file_writer(str(args.logdir)).as_default():
        if weights:
            model = Inception(weights)
            tf.summary.graph(ascent.get_concrete_function(model, picture[np.newaxis]).graph)
        else:
            model = Model()
            train(model, args)

    def ascend(dream):
        for i in range(args.iterations):
            loss, gradients = ascent(model, tf.constant(dream[np.newaxis]))
            if np.isnan(loss):
                tutorial.fail(too_small.format(*dream.shape))
            if loss > model.max_loss:
                break
            print("Size:", dream.shape[:2], "iteration:", i + 1, "loss =", "{:.3f}".format(loss))
            dream = np.clip(dream + step_size * gradients[0].numpy(), 0, 1)
        return dream

    octaves = list(dreams(picture, args.octaves, ascend))
    titles = [f"octave {number}" for number in range(1, args.octaves + 1)]
    figures.save_pictures(args.logdir / "picture.png", {"photograph": picture, **dict(zip(titles, octaves))})


if __name__ == "__main__":
    tutorial.run(main)
