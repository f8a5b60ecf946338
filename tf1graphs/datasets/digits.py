"""The embedded default: the UCI handwritten digits, scaled to the size of MNIST's.

The data, its authors and its licence (CC BY 4.0) are described in README.md beside it.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from .idx import read_idx
from .idx_files import SIDE, RawSets

SOURCE = (
    "1,797 UCI handwritten digits embedded in tf1graphs (E. Alpaydin and C. Kaynak, 1998, CC BY 4.0), scaled to 28x28"
)

_FILE = Path(__file__).with_name("digits-idx2-ubyte.gz")
_SMALL_SIDE = 8
_DARKEST = 16
# MNIST's digits fill a box of this side in the middle of the image.
_BOX_SIDE = 20
# The rows are in the order of their writers, so that the test images are by hands that
# the training never saw, as MNIST's are.
_TRAIN_COUNT = 1500


def load() -> RawSets:
    """Load the embedded digits.

    Returns:
        1,500 images to train on and 297 to test with, each in the form of MNIST's.
    """
    table = read_idx(_FILE, (_SMALL_SIDE**2 + 1,))
    images = enlarge(table[:, :-1].reshape(-1, _SMALL_SIDE, _SMALL_SIDE))
    labels = table[:, -1]
    return RawSets(
        images[:_TRAIN_COUNT],
        labels[:_TRAIN_COUNT],
        images[_TRAIN_COUNT:],
        labels[_TRAIN_COUNT:],
        SOURCE,
    )


def enlarge(small: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """Scale digits bilinearly to a 20x20 box in the middle of a 28x28 image.

    Args:
        small: uint8 [n, 8, 8], values 0 to 16.

    Returns:
        uint8 [n, 28, 28], values 0 to 255.
    """
    weights = _bilinear_weights(_SMALL_SIDE, _BOX_SIDE)
    box = weights @ small @ weights.T
    whole = _DARKEST * int(weights[0].sum()) ** 2
    images = np.zeros((len(small), SIDE, SIDE), np.uint8)
    margin = (SIDE - _BOX_SIDE) // 2
    inside = slice(margin, margin + _BOX_SIDE)
    images[:, inside, inside] = (box * 255 + whole // 2) // whole
    return images


def _bilinear_weights(old: int, new: int) -> npt.NDArray[np.int64]:
    """Return the [new, old] matrix that resamples a line of pixels by its pixel centres.

    Positions are counted in parts of a pixel that make all of them integers, so that the
    images come out the same on every machine. Each row sums to one pixel's parts.
    """
    parts = 2 * new
    centres = (2 * np.arange(new, dtype=np.int64) + 1) * old - new
    centres = np.clip(centres, 0, (old - 1) * parts)
    distances = np.abs(centres[:, np.newaxis] - np.arange(old) * parts)
    weights: npt.NDArray[np.int64] = np.maximum(0, parts - distances)
    return weights
