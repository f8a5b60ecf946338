"""Word completion: two LSTM layers read a word letter by letter and say which letter comes last."""

import string
from types import SimpleNamespace

import numpy as np

from tf1graphs import datasets, figures, tutorial
import tf1graphs.v1 as tf

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


def build():
    X = tf.placeholder(tf.float32, [None, None, n_class], name="X")
    lengths = tf.placeholder(tf.int32, [None], name="lengths")
    Y = tf.placeholder(tf.int32, [None], name="Y")
    keep_prob = tf.placeholder(tf.float32, [], name="keep_prob")

    W = tf.Variable(tf.random_normal([n_hidden, n_class]), name="W")
    b = tf.Variable(tf.random_normal([n_class]), name="b")

    cell1 = tf.nn.rnn_cell.BasicLSTMCell(n_hidden)
    cell1 = tf.nn.rnn_cell.DropoutWrapper(cell1, output_keep_prob=keep_prob)
    cell2 = tf.nn.rnn_cell.BasicLSTMCell(n_hidden)
    multi_cell = tf.nn.rnn_cell.MultiRNNCell([cell1, cell2])
    # One step at a time, so that the dropout masks are drawn in the order of the steps.
    outputs, _ = tf.nn.dynamic_rnn(multi_cell, X, sequence_length=lengths, dtype=tf.float32, parallel_iterations=1)

    # Each word's last output stands at its own length; behind it there are zeros.
    words = tf.range(tf.size(lengths))
    last = tf.gather_nd(outputs, tf.stack([words, lengths - 1], axis=1))
    model = tf.matmul(last, W) + b

    cost = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(logits=model, labels=Y))
    train_op = tf.train.AdamOptimizer(0.01).minimize(cost)

    probabilities = tf.nn.softmax(model)
    prediction = tf.cast(tf.argmax(model, 1), tf.int32)
    accuracy = tf.reduce_mean(tf.cast(tf.equal(prediction, Y), tf.float32))

    tf.summary.scalar("cost", cost)
    for weights in tf.trainable_variables():
        tf.summary.histogram(weights.op.name, weights)
    return SimpleNamespace(
        X=X,
        lengths=lengths,
        Y=Y,
        keep_prob=keep_prob,
        model=model,
        cost=cost,
        train_op=train_op,
        probabilities=probabilities,
        prediction=prediction,
        accuracy=accuracy,
    )


def learn(sess, graph, name, words, args):
    """Trains the network from fresh weights, as a run of its own in TensorBoard; returns what it makes of the words."""
    inputs, lengths, targets = make_batch(words)
    batch = {graph.X: inputs, graph.lengths: lengths, graph.Y: targets}
    training = {**batch, graph.keep_prob: 0.5}
    merged = tf.summary.merge_all()

    sess.run(tf.global_variables_initializer())
    with tf.summary.FileWriter(str(args.logdir / name), sess.graph) as writer:
        for epoch in range(args.epochs):
            writer.add_summary(sess.run(merged, training), epoch)
            _, cost_val = sess.run([graph.train_op, graph.cost], training)
            print("Epoch:", "%04d" % (epoch + 1), "cost =", "{:.6f}".format(cost_val))
    print("Optimization finished")

    fetches = [graph.probabilities, graph.prediction, graph.accuracy]
    probabilities, predicted, accuracy = sess.run(fetches, {**batch, graph.keep_prob: 1.0})
    print("\n=== Prediction:", name.replace("_", " "), "===")
    print("Input:", [word[:-1] + " " for word in words])
    print("Predicted:", [word[:-1] + letters[number] for word, number in zip(words, predicted)])
    print("Accuracy:", accuracy, end="\n\n")
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
    tf.set_random_seed(args.seed)
    graph = build()
    rows = {}
    with tf.Session() as sess:
        for name, words in word_lists.items():
            rows.update(zip(words, learn(sess, graph, name, words, args)))
    figures.save_heat_map(args.logdir / "picture.png", rows, letters, label="probability of being the last letter")


if __name__ == "__main__":
    tutorial.run(main)
