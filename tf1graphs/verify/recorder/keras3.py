"""Makes Keras 3 draw from the shared streams, and call its variables by their paths."""

from __future__ import annotations

import functools
from typing import Any

from tensorflow.python.ops import random_ops


def _draws(backend: Any) -> Any:
    """Returns name -> function without seed in place of each of Keras's random functions."""
    import tensorflow as tf

    def dtype_of(dtype: Any) -> Any:
        return backend.standardize_dtype(dtype or backend.floatx())

    def normal(shape: Any, mean: Any = 0.0, stddev: Any = 1.0, dtype: Any = None, seed: Any = None) -> Any:
        return random_ops.random_normal(shape, mean, stddev, dtype_of(dtype))

    def uniform(shape: Any, minval: Any = 0.0, maxval: Any = 1.0, dtype: Any = None, seed: Any = None) -> Any:
        return random_ops.random_uniform(shape, minval, maxval, dtype_of(dtype))

    def truncated_normal(shape: Any, mean: Any = 0.0, stddev: Any = 1.0, dtype: Any = None, seed: Any = None) -> Any:
        return random_ops.truncated_normal(shape, mean, stddev, dtype_of(dtype))

    def randint(shape: Any, minval: Any, maxval: Any, dtype: Any = "int32", seed: Any = None) -> Any:
        drawn = random_ops.random_uniform(shape, minval, maxval, dtype if dtype in ("int32", "int64") else "int32")
        return tf.cast(drawn, dtype)

    def categorical(logits: Any, num_samples: Any, dtype: Any = "int64", seed: Any = None) -> Any:
        return tf.cast(random_ops.multinomial(logits, num_samples), dtype)

    def dropout(inputs: Any, rate: Any, noise_shape: Any = None, seed: Any = None) -> Any:
        return tf.nn.dropout(inputs, rate, noise_shape)

    def shuffle(x: Any, axis: Any = 0, seed: Any = None) -> Any:
        if axis == 0:
            return random_ops.random_shuffle(x)
        order = [axis] + [i for i in range(len(x.shape)) if i != axis]
        back = [order.index(i) for i in range(len(x.shape))]
        return tf.transpose(random_ops.random_shuffle(tf.transpose(x, order)), back)

    return [normal, uniform, truncated_normal, randint, categorical, dropout, shuffle]


def install(variables: Any) -> None:
    """Changes Keras 3, if this TensorFlow has it; ``variables`` are the process's ``EagerVariables``."""
    from keras.src import backend
    from keras.src.backend.tensorflow import core

    for draw in _draws(backend):
        setattr(backend.random, draw.__name__, draw)

    initialize = core.Variable._initialize

    @functools.wraps(initialize)
    def named(variable: Any, value: Any) -> Any:
        with variables.called(variable.path):
            return initialize(variable, value)

    core.Variable._initialize = named
