"""The four IDX files of MNIST, Fashion-MNIST and the like: where they are, what they hold."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .errors import DatasetError
from .idx import read_idx

TRAIN_IMAGES = "train-images-idx3-ubyte.gz"
TRAIN_LABELS = "train-labels-idx1-ubyte.gz"
TEST_IMAGES = "t10k-images-idx3-ubyte.gz"
TEST_LABELS = "t10k-labels-idx1-ubyte.gz"
NAMES = (TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS)

SIDE = 28
CLASSES = 10


class RawSets(NamedTuple):
    """Images and labels as they are stored.

    Attributes:
        train_images: uint8 [n, 28, 28], 0 for the background to 255.
        train_labels: uint8 [n], 0 to 9.
        test_images: uint8 [m, 28, 28], likewise.
        test_labels: uint8 [m], likewise.
        source: One line that says where the data came from.
    """

    train_images: npt.NDArray[np.uint8]
    train_labels: npt.NDArray[np.uint8]
    test_images: npt.NDArray[np.uint8]
    test_labels: npt.NDArray[np.uint8]
    source: str


def find(directory: Path) -> dict[str, Path]:
    """Find which of the four files a directory has, gzipped or not.

    An unpacked file goes before a gzipped one, because what was downloaded is gzipped
    and so the unpacked one is what a person put there.

    Args:
        directory: The directory; it need not exist.

    Returns:
        The path of each file that is there, by its published name.
    """
    found = {}
    for name in NAMES:
        for path in (directory / name.removesuffix(".gz"), directory / name):
            if os.path.isfile(path):
                found[name] = path
                break
    return found


def read(directory: Path) -> RawSets:
    """Read the four files of a directory.

    Their structure is checked and not their checksum, so that sets other than MNIST
    itself can be used.

    Args:
        directory: The directory.

    Returns:
        The sets.

    Raises:
        DatasetError: If a file is missing, cannot be read or is damaged; if the numbers
            of images and labels differ; or if a label is not 0 to 9.
    """
    found = find(directory)
    for name in NAMES:
        if name not in found:
            raise DatasetError(
                f"{directory / name} is missing, gzipped or not; put the four files "
                f"{', '.join(NAMES)} there, or call mnist() without a directory"
            )
    train_images, train_labels = _read_pair(found, TRAIN_IMAGES, TRAIN_LABELS)
    test_images, test_labels = _read_pair(found, TEST_IMAGES, TEST_LABELS)
    source = f"the four IDX files in {directory}"
    return RawSets(train_images, train_labels, test_images, test_labels, source)


def _read_pair(
    found: Mapping[str, Path], images_name: str, labels_name: str
) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
    """Read a file of images and the file of their labels."""
    images = read_idx(found[images_name], (SIDE, SIDE))
    labels = read_idx(found[labels_name], ())
    if len(images) != len(labels):
        raise DatasetError(
            f"{found[images_name]} holds {len(images)} images but {found[labels_name]} "
            f"holds {len(labels)} labels; take both files from the same set"
        )
    if not len(images):
        raise DatasetError(f"{found[images_name]} holds no images; replace it with a whole copy")
    if labels.max() >= CLASSES:
        raise DatasetError(
            f"{found[labels_name]} holds the label {labels.max()}; take a set whose labels are 0 to {CLASSES - 1}"
        )
    return images, labels
