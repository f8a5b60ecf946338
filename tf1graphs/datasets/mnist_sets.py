"""MNIST, or the embedded digits in its place, in the shape that the book's code reads."""

from __future__ import annotations

import operator
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from . import cache, digits, idx_files
from .dataset import DataSet
from .errors import UnavailableError

# TensorFlow 1.15 sets 5,000 of MNIST's 60,000 aside; a smaller set keeps the proportion.
_VALIDATION_SIZE = 5000
_TRAIN_PER_VALIDATION = 12


@dataclass(frozen=True)
class Mnist:
    """Images of ten classes, in three sets.

    Attributes:
        train: The set to train on.
        validation: The set to choose between models with.
        test: The set to measure the chosen model with.
        source: One line that says where the data came from.
    """

    train: DataSet
    validation: DataSet
    test: DataSet
    source: str


def mnist(
    directory: str | os.PathLike[str] | None = None,
    *,
    one_hot: bool = True,
    flat: bool = True,
    validation_size: int | None = None,
    seed: int | None = None,
) -> Mnist:
    """Load MNIST from a directory, the cache or the network, or else the embedded digits.

    Without ``directory`` the four files are looked for in ``$TF1GRAPHS_DATA/mnist``, by
    default ``mnist`` in the platform's user cache, and are downloaded into it if they
    are not there. Without a network, or with ``TF1GRAPHS_OFFLINE=1`` set, the embedded
    UCI digits stand in, and one line on stderr says so.

    Args:
        directory: A directory with the four IDX files, gzipped or not; nothing else is
            then read. Fashion-MNIST's files and the like will do.
        one_hot: Whether labels are one-hot float32 [n, 10] (TensorFlow 1.15 made them
            float64) or sparse uint8 [n], as there.
        flat: Whether images are [n, 784] or [n, 28, 28]; they are float32 in [0, 1].
        validation_size: How many of the first training images are the validation set;
            None for one in twelve and at most 5,000, as of MNIST's 60,000.
        seed: Seed of the shuffling by ``next_batch``; None for a different order each
            time. NumPy's global generator is never touched.

    Returns:
        The three sets.

    Raises:
        DatasetError: If a file is missing from ``directory``, or is damaged, or does not
            fit the others; or if a download has a wrong checksum or cannot be stored.
        ValueError: If ``validation_size`` leaves no training images, or is no size.
    """
    raw = raw_mnist(directory)
    split = _validation_size(validation_size, len(raw.train_images))

    def dataset(images: npt.NDArray[np.uint8], labels: npt.NDArray[np.uint8]) -> DataSet:
        return DataSet(_floats(images, flat), _labels(labels, one_hot), seed)

    return Mnist(
        train=dataset(raw.train_images[split:], raw.train_labels[split:]),
        validation=dataset(raw.train_images[:split], raw.train_labels[:split]),
        test=dataset(raw.test_images, raw.test_labels),
        source=raw.source,
    )


def raw_mnist(directory: str | os.PathLike[str] | None = None) -> idx_files.RawSets:
    """Load the images and labels as they are stored, uint8, from where ``mnist`` says.

    Args:
        directory: As for ``mnist``.

    Returns:
        Images [n, 28, 28] and labels [n] to train on and to test with, and their source.

    Raises:
        DatasetError: As ``mnist`` raises it.
    """
    if directory is not None:
        return idx_files.read(Path(directory))
    folder = cache.directory("mnist")
    found = idx_files.find(folder)
    missing = [name for name in idx_files.NAMES if name not in found]
    if missing:
        # Only a download needs pooch, requests and rich, which are slow to import.
        from . import mnist_download

        try:
            mnist_download.complete(folder, found.values(), missing)
        except UnavailableError as reason:
            print(
                f"tf1graphs: MNIST was not downloaded ({reason}), so 1,797 embedded UCI digits "
                f"stand in for it; for MNIST put its four files into {folder}",
                file=sys.stderr,
            )
            return digits.load()
    return idx_files.read(folder)


def _validation_size(asked: int | None, count: int) -> int:
    """Return how many of ``count`` training images to set aside."""
    if asked is None:
        return min(_VALIDATION_SIZE, count // _TRAIN_PER_VALIDATION)
    try:
        size = operator.index(asked)
    except TypeError:
        raise ValueError(f"validation_size must be an integer, not {asked!r}") from None
    if not 0 <= size < count:
        raise ValueError(f"validation_size must be 0 to {count - 1}, not {size}")
    return size


def _floats(images: npt.NDArray[np.uint8], flat: bool) -> npt.NDArray[np.float32]:
    """Return images as float32 in [0, 1], by TensorFlow 1.15's arithmetic."""
    scaled = images.astype(np.float32)
    scaled *= np.float32(1.0 / 255.0)
    # The length is spelt out because -1 cannot be worked out for an empty set.
    return scaled.reshape(len(images), idx_files.SIDE**2) if flat else scaled


def _labels(labels: npt.NDArray[np.uint8], one_hot: bool) -> npt.NDArray[Any]:
    """Return labels as one-hot float32 [n, 10], or as they are."""
    return np.eye(idx_files.CLASSES, dtype=np.float32)[labels] if one_hot else labels
