"""Constant inputs of the calls."""

import importlib

import numpy as np


def normal(*shape):
    """Returns a function of ``tf`` that gives a float32 constant of that shape, the same on every call."""
    return lambda tf: tf.constant(np.random.RandomState(3).normal(size=shape).astype(np.float32))


VECTORS, SEQUENCES, IMAGES, VOLUMES = normal(4, 3), normal(2, 6, 3), normal(2, 6, 6, 2), normal(1, 4, 4, 4, 2)


def contrib(tf, path):
    """Returns a module at its path of 1.15 below ``tensorflow.contrib``, which ``tf`` has once it is imported."""
    name = "tensorflow.contrib." + path
    if tf.__name__.startswith("tf1graphs"):
        name = importlib.import_module("tf1graphs.run.aliases").home(name)
    return importlib.import_module(name)
