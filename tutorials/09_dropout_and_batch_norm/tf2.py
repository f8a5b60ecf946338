"""Dropout and batch normalization in TensorFlow 2: training or not is an argument, and nothing else to run."""

from tf1graphs import datasets, figures, optimizers, tutorial
import tensorflow as tf

# The moving averages look back on some ten batches. The usual 0.99 looks back on a hundred: many epochs of a small set.
momentum = 0.9
# name -> (batch normalization or not, share of the neurons that a training step keeps)
networks = {"plain": (False, 1.0), "dropout": (False, 0.8), "batch normalization": (True, 1.0)}


class BatchNormalization(tf.Module):
    """What tf.keras.layers.BatchNormalization computes, spelt out; the name is the prefix of its variables."""

    def __init__(self, units, name):
        super().__init__(name)
        with self.name_scope:
            self.gamma = tf.Variable(tf.ones([units]), name="gamma")
            self.beta = tf.Variable(tf.zeros([units]), name="beta")
            self.moving_mean = tf.Variable(tf.zeros([units]), trainable=False, name="moving_mean")
            self.moving_variance = tf.Variable(tf.ones([units]), trainable=False, name="moving_variance")

    def __call__(self, x, training):
        mean, variance = self.moving_mean, self.moving_variance
        if training:
            mean, variance = tf.nn.moments(x, axes=[0])
            self.moving_mean.assign_sub((self.moving_mean - mean) * (1.0 - momentum))
            self.moving_variance.assign_sub((self.moving_variance - variance) * (1.0 - momentum))
        return tf.nn.batch_normalization(x, mean, variance, self.beta, self.gamma, variance_epsilon=0.001)


class Model(tf.Module):
    def __init__(self, normalize=True, keep_prob=0.8):
        super().__init__()
        self.keep_prob = keep_prob
        self.W1 = tf.Variable(tf.random.normal([784, 256], stddev=0.01), name="W1")
        self.norm1 = BatchNormalization(256, "batch_normalization") if normalize else None
        self.W2 = tf.Variable(tf.random.normal([256, 256], stddev=0.01), name="W2")
        self.norm2 = BatchNormalization(256, "batch_normalization_1") if normalize else None
        self.W3 = tf.Variable(tf.random.normal([256, 10], stddev=0.01), name="W3")
        self.optimizer = optimizers.Adam(self.trainable_variables, learning_rate=0.001)

    def __call__(self, x, training=False):
        L1 = x @ self.W1
        if self.norm1:
            L1 = self.norm1(L1, training)
        L1 = self.dropout(tf.nn.relu(L1), training)
        L2 = L1 @ self.W2
        if self.norm2:
            L2 = self.norm2(L2, training)
        L2 = self.dropout(tf.nn.relu(L2), training)
        return L2 @ self.W3

    def dropout(self, x, training):
        return tf.nn.dropout(x, rate=1.0 - self.keep_prob) if training else x

    def cost(self, x, y, training=True):
        logits = self(x, training)
        return tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=y, logits=logits))

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


def train(name, mnist, args):
    """Trains one of the networks and returns its accuracy on the test images after each epoch."""
    normalize, keep_prob = networks[name]
    tf.random.set_seed(args.seed)
    model = Model(normalize, keep_prob)
    total_batch = tutorial.batches(mnist.train.num_examples, args.batch_size)
    accuracies = []

    with tf.summary.create_file_writer(str(args.logdir / name)).as_default():
        for epoch in tutorial.progress(range(args.epochs), name):
            batches = mnist.train.next_batches(total_batch, args.batch_size)
            if epoch == 0:
                tf.summary.graph(model.train.get_concrete_function(*batches).graph)
            costs = model.train(*batches).numpy()
            is_correct = tf.equal(tf.argmax(model(mnist.test.images), 1), tf.argmax(mnist.test.labels, 1))
            accuracies.append(tf.reduce_mean(tf.cast(is_correct, tf.float32)).numpy())
            print("Epoch:", "%04d" % (epoch + 1), "Avg. cost =", "{:.3f}".format(costs.mean()))
            tf.summary.scalar("cost", model.cost(mnist.test.images, mnist.test.labels, training=False), epoch)
            tf.summary.scalar("accuracy", accuracies[-1], epoch)
            for weights in (model.W1, model.W2, model.W3):
                tf.summary.histogram(weights.name, weights, epoch)
    return accuracies


def main(arguments=None):
    options = tutorial.parser(__file__, __doc__, quick={"epochs": 2, "batch_size": 25}, epochs=40, batch_size=100)
    tutorial.add_data(options, "a directory with the four MNIST files")
    args = tutorial.parse(options, arguments)
    mnist = datasets.mnist(args.data, seed=args.seed)
    curves = {}
    for name in networks:
        curves[name] = train(name, mnist, args)
        print("Accuracy with", name + ":", curves[name][-1])
    figures.save_curves(args.logdir / "picture.png", curves, x="epoch", y="accuracy on test images")


if __name__ == "__main__":
    tutorial.run(main)
