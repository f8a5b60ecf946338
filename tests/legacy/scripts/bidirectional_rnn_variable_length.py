"""bidirectional_dynamic_rnn over sequences of different lengths, masked loss, gather_nd of the last outputs."""
from __future__ import print_function

import numpy as np
import tensorflow as tf

tf.set_random_seed(55)
rng = np.random.RandomState(55)
MAX_LEN, VOCAB, UNITS = 7, 11, 6

lengths = rng.randint(2, MAX_LEN + 1, size=10)
tokens = np.zeros((10, MAX_LEN), dtype=np.int32)
for i, n in enumerate(lengths):
    tokens[i, :n] = rng.randint(1, VOCAB, n)
parity = (np.cumsum(tokens, axis=1) % 2).astype(np.int32)

ids = tf.placeholder(tf.int32, [None, None], name='ids')
seq_len = tf.placeholder(tf.int32, [None], name='seq_len')
targets = tf.placeholder(tf.int32, [None, None], name='targets')

embeddings = tf.get_variable('embeddings', [VOCAB, 5], initializer=tf.random_uniform_initializer(-1, 1))
inputs = tf.nn.embedding_lookup(embeddings, ids)
cell_fw = tf.contrib.rnn.GRUCell(UNITS)
cell_bw = tf.contrib.rnn.LSTMCell(UNITS, use_peepholes=True, initializer=tf.glorot_normal_initializer())
outputs, (state_fw, state_bw) = tf.nn.bidirectional_dynamic_rnn(
    cell_fw, cell_bw, inputs, sequence_length=seq_len, dtype=tf.float32)
concatenated = tf.concat(outputs, 2)
logits = tf.layers.dense(concatenated, 2, name='tagger')
mask = tf.sequence_mask(seq_len, tf.shape(ids)[1], dtype=tf.float32)
per_token = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=targets, logits=logits)
loss = tf.reduce_sum(per_token * mask) / tf.reduce_sum(mask)
last = tf.gather_nd(outputs[0], tf.stack([tf.range(tf.shape(ids)[0]), seq_len - 1], axis=1))
train = tf.train.AdamOptimizer(0.05).minimize(loss)

for v in tf.trainable_variables():
    print('%-60s %s' % (v.name, v.get_shape().as_list()))

feed = {ids: tokens, seq_len: lengths, targets: parity}
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for i in range(16):
        value, _ = sess.run([loss, train], feed)
        if i % 5 == 0:
            print('loss %.6f' % value)
    out, final, fw, bw = sess.run([concatenated, last, state_fw, state_bw], feed)
    print('last output is the state:', np.allclose(final, fw))
    print('padding is zero:', bool((out[0, lengths[0]:] == 0).all()))
    print('backward c', bw.c[0].tolist())
