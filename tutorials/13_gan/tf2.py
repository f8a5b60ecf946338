"""GAN in TensorFlow 2: one gradient tape and one optimizer for each player; hundreds of steps are one call."""

import numpy as np

from tf1graphs import datasets, figures, optimizers, tutorial
import tensorflow as tf

learning_rate = 0.0005
n_hidden = 256
n_input = 28 * 28
n_noise = 128
sample_size = 10
# So many steps are one call of train; then the losses are printed and samples painted.
round_size = 500


class Model(tf.Module):
    def __init__(self):
        super().__init__()
        self.G_W1 = tf.Variable(tf.random.normal([n_noise, n_hidden], stddev=(2 / n_noise) ** 0.5), name="G_W1")
        self.G_b1 = tf.Variable(tf.zeros([n_hidden]), name="G_b1")
        self.G_W2 = tf.Variable(tf.random.normal([n_hidden, n_input], stddev=(2 / n_hidden) ** 0.5), name="G_W2")
        self.G_b2 = tf.Variable(tf.zeros([n_input]), name="G_b2")

        self.D_W1 = tf.Variable(tf.random.normal([n_input, n_hidden], stddev=(2 / n_input) ** 0.5), name="D_W1")
        self.D_b1 = tf.Variable(tf.zeros([n_hidden]), name="D_b1")
        self.D_W2 = tf.Variable(tf.random.normal([n_hidden, 1], stddev=(2 / n_hidden) ** 0.5), name="D_W2")
        self.D_b2 = tf.Variable(tf.zeros([1]), name="D_b2")

        self.D_var_list = [self.D_W1, self.D_b1, self.D_W2, self.D_b2]
        self.G_var_list = [self.G_W1, self.G_b1, self.G_W2, self.G_b2]
        self.D_optimizer = optimizers.Adam(self.D_var_list, learning_rate, beta1=0.5)
        self.G_optimizer = optimizers.Adam(self.G_var_list, learning_rate, beta1=0.5)

    def __call__(self, z):
        hidden = tf.nn.relu(z @ self.G_W1 + self.G_b1)
        return tf.nn.sigmoid(hidden @ self.G_W2 + self.G_b2)

    def discriminator(self, images):
        hidden = tf.nn.relu(images @ self.D_W1 + self.D_b1)
        return hidden @ self.D_W2 + self.D_b2

    def loss_D(self, x, z):
        # log(sigmoid(D_real)) + log(1 - sigmoid(D_gene)), without the infinity where a sigmoid rounds to 0 or 1.
        D_gene = self.discriminator(self(z))
        D_real = self.discriminator(x)
        return tf.reduce_mean(tf.math.log_sigmoid(D_real) + tf.math.log_sigmoid(-D_gene))

    def loss_G(self, z):
        return tf.reduce_mean(tf.math.log_sigmoid(self.discriminator(self(z))))

    def restore_tf1(self, path):
        """Loads the weights of a checkpoint that the TF1 version's Saver wrote; the names are the same."""
        tf.train.Checkpoint(model=self).restore(path).expect_partial()

    @tf.function
    def train(self, xs, zs):
        """Takes one step of each player per batch, [steps, batch, ...]; returns loss_D and loss_G before it."""
        history = tf.TensorArray(tf.float32, size=len(xs))
        for step in tf.range(len(xs)):
            # Both losses are to grow, so their negatives are minimized; each player changes its own variables only.
            with tf.GradientTape() as tape:
                cost_D = -self.loss_D(xs[step], zs[step])
            self.D_optimizer.apply(tape.gradient(cost_D, self.D_var_list))
            with tf.GradientTape() as tape:
                cost_G = -self.loss_G(zs[step])
            self.G_optimizer.apply(tape.gradient(cost_G, self.G_var_list))
            history = history.write(step, [-cost_D, -cost_G])
        return history.stack()


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
    tf.random.set_seed(args.seed)
    model = Model()

    with tf.summary.create_file_writer(str(args.logdir)).as_default():
        for done in tutorial.progress(range(0, args.steps, round_size), "Training"):
            count = min(round_size, args.steps - done)
            step = done + count
            images, _ = mnist.train.next_batches(count, args.batch_size)
            batches = images, get_noise(random, count, args.batch_size)
            if done == 0:
                tf.summary.graph(model.train.get_concrete_function(*batches).graph)
            loss_D, loss_G = model.train(*batches).numpy()[-1]
            print("Step:", "%05d" % step, "D loss: {:.4f}".format(loss_D), "G loss: {:.4f}".format(loss_G))
            x, z = (array[-1] for array in batches)
            tf.summary.scalar("loss_D", model.loss_D(x, z), step)
            tf.summary.scalar("loss_G", model.loss_G(z), step)
            for variable in model.trainable_variables:
                tf.summary.histogram(variable.name, variable, step)
            figures.save_digits(samples / "{:03d}.png".format(done // round_size), model(sample_noise[0]).numpy())
    print("Optimization finished")

    figures.save_digits(args.logdir / "picture.png", *(model(noise).numpy() for noise in sample_noise))


if __name__ == "__main__":
    tutorial.run(main)
