"""The reader of MNIST that TensorFlow 1's tutorials had.

Source: ``tensorflow/contrib/learn/python/learn/datasets/mnist.py`` of 1.15.
"""

from __future__ import annotations

from tf1graphs.migrate.calls import Definition

# 1.15 seeds NumPy's generator with None too. A training set smaller than the validation set, which it refuses, is what
# the digits embedded in tf1graphs are; they are divided as tf1graphs.v1 divides them.
READ_DATA_SETS = Definition(
    "read_data_sets",
    '''\
import gzip
import os
from collections import namedtuple

import numpy as np

Datasets = namedtuple("Datasets", ["train", "validation", "test"])


class DataSet:
    """Images with their labels, and batches of them, shuffled by NumPy's global generator."""

    def __init__(self, images, labels):
        self.images = images
        self.labels = labels
        self._epochs_completed = 0
        self._index_in_epoch = 0

    @property
    def num_examples(self):
        return len(self.images)

    @property
    def epochs_completed(self):
        return self._epochs_completed

    def next_batch(self, batch_size, fake_data=False, shuffle=True):
        """Returns the next images and labels: the rest of an epoch together with the first of the next one."""
        shuffle = shuffle and not fake_data
        start = self._index_in_epoch
        if shuffle and self._epochs_completed == 0 and start == 0:
            self._shuffle()
        end = self._index_in_epoch = start + batch_size
        images, labels = self.images[start:end], self.labels[start:end]
        if end <= self.num_examples:
            return images, labels
        self._epochs_completed += 1
        end = self._index_in_epoch = end - self.num_examples
        if shuffle:
            self._shuffle()
        return np.concatenate([images, self.images[:end]]), np.concatenate([labels, self.labels[:end]])

    def _shuffle(self):
        order = np.arange(self.num_examples)
        np.random.shuffle(order)
        self.images, self.labels = self.images[order], self.labels[order]


def read_data_sets(
    train_dir, fake_data=False, one_hot=False, dtype=tf.float32, reshape=True, validation_size=5000, seed=None
):
    """Reads MNIST from the four files in a directory, or else from Keras, and seeds NumPy's global generator."""

    def dataset(images, labels):
        count, rows, columns = images.shape
        images = images.reshape([count, rows * columns] if reshape else [count, rows, columns, 1])
        if dtype == tf.float32:
            images = images.astype(np.float32) * np.float32(1 / 255)
        return DataSet(images, np.eye(10)[labels] if one_hot else labels)

    np.random.seed(seed)
    if fake_data:
        images, labels = np.ones([10000, 784], int), np.zeros(10000, int)
        return Datasets(*(DataSet(images, np.eye(10)[labels] if one_hot else labels) for _ in range(3)))
    (images, labels), test = load_mnist(train_dir)
    size = validation_size if validation_size < len(images) else len(images) // 12
    return Datasets(dataset(images[size:], labels[size:]), dataset(images[:size], labels[:size]), dataset(*test))


def load_mnist(directory):
    """Returns images [n, 28, 28] and labels [n] to train on and to test with."""
    names = ["train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"]
    paths = [os.path.join(directory, f"{name}-ubyte.gz") for name in names]
    if not all(os.path.exists(path) for path in paths):
        return tf.keras.datasets.mnist.load_data()
    arrays = [read_idx(path) for path in paths]
    return arrays[:2], arrays[2:]


def read_idx(path):
    """Reads an IDX file: its fourth byte is the number of dimensions, which follow, and then the elements."""
    print("Extracting", path)
    with gzip.open(path) as file:
        content = file.read()
    start = 4 + 4 * content[3]
    return np.frombuffer(content, np.uint8, offset=start).reshape(np.frombuffer(content[4:start], ">i4"))
''',
)
