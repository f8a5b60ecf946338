import numpy as np
import tensorflow as tf


class CharModel(object):
    def __init__(self, vocab, size, layers):
        self.input_data = tf.placeholder(tf.int32, [4, 5])
        self.targets = tf.placeholder(tf.int32, [4, 5])
        self.keep_prob = tf.placeholder(tf.float32)
        cells = []
        for _ in range(layers):
            cell = tf.contrib.rnn.LSTMCell(size, state_is_tuple=True)
            cells.append(tf.contrib.rnn.DropoutWrapper(cell, output_keep_prob=self.keep_prob))
        cell = tf.contrib.rnn.MultiRNNCell(cells)
        embedding = tf.get_variable("embedding", [vocab, size])
        inputs = tf.nn.embedding_lookup(embedding, self.input_data)
        self.initial_state = cell.zero_state(4, tf.float32)
        outputs, self.final_state = tf.nn.dynamic_rnn(cell, inputs, initial_state=self.initial_state)
        with tf.variable_scope("softmax"):
            softmax_w = tf.get_variable("softmax_w", [size, vocab])
            softmax_b = tf.get_variable("softmax_b", [vocab])
        self.logits = tf.matmul(tf.reshape(outputs, [-1, size]), softmax_w) + softmax_b
        loss = tf.contrib.legacy_seq2seq.sequence_loss_by_example(
            [self.logits], [tf.reshape(self.targets, [-1])], [tf.ones([20])])
        self.cost = tf.reduce_sum(loss) / 4
        tvars = tf.trainable_variables()
        grads, _ = tf.clip_by_global_norm(tf.gradients(self.cost, tvars), 1.0)
        self.train_op = tf.train.GradientDescentOptimizer(0.5).apply_gradients(zip(grads, tvars))


model = CharModel(7, 6, 2)
with tf.Session() as sess:
    tf.global_variables_initializer().run()
    state = sess.run(model.initial_state)
    for b in range(8):
        x = np.random.randint(0, 7, [4, 5])
        feed = {model.input_data: x, model.targets: (x + 1) % 7, model.keep_prob: 0.5}
        for i, (c, h) in enumerate(model.initial_state):
            feed[c] = state[i].c
            feed[h] = state[i].h
        train_loss, state, _ = sess.run([model.cost, model.final_state, model.train_op], feed)
        print("{}/8, train_loss = {:.3f}".format(b, train_loss))
