"""contrib.training: HParams, create_train_op, train, evaluate_once and bucket_by_sequence_length."""
from __future__ import print_function

import tempfile

import numpy as np
import tensorflow as tf

hparams = tf.contrib.training.HParams(learning_rate=0.1, num_hidden_units=[8, 4], activation='relu', use_bias=True)
hparams.parse('learning_rate=0.3,num_hidden_units=[5]')
hparams.add_hparam('dropout', 0.25)
hparams.set_hparam('activation', 'tanh')
print(sorted(hparams.values().items()), 'dropout' in hparams, hparams.get('missing', 'default'))
print(tf.contrib.training.HParams(a=1, b='x').to_json(sort_keys=True))
try:
    hparams.parse('unknown=1')
except ValueError as e:
    print('ValueError', str(e)[:24])

logdir = tempfile.mkdtemp()
X = np.random.RandomState(26).randn(30, 2).astype('float32')
Y = np.tanh(X.sum(1, keepdims=True))


def model():
    net = tf.constant(X)
    for size in hparams.num_hidden_units:
        net = tf.layers.dense(net, size, activation=getattr(tf.nn, hparams.activation), use_bias=hparams.use_bias)
    return tf.layers.dense(net, 1)


with tf.Graph().as_default():
    tf.set_random_seed(26)
    tf.logging.set_verbosity(tf.logging.ERROR)
    tf.losses.mean_squared_error(Y, model())
    optimizer = tf.train.GradientDescentOptimizer(hparams.learning_rate)
    train_op = tf.contrib.training.create_train_op(tf.losses.get_total_loss(), optimizer, summarize_gradients=True)
    loss = tf.contrib.training.train(train_op, logdir, hooks=[tf.train.StopAtStepHook(num_steps=25)],
                                     save_summaries_steps=None, save_checkpoint_secs=600)
    print('last loss %.6f' % loss)

with tf.Graph().as_default():
    error, update = tf.metrics.mean_absolute_error(Y, model())
    values = tf.contrib.training.evaluate_once(
        tf.train.latest_checkpoint(logdir), eval_ops=update, final_ops={'mae': error},
        hooks=[tf.contrib.training.StopAfterNEvalsHook(1)])
    print('mae %.6f' % values['mae'])

with tf.Graph().as_default():
    lengths = tf.train.slice_input_producer([tf.constant([3, 9, 2, 8, 4, 7])], shuffle=False)[0]
    sequence = tf.range(lengths)
    seq_len, (batch,) = tf.contrib.training.bucket_by_sequence_length(
        lengths, [sequence], batch_size=3, bucket_boundaries=[5], dynamic_pad=True, num_threads=1, capacity=8)
    with tf.Session() as sess:
        coord = tf.train.Coordinator()
        threads = tf.train.start_queue_runners(sess, coord)
        # The threads of the two buckets race: either may be ahead by some batches.
        buckets = [sess.run([seq_len, batch]) for _ in range(20)]
        print(sorted({(tuple(sorted(n.tolist())), padded.shape) for n, padded in buckets}))
        coord.request_stop()
        coord.join(threads)
