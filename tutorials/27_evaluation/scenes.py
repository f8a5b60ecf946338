"""Pictures to be segmented, made of the digits 0, 1 and 2: each pixel is background or belongs to one of the three."""

from types import SimpleNamespace

import numpy as np

from tf1graphs import datasets

SIDE = 40
CLASSES = ("background", "0", "1", "2")
# MNIST's digits stand in a box of this side in the middle of their images.
_BOX = slice(4, 24)
# Fainter pixels of a digit count as background.
_INK = 0.25


def draw(dataset, count, random):
    """Draws pictures of two digits each, at random places side by side.

    Args:
        dataset: the digits, ``images`` [n, 784] and one-hot ``labels``.
        count: how many pictures.
        random: a ``RandomState``.

    Returns:
        Pictures, float32 [count, 40, 40, 1] in [0, 1], and the class of each pixel, one-hot float32 [count, 40, 40, 4].
    """
    digits = np.argmax(dataset.labels, axis=1)
    usable = np.flatnonzero(digits < len(CLASSES) - 1)
    pictures = np.zeros([count, SIDE, SIDE], np.float32)
    classes = np.zeros([count, SIDE, SIDE], np.int64)
    for picture, pixels in zip(pictures, classes):
        for left in (0, SIDE // 2):
            row = random.choice(usable)
            box = dataset.images[row].reshape(28, 28)[_BOX, _BOX]
            top = random.randint(SIDE - len(box) + 1)
            place = slice(top, top + len(box)), slice(left, left + len(box))
            picture[place] = box
            pixels[place] = np.where(box > _INK, 1 + digits[row], 0)
    return pictures[..., np.newaxis], np.eye(len(CLASSES), dtype=np.float32)[classes]


def sets(mnist, count, seed):
    """Returns pictures to train on, a third as many to validate with and to test with, of digits from MNIST's sets."""
    random = np.random.RandomState(seed)
    third = -(-count // 3)
    return SimpleNamespace(
        train=datasets.DataSet(*draw(mnist.train, count, random), seed=seed),
        validation=datasets.DataSet(*draw(mnist.validation, third, random)),
        test=datasets.DataSet(*draw(mnist.test, third, random)),
    )
