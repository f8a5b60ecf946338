"""``tf.random.Generator`` and what draws from it, from the streams that both programs share."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import dtypes
from tensorflow.python.ops import random_ops, stateful_random_ops


def _normal(
    _generator: Any, shape: Any, mean: Any = 0.0, stddev: Any = 1.0, dtype: Any = dtypes.float32, name: Any = None
) -> Any:
    return random_ops.random_normal(shape, mean, stddev, dtype, name=name)


def _truncated_normal(
    _generator: Any, shape: Any, mean: Any = 0.0, stddev: Any = 1.0, dtype: Any = dtypes.float32, name: Any = None
) -> Any:
    return random_ops.truncated_normal(shape, mean, stddev, dtype, name=name)


def _uniform(
    _generator: Any, shape: Any, minval: Any = 0, maxval: Any = None, dtype: Any = dtypes.float32, name: Any = None
) -> Any:
    return random_ops.random_uniform(shape, minval, maxval, dtype, name=name)


def install() -> None:
    """Changes what generators draw; their seeds and states stay as they are."""
    for name, draw in (("normal", _normal), ("truncated_normal", _truncated_normal), ("uniform", _uniform)):
        setattr(stateful_random_ops.Generator, name, draw)
