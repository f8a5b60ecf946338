"""word2vec with pairs from tf.contrib.text.skip_gram_sample, and a ridge regression on it by conjugate gradients."""
from __future__ import print_function

import collections
import os
import tempfile

import numpy as np
import tensorflow as tf
from tensorflow.contrib import text as contrib_text
from tensorflow.contrib.solvers.python.ops import linear_equations
from tensorflow.contrib.solvers.python.ops import util

CORPUS = ('the cat sat on the mat and the dog sat on the rug while the cat and the dog looked at the bird '
          'the bird sang in the tree and the cat looked at the tree but the dog slept on the mat').split()
DIM, NEG = 8, 6

counts = collections.Counter(CORPUS)
vocabulary = sorted(counts, key=lambda w: (-counts[w], w))
vocab_file = os.path.join(tempfile.mkdtemp(), 'vocab.csv')
with open(vocab_file, 'w') as f:
    for word in vocabulary:
        f.write('%s,%d\n' % (word, counts[word]))

tf.set_random_seed(13)
words = tf.constant(CORPUS)
tokens, targets = contrib_text.skip_gram_sample_with_text_vocab(
    words, vocab_file, vocab_min_count=2, vocab_subsampling=0.05, max_skips=3, seed=8)
table = tf.contrib.lookup.index_table_from_tensor(tf.constant(vocabulary))
inputs, labels = table.lookup(tokens), tf.expand_dims(table.lookup(targets), 1)

embeddings = tf.get_variable('embeddings', [len(vocabulary), DIM],
                             initializer=tf.random_uniform_initializer(-1.0, 1.0))
weights = tf.get_variable('nce_weights', [len(vocabulary), DIM],
                          initializer=tf.truncated_normal_initializer(stddev=1.0 / np.sqrt(DIM)))
biases = tf.get_variable('nce_biases', [len(vocabulary)], initializer=tf.zeros_initializer())
loss = tf.reduce_mean(tf.nn.nce_loss(weights, biases, labels, tf.nn.embedding_lookup(embeddings, inputs), NEG,
                                     len(vocabulary)))
train = tf.train.GradientDescentOptimizer(0.5).minimize(loss)

# How well the embedding of a word tells the logarithm of its frequency: (E'E + I) w = E'y.
frequencies = tf.constant([np.log(counts[w]) for w in vocabulary], tf.float32, shape=[len(vocabulary), 1])
normal = tf.matmul(embeddings, embeddings, transpose_a=True) + tf.eye(DIM)
right = tf.reshape(tf.matmul(embeddings, frequencies, transpose_a=True), [DIM])
solution = linear_equations.conjugate_gradient(util.create_operator(normal), right, tol=1e-5, max_iter=30)
residual = tf.norm(tf.squeeze(tf.matmul(normal, tf.expand_dims(solution.x, 1))) - right)

with tf.Session() as sess:
    sess.run([tf.global_variables_initializer(), tf.tables_initializer()])
    for _ in range(2):
        pairs = sess.run([tokens, targets])
        print(len(pairs[0]), 'pairs:', ' '.join('%s-%s' % (a.decode(), b.decode()) for a, b in list(zip(*pairs))[:6]))
    for step in range(50):
        value, _ = sess.run([loss, train])
        if step % 10 == 0:
            print('step %d loss %.4f' % (step, value))
    print('iterations below 30:', sess.run(solution.i) < 30, 'residual small:', sess.run(residual) < 1e-3)
    print('w', np.round(sess.run(solution.x), 4))
