"""Autoencoder in TensorFlow 2: encoding and decoding are two methods of the model, each of use by itself."""

from tf1graphs import datasets, figures, optimizers, tutorial
import tensorflow as tf

learning_rate = 0.01
n_input = 28 * 28
n_hidden = 256
sample_size = 10


class Model(tf.Module):
    def __init__(self):
        super().__init__()
        # Much larger weights would drive the sigmoids into their flat ends, where gradients vanish.
        self.W_encode = tf.Variable(tf.random.normal([n_input, n_hidden], stddev=0.1), name="W_encode")
        self.b_encode = tf.Variable(tf.random.normal([n_hidden], stddev=0.1), name="b_encode")
        self.W_decode = tf.Variable(tf.random.normal([n_hidden, n_input], stddev=0.1), name="W_decode")
        self.b_decode = tf.Variable(tf.random.normal([n_input], stddev=0.1), name="b_decode")
        self.optimizer = optimizers.RMSProp(self.trainable_variables, learning_rate)

    def encode(self, x):
        return tf.sigmoid(x @ self.W_encode + self.b_encode)

    def decode(self, code):
        return tf.sigmoid(code @ self.W_decode + self.b_decode)

    def __call__(self, x):
        return self.decode(self.encode(x))

    def cost(self, x):
        return tf.reduce_mean(tf.pow(x - self(x), 2))

    def restore_tf1(self, path):
        """Loads the weights of a checkpoint that the TF1 version's Saver wrote; the names are the same."""
        tf.train.Checkpoint(model=self).restore(path).expect_partial()

    @tf.function
    def train(self, xs):
        """Takes one step per batch, [steps, batch, ...]; returns the cost before each."""
        costs = tf.TensorArray(tf.float32, size=len(xs))
        for step in tf.range(len(xs)):
            with tf.GradientTape() as tape:
                cost = self.cost(xs[step])
            gradients = tape.gradient(cost, self.trainable_variables)
            self.optimizer.apply(gradients)
            costs = costs.write(step, cost)
        return costs.stack()


def main(arguments=None):
    options = tutorial.parser(__file__, __doc__, quick={"epochs": 2, "batch_size": 25}, epochs=50, batch_size=100)
    tutorial.add_data(options, "a directory with the four MNIST files")
    args = tutorial.parse(options, arguments)
    mnist = datasets.mnist(args.data, seed=args.seed)
    tf.random.set_seed(args.seed)
    model = Model()
    total_batch = tutorial.batches(mnist.train.num_examples, args.batch_size)

    with tf.summary.create_file_writer(str(args.logdir)).as_default():
        for epoch in tutorial.progress(range(args.epochs), "Training"):
            batch_xs, _ = mnist.train.next_batches(total_batch, args.batch_size)
            if epoch == 0:
                tf.summary.graph(model.train.get_concrete_function(batch_xs).graph)
            costs = model.train(batch_xs).numpy()
            print("Epoch:", "%04d" % (epoch + 1), "Avg. cost =", "{:.4f}".format(costs.mean()))
            tf.summary.scalar("cost", model.cost(batch_xs[-1]), epoch)
            for variable in model.trainable_variables:
                tf.summary.histogram(variable.name, variable, epoch)
    print("Optimization finished")

    print("Cost on test images:", model.cost(mnist.test.images).numpy())
    originals = mnist.test.images[:sample_size]
    figures.save_digits(args.logdir / "picture.png", originals, model(originals).numpy())


if __name__ == "__main__":
    tutorial.run(main)
