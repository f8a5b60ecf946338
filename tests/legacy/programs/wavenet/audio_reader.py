"""Reads generated tones in a thread of its own, and puts them into a queue."""
import threading

import numpy as np
import tensorflow as tf


def tones(count, length, rng):
    for _ in range(count):
        period, phase = rng.uniform(8, 20), rng.uniform(0, 2 * np.pi)
        t = np.arange(length + rng.randint(0, 30))
        wave = 0.6 * np.sin(2 * np.pi * t / period + phase) + 0.2 * np.sin(4 * np.pi * t / period)
        yield wave.reshape(-1, 1).astype(np.float32), int(period > 14)


def trim_silence(audio, threshold):
    loud = np.nonzero(np.abs(audio[:, 0]) > threshold)[0]
    return audio[loud[0]:loud[-1]] if loud.size else audio[0:0]


class AudioReader(object):
    def __init__(self, coord, sample_size, receptive_field, gc_enabled=True, queue_size=8, silence_threshold=0.05):
        self.coord = coord
        self.sample_size = sample_size
        self.receptive_field = receptive_field
        self.silence_threshold = silence_threshold
        self.threads = []
        self.sample_placeholder = tf.placeholder(dtype=tf.float32, shape=None)
        self.queue = tf.PaddingFIFOQueue(queue_size, ['float32'], shapes=[(None, 1)])
        self.enqueue = self.queue.enqueue([self.sample_placeholder])
        if gc_enabled:
            self.id_placeholder = tf.placeholder(dtype=tf.int32, shape=())
            self.gc_queue = tf.PaddingFIFOQueue(queue_size, ['int32'], shapes=[()])
            self.gc_enqueue = self.gc_queue.enqueue([self.id_placeholder])
            self.gc_category_cardinality = 2

    def dequeue(self, num_elements):
        return self.queue.dequeue_many(num_elements)

    def dequeue_gc(self, num_elements):
        return self.gc_queue.dequeue_many(num_elements)

    def thread_main(self, sess):
        rng = np.random.RandomState(5)
        try:
            while not self.coord.should_stop():
                for audio, category in tones(4, 3 * self.sample_size, rng):
                    audio = trim_silence(audio, self.silence_threshold)
                    audio = np.pad(audio, [[self.receptive_field, 0], [0, 0]], 'constant')
                    while len(audio) > self.receptive_field:
                        piece = audio[:self.receptive_field + self.sample_size]
                        if len(piece) < self.receptive_field + self.sample_size:
                            break
                        sess.run(self.enqueue, feed_dict={self.sample_placeholder: piece})
                        sess.run(self.gc_enqueue, feed_dict={self.id_placeholder: category})
                        audio = audio[self.sample_size:]
        except tf.errors.CancelledError:
            # The queue was closed because the training is over.
            self.coord.request_stop()

    def start_threads(self, sess, n_threads=1):
        for _ in range(n_threads):
            thread = threading.Thread(target=self.thread_main, args=(sess,))
            thread.daemon = True
            thread.start()
            self.threads.append(thread)
        return self.threads
