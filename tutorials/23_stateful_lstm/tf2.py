"""A stateful LSTM in TensorFlow 2: the state is variables of the model; an epoch, with its resets, is one call."""

import math

import lessons
import numpy as np
import piano_roll
import sound

from tf1graphs import datasets, optimizers, tutorial
import tensorflow as tf

n_hidden = 64
n_step = 4


class BasicLSTMCell(tf.Module):
    """A new state from input and state; variables and gates as TF1's cell of this name has them."""

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
    def __init__(self, n_features, n_class):
        super().__init__()
        self.state_c = tf.Variable(tf.zeros([1, n_hidden]), trainable=False, name="state_c")
        self.state_h = tf.Variable(tf.zeros([1, n_hidden]), trainable=False, name="state_h")
        self.cell = BasicLSTMCell(n_features, n_hidden)
        self.dense = Dense(n_hidden, n_class)
        # The songs pull the weights to and fro; with smaller steps from epoch to epoch these come to rest between them.
        self.learning_rate = tf.Variable(0.01, trainable=False, name="learning_rate")
        self.optimizer = optimizers.Adam(self.trainable_variables, self.learning_rate)

    def run(self, x):
        """Returns the logits after each note [n, n_features] and the state after the last."""
        c, h = self.state_c, self.state_h
        outputs = []
        for note in range(x.shape[0]):
            c, h = self.cell(x[note : note + 1], (c, h))
            outputs.append(h)
        return self.dense(tf.concat(outputs, axis=0)), (c, h)

    def __call__(self, x):
        logits, _ = self.run(x)
        return logits

    def listen(self, x):
        """Returns the logits after each note, and goes on from there at the next call."""
        logits, (c, h) = self.run(x)
        self.state_c.assign(c)
        self.state_h.assign(h)
        return logits

    def reset(self):
        for state in (self.state_c, self.state_h):
            state.assign(tf.zeros_like(state))

    def cost(self, x, y):
        return tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=self.listen(x)))

    def restore_tf1(self, path):
        """Loads the weights of a checkpoint that the TF1 version's Saver wrote; the names are the same."""
        tf.train.Checkpoint(model=self).restore(path).expect_partial()

    @tf.function(reduce_retracing=True)
    def train(self, xs, ys):
        """Takes one step per chunk, [chunks, n_step, ...]; returns the cost before each."""
        costs = tf.TensorArray(tf.float32, size=len(xs))
        for step in tf.range(len(xs)):
            with tf.GradientTape() as tape:
                cost = self.cost(xs[step], ys[step])
            gradients = tape.gradient(cost, self.trainable_variables)
            self.optimizer.apply(gradients)
            costs = costs.write(step, cost)
        return costs.stack()


def learn(name, songs, notes, args):
    """Trains a network, as a run of its own in TensorBoard; returns title -> the song as the network plays it."""
    stateful, n_features = lessons.variants[name]
    features = lessons.all_features(notes, n_features)
    course = {title: lessons.Lesson(codes, features, n_step, stateful) for title, codes in songs.items()}
    tf.random.set_seed(args.seed)
    model = Model(n_features, len(notes))
    stretches = [stretch for lesson in course.values() for stretch in lesson.stretches]

    with tf.summary.create_file_writer(str(args.logdir / name)).as_default():
        tf.summary.graph(model.train.get_concrete_function(*stretches[0]).graph)
        for epoch in tutorial.progress(range(args.epochs), name):
            costs = []
            for inputs, targets in stretches:
                model.reset()
                costs.extend(model.train(inputs, targets).numpy())
            model.learning_rate.assign(0.98 * model.learning_rate)
            if epoch % 10 == 0 or epoch == args.epochs - 1:
                print("Epoch:", "%04d" % (epoch + 1), "Avg. cost =", "{:.4f}".format(np.mean(costs)))
                tf.summary.scalar("cost", np.mean(costs), epoch)
                for weights in model.trainable_variables:
                    tf.summary.histogram(weights.name, weights, epoch)

    listen = tf.function(model.listen)
    return lessons.examine(name, course, lambda x: listen(x).numpy(), model.reset, features)


def main(arguments=None):
    options = tutorial.parser(__file__, __doc__, quick={"epochs": 1}, epochs=150)
    args = tutorial.parse(options, arguments)
    taught = datasets.melodies.songs()
    notes = lessons.alphabet(taught.values())
    songs = {title: [notes.index(note) for note in song] for title, song in taught.items()}

    played = {"as taught": songs}
    for name in lessons.variants:
        played[name] = learn(name, songs, notes, args)
    piano_roll.save(args.logdir / "picture.png", played, notes)
    for name, versions in played.items():
        sound.save(args.logdir / f"{name}.wav", versions.values(), notes)


if __name__ == "__main__":
    tutorial.run(main)
