"""TFRecord files, and the pipelines that read them: tf.queue with a thread of Python's, and tf.data step by step.

Each pipeline is a function of the files, the number of epochs and the batch size; it returns batches one after the
other: images [batch, 784] and one-hot labels [batch, 10], both float32. A last batch that is not full is dropped.
"""

import random
import threading

import numpy as np

from tf1graphs import tutorial
from tf1graphs.replacing import replacing
import tensorflow as tf

FEATURES = {"image": tf.io.FixedLenFeature([], tf.string), "label": tf.io.FixedLenFeature([], tf.int64)}


def write_files(folder, images, labels, count):
    """Writes images, uint8 [n, 784], and labels [n] into ``count`` files, and returns their paths."""
    paths = []
    for number, rows in enumerate(np.array_split(np.arange(len(images)), count)):
        path = folder / ("digits-%d-of-%d.tfrecord" % (number, count))
        with replacing(path) as unfinished, tf.io.TFRecordWriter(str(unfinished)) as writer:
            for row in rows:
                image = tf.train.Feature(bytes_list=tf.train.BytesList(value=[images[row].tobytes()]))
                label = tf.train.Feature(int64_list=tf.train.Int64List(value=[labels[row]]))
                features = tf.train.Features(feature={"image": image, "label": label})
                writer.write(tf.train.Example(features=features).SerializeToString())
        paths.append(str(path))
    return paths


def read_files(paths):
    """Returns all images, float32 [n, 784], and one-hot labels [n, 10]; what cannot be used ends the program."""
    images, labels = [], []
    for path in paths:
        try:
            for record in tf.data.TFRecordDataset(path).as_numpy_iterator():
                feature = tf.train.Example.FromString(record).features.feature
                images.append(np.frombuffer(feature["image"].bytes_list.value[0], np.uint8).reshape(784))
                labels.append(np.eye(10, dtype=np.float32)[feature["label"].int64_list.value[0]])
        except Exception as error:  # what is damaged, no Example, or another one raises errors of many types
            tutorial.fail(f"{path} is damaged, or holds no digits ({type(error).__name__}): write it anew")
    return np.array(images, np.float32) * np.float32(1 / 255), np.array(labels)


def parse(serialized):
    features = tf.io.parse_single_example(serialized, FEATURES)
    image = tf.reshape(tf.io.decode_raw(features["image"], tf.uint8), [784])
    return tf.cast(image, tf.float32) * (1 / 255), tf.one_hot(features["label"], 10)


def parse_batch(serialized):
    features = tf.io.parse_example(serialized, FEATURES)
    images = tf.reshape(tf.io.decode_raw(features["image"], tf.uint8), [-1, 784])
    return tf.cast(images, tf.float32) * (1 / 255), tf.one_hot(features["label"], 10)


def filled(queue, paths, epochs):
    """Starts a thread that puts all examples into a queue, and closes it; that is what a QueueRunner did."""

    def run():
        for image, label in tf.data.TFRecordDataset(paths).map(parse).repeat(epochs):
            queue.enqueue((image, label))
        queue.close()

    threading.Thread(target=run, daemon=True).start()
    return queue


def batches_of(queue, batch_size):
    while True:
        try:
            yield queue.dequeue_many(batch_size)
        except tf.errors.OutOfRangeError:  # closed, and less than a batch is left
            return


def queues(paths, epochs, batch_size):
    """One thread reads the files in their order, one example at a time."""
    queue = tf.queue.FIFOQueue(10 * batch_size, [tf.float32, tf.float32], [[784], [10]])
    return batches_of(filled(queue, paths, epochs), batch_size)


def shuffled_queues(paths, epochs, batch_size):
    """A queue that is never quite empty gives its examples in random order."""
    queue = tf.queue.RandomShuffleQueue(20 * batch_size, 10 * batch_size, [tf.float32, tf.float32], [[784], [10]])
    return batches_of(filled(queue, random.sample(paths, len(paths)), epochs), batch_size)


def plain(paths, epochs, batch_size):
    """The same as the queues: one example at a time."""
    dataset = tf.data.TFRecordDataset(paths).map(parse)
    return dataset.repeat(epochs).batch(batch_size, drop_remainder=True)


def parallel_map(paths, epochs, batch_size):
    """Two examples are parsed at once; their order stays."""
    dataset = tf.data.TFRecordDataset(paths).map(parse, num_parallel_calls=2)
    return dataset.repeat(epochs).batch(batch_size, drop_remainder=True)


def batch_first(paths, epochs, batch_size):
    """A whole batch is parsed by one call of each op."""
    dataset = tf.data.TFRecordDataset(paths).repeat(epochs).batch(batch_size, drop_remainder=True)
    return dataset.map(parse_batch)


def prefetch(paths, epochs, batch_size):
    """The next batches are made while one is used."""
    dataset = tf.data.TFRecordDataset(paths).repeat(epochs).batch(batch_size, drop_remainder=True)
    return dataset.map(parse_batch, num_parallel_calls=2).prefetch(2)


def interleave(paths, epochs, batch_size):
    """All files are read at once, an example of each in turn."""
    files = tf.data.Dataset.from_tensor_slices(paths)
    dataset = files.interleave(tf.data.TFRecordDataset, cycle_length=len(paths), num_parallel_calls=2)
    dataset = dataset.repeat(epochs).batch(batch_size, drop_remainder=True)
    return dataset.map(parse_batch, num_parallel_calls=2).prefetch(2)


def cache(paths, epochs, batch_size):
    """What was parsed in the first epoch is kept in memory for the others."""
    dataset = tf.data.TFRecordDataset(paths).map(parse).cache()
    return dataset.repeat(epochs).batch(batch_size, drop_remainder=True).prefetch(2)


PIPELINES = {
    "tf.queue": queues,
    "tf.queue, shuffled": shuffled_queues,
    "tf.data": plain,
    "tf.data, parallel map": parallel_map,
    "tf.data, batch first": batch_first,
    "tf.data, batch first, prefetch": prefetch,
    "tf.data, interleave, prefetch": interleave,
    "tf.data, cache, prefetch": cache,
}
