"""Strategies that spread variables over parameter servers, for ``tf.train.replica_device_setter``."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import numpy as np
from tensorflow.python.framework import tensor_shape


class RandomStrategy:
    """Chooses a server by the hash of the op's name.

    Args:
        num_ps_tasks: The number of servers.
        seed: Part of the hash.
    """

    def __init__(self, num_ps_tasks: int, seed: int = 0) -> None:
        self._num_tasks = num_ps_tasks
        self._seed = seed

    def __call__(self, op: Any) -> int:
        digest = hashlib.md5(f"{op.name}_{self._seed}".encode(), usedforsecurity=False).hexdigest()
        return int(digest, 16) % self._num_tasks


class GreedyLoadBalancingStrategy:
    """Chooses the server with the least load.

    Args:
        num_tasks: The number of servers.
        load_fn: The load of an op, such as ``byte_size_load_fn``.
    """

    def __init__(self, num_tasks: int, load_fn: Callable[[Any], Any]) -> None:
        self._num_tasks = num_tasks
        self._load_fn = load_fn
        self._ps_loads = np.zeros(num_tasks)

    def __call__(self, op: Any) -> Any:
        task = np.argmin(self._ps_loads)
        self._ps_loads[task] += self._load_fn(op)
        return task


def byte_size_load_fn(op: Any) -> int:
    """Returns the number of bytes of an op's output.

    Raises:
        ValueError: The op has not one output of known shape.
    """
    if len(op.outputs) != 1:
        raise ValueError(f"Op {op} must have a single output")
    shape = op.outputs[0].get_shape()
    if not shape.is_fully_defined():
        shape = tensor_shape.TensorShape(op.get_attr("shape"))
    shape.assert_is_fully_defined()
    return int(shape.num_elements() * op.outputs[0].dtype.size)
