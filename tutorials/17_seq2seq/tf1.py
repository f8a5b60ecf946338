"""Sequence to sequence: one recurrent network reads an English word, another writes it in Korean."""

import csv
import string
from types import SimpleNamespace

import numpy as np

from tf1graphs import datasets, figures, tutorial
import tf1graphs.v1 as tf

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


def build(n_class):
    # [batch, step, character], for any number of steps.
    enc_input = tf.placeholder(tf.float32, [None, None, n_class], name="enc_input")
    dec_input = tf.placeholder(tf.float32, [None, None, n_class], name="dec_input")
    targets = tf.placeholder(tf.int32, [None, None], name="targets")
    keep_prob = tf.placeholder(tf.float32, [], name="keep_prob")

    with tf.variable_scope("encode"):
        # Only its last state goes on, and dropout is for outputs: this cell has none.
        enc_cell = tf.nn.rnn_cell.BasicRNNCell(n_hidden)
        _, enc_state = tf.nn.dynamic_rnn(enc_cell, enc_input, dtype=tf.float32)

    with tf.variable_scope("decode"):
        dec_cell = tf.nn.rnn_cell.BasicRNNCell(n_hidden)
        dec_cell = tf.nn.rnn_cell.DropoutWrapper(dec_cell, output_keep_prob=keep_prob)
        # One step at a time, so that the dropout masks are drawn in the order of the steps.
        outputs, dec_state = tf.nn.dynamic_rnn(dec_cell, dec_input, initial_state=enc_state, parallel_iterations=1)

    model = tf.layers.dense(outputs, n_class)

    cost = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(logits=model, labels=targets))
    train_op = tf.train.AdamOptimizer(0.01).minimize(cost)
    prediction = tf.argmax(model, 2)

    tf.summary.scalar("cost", cost)
    for weights in tf.trainable_variables():
        tf.summary.histogram(weights.op.name, weights)
    return SimpleNamespace(
        enc_input=enc_input,
        dec_input=dec_input,
        targets=targets,
        keep_prob=keep_prob,
        enc_state=enc_state,
        dec_state=dec_state,
        model=model,
        cost=cost,
        train_op=train_op,
        prediction=prediction,
    )


def translate(sess, graph, state, symbols, longest):
    """Writes the word that the encoder's state stands for: S is the first input, then each character read back in."""
    written, character = "", "S"
    while len(written) < longest:
        # Any tensor can be fed: here the state stands in for what the encoder would compute.
        feed = {graph.dec_input: one_hot([character], symbols), graph.enc_state: state, graph.keep_prob: 1.0}
        prediction, state = sess.run([graph.prediction, graph.dec_state], feed)
        character = symbols[prediction[0, 0]]
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
    tf.set_random_seed(args.seed)
    graph = build(len(symbols))
    merged = tf.summary.merge_all()

    with tf.Session() as sess, tf.summary.FileWriter(str(args.logdir), sess.graph) as writer:
        sess.run(tf.global_variables_initializer())
        feed = {graph.enc_input: enc_input, graph.dec_input: dec_input, graph.targets: targets, graph.keep_prob: 0.5}
        for epoch in range(args.epochs):
            writer.add_summary(sess.run(merged, feed), epoch)
            _, cost_val = sess.run([graph.train_op, graph.cost], feed)
            print("Epoch:", "%04d" % (epoch + 1), "cost =", "{:.6f}".format(cost_val))
        print("Optimization finished")

        print("\n=== Translation ===")
        _, n_source, _ = enc_input.shape
        _, longest = targets.shape
        states = {}
        for word in wanted:
            read = one_hot([word.ljust(n_source, "P")], symbols)
            states[word] = sess.run(graph.enc_state, {graph.enc_input: read})
            print(word, "->", translate(sess, graph, states[word], symbols, longest))
        known = sess.run(graph.enc_state, {graph.enc_input: enc_input})

    # States are compared by the angle between them: 1 is the same direction.
    known /= np.linalg.norm(known, axis=1, keepdims=True)
    similarity = {word: known @ state[0] / np.linalg.norm(state) for word, state in states.items()}
    words = [source for source, _ in pairs]
    figures.save_heat_map(args.logdir / "picture.png", similarity, words, label="similarity of the encoder's states")


if __name__ == "__main__":
    tutorial.run(main)
