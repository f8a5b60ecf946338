"""contrib.legacy_seq2seq: basic, embedding attention with feed_previous, and sequence_loss on lists of tensors."""
from __future__ import print_function

import numpy as np
import tensorflow as tf
from tensorflow.contrib import legacy_seq2seq

tf.set_random_seed(18)
np.random.seed(18)
STEPS, SYMBOLS, SIZE, BATCH = 3, 9, 12, 8

sources = [tf.placeholder(tf.int32, shape=(None,), name='source%d' % t) for t in range(STEPS)]
labels = [tf.placeholder(tf.int32, shape=(None,), name='label%d' % t) for t in range(STEPS)]
weights = [tf.ones([BATCH])] * STEPS
shifted = [tf.zeros_like(sources[0])] + sources[:-1]

cell = tf.nn.rnn_cell.GRUCell(SIZE)
with tf.variable_scope('model'):
    told, _ = legacy_seq2seq.embedding_rnn_seq2seq(sources, shifted, cell, SYMBOLS, SYMBOLS, 6)
with tf.variable_scope('model', reuse=True):
    alone, _ = legacy_seq2seq.embedding_rnn_seq2seq(
        sources, shifted, tf.nn.rnn_cell.GRUCell(SIZE), SYMBOLS, SYMBOLS, 6, feed_previous=True)
with tf.variable_scope('attentive'):
    attending, _ = legacy_seq2seq.embedding_attention_seq2seq(
        sources, shifted, tf.nn.rnn_cell.BasicLSTMCell(SIZE), SYMBOLS, SYMBOLS, 6)

loss = legacy_seq2seq.sequence_loss(told, labels, weights, SYMBOLS)
att_loss = legacy_seq2seq.sequence_loss(attending, labels, weights)
optimizer = tf.train.MomentumOptimizer(0.3, 0.9)
train_op = optimizer.minimize(loss + att_loss)

numbers = [tf.constant(v) for v in np.random.randn(3, 2, 4).astype('float32')]
with tf.variable_scope('plain'):
    plain, state = legacy_seq2seq.basic_rnn_seq2seq(numbers, numbers[:2], tf.contrib.rnn.BasicLSTMCell(4))

print(len(tf.trainable_variables()), 'variables;', told[0].get_shape(), attending[0].get_shape())


def feed(X):
    wanted = (X + 1) % SYMBOLS
    return dict(list(zip(sources, X.T)) + list(zip(labels, wanted.T)))


with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for t in range(13):
        X = np.random.randint(0, SYMBOLS, (BATCH, STEPS))
        _, loss_t, att_t = sess.run([train_op, loss, att_loss], feed(X))
        if t % 4 == 0:
            print('%d: %.6f %.6f' % (t, loss_t, att_t))
    out = sess.run(alone, feed(X[:1]))
    print([logits.argmax(axis=1).tolist() for logits in out])
    print([float(v) for v in out[0][0, :3]], [p.tolist() for p in sess.run(plain)][0])
