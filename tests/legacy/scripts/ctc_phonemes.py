"""CTC: an LSTM over frames, sparse labels made from a list of sequences, greedy and beam decoders, edit distance."""
from __future__ import print_function

import numpy as np
import tensorflow as tf

rng = np.random.RandomState(73)
tf.set_random_seed(73)
NUM_CLASSES, FRAMES, FEATURES, BATCH = 5, 12, 4, 6


def as_sparse(sequences):
    places = [(n, i) for n, seq in enumerate(sequences) for i in range(len(seq))]
    return tf.SparseTensorValue(np.array(places, np.int64), np.array(sum(sequences, []), np.int32),
                                np.array([len(sequences), max(map(len, sequences))], np.int64))


def utterances():
    labels = [rng.randint(0, NUM_CLASSES - 1, rng.randint(2, 5)).tolist() for _ in range(BATCH)]
    frames = np.zeros((BATCH, FRAMES, FEATURES), np.float32)
    for n, seq in enumerate(labels):
        for i, phoneme in enumerate(seq):
            frames[n, i * 3:i * 3 + 2, phoneme] = 1.0
    return frames + 0.1 * rng.randn(*frames.shape), np.array([len(seq) * 3 for seq in labels]), labels


inputs = tf.placeholder(tf.float32, [None, FRAMES, FEATURES])
targets = tf.sparse_placeholder(tf.int32)
seq_len = tf.placeholder(tf.int32, [None])
outputs, _ = tf.nn.dynamic_rnn(tf.contrib.rnn.LSTMCell(16), inputs, seq_len, dtype=tf.float32)
W = tf.Variable(tf.truncated_normal([16, NUM_CLASSES], stddev=0.1))
b = tf.Variable(tf.constant(0., shape=[NUM_CLASSES]))
logits = tf.reshape(tf.matmul(tf.reshape(outputs, [-1, 16]), W) + b, [-1, FRAMES, NUM_CLASSES])
logits = tf.transpose(logits, (1, 0, 2))

loss = tf.nn.ctc_loss(targets, logits, seq_len)
cost = tf.reduce_mean(loss)
optimizer = tf.train.AdamOptimizer(0.05).minimize(cost)
greedy, _ = tf.nn.ctc_greedy_decoder(logits, seq_len)
decoded, log_prob = tf.nn.ctc_beam_search_decoder(logits, seq_len, beam_width=10, merge_repeated=False)
ler = tf.reduce_mean(tf.edit_distance(tf.cast(decoded[0], tf.int32), targets))

with tf.Session() as session:
    session.run(tf.global_variables_initializer())
    x, lengths, labels = utterances()
    feed = {inputs: x, targets: as_sparse(labels), seq_len: lengths}
    for epoch in range(41):
        train_cost, _ = session.run([cost, optimizer], feed)
        if epoch % 8 == 0:
            print('epoch {}: cost {:.6f}, label error rate {:.3f}'.format(epoch, train_cost, session.run(ler, feed)))
    print('losses', session.run(loss, feed).tolist())
    d = session.run(decoded[0], feed)
    dense = tf.sparse_tensor_to_dense(session.run(greedy, feed)[0], default_value=-1).eval()
    print('truth  ', labels[:3])
    print('greedy ', [[v for v in row if v >= 0] for row in dense.tolist()[:3]])
    print('beam   ', [d.values[d.indices[:, 0] == n].tolist() for n in range(3)])
    print('log p  ', session.run(log_prob, feed)[:, 0].tolist())
