"""The lyricist: a word language model of two LSTM layers learns song verses and writes new ones."""

from types import SimpleNamespace

import numpy as np
import verses

from tf1graphs import figures, tutorial
import tf1graphs.v1 as tf

n_embedding = 64
n_hidden = 128


def build(n_class):
    source = tf.placeholder(tf.int32, [None, verses.n_word - 1], name="source")
    target = tf.placeholder(tf.int32, [None, verses.n_word - 1], name="target")

    embedding = tf.Variable(tf.random_uniform([n_class, n_embedding], -0.1, 0.1), name="embedding")
    words = tf.nn.embedding_lookup(embedding, source)
    cells = [tf.nn.rnn_cell.BasicLSTMCell(n_hidden) for _ in range(2)]
    outputs, _ = tf.nn.dynamic_rnn(tf.nn.rnn_cell.MultiRNNCell(cells), words, dtype=tf.float32)
    model = tf.layers.dense(outputs, n_class)

    # The mean over words only: where the target is padding there was nothing to say.
    is_word = tf.cast(tf.not_equal(target, verses.pad), tf.float32)
    losses = tf.nn.sparse_softmax_cross_entropy_with_logits(logits=model, labels=target)
    cost = tf.reduce_sum(losses * is_word) / tf.reduce_sum(is_word)
    train_op = tf.train.AdamOptimizer(0.003).minimize(cost)

    # What is shown of an epoch: the mean cost of its batches, and the cost on verses that training never sees.
    training_cost = tf.placeholder(tf.float32, [], name="training_cost")
    validation_cost = tf.placeholder(tf.float32, [], name="validation_cost")
    tf.summary.scalar("cost", training_cost)
    tf.summary.scalar("validation_cost", validation_cost)
    for weights in tf.trainable_variables():
        tf.summary.histogram(weights.op.name, weights)
    return SimpleNamespace(
        source=source,
        target=target,
        model=model,
        cost=cost,
        train_op=train_op,
        training_cost=training_cost,
        validation_cost=validation_cost,
    )


def main(arguments=None):
    quick = {"epochs": 6, "words": 200}
    options = tutorial.parser(__file__, __doc__, quick=quick, epochs=30, batch_size=16, words=400)
    verses.add_options(options)
    args = tutorial.parse(options, arguments)
    random = np.random.RandomState(args.seed)
    training, validation = verses.split(verses.read(args), random)
    vocabulary = verses.make_vocabulary(training, args.words)
    source, target = verses.make_batch(training, vocabulary)
    held_source, held_target = verses.make_batch(validation, vocabulary)
    tf.set_random_seed(args.seed)
    graph = build(len(vocabulary))
    merged = tf.summary.merge_all()
    held = {graph.source: held_source, graph.target: held_target}
    costs, held_costs = [], []
    print(len(training), "verses to train on,", len(validation), "to validate with,", len(vocabulary), "words")

    with tf.Session() as sess, tf.summary.FileWriter(str(args.logdir), sess.graph) as writer:
        sess.run(tf.global_variables_initializer())
        for epoch in tutorial.progress(range(args.epochs), "Training"):
            of_batches = []
            for batch_source, batch_target in zip(*verses.shuffled_batches(source, target, args.batch_size, random)):
                batch = {graph.source: batch_source, graph.target: batch_target}
                _, cost_val = sess.run([graph.train_op, graph.cost], batch)
                of_batches.append(cost_val)
            costs.append(np.mean(of_batches))
            held_costs.append(sess.run(graph.cost, held))
            verses.print_epoch(epoch, costs[-1], held_costs[-1])
            shown = {graph.training_cost: costs[-1], graph.validation_cost: held_costs[-1]}
            writer.add_summary(sess.run(merged, shown), epoch)
        print("Optimization finished\n")

        for begin in args.begin:
            print(verses.write(lambda x: sess.run(graph.model, {graph.source: x}), begin, vocabulary, random))
    curves = {"verses to train on": np.exp(costs), "verses to validate with": np.exp(held_costs)}
    figures.save_curves(args.logdir / "picture.png", curves, x="epoch", y="perplexity", yscale="log")


if __name__ == "__main__":
    tutorial.run(main)
