"""Constant inputs of the calls."""

import numpy as np


def normal(*shape):
    """Returns a function of ``tf`` that gives a float32 constant of that shape, the same on every call."""
    return lambda tf: tf.constant(np.random.RandomState(3).normal(size=shape).astype(np.float32))


VECTORS, SEQUENCES, IMAGES, VOLUMES = normal(4, 3), normal(2, 6, 3), normal(2, 6, 6, 2), normal(1, 4, 4, 4, 2)
