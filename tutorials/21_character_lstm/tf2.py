"""A character LSTM in TensorFlow 2: the cell is a module, its 60 steps a Python loop, an epoch one call."""

import math

import characters
import numpy as np
import writing_figure

from tf1graphs import optimizers, tutorial
import tensorflow as tf

n_hidden = 128


class BasicLSTMCell(tf.Module):
    """A new output and state from input and state; variables and gates as TF1's cell of this name has them."""

    def __init__(self, n_input, n_hidden):
        super().__init__()
        # TF1's default for kernels, glorot_uniform: the limit keeps signals of equal size on both sides of the layer.
        limit = math.sqrt(6.0 / (n_input + n_hidden + 4 * n_hidden))
        kernel = tf.random.uniform([n_input + n_hidden, 4 * n_hidden], -limit, limit)
        self.kernel = tf.Variable(kernel, name="rnn/basic_lstm_cell/kernel")
        self.bias = tf.Variable(tf.zeros([4 * n_hidden]), name="rnn/basic_lstm_cell/bias")

    def __call__(self, x, state):
        c, h = state
        gates = tf.concat([x, h], axis=1) @ self.kernel + self.bias
        i, j, f, o = tf.split(gates, 4, axis=1)
        # 1.0 is TF1's forget_bias: the cell remembers until it has learned what to forget.
        c = c * tf.sigmoid(f + 1.0) + tf.sigmoid(i) * tf.tanh(j)
        h = tf.tanh(c) * tf.sigmoid(o)
        return c, h


class Dense(tf.Module):
    def __init__(self, n_input, n_output):
        super().__init__()
        limit = math.sqrt(6.0 / (n_input + n_output))
        self.kernel = tf.Variable(tf.random.uniform([n_input, n_output], -limit, limit), name="dense/kernel")
        self.bias = tf.Variable(tf.zeros([n_output]), name="dense/bias")

    def __call__(self, x):
        return x @ self.kernel + self.bias


class Model(tf.Module):
    def __init__(self, n_class):
        super().__init__()
        self.n_class = n_class
        self.cell = BasicLSTMCell(n_class, n_hidden)
        self.dense = Dense(n_hidden, n_class)
        self.optimizer = optimizers.RMSProp(self.trainable_variables, learning_rate=0.01)

    def __call__(self, x):
        zeros = tf.zeros([x.shape[0], n_hidden])
        c, h = zeros, zeros
        for character in tf.unstack(tf.one_hot(x, self.n_class), axis=1):
            c, h = self.cell(character, (c, h))
        return self.dense(h)

    def cost(self, x, y):
        return tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=self(x)))

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


def main(arguments=None):
    quick = {"epochs": 3, "stride": 45, "batch_size": 16, "length": 20}
    options = tutorial.parser(__file__, __doc__, quick=quick, epochs=12, stride=3, batch_size=32, length=400)
    characters.add_options(options)
    args = tutorial.parse(options, arguments)
    text = characters.read(args)
    alphabet = sorted(set(text))
    codes = characters.encode(text, alphabet)
    random = np.random.RandomState(args.seed)
    tf.random.set_seed(args.seed)
    model = Model(len(alphabet))
    print(len(text), "characters,", len(alphabet), "different ones")

    with tf.summary.create_file_writer(str(args.logdir)).as_default():
        for epoch in tutorial.progress(range(args.epochs), "Training"):
            batches = characters.epoch_batches(codes, epoch, args, random)
            if epoch == 0:
                tf.summary.graph(model.train.get_concrete_function(*batches).graph)
            costs = model.train(*batches).numpy()
            print("Epoch:", "%04d" % (epoch + 1), "Avg. cost =", "{:.3f}".format(np.mean(costs)))
            tf.summary.scalar("cost", model.cost(*(array[-1] for array in batches)), epoch)
            for weights in model.trainable_variables:
                tf.summary.histogram(weights.name, weights, epoch)
    print("Optimization finished")

    start = characters.seed_start(text, random)
    seed = codes[start : start + characters.n_step]
    (logits,) = model(np.array([seed])).numpy()
    compiled = tf.function(model.__call__)
    written = characters.write(lambda windows: compiled(windows).numpy(), seed, args.length, random)
    samples = ["".join(alphabet[code] for code in row) for row in written]
    characters.print_samples(text[start : start + characters.n_step], samples)
    writing_figure.save(args.logdir / "picture.png", alphabet, logits, samples)


if __name__ == "__main__":
    tutorial.run(main)
