"""DeepDream: gradient ascent on a photograph shows in it what the layers of a network respond to."""

from pathlib import Path
from types import SimpleNamespace

import numpy as np
from octaves import dreams, too_small

from tf1graphs import figures, tutorial
from tf1graphs.datasets import photo, pretrained, textures
import tf1graphs.v1 as tf

n_class = len(textures.NAMES)
side = 32
kernels = {"conv1": [5, 5, 3, 16], "conv2": [3, 3, 16, 32], "conv3": [3, 3, 32, 48], "conv4": [3, 3, 48, 64]}
# How much each layer contributes to the loss of a dream, and the loss at which an octave ends.
contributions, max_loss = {"conv3": 1.0, "conv4": 0.03}, 40.0
inception_contributions, inception_max_loss = {"mixed2": 0.2, "mixed3": 3.0, "mixed4": 2.0, "mixed5": 1.5}, 10.0
step_size = 0.01
# Every so many steps the cost is printed; so many textures measure the accuracy.
round_size = 50
test_size = 300


def build():
    X = tf.placeholder(tf.float32, [None, None, None, 3], name="X")
    Y = tf.placeholder(tf.float32, [None, n_class], name="Y")

    layers = {}
    current = 2 * X - 1
    for name, shape in kernels.items():
        W = tf.Variable(tf.random_normal(shape, stddev=(2 / np.prod(shape[:3])) ** 0.5), name=name + "_W")
        b = tf.Variable(tf.zeros(shape[3:]), name=name + "_b")
        layers[name] = tf.nn.relu(tf.nn.conv2d(current, W, [1, 1, 1, 1], "SAME") + b)
        # Averages, because the gradient of a maximum changes one pixel in four, and dreams would be dust.
        current = tf.nn.avg_pool(layers[name], [1, 2, 2, 1], [1, 2, 2, 1], "SAME")

    W = tf.Variable(tf.random_normal([64, n_class], stddev=0.1), name="W")
    model = tf.matmul(tf.reduce_mean(current, axis=[1, 2]), W)

    cost = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits_v2(logits=model, labels=Y))
    train_op = tf.train.AdamOptimizer(0.003).minimize(cost)

    tf.summary.scalar("cost", cost)
    for variable in tf.trainable_variables():
        tf.summary.histogram(variable.op.name, variable)
    return SimpleNamespace(
        X=X,
        Y=Y,
        layers=layers,
        contributions=contributions,
        max_loss=max_loss,
        model=model,
        cost=cost,
        train_op=train_op,
    )


def inception():
    X = tf.placeholder(tf.float32, [None, None, None, 3], name="X")
    network = tf.keras.applications.InceptionV3(include_top=False, weights=None, input_tensor=2 * X - 1)
    return SimpleNamespace(
        X=X,
        layers={name: network.get_layer(name).output for name in inception_contributions},
        contributions=inception_contributions,
        max_loss=inception_max_loss,
        load_weights=network.load_weights,
    )


def ascent(graph):
    """Returns the loss of a picture, and the direction in which it grows, of mean length 1."""
    # Around a picture a layer sees zeros, whose edge is not to be dreamt of.
    squares = {name: tf.square(graph.layers[name][:, 2:-2, 2:-2]) for name in graph.contributions}
    loss = tf.add_n([weight * tf.reduce_mean(squares[name]) for name, weight in graph.contributions.items()])
    gradients = tf.gradients(loss, graph.X)[0]
    return loss, gradients / tf.maximum(tf.reduce_mean(tf.abs(gradients)), 1e-7)


def train(sess, graph, writer, args):
    random = np.random.RandomState(args.seed)
    merged = tf.summary.merge_all()
    for step in tutorial.progress(range(1, args.steps + 1), "Training"):
        xs, ys = textures.batch(random, args.batch_size, side)
        _, cost_val = sess.run([graph.train_op, graph.cost], {graph.X: xs, graph.Y: ys})
        if step % round_size == 0 or step == args.steps:
            print("Step:", "%04d" % step, "cost =", "{:.3f}".format(cost_val))
            writer.add_summary(sess.run(merged, {graph.X: xs, graph.Y: ys}), step)

    xs, ys = textures.batch(random, test_size, side)
    predictions = np.argmax(sess.run(graph.model, {graph.X: xs}), axis=1)
    print("Accuracy:", np.mean(predictions == np.argmax(ys, axis=1)))


def main(arguments=None):
    quick = {"steps": 110, "batch_size": 8, "size": 96, "iterations": 2}
    options = tutorial.parser(
        __file__, __doc__, quick=quick, steps=1000, batch_size=32, size=240, octaves=3, iterations=20
    )
    options.add_argument("--image", type=Path, metavar="FILE", help="a photograph; default: Grace Hopper")
    args = tutorial.parse(options, arguments)
    picture = photo.read(args.image, args.size)
    tf.set_random_seed(args.seed)
    weights = pretrained.weights("InceptionV3")
    graph = inception() if weights else build()
    loss, gradients = ascent(graph)

    with tf.Session() as sess, tf.summary.FileWriter(str(args.logdir), sess.graph) as writer:
        sess.run(tf.global_variables_initializer())
        if weights:
            graph.load_weights(str(weights))
        else:
            train(sess, graph, writer, args)

        def ascend(dream):
            for i in range(args.iterations):
                loss_val, gradients_val = sess.run([loss, gradients], {graph.X: dream[np.newaxis]})
                if np.isnan(loss_val):
                    tutorial.fail(too_small.format(*dream.shape))
                if loss_val > graph.max_loss:
                    break
                print("Size:", dream.shape[:2], "iteration:", i + 1, "loss =", "{:.3f}".format(loss_val))
                dream = np.clip(dream + step_size * gradients_val[0], 0, 1)
            return dream

        octaves = list(dreams(picture, args.octaves, ascend))
    titles = [f"octave {number}" for number in range(1, args.octaves + 1)]
    figures.save_pictures(args.logdir / "picture.png", {"photograph": picture, **dict(zip(titles, octaves))})


if __name__ == "__main__":
    tutorial.run(main)
