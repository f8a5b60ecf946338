"""Sequence to sequence in TensorFlow 2: an encoder and a decoder cell, and a decoder that can go step by step."""

import csv
import math
import string

import numpy as np

from tf1graphs import datasets, figures, optimizers, tutorial
import tensorflow as tf

n_hidden = 128
tried = ["word", "wodr", "love", "loev", "abcd"]


def read_pairs(path):
    """Returns the [word, translation] pairs in a CSV file; lower case, because S, E and P are symbols here."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [[cell.strip().lower() for cell in row] for row in csv.reader(file)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        tutorial.fail(f"--data {path}: {error}")
    for number, row in enumerate(rows, start=1):
        if row and not (len(row) == 2 and all(row)):
            tutorial.fail(f"--data {path}: row {number} is not a word, a comma and its translation: {','.join(row)!r}")
    if not any(rows):
        tutorial.fail(f"--data {path}: no words")
    return [row for row in rows if row]


def alphabet(words):
    """Returns the characters of a network's input and output: S starts a word, E ends it, P pads it."""
    return "SEP" + "".join(sorted(set(string.ascii_lowercase).union(*words)))


def one_hot(words, symbols):
    numbers = [[symbols.index(character) for character in word] for word in words]
    return np.eye(len(symbols), dtype=np.float32)[np.array(numbers)]


def make_batch(pairs, symbols):
    """Returns the words as the encoder reads them, their translations as the decoder reads and as it writes them."""
    n_source = max(len(source) for source, _ in pairs)
    n_target = max(len(target) for _, target in pairs)
    enc_input = one_hot([source.ljust(n_source, "P") for source, _ in pairs], symbols)
    dec_input = one_hot(["S" + target.ljust(n_target, "P") for _, target in pairs], symbols)
    written = [(target + "E").ljust(n_target + 1, "P") for _, target in pairs]
    targets = np.array([[symbols.index(character) for character in word] for word in written], np.int32)
    return enc_input, dec_input, targets


class BasicRNNCell(tf.Module):
    """A new state, which is the output too, from [input, state]; variables as TF1's cell of this name has them."""

    def __init__(self, n_input, n_hidden, scope):
        super().__init__()
        # TF1's default for kernels, glorot_uniform: the limit keeps signals of equal size on both sides of the layer.
        limit = math.sqrt(6.0 / (n_input + n_hidden + n_hidden))
        kernel = tf.random.uniform([n_input + n_hidden, n_hidden], -limit, limit)
        self.kernel = tf.Variable(kernel, name=f"{scope}/basic_rnn_cell/kernel")
        self.bias = tf.Variable(tf.zeros([n_hidden]), name=f"{scope}/basic_rnn_cell/bias")

    def __call__(self, x, state):
        return tf.tanh(tf.concat([x, state], axis=1) @ self.kernel + self.bias)


class Dense(tf.Module):
    def __init__(self, n_input, n_output):
        super().__init__()
        limit = math.sqrt(6.0 / (n_input + n_output))
        self.kernel = tf.Variable(tf.random.uniform([n_input, n_output], -limit, limit), name="dense/kernel")
        self.bias = tf.Variable(tf.zeros([n_output]), name="dense/bias")

    def __call__(self, x):
        return x @ self.kernel + self.bias


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
    def __init__(self, n_class):
        super().__init__()
        self.enc_cell = BasicRNNCell(n_class, n_hidden, scope="encode/rnn")
        self.dec_cell = BasicRNNCell(n_class, n_hidden, scope="decode/rnn")
        self.dense = Dense(n_hidden, n_class)
        self.optimizer = optimizers.Adam(self.trainable_variables, learning_rate=0.01)

    def encode(self, enc_input):
        """Returns the state after reading words."""
        state = tf.zeros([enc_input.shape[0], n_hidden])
        for character in tf.unstack(enc_input, axis=1):
            state = self.enc_cell(character, state)
        return state

    def decode(self, dec_input, state, dropout=0.0):
        """Returns logits for the characters that follow those of ``dec_input``, and the state after them."""
        n_batch, n_step, _ = dec_input.shape
        masks = dropout_masks(n_step, [n_batch, n_hidden], dropout)
        outputs = []
        for step in range(n_step):
            state = self.dec_cell(dec_input[:, step], state)
            outputs.append(state * masks[step])
        return self.dense(tf.stack(outputs, axis=1)), state

    def __call__(self, enc_input, dec_input, dropout=0.0):
        logits, _ = self.decode(dec_input, self.encode(enc_input), dropout)
        return logits

    def cost(self, enc_input, dec_input, targets):
        logits = self(enc_input, dec_input, dropout=0.5)
        return tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=targets, logits=logits))

    def restore_tf1(self, path):
        """Loads the weights of a checkpoint that the TF1 version's Saver wrote; the names are the same."""
        tf.train.Checkpoint(model=self).restore(path).expect_partial()

    @tf.function
    def train(self, enc_inputs, dec_inputs, target_batches):
        """Takes one step per batch, [steps, batch, ...]; returns the cost before each."""
        costs = tf.TensorArray(tf.float32, size=len(enc_inputs))
        for step in tf.range(len(enc_inputs)):
            with tf.GradientTape() as tape:
                cost = self.cost(enc_inputs[step], dec_inputs[step], target_batches[step])
            gradients = tape.gradient(cost, self.trainable_variables)
            self.optimizer.apply(gradients)
            costs = costs.write(step, cost)
        return costs.stack()


def translate(model, state, symbols, longest):
    """Writes the word that the encoder's state stands for: S is the first input, then each character read back in."""
    written, character = "", "S"
    while len(written) < longest:
        logits, state = model.decode(one_hot([character], symbols), state)
        character = symbols[np.argmax(logits[0, 0])]
        if character == "E":
            break
        written += character
    return written


def main(arguments=None):
    options = tutorial.parser(__file__, __doc__, epochs=100)
    tutorial.add_data(options, "a CSV file with lines like word,translation in place of the built-in list")
    options.add_argument("--translate", nargs="+", default=tried, metavar="WORD", help=f"default: {' '.join(tried)}")
    args = tutorial.parse(options, arguments)
    pairs = read_pairs(args.data) if args.data else datasets.words.TRANSLATIONS
    wanted = [word.lower() for word in args.translate]
    symbols = alphabet(wanted + [word for pair in pairs for word in pair])
    enc_input, dec_input, targets = make_batch(pairs, symbols)
    tf.random.set_seed(args.seed)
    model = Model(len(symbols))
    batches = [np.stack([array] * args.epochs) for array in (enc_input, dec_input, targets)]

    with tf.summary.create_file_writer(str(args.logdir)).as_default():
        tf.summary.graph(model.train.get_concrete_function(*batches).graph)
        for epoch, cost_val in enumerate(model.train(*batches).numpy()):
            print("Epoch:", "%04d" % (epoch + 1), "cost =", "{:.6f}".format(cost_val))
            tf.summary.scalar("cost", cost_val, epoch)
        for weights in model.trainable_variables:
            tf.summary.histogram(weights.name, weights, args.epochs)
    print("Optimization finished")

    print("\n=== Translation ===")
    _, n_source, _ = enc_input.shape
    _, longest = targets.shape
    states = {}
    for word in wanted:
        states[word] = model.encode(one_hot([word.ljust(n_source, "P")], symbols)).numpy()
        print(word, "->", translate(model, states[word], symbols, longest))
    known = model.encode(enc_input).numpy()

    # States are compared by the angle between them: 1 is the same direction.
    known /= np.linalg.norm(known, axis=1, keepdims=True)
    similarity = {word: known @ state[0] / np.linalg.norm(state) for word, state in states.items()}
    words = [source for source, _ in pairs]
    figures.save_heat_map(args.logdir / "picture.png", similarity, words, label="similarity of the encoder's states")


if __name__ == "__main__":
    tutorial.run(main)
