"""A character LSTM: it reads 60 characters of a text, says which comes next, and so writes a text of its own."""

from types import SimpleNamespace

import characters
import numpy as np
import writing_figure

from tf1graphs import tutorial
import tf1graphs.v1 as tf

n_hidden = 128


def build(n_class):
    X = tf.placeholder(tf.int32, [None, characters.n_step], name="X")
    Y = tf.placeholder(tf.int32, [None], name="Y")

    cell = tf.nn.rnn_cell.BasicLSTMCell(n_hidden)
    _, state = tf.nn.dynamic_rnn(cell, tf.one_hot(X, n_class), dtype=tf.float32)
    model = tf.layers.dense(state.h, n_class)

    cost = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(logits=model, labels=Y))
    train_op = tf.train.RMSPropOptimizer(0.01).minimize(cost)

    tf.summary.scalar("cost", cost)
    for weights in tf.trainable_variables():
        tf.summary.histogram(weights.op.name, weights)
    return SimpleNamespace(X=X, Y=Y, model=model, cost=cost, train_op=train_op)


def main(arguments=None):
    quick = {"epochs": 3, "stride": 45, "batch_size": 16, "length": 20}
    options = tutorial.parser(__file__, __doc__, quick=quick, epochs=12, stride=3, batch_size=32, length=400)
    characters.add_options(options)
    args = tutorial.parse(options, arguments)
    text = characters.read(args)
    alphabet = sorted(set(text))
    codes = characters.encode(text, alphabet)
    random = np.random.RandomState(args.seed)
    tf.set_random_seed(args.seed)
    graph = build(len(alphabet))
    merged = tf.summary.merge_all()
    print(len(text), "characters,", len(alphabet), "different ones")

    with tf.Session() as sess, tf.summary.FileWriter(str(args.logdir), sess.graph) as writer:
        sess.run(tf.global_variables_initializer())
        for epoch in range(args.epochs):
            costs = []
            batches = zip(*characters.epoch_batches(codes, epoch, args, random))
            for batch_xs, batch_ys in tutorial.progress(list(batches), f"Epoch {epoch + 1}"):
                _, cost_val = sess.run([graph.train_op, graph.cost], {graph.X: batch_xs, graph.Y: batch_ys})
                costs.append(cost_val)
            print("Epoch:", "%04d" % (epoch + 1), "Avg. cost =", "{:.3f}".format(np.mean(costs)))
            writer.add_summary(sess.run(merged, {graph.X: batch_xs, graph.Y: batch_ys}), epoch)
        print("Optimization finished")

        start = characters.seed_start(text, random)
        seed = codes[start : start + characters.n_step]
        (logits,) = sess.run(graph.model, {graph.X: [seed]})
        written = characters.write(lambda windows: sess.run(graph.model, {graph.X: windows}), seed, args.length, random)
    samples = ["".join(alphabet[code] for code in row) for row in written]
    characters.print_samples(text[start : start + characters.n_step], samples)
    writing_figure.save(args.logdir / "picture.png", alphabet, logits, samples)


if __name__ == "__main__":
    tutorial.run(main)
