"""Augmentation: a network trained on a few images of each digit, with and without changing them in each step."""

from types import SimpleNamespace

import figure
import numpy as np
import settings
from tf1_augment import OPTIONS, augment, pipeline

from tf1graphs import tutorial
import tf1graphs.v1 as tf

batch_size = 50
# Every so many steps the test images are looked at.
round_size = 20


def build():
    X = tf.placeholder(tf.float32, [None, 28, 28, 1], name="X")
    Y = tf.placeholder(tf.float32, [None, 10], name="Y")
    is_augmented = tf.placeholder(tf.bool, name="is_augmented")

    draws = tf.random_uniform([tf.shape(X)[0], len(OPTIONS)], -1.0, 1.0)
    images = tf.cond(is_augmented, lambda: augment(X, draws, **settings.RANGES), lambda: X)

    L1 = tf.layers.conv2d(images, 16, 5, 2, padding="same", activation=tf.nn.elu)
    L2 = tf.layers.conv2d(L1, 32, 5, 2, padding="same", activation=tf.nn.elu)
    L3 = tf.layers.dense(tf.layers.flatten(L2), 64, activation=tf.nn.elu)
    model = tf.layers.dense(L3, 10)

    cost = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits_v2(logits=model, labels=Y))
    train_op = tf.train.AdamOptimizer(0.001).minimize(cost)

    is_correct = tf.equal(tf.argmax(model, 1), tf.argmax(Y, 1))
    accuracy = tf.reduce_mean(tf.cast(is_correct, tf.float32))

    tf.summary.scalar("test_accuracy", accuracy)
    for weights in tf.trainable_variables():
        tf.summary.histogram(weights.op.name, weights)
    return SimpleNamespace(
        X=X, Y=Y, is_augmented=is_augmented, model=model, cost=cost, train_op=train_op, accuracy=accuracy
    )


def train(variant, few, test, args, seed):
    """Trains a network on a few images and returns its accuracy on the test images."""
    ranges, is_augmented = settings.VARIANTS[variant]
    tf.set_random_seed(seed)
    graph = build()
    merged = tf.summary.merge_all()
    next_batch = tf.data.make_one_shot_iterator(pipeline(*few, batch_size=batch_size, seed=seed, **ranges)).get_next()
    unseen = {graph.X: test[0], graph.Y: test[1], graph.is_augmented: False}
    run = "{}, seed {}".format(variant, seed)

    with tf.Session() as sess, tf.summary.FileWriter(str(args.logdir / run), sess.graph) as writer:
        sess.run(tf.global_variables_initializer())
        for step in tutorial.progress(range(1, args.steps + 1), run):
            batch_xs, batch_ys = sess.run(next_batch)
            batch = {graph.X: batch_xs, graph.Y: batch_ys, graph.is_augmented: is_augmented}
            _, cost_val = sess.run([graph.train_op, graph.cost], batch)
            if step % round_size == 0 or step == args.steps:
                accuracy, summary = sess.run([graph.accuracy, merged], unseen)
                writer.add_summary(summary, step)
    print(run + ":", "last cost = {:.4f}, test accuracy = {:.4f}".format(cost_val, accuracy))
    return accuracy


def show(image, path):
    """Saves what becomes of an image under each option, [28, 28, 1]."""
    parts = np.linspace(-1.0, 1.0, 7)
    rows = {}
    with tf.Graph().as_default(), tf.Session() as sess:
        for column, (option, most) in enumerate(settings.SHOWN.items()):
            draws = parts[:, np.newaxis] * np.eye(len(OPTIONS))[column]
            images = augment(tf.stack([image] * len(parts)), tf.constant(draws, tf.float32), **{option: most})
            rows["{} = {}".format(option, most)] = sess.run(images)
    figure.save_options(path, rows, parts)


def main(arguments=None):
    quick = {"steps": 20, "repeats": 2}
    options = tutorial.parser(__file__, __doc__, quick=quick, steps=300, repeats=3, per_digit=10)
    tutorial.add_data(options, "a directory with the four MNIST files")
    args = tutorial.parse(options, arguments)
    few, test = settings.load(args.data, args.per_digit)

    accuracies = {variant: [] for variant in settings.VARIANTS}
    for seed in range(args.seed, args.seed + args.repeats):
        for variant in settings.VARIANTS:
            with tf.Graph().as_default():
                accuracies[variant].append(train(variant, few, test, args, seed))
    for variant, values in accuracies.items():
        print("Augmented {}: {:.4f} on average".format(variant, np.mean(values)))
    show(test[0][0], args.logdir / "picture.png")


if __name__ == "__main__":
    tutorial.run(main)
