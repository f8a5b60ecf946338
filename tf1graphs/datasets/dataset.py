"""A set of labelled images that hands out batches, as in TensorFlow 1.15."""

from __future__ import annotations

import operator
from typing import Any

import numpy as np
import numpy.typing as npt


class DataSet:
    """Images with their labels, and batches of them.

    Batches follow ``DataSet.next_batch`` of TensorFlow 1.15's
    ``contrib/learn/python/learn/datasets/mnist.py``: with an equal seed the same
    examples come in the same order. Three things differ: the generator is the set's own
    and not NumPy's global one, ``images`` and ``labels`` keep their order when an epoch
    is shuffled, and a batch larger than the set goes on into as many epochs as it needs.

    Attributes:
        images: The images, float32 in [0, 1], [n, 784] or [n, 28, 28].
        labels: The labels, one-hot float32 [n, 10] or sparse uint8 [n].
    """

    def __init__(
        self,
        images: npt.NDArray[np.float32],
        labels: npt.NDArray[Any],
        seed: int | None = None,
    ) -> None:
        """Pair images with labels.

        Args:
            images: One image per row of the first axis.
            labels: One label per row of the first axis.
            seed: Seed of the shuffling; None for a different order each time.

        Raises:
            ValueError: If the numbers of images and labels differ.
        """
        if len(images) != len(labels):
            raise ValueError(f"{len(images)} images cannot pair with {len(labels)} labels")
        self.images = images
        self.labels = labels
        self._random = np.random.RandomState(seed)
        self._order = np.arange(len(images))
        self._index_in_epoch = 0
        self._epochs_completed = 0

    @property
    def num_examples(self) -> int:
        """The number of images."""
        return len(self._order)

    @property
    def epochs_completed(self) -> int:
        """How many times a batch went past the end of the set."""
        return self._epochs_completed

    def next_batch(self, batch_size: int, *, shuffle: bool = True) -> tuple[npt.NDArray[np.float32], npt.NDArray[Any]]:
        """Return the next examples.

        At the end of an epoch the examples that are left are joined with the first ones
        of the next epoch.

        Args:
            batch_size: How many examples, at least 1.
            shuffle: Whether an epoch that this batch begins is shuffled.

        Returns:
            Copies of ``batch_size`` images and of their labels, shaped as in ``images``
            and ``labels`` but for the first axis.

        Raises:
            TypeError: If ``batch_size`` is not an integer.
            ValueError: If ``batch_size`` is below 1, or the set is empty.
        """
        wanted = operator.index(batch_size)
        if wanted < 1:
            raise ValueError(f"batch_size must be at least 1, not {wanted}")
        if not self.num_examples:
            raise ValueError("an empty set has no batches")
        if shuffle and self._epochs_completed == 0 and self._index_in_epoch == 0:
            self._shuffle()
        parts = []
        while wanted > self.num_examples - self._index_in_epoch:
            rest = self._order[self._index_in_epoch :]
            parts.append(rest)
            wanted -= len(rest)
            self._epochs_completed += 1
            self._index_in_epoch = 0
            if shuffle:
                self._shuffle()
        end = self._index_in_epoch + wanted
        parts.append(self._order[self._index_in_epoch : end])
        self._index_in_epoch = end
        rows = np.concatenate(parts)
        return self.images[rows], self.labels[rows]

    def next_batches(self, count: int, batch_size: int) -> tuple[npt.NDArray[np.float32], npt.NDArray[Any]]:
        """Return what the next ``count`` calls of ``next_batch`` would return, stacked.

        Args:
            count: How many batches, at least 1.
            batch_size: How many examples each has, at least 1.

        Returns:
            Images [count, batch_size, ...] and labels [count, batch_size, ...].

        Raises:
            TypeError: If a number is not an integer.
            ValueError: If a number is below 1, or the set is empty.
        """
        if operator.index(count) < 1:
            raise ValueError(f"count must be at least 1, not {count}")
        images, labels = zip(*(self.next_batch(batch_size) for _ in range(count)), strict=True)
        return np.stack(images), np.stack(labels)

    def _shuffle(self) -> None:
        # TensorFlow 1.15 permutes what the last epoch left permuted; composing the
        # permutations gives its order without copying every image once an epoch.
        permutation = np.arange(self.num_examples)
        self._random.shuffle(permutation)
        self._order = self._order[permutation]
