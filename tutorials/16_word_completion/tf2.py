"""Word completion in TensorFlow 2: two LSTM cells as modules, stacked by calling one on the other's output."""

import math
import string

import numpy as np

from tf1graphs import datasets, figures, optimizers, tutorial
import tensorflow as tf

letters = string.ascii_lowercase
n_class = len(letters)
n_hidden = 128


def read_words(path):
    """Returns the words in a file that has one in each line."""
    try:
        words = path.read_text(encoding="utf-8-sig").lower().split("\n")
    except (OSError, UnicodeDecodeError) as error:
        tutorial.fail(f"--data {path}: {error}")
    words = [word.strip() for word in words]
    for number, word in enumerate(words, start=1):
        if word and not (len(word) > 1 and set(word) <= set(letters)):
            tutorial.fail(f"--data {path}: line {number} is not a word of two or more letters a to z: {word!r}")
    if not any(words):
        tutorial.fail(f"--data {path}: no words")
    return [word for word in words if word]


def make_batch(words):
    """Returns all letters but the last as one-hot rows, how many those are, and the number of the last letter."""
    lengths = np.array([len(word) - 1 for word in words], np.int32)
    # Every word takes as many rows as the longest; those that a shorter one does not need stay zero.
    inputs = np.zeros([len(words), lengths.max(), n_class], np.float32)
    for rows, word in zip(inputs, words):
        for row, letter in zip(rows, word[:-1]):
            row[letters.index(letter)] = 1.0
    targets = np.array([letters.index(word[-1]) for word in words], np.int32)
    return inputs, lengths, targets


class BasicLSTMCell(tf.Module):
    """A new output and state from input and state; variables and gates as TF1's cell of this name has them."""

    def __init__(self, n_input, n_hidden, scope):
        super().__init__()
        # TF1's default for kernels, glorot_uniform: the limit keeps signals of equal size on both sides of the layer.
        limit = math.sqrt(6.0 / (n_input + n_hidden + 4 * n_hidden))
        kernel = tf.random.uniform([n_input + n_hidden, 4 * n_hidden], -limit, limit)
        self.kernel = tf.Variable(kernel, name=f"{scope}/basic_lstm_cell/kernel")
        self.bias = tf.Variable(tf.zeros([4 * n_hidden]), name=f"{scope}/basic_lstm_cell/bias")

    def __call__(self, x, state):
        c, h = state
        gates = tf.concat([x, h], axis=1) @ self.kernel + self.bias
        i, j, f, o = tf.split(gates, 4, axis=1)
        # 1.0 is TF1's forget_bias: the cell remembers until it has learned what to forget.
        c = c * tf.sigmoid(f + 1.0) + tf.sigmoid(i) * tf.tanh(j)
        h = tf.tanh(c) * tf.sigmoid(o)
        return h, (c, h)


def dropout_masks(n_step, shape, rate):
    """Returns [n_step, *shape]: what each step's output is multiplied with.

    Python's loop over the steps would make a random op for each. Here one op draws all masks, step after step, as in
    TF1's loop: so both versions draw the same random numbers.
    """
    return tf.map_fn(
        lambda _: tf.nn.dropout(tf.ones(shape), rate),
        tf.range(n_step),
        fn_output_signature=tf.float32,
        parallel_iterations=1,
    )


class Model(tf.Module):
    def __init__(self):
        super().__init__()
        self.W = tf.Variable(tf.random.normal([n_hidden, n_class]), name="W")
        self.b = tf.Variable(tf.random.normal([n_class]), name="b")
        self.cell1 = BasicLSTMCell(n_class, n_hidden, scope="rnn/multi_rnn_cell/cell_0")
        self.cell2 = BasicLSTMCell(n_hidden, n_hidden, scope="rnn/multi_rnn_cell/cell_1")
        self.optimizer = optimizers.Adam(self.trainable_variables, learning_rate=0.01)

    def __call__(self, x, lengths, dropout=0.0):
        n_batch, n_step, _ = x.shape
        masks = dropout_masks(n_step, [n_batch, n_hidden], dropout)
        zeros = tf.zeros([n_batch, n_hidden])
        state1 = state2 = (zeros, zeros)
        outputs = []
        for step in range(n_step):
            h1, state1 = self.cell1(x[:, step], state1)
            h2, state2 = self.cell2(h1 * masks[step], state2)
            outputs.append(h2)
        # Each word's last output stands at its own length; what comes behind it is not used.
        last = tf.gather(tf.stack(outputs, axis=1), lengths - 1, axis=1, batch_dims=1)
        return last @ self.W + self.b

    def cost(self, x, lengths, y):
        logits = self(x, lengths, dropout=0.5)
        return tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=logits))

    def restore_tf1(self, path):
        """Loads the weights of a checkpoint that the TF1 version's Saver wrote; the names are the same."""
        tf.train.Checkpoint(model=self).restore(path).expect_partial()

    @tf.function
    def train(self, xs, all_lengths, ys):
        """Takes one step per batch, [steps, batch, ...]; returns the cost before each."""
        costs = tf.TensorArray(tf.float32, size=len(xs))
        for step in tf.range(len(xs)):
            with tf.GradientTape() as tape:
                cost = self.cost(xs[step], all_lengths[step], ys[step])
            gradients = tape.gradient(cost, self.trainable_variables)
            self.optimizer.apply(gradients)
            costs = costs.write(step, cost)
        return costs.stack()


def learn(name, words, args):
    """Trains a fresh network, as a run of its own in TensorBoard; returns what it makes of the words."""
    inputs, lengths, targets = make_batch(words)
    batches = [np.stack([array] * args.epochs) for array in (inputs, lengths, targets)]
    model = Model()

    with tf.summary.create_file_writer(str(args.logdir / name)).as_default():
        tf.summary.graph(model.train.get_concrete_function(*batches).graph)
        for epoch, cost_val in enumerate(model.train(*batches).numpy()):
            print("Epoch:", "%04d" % (epoch + 1), "cost =", "{:.6f}".format(cost_val))
            tf.summary.scalar("cost", cost_val, epoch)
        for weights in model.trainable_variables:
            tf.summary.histogram(weights.name, weights, args.epochs)
    print("Optimization finished")

    probabilities = tf.nn.softmax(model(inputs, lengths)).numpy()
    predicted = np.argmax(probabilities, axis=1)
    print("\n=== Prediction:", name.replace("_", " "), "===")
    print("Input:", [word[:-1] + " " for word in words])
    print("Predicted:", [word[:-1] + letters[number] for word, number in zip(words, predicted)])
    print("Accuracy:", np.mean(predicted == targets), end="\n\n")
    return probabilities


def main(arguments=None):
    options = tutorial.parser(__file__, __doc__, epochs=30)
    tutorial.add_data(options, "a text file with one word in each line, in place of the two built-in lists")
    args = tutorial.parse(options, arguments)
    if args.data:
        word_lists = {"words": read_words(args.data)}
    else:
        word_lists = {
            "four_letters": datasets.words.FOUR_LETTERS,
            "different_lengths": datasets.words.DIFFERENT_LENGTHS,
        }
    tf.random.set_seed(args.seed)
    rows = {}
    for name, words in word_lists.items():
        rows.update(zip(words, learn(name, words, args)))
    figures.save_heat_map(args.logdir / "picture.png", rows, letters, label="probability of being the last letter")


if __name__ == "__main__":
    tutorial.run(main)
