"""Translation with attention: one graph trains, one evaluates and one translates, and checkpoints go between them."""
from __future__ import print_function

import argparse
import collections
import math
import os
import sys
import tempfile

import numpy as np
import tensorflow as tf

import iterator_utils
import vocab_utils
from model import Model

TrainModel = collections.namedtuple('TrainModel', ('graph', 'model', 'iterator'))
ModeKeys = tf.contrib.learn.ModeKeys


def add_arguments(parser):
    parser.register('type', 'bool', lambda v: v.lower() == 'true')
    parser.add_argument('--num_units', type=int, default=16, help='Network size.')
    parser.add_argument('--num_layers', type=int, default=2, help='Network depth.')
    parser.add_argument('--time_major', type='bool', nargs='?', const=True, default=True)
    parser.add_argument('--learning_rate', type=float, default=0.02, help='Learning rate.')
    parser.add_argument('--start_decay_step', type=int, default=60, help='When the rate starts to fall.')
    parser.add_argument('--num_train_steps', type=int, default=80, help='Num steps to train.')
    parser.add_argument('--steps_per_external_eval', type=int, default=40)
    parser.add_argument('--max_gradient_norm', type=float, default=5.0, help='Clip gradients to this norm.')
    parser.add_argument('--dropout', type=float, default=0.0, help='Dropout rate (not keep_prob)')
    parser.add_argument('--init_weight', type=float, default=0.1, help='For uniform init_op')
    parser.add_argument('--batch_size', type=int, default=16, help='Batch size.')
    parser.add_argument('--infer_batch_size', type=int, default=4, help='Batch size for inference.')
    parser.add_argument('--num_buckets', type=int, default=3, help='Put data into similar-length buckets.')
    parser.add_argument('--beam_width', type=int, default=3, help='0 for greedy decoding.')
    parser.add_argument('--length_penalty_weight', type=float, default=0.0)
    parser.add_argument('--num_keep_ckpts', type=int, default=2)
    parser.add_argument('--random_seed', type=int, default=17)


def create_model(mode, hparams, folder, part):
    graph = tf.Graph()
    with graph.as_default():
        tf.set_random_seed(hparams.random_seed)
        tables = vocab_utils.create_vocab_tables(*[os.path.join(folder, 'vocab.' + side) for side in ('src', 'tgt')])
        src = tf.data.TextLineDataset(os.path.join(folder, part + '.src'))
        tgt = tf.data.TextLineDataset(os.path.join(folder, part + '.tgt'))
        reverse = None
        if mode == ModeKeys.INFER:
            reverse = tf.contrib.lookup.index_to_string_table_from_file(
                os.path.join(folder, 'vocab.tgt'), default_value=vocab_utils.UNK)
            iterator = iterator_utils.get_infer_iterator(src, tables[0], hparams.infer_batch_size, vocab_utils.EOS)
        else:
            seed = hparams.random_seed if mode == ModeKeys.TRAIN else None
            buckets = hparams.num_buckets if mode == ModeKeys.TRAIN else 1
            iterator = iterator_utils.get_iterator(src, tgt, tables[0], tables[1], hparams.batch_size, vocab_utils.SOS,
                                                   vocab_utils.EOS, seed, buckets)
        return TrainModel(graph, Model(hparams, mode, iterator, tables[1], reverse), iterator)


def create_or_load(model, folder, session):
    latest = tf.train.latest_checkpoint(folder)
    if latest:
        model.saver.restore(session, latest)
    else:
        session.run(tf.global_variables_initializer())
    session.run(tf.tables_initializer())
    return session.run(model.global_step)


def perplexity(built, folder):
    with tf.Session(graph=built.graph) as sess:
        create_or_load(built.model, folder, sess)
        sess.run(built.iterator.initializer)
        total_loss, total_count = 0., 0
        while True:
            try:
                loss, count, size = sess.run([built.model.loss, built.model.predict_count, built.model.batch_size])
            except tf.errors.OutOfRangeError:
                return math.exp(total_loss / total_count)
            total_loss, total_count = total_loss + loss * size, total_count + count


def translations(built, hparams, folder):
    with tf.Session(graph=built.graph) as sess:
        create_or_load(built.model, folder, sess)
        sess.run(built.iterator.initializer)
        while True:
            try:
                words = sess.run(built.model.sample_words)
            except tf.errors.OutOfRangeError:
                return
            # The best beam is the first one.
            best = words[:, :, 0] if hparams.beam_width else words
            for sentence in best.transpose() if hparams.time_major else best:
                sentence = [word.decode() for word in sentence]
                yield ' '.join(sentence[:sentence.index(vocab_utils.EOS)] if vocab_utils.EOS in sentence else sentence)


def train(hparams, folder):
    train_model = create_model(ModeKeys.TRAIN, hparams, folder, 'train')
    eval_model = create_model(ModeKeys.EVAL, hparams, folder, 'dev')
    infer_model = create_model(ModeKeys.INFER, hparams, folder, 'dev')
    with train_model.graph.as_default():
        print(len(tf.trainable_variables()), [v.op.name for v in tf.trainable_variables()][2:4])
    train_sess = tf.Session(graph=train_model.graph)
    with train_model.graph.as_default():
        global_step = create_or_load(train_model.model, folder, train_sess)
    summary_writer = tf.summary.FileWriter(os.path.join(folder, 'train_log'), train_model.graph)
    train_sess.run(train_model.iterator.initializer)
    loss, count = 0., 0
    while global_step < hparams.num_train_steps:
        model = train_model.model
        try:
            _, step_loss, step_count, size, summary, global_step, norm = train_sess.run(
                [model.update, model.loss, model.predict_count, model.batch_size, model.train_summary,
                 model.global_step, model.grad_norm])
        except tf.errors.OutOfRangeError:
            train_sess.run(train_model.iterator.initializer)
            continue
        summary_writer.add_summary(summary, global_step)
        loss, count = loss + step_loss * size, count + step_count
        if global_step % 20 == 0:
            print('step %d ppl %.4f norm %.4f' % (global_step, math.exp(loss / count), norm))
            loss, count = 0., 0
        if global_step % hparams.steps_per_external_eval == 0:
            model.saver.save(train_sess, os.path.join(folder, 'translate.ckpt'), global_step=global_step)
            with eval_model.graph.as_default():
                print('dev ppl %.4f' % perplexity(eval_model, folder))
    summary_writer.close()
    with infer_model.graph.as_default():
        found = list(translations(infer_model, hparams, folder))
    with open(os.path.join(folder, 'dev.tgt')) as f:
        wanted = [line.strip() for line in f]
    for translation, reference in list(zip(found, wanted))[:4]:
        print('%s | %s' % (translation, reference))
    print('right: %d of %d' % (sum(a == b for a, b in zip(found, wanted)), len(wanted)))


def main(_):
    folder = tempfile.mkdtemp()
    vocab_utils.write_data(folder, np.random.RandomState(FLAGS.random_seed))
    hparams = tf.contrib.training.HParams(**vars(FLAGS))
    for side in ('src', 'tgt'):
        hparams.add_hparam(side + '_vocab_size', vocab_utils.check_vocab(os.path.join(folder, 'vocab.' + side)))
    train(hparams, folder)


if __name__ == '__main__':
    nmt_parser = argparse.ArgumentParser()
    add_arguments(nmt_parser)
    FLAGS, unparsed = nmt_parser.parse_known_args()
    tf.app.run(main=main, argv=[sys.argv[0]] + unparsed)
