"""Several actors in threads of one process share the weights of a network, each with a copy of its own to play with.

The workers of the first run take turns, so that it can be repeated; those of the second run freely.
"""
from __future__ import print_function

import contextlib
import os
import tempfile
import threading

import numpy as np
import tensorflow as tf

from environment import GridWorld
from network import ACNetwork
from worker import Worker

GAMMA, WORKERS = .95, 3


class Turns(object):
    """Lets one worker after the other in, until all are to stop."""

    def __init__(self, workers, coord):
        self.workers, self.coord, self.next, self.changed = workers, coord, 0, threading.Condition()

    @contextlib.contextmanager
    def of(self, number):
        with self.changed:
            while self.next != number and not self.coord.should_stop():
                self.changed.wait(0.1)
            try:
                yield
            finally:
                self.next = (number + 1) % self.workers
                self.changed.notify_all()


class NoTurns(object):
    @contextlib.contextmanager
    def of(self, number):
        yield


def run(coord, turns, max_episodes):
    """Trains; returns the workers, and the folder of checkpoints."""
    tf.reset_default_graph()
    tf.set_random_seed(42)
    model_path = tempfile.mkdtemp()
    s_size, a_size = GridWorld.size ** 2, len(GridWorld.moves)
    with tf.device('/cpu:0'):
        global_episodes = tf.Variable(0, dtype=tf.int32, name='global_episodes', trainable=False)
        trainer = tf.train.AdamOptimizer(learning_rate=1e-2)
        ACNetwork(s_size, a_size, 'global', None)
        workers = [Worker(i, s_size, a_size, trainer, model_path, global_episodes) for i in range(WORKERS)]
        saver = tf.train.Saver(max_to_keep=2)
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        worker_threads = []
        for worker in workers:
            t = threading.Thread(target=worker.work, args=(turns, GAMMA, sess, coord, saver, max_episodes))
            t.start()
            worker_threads.append(t)
        coord.join(worker_threads)
    return workers, model_path


def main():
    coord = tf.train.Coordinator()
    workers, model_path = run(coord, Turns(WORKERS, coord), max_episodes=150)
    print(len(tf.trainable_variables()), [v.op.name for v in tf.trainable_variables('worker_1')])
    for worker in workers:
        rewards = np.array(worker.episode_rewards)
        parts = ' '.join('%.3f' % rewards[i:i + 10].mean() for i in range(0, len(rewards), 10))
        print(worker.name, len(rewards), 'rewards', parts, 'lengths', worker.episode_lengths[-5:])
    ckpt = tf.train.get_checkpoint_state(model_path)
    print([os.path.basename(path) for path in ckpt.all_model_checkpoint_paths])
    with tf.Session() as sess:
        tf.train.Saver().restore(sess, ckpt.model_checkpoint_path)
        print('episodes in the checkpoint', sess.run('global_episodes:0'))

    workers, _ = run(tf.train.Coordinator(), NoTurns(), max_episodes=240)
    last = np.concatenate([worker.episode_rewards[-20:] for worker in workers])
    print('free running: learned', bool(last.mean() > 0.3), 'all took part', all(w.episode_rewards for w in workers))


if __name__ == '__main__':
    main()
