"""Conditional GAN: with the label as a hint to both networks, the generator paints the digit that one asks for."""

from types import SimpleNamespace

import numpy as np

from tf1graphs import datasets, figures, tutorial
import tf1graphs.v1 as tf

learning_rate = 0.001
n_hidden = 256
n_input = 28 * 28
n_noise = 128
n_class = 10
# Every so many steps the losses are printed and samples painted.
round_size = 500


def build():
    X = tf.placeholder(tf.float32, [None, n_input], name="X")
    Y = tf.placeholder(tf.float32, [None, n_class], name="Y")
    Z = tf.placeholder(tf.float32, [None, n_noise], name="Z")

    def dense(inputs, units, activation, name):
        return tf.layers.dense(inputs, units, activation, kernel_initializer=tf.initializers.he_normal(), name=name)

    def generator(labels, noise):
        with tf.variable_scope("generator"):
            hidden = dense(tf.concat([noise, labels], 1), n_hidden, tf.nn.relu, "hidden")
            return dense(hidden, n_input, tf.nn.sigmoid, "output")

    def discriminator(images, labels):
        # The first call makes the variables, the second one uses them again.
        with tf.variable_scope("discriminator", reuse=tf.AUTO_REUSE):
            hidden = dense(tf.concat([images, labels], 1), n_hidden, tf.nn.relu, "hidden")
            return dense(hidden, 1, None, "output")

    def cross_entropy(logits, label):
        labels = tf.fill(tf.shape(logits), label)
        return tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=labels, logits=logits))

    G = generator(Y, Z)
    D_real = discriminator(X, Y)
    D_gene = discriminator(G, Y)

    loss_D = cross_entropy(D_real, 1.0) + cross_entropy(D_gene, 0.0)
    loss_G = cross_entropy(D_gene, 1.0)

    D_vars = tf.get_collection(tf.GraphKeys.TRAINABLE_VARIABLES, scope="discriminator")
    G_vars = tf.get_collection(tf.GraphKeys.TRAINABLE_VARIABLES, scope="generator")
    train_D = tf.train.AdamOptimizer(learning_rate, beta1=0.5).minimize(loss_D, var_list=D_vars)
    train_G = tf.train.AdamOptimizer(learning_rate, beta1=0.5).minimize(loss_G, var_list=G_vars)

    tf.summary.scalar("loss_D", loss_D)
    tf.summary.scalar("loss_G", loss_G)
    for variable in D_vars + G_vars:
        tf.summary.histogram(variable.op.name, variable)
    return SimpleNamespace(X=X, Y=Y, Z=Z, G=G, loss_D=loss_D, loss_G=loss_G, train_D=train_D, train_G=train_G)


def get_noise(random, *shape):
    return random.normal(size=(*shape, n_noise)).astype(np.float32)


def one_hot(digits):
    return np.eye(n_class, dtype=np.float32)[digits]


def read_digits(images, known):
    """Returns the digit that each image shows: that of the nearest image in the set ``known``."""
    distances = np.sum(known.images**2, axis=1) - 2 * images @ known.images.T
    return np.argmax(known.labels[np.argmin(distances, axis=1)], axis=1)


def train(sess, graph, args, mnist, random):
    ten_digits = {graph.Y: one_hot(range(n_class)), graph.Z: get_noise(random, n_class)}
    merged = tf.summary.merge_all()
    samples = args.logdir / "samples"
    samples.mkdir(exist_ok=True)

    with tf.summary.FileWriter(str(args.logdir), sess.graph) as writer:
        for step in tutorial.progress(range(1, args.steps + 1), "Training"):
            batch_xs, batch_ys = mnist.train.next_batch(args.batch_size)
            hint = {graph.Y: batch_ys, graph.Z: get_noise(random, args.batch_size)}
            batch = {graph.X: batch_xs, **hint}
            _, loss_val_D = sess.run([graph.train_D, graph.loss_D], batch)
            _, loss_val_G = sess.run([graph.train_G, graph.loss_G], hint)

            if step % round_size == 0 or step == args.steps:
                print("Step:", "%05d" % step, "D loss: {:.4f}".format(loss_val_D), "G loss: {:.4f}".format(loss_val_G))
                writer.add_summary(sess.run(merged, batch), step)
                images = sess.run(graph.G, ten_digits)
                figures.save_digits(samples / "{:03d}.png".format((step - 1) // round_size), images)
    print("Optimization finished")


def main(arguments=None):
    options = tutorial.parser(__file__, __doc__, quick={"steps": 110, "batch_size": 25}, steps=6000, batch_size=100)
    tutorial.add_data(options, "a directory with the four MNIST files")
    options.add_argument(
        "--digit", type=int, choices=range(n_class), help="paint ten of this digit with what the last run learned"
    )
    args = tutorial.parse(options, arguments)
    tf.set_random_seed(args.seed)
    graph = build()
    saver = tf.train.Saver(max_to_keep=1)
    random = np.random.RandomState(args.seed)

    with tf.Session() as sess:

        def paint(digits):
            return sess.run(graph.G, {graph.Y: one_hot(digits), graph.Z: get_noise(random, len(digits))})

        if args.digit is not None:
            checkpoint = tf.train.latest_checkpoint(str(args.logdir / "model"))
            if not checkpoint:
                tutorial.fail("there is no checkpoint in {}: run without --digit first".format(args.logdir / "model"))
            saver.restore(sess, checkpoint)
            path = args.logdir / "digit_{}.png".format(args.digit)
            figures.save_digits(path, paint([args.digit] * n_class))
            print("Saved:", path)
            return

        mnist = datasets.mnist(args.data, seed=args.seed)
        sess.run(tf.global_variables_initializer())
        train(sess, graph, args, mnist, random)
        saver.save(sess, str(args.logdir / "model" / "gan.ckpt"))

        asked = np.repeat(range(n_class), 100)
        real, shown = mnist.train.next_batch(1000)
        print("Real digits recognized:", np.mean(read_digits(real, mnist.test) == np.argmax(shown, axis=1)))
        print("Painted digits recognized:", np.mean(read_digits(paint(asked), mnist.test) == asked))
        first_of_each = mnist.train.images[np.argmax(mnist.train.labels, axis=0)]
        rows = [paint(range(n_class)) for _ in range(4)]
    figures.save_digits(args.logdir / "picture.png", first_of_each, *rows, titles="0123456789")


if __name__ == "__main__":
    tutorial.run(main)
