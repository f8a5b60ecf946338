"""MonitoredTrainingSession: stock hooks, a hook of our own, a checkpoint directory and a second run that resumes."""
from __future__ import print_function

import os
import tempfile

import numpy as np
import tensorflow as tf

tf.logging.set_verbosity(tf.logging.ERROR)
checkpoint_dir = tempfile.mkdtemp()


class LossLogger(tf.train.SessionRunHook):
    def __init__(self, loss, every):
        self._loss, self._timer = loss, tf.train.SecondOrStepTimer(every_steps=every)

    def after_create_session(self, session, coord):
        print('session created, w =', session.run('w:0').tolist())

    def before_run(self, run_context):
        self._step = run_context.session.run(tf.train.get_global_step())
        return tf.train.SessionRunArgs({'loss': self._loss})

    def after_run(self, run_context, run_values):
        if self._timer.should_trigger_for_step(self._step):
            self._timer.update_last_triggered_step(self._step)
            print('  after step %d: loss %.6f' % (self._step, run_values.results['loss']))

    def end(self, session):
        print('end at global step', session.run(tf.train.get_global_step()))


def train(last_step, extra_hooks=()):
    with tf.Graph().as_default():
        tf.set_random_seed(24)
        rng = np.random.RandomState(24)
        x = tf.constant(rng.randn(30, 2).astype('f'))
        y = tf.matmul(x, [[1.5], [-0.5]])
        w = tf.get_variable('w', [2, 1], initializer=tf.truncated_normal_initializer(stddev=0.5))
        loss = tf.reduce_mean(tf.squared_difference(tf.matmul(x, w), y), name='loss')
        global_step = tf.train.get_or_create_global_step()
        train_op = tf.train.MomentumOptimizer(0.05, 0.8, use_nesterov=True).minimize(loss, global_step)
        hooks = [tf.train.StopAtStepHook(last_step=last_step), tf.train.NanTensorHook(loss), LossLogger(loss, 4)]
        with tf.train.MonitoredTrainingSession(
                checkpoint_dir=checkpoint_dir, hooks=hooks + list(extra_hooks), save_checkpoint_steps=5,
                save_summaries_steps=None, save_summaries_secs=None, log_step_count_steps=None) as sess:
            while not sess.should_stop():
                sess.run(train_op)


train(10)
print(sorted(f for f in os.listdir(checkpoint_dir) if f.endswith('.index')))
final_hook = tf.train.FinalOpsHook('w:0')
train(13, [final_hook, tf.train.StepCounterHook(every_n_steps=100)])
print('final w', final_hook.final_ops_values.ravel().tolist())
print(os.path.basename(tf.train.latest_checkpoint(checkpoint_dir)))

with tf.Graph().as_default():
    value = tf.Variable(1.0, name='value')
    bad = tf.log(value - 2.0, name='bad')
    try:
        with tf.train.SingularMonitoredSession(hooks=[tf.train.NanTensorHook(bad)]) as sess:
            sess.run(value)
    except tf.train.NanLossDuringTrainingError as e:
        print(type(e).__name__, str(e))
