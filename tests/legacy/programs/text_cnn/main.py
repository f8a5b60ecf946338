"""Trains a convolutional classifier of sentences, and evaluates its last checkpoint from its meta graph alone."""
import os
import tempfile

import numpy as np
import tensorflow as tf
from tensorflow.contrib import learn

import data_helpers
import evaluate
from text_cnn import TextCNN

tf.flags.DEFINE_float('dev_sample_percentage', .2, 'Percentage of the training data to use for validation')
tf.flags.DEFINE_integer('embedding_dim', 12, 'Dimensionality of character embedding (default: 12)')
tf.flags.DEFINE_string('filter_sizes', '2,3,4', "Comma-separated filter sizes (default: '2,3,4')")
tf.flags.DEFINE_integer('num_filters', 6, 'Number of filters per filter size (default: 6)')
tf.flags.DEFINE_float('dropout_keep_prob', 0.8, 'Dropout keep probability (default: 0.8)')
tf.flags.DEFINE_float('l2_reg_lambda', 0.01, 'L2 regularization lambda (default: 0.01)')
tf.flags.DEFINE_integer('batch_size', 16, 'Batch Size (default: 16)')
tf.flags.DEFINE_integer('num_epochs', 5, 'Number of training epochs (default: 5)')
tf.flags.DEFINE_integer('evaluate_every', 20, 'Evaluate model on dev set after this many steps (default: 20)')
tf.flags.DEFINE_integer('checkpoint_every', 10, 'Save model after this many steps (default: 10)')
tf.flags.DEFINE_integer('num_checkpoints', 3, 'Number of checkpoints to store (default: 3)')
tf.flags.DEFINE_boolean('allow_soft_placement', True, 'Allow device soft device placement')
tf.flags.DEFINE_boolean('log_device_placement', False, 'Log placement of ops on devices')
FLAGS = tf.flags.FLAGS


def preprocess():
    x_text, y = data_helpers.load_data_and_labels()
    max_document_length = max([len(x.split(' ')) for x in x_text])
    vocab_processor = learn.preprocessing.VocabularyProcessor(max_document_length)
    x = np.array(list(vocab_processor.fit_transform(x_text)))
    np.random.seed(10)
    shuffle_indices = np.random.permutation(np.arange(len(y)))
    x_shuffled, y_shuffled = x[shuffle_indices], y[shuffle_indices]
    dev_sample_index = -1 * int(FLAGS.dev_sample_percentage * float(len(y)))
    print('Vocabulary Size: {:d}'.format(len(vocab_processor.vocabulary_)))
    parts = [part[edge] for part in (x_shuffled, y_shuffled) for edge in
             (slice(None, dev_sample_index), slice(dev_sample_index, None))]
    print('Train/Dev split: {:d}/{:d}'.format(len(parts[2]), len(parts[3])))
    return parts, vocab_processor


def train(x_train, x_dev, y_train, y_dev, vocab_processor):
    """Returns the folder of checkpoints."""
    with tf.Graph().as_default():
        tf.set_random_seed(10)
        session_conf = tf.ConfigProto(allow_soft_placement=FLAGS.allow_soft_placement,
                                      log_device_placement=FLAGS.log_device_placement)
        sess = tf.Session(config=session_conf)
        with sess.as_default():
            cnn = TextCNN(sequence_length=x_train.shape[1], num_classes=y_train.shape[1],
                          vocab_size=len(vocab_processor.vocabulary_), embedding_size=FLAGS.embedding_dim,
                          filter_sizes=list(map(int, FLAGS.filter_sizes.split(','))), num_filters=FLAGS.num_filters,
                          l2_reg_lambda=FLAGS.l2_reg_lambda)
            global_step = tf.Variable(0, name='global_step', trainable=False)
            optimizer = tf.train.AdamOptimizer(5e-3)
            grads_and_vars = optimizer.compute_gradients(cnn.loss)
            train_op = optimizer.apply_gradients(grads_and_vars, global_step=global_step)

            grad_summaries = []
            for g, v in grads_and_vars:
                if g is not None:
                    grad_summaries.append(tf.summary.histogram('{}/grad/hist'.format(v.name), g))
                    grad_summaries.append(tf.summary.scalar('{}/grad/sparsity'.format(v.name), tf.nn.zero_fraction(g)))
            out_dir = os.path.join(tempfile.mkdtemp(), 'runs')
            loss_summary = tf.summary.scalar('loss', cnn.loss)
            acc_summary = tf.summary.scalar('accuracy', cnn.accuracy)
            train_summary_op = tf.summary.merge([loss_summary, acc_summary, tf.summary.merge(grad_summaries)])
            writers = {'train': tf.summary.FileWriter(os.path.join(out_dir, 'summaries', 'train'), sess.graph),
                       'dev': tf.summary.FileWriter(os.path.join(out_dir, 'summaries', 'dev'), sess.graph)}
            dev_summary_op = tf.summary.merge([loss_summary, acc_summary])

            checkpoint_dir = os.path.abspath(os.path.join(out_dir, 'checkpoints'))
            checkpoint_prefix = os.path.join(checkpoint_dir, 'model')
            if not os.path.exists(checkpoint_dir):
                os.makedirs(checkpoint_dir)
            saver = tf.train.Saver(tf.global_variables(), max_to_keep=FLAGS.num_checkpoints)
            vocab_processor.save(os.path.join(out_dir, 'vocab'))
            sess.run(tf.global_variables_initializer())

            def step(x_batch, y_batch, keep_prob, ops, summary_op, writer):
                feed_dict = {cnn.input_x: x_batch, cnn.input_y: y_batch, cnn.dropout_keep_prob: keep_prob}
                fetched = sess.run(ops + [global_step, summary_op, cnn.loss, cnn.accuracy], feed_dict)
                current, summaries, loss, accuracy = fetched[-4:]
                writer.add_summary(summaries, current)
                return current, loss, accuracy

            batches = data_helpers.batch_iter(list(zip(x_train, y_train)), FLAGS.batch_size, FLAGS.num_epochs)
            for batch in batches:
                x_batch, y_batch = [np.stack(column) for column in zip(*batch)]
                _, loss, accuracy = step(x_batch, y_batch, FLAGS.dropout_keep_prob, [train_op], train_summary_op,
                                         writers['train'])
                current_step = tf.train.global_step(sess, global_step)
                if current_step % 5 == 0:
                    print('step {}, loss {:.5f}, acc {:g}'.format(current_step, loss, accuracy))
                if current_step % FLAGS.evaluate_every == 0:
                    result = step(x_dev, y_dev, 1.0, [], dev_summary_op, writers['dev'])
                    print('Evaluation: step {}, loss {:.5f}, acc {:g}'.format(*result))
                if current_step % FLAGS.checkpoint_every == 0:
                    path = saver.save(sess, checkpoint_prefix, global_step=current_step)
                    print('Saved model checkpoint to {}'.format(os.path.basename(path)))
            for writer in writers.values():
                writer.close()
    return checkpoint_dir


def main(argv=None):
    parts, vocab_processor = preprocess()
    checkpoint_dir = train(*parts, vocab_processor=vocab_processor)
    evaluate.evaluate(checkpoint_dir)


if __name__ == '__main__':
    tf.app.run()
