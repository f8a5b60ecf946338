"""Dilated causal convolutions learn tones that a thread puts into a queue, and then continue one sample by sample."""
from __future__ import print_function

import argparse
import os
import tempfile

import numpy as np
import tensorflow as tf

from audio_reader import AudioReader
from model import WaveNetModel
from ops import mu_law_decode, optimizer_factory

PARAMS = {'filter_width': 2, 'dilations': [1, 2, 4, 8, 1, 2, 4], 'residual_channels': 8, 'dilation_channels': 8,
          'quantization_channels': 32, 'skip_channels': 16, 'global_condition_channels': 4}


def get_arguments():
    parser = argparse.ArgumentParser(description='WaveNet example network')
    parser.add_argument('--batch_size', type=int, default=1)
    parser.add_argument('--num_steps', type=int, default=60)
    parser.add_argument('--learning_rate', type=float, default=1e-2)
    parser.add_argument('--sample_size', type=int, default=80)
    parser.add_argument('--l2_regularization_strength', type=float, default=1e-4)
    parser.add_argument('--optimizer', type=str, default='adam', choices=optimizer_factory.keys())
    parser.add_argument('--momentum', type=float, default=0.9)
    parser.add_argument('--samples', type=int, default=40)
    return parser.parse_args()


def save(saver, sess, logdir, step):
    checkpoint_path = os.path.join(logdir, 'model.ckpt')
    saver.save(sess, checkpoint_path, global_step=step)
    print('Stored checkpoint of step', step)


def main():
    args = get_arguments()
    tf.set_random_seed(2016)
    logdir = tempfile.mkdtemp()
    coord = tf.train.Coordinator()
    receptive_field = (PARAMS['filter_width'] - 1) * sum(PARAMS['dilations']) + PARAMS['filter_width']
    with tf.name_scope('create_inputs'):
        reader = AudioReader(coord, args.sample_size, receptive_field)
        audio_batch = reader.dequeue(args.batch_size)
        gc_id_batch = reader.dequeue_gc(args.batch_size)
    net = WaveNetModel(args.batch_size, global_condition_cardinality=reader.gc_category_cardinality, **PARAMS)
    loss = net.loss(audio_batch, gc_id_batch, args.l2_regularization_strength)
    optimizer = optimizer_factory[args.optimizer](args.learning_rate, args.momentum)
    trainable = tf.trainable_variables()
    optim = optimizer.minimize(loss, var_list=trainable)
    print('receptive field %d, %d variables' % (receptive_field, len(trainable)))

    writer = tf.summary.FileWriter(logdir)
    writer.add_graph(tf.get_default_graph())
    run_metadata = tf.RunMetadata()
    summaries = tf.summary.merge_all()
    sess = tf.Session(config=tf.ConfigProto(log_device_placement=False))
    sess.run(tf.global_variables_initializer())
    saver = tf.train.Saver(var_list=trainable, max_to_keep=3)
    threads = tf.train.start_queue_runners(sess=sess, coord=coord)
    reader.start_threads(sess)
    losses = []
    try:
        for step in range(args.num_steps):
            if step == 30:
                # One step with a trace of all ops.
                options = tf.RunOptions(trace_level=tf.RunOptions.FULL_TRACE)
                summary, loss_value, _ = sess.run([summaries, loss, optim], options=options, run_metadata=run_metadata)
                writer.add_run_metadata(run_metadata, 'step_{:04d}'.format(step))
            else:
                summary, loss_value, _ = sess.run([summaries, loss, optim])
            writer.add_summary(summary, step)
            losses.append(loss_value)
            if step % 10 == 9:
                print('step {:d} - loss = {:.4f}, mean of ten = {:.4f}'.format(step, loss_value, np.mean(losses[-10:])))
            if step % 30 == 29:
                save(saver, sess, logdir, step)
    finally:
        coord.request_stop()
        sess.run([reader.queue.close(cancel_pending_enqueues=True),
                  reader.gc_queue.close(cancel_pending_enqueues=True)])
        coord.join(threads + reader.threads)
    writer.close()

    samples = tf.placeholder(tf.int32)
    next_sample = net.predict_proba(samples, [1])
    decode = mu_law_decode(samples, PARAMS['quantization_channels'])
    saver.restore(sess, tf.train.latest_checkpoint(logdir))
    np.random.seed(0)
    waveform = [PARAMS['quantization_channels'] // 2] * (receptive_field - 1) + [np.random.randint(32)]
    for _ in range(args.samples):
        prediction = sess.run(next_sample, feed_dict={samples: waveform[-receptive_field:]})
        # Cooled down: likely samples become more likely.
        scaled = np.exp(np.log(prediction) / 0.7)
        scaled /= scaled.sum()
        waveform.append(int(np.searchsorted(np.cumsum(scaled), np.random.rand())))
    print(waveform[receptive_field:])
    print(np.round(sess.run(decode, {samples: waveform[-5:]}), 4).tolist())
    sess.close()


if __name__ == '__main__':
    main()
