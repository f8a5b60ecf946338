"""TFRecord files, and the pipelines that read them: TF1's queues and readers, and tf.data step by step.

Each pipeline is a function of the files, the number of epochs and the batch size; it returns the next batch as tensors,
images [batch, 784] and one-hot labels [batch, 10], both float32. A last batch that is not full is dropped.
"""

import numpy as np

from tf1graphs import tutorial
from tf1graphs.replacing import replacing
import tf1graphs.v1 as tf

FEATURES = {"image": tf.FixedLenFeature([], tf.string), "label": tf.FixedLenFeature([], tf.int64)}


def write_files(folder, images, labels, count):
    """Writes images, uint8 [n, 784], and labels [n] into ``count`` files, and returns their paths."""
    paths = []
    for number, rows in enumerate(np.array_split(np.arange(len(images)), count)):
        path = folder / ("digits-%d-of-%d.tfrecord" % (number, count))
        with replacing(path) as unfinished, tf.python_io.TFRecordWriter(str(unfinished)) as writer:
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
            for record in tf.python_io.tf_record_iterator(path):
                feature = tf.train.Example.FromString(record).features.feature
                images.append(np.frombuffer(feature["image"].bytes_list.value[0], np.uint8).reshape(784))
                labels.append(np.eye(10, dtype=np.float32)[feature["label"].int64_list.value[0]])
        except Exception as error:  # what is damaged, no Example, or another one raises errors of many types
            tutorial.fail(f"{path} is damaged, or holds no digits ({type(error).__name__}): write it anew")
    return np.array(images, np.float32) * np.float32(1 / 255), np.array(labels)


def parse(serialized):
    features = tf.parse_single_example(serialized, FEATURES)
    image = tf.reshape(tf.decode_raw(features["image"], tf.uint8), [784])
    return tf.cast(image, tf.float32) * (1 / 255), tf.one_hot(features["label"], 10)


def parse_batch(serialized):
    features = tf.parse_example(serialized, FEATURES)
    images = tf.reshape(tf.decode_raw(features["image"], tf.uint8), [-1, 784])
    return tf.cast(images, tf.float32) * (1 / 255), tf.one_hot(features["label"], 10)


def queues(paths, epochs, batch_size):
    """One thread reads the files in their order, one example at a time."""
    file_names = tf.train.string_input_producer(paths, num_epochs=epochs, shuffle=False)
    _, serialized = tf.TFRecordReader().read(file_names)
    return tf.train.batch(parse(serialized), batch_size, num_threads=1, capacity=10 * batch_size)


def shuffled_queues(paths, epochs, batch_size):
    """Two threads read; a queue that is never quite empty gives its examples in random order."""
    file_names = tf.train.string_input_producer(paths, num_epochs=epochs, shuffle=True)
    _, serialized = tf.TFRecordReader().read(file_names)
    return tf.train.shuffle_batch(
        parse(serialized), batch_size, num_threads=2, capacity=20 * batch_size, min_after_dequeue=10 * batch_size
    )


def next_of(dataset):
    return tf.data.make_one_shot_iterator(dataset).get_next()


def plain(paths, epochs, batch_size):
    """The same as the queues: one example at a time."""
    dataset = tf.data.TFRecordDataset(paths).map(parse)
    return next_of(dataset.repeat(epochs).batch(batch_size, drop_remainder=True))


def parallel_map(paths, epochs, batch_size):
    """Two examples are parsed at once; their order stays."""
    dataset = tf.data.TFRecordDataset(paths).map(parse, num_parallel_calls=2)
    return next_of(dataset.repeat(epochs).batch(batch_size, drop_remainder=True))


def batch_first(paths, epochs, batch_size):
    """A whole batch is parsed by one call of each op."""
    dataset = tf.data.TFRecordDataset(paths).repeat(epochs).batch(batch_size, drop_remainder=True)
    return next_of(dataset.map(parse_batch))


def prefetch(paths, epochs, batch_size):
    """The next batches are made while one is used."""
    dataset = tf.data.TFRecordDataset(paths).repeat(epochs).batch(batch_size, drop_remainder=True)
    return next_of(dataset.map(parse_batch, num_parallel_calls=2).prefetch(2))


def interleave(paths, epochs, batch_size):
    """All files are read at once, an example of each in turn."""
    files = tf.data.Dataset.from_tensor_slices(paths)
    dataset = files.interleave(tf.data.TFRecordDataset, cycle_length=len(paths), num_parallel_calls=2)
    dataset = dataset.repeat(epochs).batch(batch_size, drop_remainder=True)
    return next_of(dataset.map(parse_batch, num_parallel_calls=2).prefetch(2))


def cache(paths, epochs, batch_size):
    """What was parsed in the first epoch is kept in memory for the others."""
    dataset = tf.data.TFRecordDataset(paths).map(parse).cache()
    return next_of(dataset.repeat(epochs).batch(batch_size, drop_remainder=True).prefetch(2))


PIPELINES = {
    "queues": queues,
    "queues, shuffle_batch": shuffled_queues,
    "tf.data": plain,
    "tf.data, parallel map": parallel_map,
    "tf.data, batch first": batch_first,
    "tf.data, batch first, prefetch": prefetch,
    "tf.data, interleave, prefetch": interleave,
    "tf.data, cache, prefetch": cache,
}
