"""Factors and weights of ``WALSModel``, in shards: variables one after the other, the first ones with a row more."""

from __future__ import annotations

import numbers
from collections.abc import Callable, Iterable
from typing import Any

from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import (
    array_ops,
    control_flow_ops,
    data_flow_ops,
    embedding_ops,
    math_ops,
    random_ops,
    state_ops,
)
from tensorflow.python.ops.variable_v1 import VariableV1

Place = Callable[[Any], tuple[Any, Any]]


def _sizes(number: int, num_shards: int) -> list[int]:
    size, rest = divmod(number, num_shards)
    return [size + (shard < rest) for shard in range(num_shards)]


def _variables(name: str, sizes: list[int], start: Callable[[int, int], Any]) -> list[Any]:
    """Returns a variable for each size; ``start`` gives a shard's value for its number and size."""
    return [
        VariableV1(
            lambda shard=shard, size=size: start(shard, size), dtype=dtypes.float32, name=f"{name}_shard_{shard}"
        )
        for shard, size in enumerate(sizes)
    ]


def factors(number: int, depth: int, num_shards: int, init: Any, name: str) -> list[Any]:
    """Returns variables [size, depth], ``number`` rows together.

    Args:
        number: The rows.
        depth: The columns.
        num_shards: The number of variables.
        init: ``"random"`` (normal), the values of each shard, those of the only shard, or a function that returns one
            of these.
        name: What their names begin with.

    Raises:
        AssertionError: A list of values has another number than the shards.
    """
    init = init() if callable(init) else init
    is_random = isinstance(init, str) and init == "random"
    if isinstance(init, list):
        assert len(init) == num_shards
    elif num_shards == 1 and not is_random:
        init = [init]

    def start(shard: int, size: int) -> Any:
        return random_ops.random_normal([size, depth]) if is_random else init[shard]

    return _variables(name, _sizes(number, num_shards), start)


def weights(init: Any, number: int, num_shards: int, name: str) -> list[Any] | None:
    """Returns variables [size], ``number`` weights together, or None without ``init``.

    Args:
        init: One weight for all, a list of weights for each shard, or the weights of the only shard.
        number: The number of weights.
        num_shards: The number of variables.
        name: What their names begin with.

    Raises:
        AssertionError: There are not as many lists as shards.
        ValueError: ``init`` is none of these, or negative.
    """
    if init is None:
        return None
    if isinstance(init, Iterable):
        # A scalar array has a way to iterate, too, and no length.
        lists: Any = [init] if num_shards == 1 and len(init) == number else init  # type: ignore[arg-type]
        assert len(lists) == num_shards
        return _variables(name, _sizes(number, num_shards), lambda shard, size: lists[shard])
    if not isinstance(init, numbers.Real) or init < 0:
        raise ValueError(
            "Invalid weight initialization argument. Must be one of these: None, a real non-negative real number, or "
            "a list of lists of non-negative real numbers (or equivalent iterables) corresponding to sharded factors."
        )
    return _variables(name, _sizes(number, num_shards), lambda shard, size: init * array_ops.ones([size]))


def place(number: int, num_shards: int) -> Place:
    """Returns the function from ids to their shards and the ids there; of one shard, to None and the ids."""
    size, rest = divmod(number, num_shards)

    def find(ids: Any) -> tuple[Any, Any]:
        if num_shards == 1:
            return None, ids
        shards = math_ops.maximum(ids // (size + 1), (ids - rest) // size)
        inside = array_ops.where_v2(shards < rest, ids % (size + 1), (ids - rest) % size)
        return shards, inside

    return find


def looked_up(shards: Any, ids: Any) -> Any:
    """Returns the factors or weights of ids."""
    return embedding_ops.embedding_lookup(shards, ids, partition_strategy="div")


def scatter_update(shards: list[Any], ids: Any, values: Any, find: Place, name: str | None) -> Any:
    """Returns the op that writes rows of factors."""
    if len(shards) == 1:
        with ops.colocate_with(shards[0]):
            return state_ops.scatter_update(shards[0], ids, values, name=name).op
    which, inside = find(ids)
    which = math_ops.cast(which, dtypes.int32)
    ids_of = data_flow_ops.dynamic_partition(inside, which, len(shards))
    values_of = data_flow_ops.dynamic_partition(values, which, len(shards))
    updates = [state_ops.scatter_update(*each) for each in zip(shards, ids_of, values_of, strict=True)]
    return control_flow_ops.group(*updates, name=name)
