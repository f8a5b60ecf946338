"""Speech to letters: two bidirectional LSTM layers, connectionist temporal classification, label error rates."""
from __future__ import print_function

import collections
import os
import tempfile

import numpy as np
import tensorflow as tf
from tensorflow.python.ops import ctc_ops

import audio

HPARAMS = tf.contrib.training.HParams(bands=10, n_hidden=16, n_cell=12, keep=0.9, learning_rate=1e-2, batch_size=8,
                                      epochs=6, relu_clip=20., seed=4567)
Batch = collections.namedtuple('Batch', 'x lengths y')


def variable_on_cpu(name, shape, initializer):
    with tf.device('/cpu:0'):
        return tf.get_variable(name=name, shape=shape, initializer=initializer)


class Speech(object):
    def __init__(self, hparams):
        self.hparams = hparams
        self.inputs = tf.placeholder(tf.float32, [None, None, hparams.bands], name='input')
        self.targets = tf.sparse_placeholder(tf.int32, [None, None], name='targets')
        self.seq_length = tf.placeholder(tf.int32, [None], name='seq_length')
        self.keep = tf.placeholder_with_default(1., (), name='keep')
        self.logits = self.build(self.inputs)
        losses = ctc_ops.ctc_loss(labels=self.targets, inputs=self.logits, sequence_length=self.seq_length,
                                  ctc_merge_repeated=True)
        self.loss = tf.reduce_mean(losses)
        self.decoded, self.log_prob = ctc_ops.ctc_beam_search_decoder(self.logits, self.seq_length, beam_width=10,
                                                                      merge_repeated=False)
        distance = tf.edit_distance(tf.cast(self.decoded[0], tf.int32), self.targets, normalize=True)
        self.label_error_rate = tf.reduce_mean(distance, name='label_error_rate')
        self.greedy, _ = tf.nn.ctc_greedy_decoder(self.logits, self.seq_length)
        self.global_step = tf.train.get_or_create_global_step()
        optimizer = tf.train.AdamOptimizer(hparams.learning_rate, epsilon=1e-4)
        grads, variables = zip(*optimizer.compute_gradients(self.loss))
        clipped, self.norm = tf.clip_by_global_norm(grads, 5.)
        self.train_op = optimizer.apply_gradients(zip(clipped, variables), global_step=self.global_step)
        tf.summary.scalar('loss', self.loss)
        tf.summary.scalar('label_error_rate', self.label_error_rate)
        self.summaries = tf.summary.merge_all()

    def build(self, batch_x):
        """Logits [time, batch, letters and the blank]."""
        hparams, shape = self.hparams, tf.shape(batch_x)
        normal = tf.random_normal_initializer(stddev=0.2)
        by_time = tf.reshape(tf.transpose(batch_x, [1, 0, 2]), [-1, hparams.bands])
        b1 = variable_on_cpu('b1', [hparams.n_hidden], normal)
        h1 = variable_on_cpu('h1', [hparams.bands, hparams.n_hidden], normal)
        layer_1 = tf.minimum(tf.nn.relu(tf.add(tf.matmul(by_time, h1), b1)), hparams.relu_clip)
        layer_1 = tf.reshape(tf.nn.dropout(layer_1, self.keep), [-1, shape[0], hparams.n_hidden])
        forward, backward = [
            tf.contrib.rnn.MultiRNNCell([
                tf.contrib.rnn.LayerNormBasicLSTMCell(hparams.n_cell) if layer else
                tf.contrib.rnn.BasicLSTMCell(hparams.n_cell, forget_bias=1.0, state_is_tuple=True)
                for layer in range(2)]) for _ in range(2)]
        outputs, states = tf.nn.bidirectional_dynamic_rnn(
            cell_fw=forward, cell_bw=backward, inputs=layer_1, dtype=tf.float32, time_major=True,
            sequence_length=self.seq_length)
        tf.summary.histogram('activations', outputs[0])
        # Not in the cells: a loop draws for several steps at once, in any order.
        joined = tf.nn.dropout(tf.reshape(tf.concat(outputs, 2), [-1, 2 * hparams.n_cell]), self.keep)
        classes = len(audio.LETTERS) + 1
        b6 = variable_on_cpu('b6', [classes], tf.zeros_initializer())
        h6 = variable_on_cpu('h6', [2 * hparams.n_cell, classes], tf.contrib.layers.xavier_initializer())
        return tf.reshape(tf.add(tf.matmul(joined, h6), b6), [-1, shape[0], classes], name='logits')


def batches(data, size):
    # Short ones first, as little padding as can be.
    data = sorted(data, key=lambda each: (len(each[0]), each[1]))
    for start in range(0, len(data), size):
        part = data[start:start + size]
        x, lengths = audio.pad_sequences([each[0] for each in part])
        yield Batch(x, lengths, audio.sparse_tuple_from([audio.encode(each[1]) for each in part]))


def main(_):
    hparams = HPARAMS
    tf.set_random_seed(hparams.seed)
    train, dev = audio.dataset(32, seed=1), audio.dataset(4, seed=2)
    print('%d frames, %d letters' % (sum(len(x) for x, _ in train), sum(len(text) for _, text in train)))
    model = Speech(hparams)
    folder = tempfile.mkdtemp()
    saver = tf.train.Saver(max_to_keep=1)
    print(len(tf.trainable_variables()), [v.op.name for v in tf.trainable_variables() if '/cell_1/' in v.name][:2])
    with tf.Session() as sess:
        writer = tf.summary.FileWriter(folder, sess.graph)
        sess.run(tf.global_variables_initializer())
        for epoch in range(hparams.epochs):
            total, count = 0., 0
            for batch in batches(train, hparams.batch_size):
                feed = {model.inputs: batch.x, model.targets: batch.y, model.seq_length: batch.lengths,
                        model.keep: hparams.keep}
                loss, _, summary = sess.run([model.loss, model.train_op, model.summaries], feed)
                step = tf.train.global_step(sess, model.global_step)
                writer.add_summary(summary, step)
                total, count = total + loss * len(batch.x), count + len(batch.x)
            batch = next(batches(dev, len(dev)))
            feed = {model.inputs: batch.x, model.targets: tf.SparseTensorValue(*batch.y),
                    model.seq_length: batch.lengths}
            loss, rate = sess.run([model.loss, model.label_error_rate], feed)
            print('epoch %d train %.4f dev %.4f label error rate %.4f' % (epoch + 1, total / count, loss, rate))
        path = saver.save(sess, os.path.join(folder, 'speech'), global_step=model.global_step)
        writer.close()

    with tf.Session() as sess:
        saver.restore(sess, path)
        decoded, greedy, log_prob = sess.run([model.decoded[0], model.greedy[0], model.log_prob], feed)
        dense = sess.run(tf.sparse_tensor_to_dense(greedy, default_value=-1))
        for n in range(len(dev)):
            beam = decoded.values[decoded.indices[:, 0] == n]
            print(repr(audio.decode(beam)), repr(audio.decode(i for i in dense[n] if i >= 0)), '%.4f' % log_prob[n, 0])


if __name__ == '__main__':
    tf.app.run()
