"""A stateful LSTM learns melodies note by note; its state is variables, which only a new song resets."""

from types import SimpleNamespace

import lessons
import numpy as np
import piano_roll
import sound

from tf1graphs import datasets, tutorial
import tf1graphs.v1 as tf

n_hidden = 64
n_step = 4


def build(n_features, n_class):
    X = tf.placeholder(tf.float32, [None, n_features], name="X")
    Y = tf.placeholder(tf.int32, [None], name="Y")

    # Resources: what a step has read stays as it was when the same step assigns a new state.
    zeros = tf.zeros([1, n_hidden])
    state_c = tf.Variable(zeros, trainable=False, use_resource=True, name="state_c")
    state_h = tf.Variable(zeros, trainable=False, use_resource=True, name="state_h")

    cell = tf.nn.rnn_cell.BasicLSTMCell(n_hidden)
    before = tf.nn.rnn_cell.LSTMStateTuple(state_c.read_value(), state_h.read_value())
    outputs, after = tf.nn.dynamic_rnn(cell, X[tf.newaxis], initial_state=before)
    model = tf.layers.dense(outputs[0], n_class)
    keep_state = tf.group(state_c.assign(after.c), state_h.assign(after.h))
    reset = tf.group(state_c.assign(zeros), state_h.assign(zeros))

    cost = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(logits=model, labels=Y))
    # The songs pull the weights to and fro; with smaller steps from epoch to epoch these come to rest between them.
    learning_rate = tf.Variable(0.01, trainable=False, name="learning_rate")
    slow_down = learning_rate.assign(0.98 * learning_rate)
    train_op = tf.train.AdamOptimizer(learning_rate).minimize(cost)

    average = tf.placeholder(tf.float32, [], name="average")
    tf.summary.scalar("cost", average)
    for weights in tf.trainable_variables():
        tf.summary.histogram(weights.op.name, weights)
    return SimpleNamespace(
        X=X,
        Y=Y,
        model=model,
        keep_state=keep_state,
        reset=reset,
        cost=cost,
        train_op=train_op,
        slow_down=slow_down,
        average=average,
    )


def learn(name, songs, notes, args):
    """Trains a network, as a run of its own in TensorBoard; returns title -> the song as the network plays it."""
    stateful, n_features = lessons.variants[name]
    features = lessons.all_features(notes, n_features)
    course = {title: lessons.Lesson(codes, features, n_step, stateful) for title, codes in songs.items()}
    tf.set_random_seed(args.seed)
    graph = build(n_features, len(notes))
    merged = tf.summary.merge_all()
    stretches = [stretch for lesson in course.values() for stretch in lesson.stretches]

    with tf.Session() as sess, tf.summary.FileWriter(str(args.logdir / name), sess.graph) as writer:
        sess.run(tf.global_variables_initializer())
        for epoch in tutorial.progress(range(args.epochs), name):
            costs = []
            for inputs, targets in stretches:
                sess.run(graph.reset)
                for x, y in zip(inputs, targets):
                    fetches = [graph.train_op, graph.cost, graph.keep_state]
                    _, cost_val, _ = sess.run(fetches, {graph.X: x, graph.Y: y})
                    costs.append(cost_val)
            sess.run(graph.slow_down)
            if epoch % 10 == 0 or epoch == args.epochs - 1:
                print("Epoch:", "%04d" % (epoch + 1), "Avg. cost =", "{:.4f}".format(np.mean(costs)))
                writer.add_summary(sess.run(merged, {graph.average: np.mean(costs)}), epoch)

        def listen(x):
            logits, _ = sess.run([graph.model, graph.keep_state], {graph.X: x})
            return logits

        def reset():
            sess.run(graph.reset)

        return lessons.examine(name, course, listen, reset, features)


def main(arguments=None):
    options = tutorial.parser(__file__, __doc__, quick={"epochs": 1}, epochs=150)
    args = tutorial.parse(options, arguments)
    taught = datasets.melodies.songs()
    notes = lessons.alphabet(taught.values())
    songs = {title: [notes.index(note) for note in song] for title, song in taught.items()}

    played = {"as taught": songs}
    for name in lessons.variants:
        with tf.Graph().as_default():
            played[name] = learn(name, songs, notes, args)
    piano_roll.save(args.logdir / "picture.png", played, notes)
    for name, versions in played.items():
        sound.save(args.logdir / f"{name}.wav", versions.values(), notes)


if __name__ == "__main__":
    tutorial.run(main)
