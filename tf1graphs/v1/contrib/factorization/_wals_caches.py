"""Copies of the variables of ``WALSModel`` that each worker keeps while the other side is updated."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from tensorflow.python.framework import ops
from tensorflow.python.ops import control_flow_ops, state_ops
from tensorflow.python.ops.variable_v1 import VariableV1


class Cache(NamedTuple):
    """What is read in place of a variable or of shards, and the ops that fill and empty it."""

    value: Any
    fill: Any
    empty: Any


def cached(original: Any, name: str, is_cached: bool) -> Cache:
    """Returns the cache of a variable or of a list of shards; without ``is_cached`` that is themselves."""
    if not is_cached:
        return Cache(original, control_flow_ops.no_op(), control_flow_ops.no_op())
    if not isinstance(original, list):
        cache = _transient(name)
        return Cache(cache, *_assignments(cache, original))
    caches = [_transient(f"{name}_shard_{number}") for number in range(len(original))]
    fills: list[Any] = []
    empties = []
    for cache, shard in zip(caches, original, strict=True):
        # One after the other takes less memory.
        fill, empty = _assignments(cache, shard, after=fills[-1:])
        fills.append(fill)
        empties.append(empty)
    return Cache(caches, fills[-1], control_flow_ops.group(*empties))


def _transient(name: str) -> Any:
    return VariableV1(
        1.0, trainable=False, collections=[ops.GraphKeys.LOCAL_VARIABLES], validate_shape=False, name=name
    )


def _assignments(cache: Any, original: Any, after: Sequence[Any] = ()) -> tuple[Any, Any]:
    with ops.colocate_with(cache):
        with ops.control_dependencies(after):
            fill = state_ops.assign(cache, original, validate_shape=False)
        return fill, state_ops.assign(cache, 1.0, validate_shape=False)
