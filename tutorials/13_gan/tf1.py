"""GAN: a generator learns to paint digits by deceiving a discriminator, which learns to tell them from real ones."""

from types import SimpleNamespace

import numpy as np

from tf1graphs import datasets, figures, tutorial
import tf1graphs.v1 as tf

learning_rate = 0.0005
n_hidden = 256
n_input = 28 * 28
n_noise = 128
sample_size = 10
# Every so many steps the losses are printed and samples painted.
round_size = 500


def build():
    X = tf.placeholder(tf.float32, [None, n_input], name="X")
    Z = tf.placeholder(tf.float32, [None, n_noise], name="Z")

    G_W1 = tf.Variable(tf.random_normal([n_noise, n_hidden], stddev=(2 / n_noise) ** 0.5), name="G_W1")
    G_b1 = tf.Variable(tf.zeros([n_hidden]), name="G_b1")
    G_W2 = tf.Variable(tf.random_normal([n_hidden, n_input], stddev=(2 / n_hidden) ** 0.5), name="G_W2")
    G_b2 = tf.Variable(tf.zeros([n_input]), name="G_b2")

    D_W1 = tf.Variable(tf.random_normal([n_input, n_hidden], stddev=(2 / n_input) ** 0.5), name="D_W1")
    D_b1 = tf.Variable(tf.zeros([n_hidden]), name="D_b1")
    D_W2 = tf.Variable(tf.random_normal([n_hidden, 1], stddev=(2 / n_hidden) ** 0.5), name="D_W2")
    D_b2 = tf.Variable(tf.zeros([1]), name="D_b2")

    def generator(noise):
        hidden = tf.nn.relu(tf.matmul(noise, G_W1) + G_b1)
        return tf.nn.sigmoid(tf.matmul(hidden, G_W2) + G_b2)

    def discriminator(images):
        hidden = tf.nn.relu(tf.matmul(images, D_W1) + D_b1)
        return tf.matmul(hidden, D_W2) + D_b2

    G = generator(Z)
    D_gene = discriminator(G)
    D_real = discriminator(X)

    # log(sigmoid(D_real)) + log(1 - sigmoid(D_gene)), without the infinity where a sigmoid rounds to 0 or 1.
    loss_D = tf.reduce_mean(tf.log_sigmoid(D_real) + tf.log_sigmoid(-D_gene))
    loss_G = tf.reduce_mean(tf.log_sigmoid(D_gene))

    # Both losses are to grow, so their negatives are minimized; each player changes its own variables only.
    D_var_list = [D_W1, D_b1, D_W2, D_b2]
    G_var_list = [G_W1, G_b1, G_W2, G_b2]
    train_D = tf.train.AdamOptimizer(learning_rate, beta1=0.5).minimize(-loss_D, var_list=D_var_list)
    train_G = tf.train.AdamOptimizer(learning_rate, beta1=0.5).minimize(-loss_G, var_list=G_var_list)

    tf.summary.scalar("loss_D", loss_D)
    tf.summary.scalar("loss_G", loss_G)
    for variable in D_var_list + G_var_list:
        tf.summary.histogram(variable.op.name, variable)
    return SimpleNamespace(X=X, Z=Z, G=G, loss_D=loss_D, loss_G=loss_G, train_D=train_D, train_G=train_G)


def get_noise(random, *shape):
    return random.normal(size=(*shape, n_noise)).astype(np.float32)


def main(arguments=None):
    options = tutorial.parser(__file__, __doc__, quick={"steps": 110, "batch_size": 25}, steps=6000, batch_size=100)
    tutorial.add_data(options, "a directory with the four MNIST files")
    args = tutorial.parse(options, arguments)
    mnist = datasets.mnist(args.data, seed=args.seed)
    random = np.random.RandomState(args.seed)
    sample_noise = get_noise(random, 3, sample_size)
    samples = args.logdir / "samples"
    samples.mkdir(exist_ok=True)
    tf.set_random_seed(args.seed)
    graph = build()
    merged = tf.summary.merge_all()

    with tf.Session() as sess, tf.summary.FileWriter(str(args.logdir), sess.graph) as writer:
        sess.run(tf.global_variables_initializer())

        for step in tutorial.progress(range(1, args.steps + 1), "Training"):
            batch_xs, _ = mnist.train.next_batch(args.batch_size)
            noise = get_noise(random, args.batch_size)
            batch = {graph.X: batch_xs, graph.Z: noise}
            _, loss_val_D = sess.run([graph.train_D, graph.loss_D], batch)
            _, loss_val_G = sess.run([graph.train_G, graph.loss_G], {graph.Z: noise})

            if step % round_size == 0 or step == args.steps:
                print("Step:", "%05d" % step, "D loss: {:.4f}".format(loss_val_D), "G loss: {:.4f}".format(loss_val_G))
                writer.add_summary(sess.run(merged, batch), step)
                images = sess.run(graph.G, {graph.Z: sample_noise[0]})
                figures.save_digits(samples / "{:03d}.png".format((step - 1) // round_size), images)
        print("Optimization finished")

        rows = [sess.run(graph.G, {graph.Z: noise}) for noise in sample_noise]
    figures.save_digits(args.logdir / "picture.png", *rows)


if __name__ == "__main__":
    tutorial.run(main)
