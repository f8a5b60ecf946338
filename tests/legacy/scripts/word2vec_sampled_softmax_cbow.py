"""CBOW word vectors with sampled_softmax_loss and samplers whose seeds are given."""
from __future__ import print_function

import numpy as np
import tensorflow as tf

VOCAB, DIM, WINDOW, BATCH = 30, 6, 2, 24
rng = np.random.RandomState(40)
# a corpus in which word i is mostly followed by word i + 1
corpus = np.cumsum(rng.choice([1, 1, 1, 2, 7], size=600)) % VOCAB


def batches(num_steps):
    for _ in range(num_steps):
        center = rng.randint(WINDOW, len(corpus) - WINDOW, BATCH)
        context = np.stack([corpus[center + d] for d in (-2, -1, 1, 2)], axis=1)
        yield context, corpus[center][:, None]


class CBOW:
    def __init__(self, sampler):
        self.context = tf.placeholder(tf.int64, [BATCH, 2 * WINDOW])
        self.label = tf.placeholder(tf.int64, [BATCH, 1])
        with tf.variable_scope('projection', initializer=tf.random_uniform_initializer(-0.5, 0.5, seed=1)):
            self.table = tf.get_variable('table', [VOCAB, DIM])
            softmax_w = tf.get_variable('softmax_w', [VOCAB, DIM])
            softmax_b = tf.get_variable('softmax_b', [VOCAB], initializer=tf.zeros_initializer())
        mean = tf.reduce_mean(tf.nn.embedding_lookup(self.table, self.context), axis=1)
        sampled = sampler(self.label)
        self.sampled_ids = sampled[0]
        self.loss = tf.reduce_mean(tf.nn.sampled_softmax_loss(
            softmax_w, softmax_b, self.label, mean, num_sampled=8, num_classes=VOCAB, sampled_values=sampled))
        full = tf.matmul(mean, softmax_w, transpose_b=True) + softmax_b
        self.full_loss = tf.losses.sparse_softmax_cross_entropy(self.label[:, 0], full)
        self.train = tf.train.AdagradOptimizer(1.0).minimize(self.loss)


samplers = [
    ('log uniform', lambda y: tf.nn.log_uniform_candidate_sampler(y, 1, 8, True, VOCAB, seed=5)),
    ('uniform', lambda y: tf.nn.uniform_candidate_sampler(y, 1, 8, True, VOCAB, seed=5)),
    ('unigram', lambda y: tf.nn.fixed_unigram_candidate_sampler(
        y, 1, 8, True, VOCAB, distortion=0.75, unigrams=np.bincount(corpus, minlength=VOCAB).tolist(), seed=5)),
]
for name, sampler in samplers:
    tf.reset_default_graph()
    rng.seed(41)
    model = CBOW(sampler)
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        losses = []
        for context, label in batches(40):
            feed = {model.context: context, model.label: label}
            losses.append(sess.run(model.full_loss, feed))
            ids, _, loss = sess.run([model.sampled_ids, model.train, model.loss], feed)
        print('%-11s sampled %s' % (name, ids.tolist()))
        print('    sampled loss %.6f, full loss %.6f -> %.6f' % (loss, losses[0], losses[-1]))
        print('    row 3', model.table.eval()[3, :3].tolist())
