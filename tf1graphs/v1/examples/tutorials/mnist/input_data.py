"""``tensorflow.examples.tutorials.mnist.input_data``: MNIST as the tutorials of TensorFlow 1 read it.

Source: ``tensorflow/contrib/learn/python/learn/datasets/mnist.py`` of 1.15.
"""

from __future__ import annotations

import collections
import os
import sys
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from tensorflow.python.framework import dtypes, random_seed

from tf1graphs import datasets
from tf1graphs.datasets import idx_files

DEFAULT_SOURCE_URL = "https://storage.googleapis.com/cvdf-datasets/mnist/"
_CLASSES = 10
_PIXELS = 784
_SIZE_OF_FAKE_DATA = 10000
_TRAIN_PER_VALIDATION = 12

Datasets = collections.namedtuple("Datasets", ["train", "validation", "test"])


class DataSet(datasets.DataSet):
    """Images with their labels; batches are shuffled by NumPy's global generator, as in 1.15.

    Attributes:
        images: [n, 784], or [n, 28, 28, 1] without ``reshape``; float32 in [0, 1], or uint8 as stored.
        labels: [n] uint8, or one-hot [n, 10] float64.
    """

    def __init__(
        self,
        images: npt.NDArray[Any],
        labels: npt.NDArray[Any],
        fake_data: bool = False,
        one_hot: bool = False,
        dtype: Any = dtypes.float32,
        reshape: bool = True,
        seed: int | None = None,
    ) -> None:
        """Pairs images [n, rows, columns, 1] with labels; with ``fake_data`` both are constants.

        Raises:
            TypeError: ``dtype`` is neither uint8 nor float32.
            ValueError: the numbers of images and labels differ.
        """
        graph_seed, op_seed = random_seed.get_seed(seed)
        np.random.seed(graph_seed if seed is None else op_seed)
        dtype = dtypes.as_dtype(dtype).base_dtype
        if dtype not in (dtypes.uint8, dtypes.float32):
            raise TypeError(f"Invalid image dtype {dtype!r}, expected uint8 or float32")
        if fake_data:
            images, labels = _fake(one_hot)
        elif reshape:
            images = images.reshape(len(images), images.shape[1] * images.shape[2])
        if dtype == dtypes.float32 and not fake_data:
            images = np.multiply(images.astype(np.float32), 1.0 / 255.0)
        super().__init__(images, labels)
        self._fake = fake_data

    def next_batch(
        self, batch_size: int, fake_data: bool = False, shuffle: bool = True
    ) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
        """Returns the next ``batch_size`` images and labels: at most those that are left of an epoch, and one more."""
        shuffle = shuffle and not self._fake
        start = self._index_in_epoch
        if shuffle and self._epochs_completed == 0 and start == 0:
            self._shuffle()
        end = self._index_in_epoch = start + batch_size
        images, labels = self.images[start:end], self.labels[start:end]
        if end <= self.num_examples:
            return images, labels
        self._epochs_completed += 1
        end = self._index_in_epoch = end - self.num_examples
        # The images themselves change places, so those of the old epoch are taken before.
        if shuffle:
            self._shuffle()
        return np.concatenate([images, self.images[:end]]), np.concatenate([labels, self.labels[:end]])

    def _shuffle(self) -> None:
        permutation = np.arange(self.num_examples)
        np.random.shuffle(permutation)
        self.images, self.labels = self.images[permutation], self.labels[permutation]


def _fake(one_hot: bool) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    images = np.ones([_SIZE_OF_FAKE_DATA, _PIXELS], np.int64)
    labels = np.zeros(_SIZE_OF_FAKE_DATA, np.int64)
    return images, np.eye(_CLASSES, dtype=np.int64)[labels] if one_hot else labels


def _load(train_dir: str) -> idx_files.RawSets:
    found = idx_files.find(Path(train_dir))
    if len(found) == len(idx_files.NAMES):
        for name in idx_files.NAMES:
            print("Extracting", os.path.join(train_dir, found[name].name))
        return idx_files.read(Path(train_dir))
    sets = datasets.raw_mnist()
    print(f"tf1graphs: {train_dir} has no MNIST; read from {sets.source}", file=sys.stderr)
    return sets


def read_data_sets(
    train_dir: str,
    fake_data: bool = False,
    one_hot: bool = False,
    dtype: Any = dtypes.float32,
    reshape: bool = True,
    validation_size: int = 5000,
    seed: int | None = None,
    source_url: str = DEFAULT_SOURCE_URL,
) -> Datasets:
    """Reads MNIST from the IDX files in ``train_dir``, else from the cache, a download or the embedded digits.

    Args:
        train_dir: a directory; it may have no files.
        fake_data: whether to return constants instead.
        one_hot: whether labels are one-hot.
        dtype: ``tf.float32`` for images in [0, 1], ``tf.uint8`` for images as stored.
        reshape: whether images are flat.
        validation_size: how many of the first training images are set aside; of a set too small for that, one in
            twelve.
        seed: seed of the shuffling, else that of the graph.
        source_url: taken for the signature's sake; downloads come from the mirrors of ``tf1graphs.datasets``.

    Returns:
        ``Datasets(train, validation, test)``.

    Raises:
        DatasetError: a file is damaged.
        ValueError: ``validation_size`` is negative.
    """
    options: dict[str, Any] = {"dtype": dtype, "reshape": reshape, "seed": seed}
    if fake_data:
        nothing = np.zeros([0, 1, 1, 1], np.uint8), np.zeros(0, np.uint8)
        return Datasets(*(DataSet(*nothing, fake_data=True, one_hot=one_hot, **options) for _ in range(3)))
    sets = _load(train_dir)
    if validation_size < 0:
        raise ValueError(
            f"Validation size should be between 0 and {len(sets.train_images)}. Received: {validation_size}."
        )
    if validation_size >= len(sets.train_images):
        validation_size = len(sets.train_images) // _TRAIN_PER_VALIDATION

    def dataset(images: npt.NDArray[np.uint8], labels: npt.NDArray[np.uint8]) -> DataSet:
        return DataSet(images[..., np.newaxis], np.eye(_CLASSES)[labels] if one_hot else labels, **options)

    train = dataset(sets.train_images[validation_size:], sets.train_labels[validation_size:])
    validation = dataset(sets.train_images[:validation_size], sets.train_labels[:validation_size])
    return Datasets(train, validation, dataset(sets.test_images, sets.test_labels))
