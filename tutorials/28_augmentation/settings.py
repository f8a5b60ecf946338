"""What both versions share: how far digits may be changed, what the picture shows, and the few images to train on."""

import numpy as np

from tf1graphs import datasets

# The digits are centred and of one size, but writers lean their pages; a flipped digit is another one, or none.
RANGES = {"rotation": 12.0}
# variant -> (ranges of the pipeline, whether the graph augments)
VARIANTS = {"in the graph": ({}, True), "in the pipeline": (RANGES, False), "without": ({}, False)}
# Each option alone, farther than is good for training.
SHOWN = {
    "rotation": 60.0,
    "width_shift": 0.3,
    "height_shift": 0.3,
    "shear": 0.6,
    "zoom": 0.5,
    "horizontal_flip": True,
    "vertical_flip": True,
}


def few(train, per_digit):
    """Returns the first images of each digit, [n, 28, 28, 1], and their labels, [n, 10]."""
    digits = np.argmax(train.labels, axis=1)
    rows = np.concatenate([np.flatnonzero(digits == digit)[:per_digit] for digit in range(10)])
    return train.images[rows].reshape(-1, 28, 28, 1), train.labels[rows]


def load(directory, per_digit):
    """Returns the few images to train on with their labels, and all test images with theirs."""
    mnist = datasets.mnist(directory)
    return few(mnist.train, per_digit), (mnist.test.images.reshape(-1, 28, 28, 1), mnist.test.labels)
