"""contrib.seq2seq: reverse a sequence with attention, TrainingHelper, greedy decoding and beam search."""
from __future__ import print_function

import numpy as np
import tensorflow as tf
from tensorflow.contrib import seq2seq
from tensorflow.python.layers import core as layers_core

GO, EOS, VOCAB, UNITS, BATCH, LENGTH, BEAM = 0, 1, 8, 20, 16, 4, 3


class Reverser(object):
    def __init__(self, mode):
        self.mode = mode
        with tf.variable_scope('reverser', reuse=tf.AUTO_REUSE):
            self._build()

    def _build(self):
        self.source = tf.placeholder(tf.int32, [BATCH, LENGTH], 'source')
        embedding = tf.get_variable('embedding', [VOCAB, 6])
        with tf.variable_scope('encoder'):
            memory, state = tf.nn.dynamic_rnn(
                tf.nn.rnn_cell.GRUCell(UNITS), tf.nn.embedding_lookup(embedding, self.source), dtype=tf.float32)
        lengths = tf.fill([BATCH], LENGTH)
        if self.mode == 'beam':
            memory = seq2seq.tile_batch(memory, BEAM)
            state = seq2seq.tile_batch(state, BEAM)
            lengths = seq2seq.tile_batch(lengths, BEAM)
        with tf.variable_scope('decoder') as scope:
            attention = seq2seq.LuongAttention(UNITS, memory, memory_sequence_length=lengths, scale=True)
            cell = seq2seq.AttentionWrapper(tf.nn.rnn_cell.GRUCell(UNITS), attention, attention_layer_size=UNITS)
            size = BATCH * BEAM if self.mode == 'beam' else BATCH
            start = cell.zero_state(size, tf.float32).clone(cell_state=state)
            project = layers_core.Dense(VOCAB, use_bias=False, name='project')
            go = tf.fill([BATCH], GO)
            if self.mode == 'train':
                self.target = tf.placeholder(tf.int32, [BATCH, LENGTH + 1], 'target')
                shifted = tf.concat([go[:, None], self.target[:, :-1]], 1)
                helper = seq2seq.TrainingHelper(tf.nn.embedding_lookup(embedding, shifted), lengths + 1)
                decoder = seq2seq.BasicDecoder(cell, helper, start, output_layer=project)
            elif self.mode == 'greedy':
                helper = seq2seq.GreedyEmbeddingHelper(embedding, go, EOS)
                decoder = seq2seq.BasicDecoder(cell, helper, start, output_layer=project)
            else:
                decoder = seq2seq.BeamSearchDecoder(cell, embedding, go, EOS, start, BEAM, output_layer=project)
            outputs, _, self.lengths = seq2seq.dynamic_decode(decoder, maximum_iterations=LENGTH + 2, scope=scope)
        if self.mode == 'train':
            self.loss = seq2seq.sequence_loss(outputs.rnn_output, self.target, tf.ones([BATCH, LENGTH + 1]))
            self.train_op = tf.train.AdamOptimizer(0.02).minimize(self.loss)
        else:
            self.ids = outputs.sample_id if self.mode == 'greedy' else outputs.predicted_ids


np.random.seed(14)
tf.set_random_seed(14)
train, greedy, beam = Reverser('train'), Reverser('greedy'), Reverser('beam')
print([v.name for v in tf.trainable_variables()])
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for step in range(31):
        x = np.random.randint(2, VOCAB, (BATCH, LENGTH))
        y = np.concatenate([x[:, ::-1], np.full((BATCH, 1), EOS)], 1)
        loss, _ = sess.run([train.loss, train.train_op], {train.source: x, train.target: y})
        if step % 10 == 0:
            print('step %d loss %.6f' % (step, loss))
    ids, lengths = sess.run([greedy.ids, greedy.lengths], {greedy.source: x})
    print('source', x[0].tolist(), 'greedy', ids[0].tolist(), 'length', int(lengths[0]))
    beams = sess.run(beam.ids, {beam.source: x})
    print('beam output', beams.ndim, beams.shape[0], beams.shape[2], 'best', beams[0, :, 0].tolist())
