"""The lyricist in TensorFlow 2: two LSTM cells as modules, masked cost, an epoch as one call."""

import math

import numpy as np
import verses

from tf1graphs import figures, optimizers, tutorial
import tensorflow as tf

n_embedding = 64
n_hidden = 128


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
        self.embedding = tf.Variable(tf.random.uniform([n_class, n_embedding], -0.1, 0.1), name="embedding")
        self.cell1 = BasicLSTMCell(n_embedding, n_hidden, scope="rnn/multi_rnn_cell/cell_0")
        self.cell2 = BasicLSTMCell(n_hidden, n_hidden, scope="rnn/multi_rnn_cell/cell_1")
        self.dense = Dense(n_hidden, n_class)
        self.optimizer = optimizers.Adam(self.trainable_variables, learning_rate=0.003)

    def __call__(self, source):
        words = tf.nn.embedding_lookup(self.embedding, source)
        zeros = tf.zeros([source.shape[0], n_hidden])
        state1 = state2 = (zeros, zeros)
        outputs = []
        for word in tf.unstack(words, axis=1):
            h1, state1 = self.cell1(word, state1)
            h2, state2 = self.cell2(h1, state2)
            outputs.append(h2)
        return self.dense(tf.stack(outputs, axis=1))

    def cost(self, source, target):
        # The mean over words only: where the target is padding there was nothing to say.
        is_word = tf.cast(target != verses.pad, tf.float32)
        losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=target, logits=self(source))
        return tf.reduce_sum(losses * is_word) / tf.reduce_sum(is_word)

    def restore_tf1(self, path):
        """Loads the weights of a checkpoint that the TF1 version's Saver wrote; the names are the same."""
        tf.train.Checkpoint(model=self).restore(path).expect_partial()

    @tf.function
    def train(self, sources, targets):
        """Takes one step per batch, [steps, batch, ...]; returns the cost before each."""
        costs = tf.TensorArray(tf.float32, size=len(sources))
        for step in tf.range(len(sources)):
            with tf.GradientTape() as tape:
                cost = self.cost(sources[step], targets[step])
            gradients = tape.gradient(cost, self.trainable_variables)
            # The embedding's gradient has rows for the words of the batch only; TF1's Adam, too, updates all rows.
            self.optimizer.apply([tf.convert_to_tensor(gradient) for gradient in gradients])
            costs = costs.write(step, cost)
        return costs.stack()


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
    tf.random.set_seed(args.seed)
    model = Model(len(vocabulary))
    costs, held_costs = [], []
    print(len(training), "verses to train on,", len(validation), "to validate with,", len(vocabulary), "words")

    with tf.summary.create_file_writer(str(args.logdir)).as_default():
        for epoch in tutorial.progress(range(args.epochs), "Training"):
            batches = verses.shuffled_batches(source, target, args.batch_size, random)
            if epoch == 0:
                tf.summary.graph(model.train.get_concrete_function(*batches).graph)
            costs.append(np.mean(model.train(*batches).numpy()))
            held_costs.append(model.cost(held_source, held_target).numpy())
            verses.print_epoch(epoch, costs[-1], held_costs[-1])
            tf.summary.scalar("cost", costs[-1], epoch)
            tf.summary.scalar("validation_cost", held_costs[-1], epoch)
            for weights in model.trainable_variables:
                tf.summary.histogram(weights.name, weights, epoch)
    print("Optimization finished\n")

    compiled = tf.function(model.__call__)
    for begin in args.begin:
        print(verses.write(lambda x: compiled(x).numpy(), begin, vocabulary, random))
    curves = {"verses to train on": np.exp(costs), "verses to validate with": np.exp(held_costs)}
    figures.save_curves(args.logdir / "picture.png", curves, x="epoch", y="perplexity", yscale="log")


if __name__ == "__main__":
    tutorial.run(main)
