"""Pairs of a token and one near it, with the random numbers of 1.15's kernel.

Its generator is Philox 4x32, keyed by the seed of the graph, with the op's seed in the upper half of its counter; a run
takes one 32-bit number a token and one more, rounded up to groups of 4 (``GuardedPhiloxRandom::ReserveSamples32``).
"""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import (
    array_ops,
    array_ops_stack,
    check_ops,
    gen_lookup_ops,
    gen_stateless_random_ops_v2,
    math_ops,
    random_ops,
)

from tf1graphs.v1._parity import counted_as

_GROUP = 4
_PHILOX = 1
# Numbers that are rejected to keep the distribution even come once in a billion; so many more are drawn for them.
_SPARE = 8


@counted_as(1)
def candidates(
    tokens: Any,
    min_skips: Any,
    max_skips: Any,
    start: Any,
    limit: Any,
    emit_self: Any,
    seeds: tuple[int | None, int | None],
) -> tuple[Any, Any]:
    """Returns the tokens and, for each, one at a distance of at most a random number, both [pairs].

    Args:
        tokens: [n].
        min_skips: The smallest of the greatest distances, int32 [].
        max_skips: The greatest of them, int32 [].
        start: The place of the first token that counts, int32 [].
        limit: How many count; all if it is negative, int32 [].
        emit_self: Whether a token is paired with itself, bool [].
        seeds: The seeds of the graph and of the op, both None without any.
    """
    checks = [
        check_ops.assert_non_negative(min_skips, message="Both min_skips and max_skips must be >= 0."),
        check_ops.assert_less_equal(min_skips, max_skips, message="min_skips must be <= max_skips."),
    ]
    with ops.control_dependencies(checks):
        size = array_ops.size(tokens)
    end = array_ops.where_v2(limit < 0, size, math_ops.minimum(start + limit, size))
    count = math_ops.maximum(end - start, 0)
    skips = min_skips + _uniform(_bits(count, seeds), max_skips - min_skips + 1)[:count]
    distances = math_ops.range(-max_skips, max_skips + 1)[None, :]
    places = math_ops.range(start, start + count)[:, None]
    others = places + distances
    paired = math_ops.abs(distances) <= skips[:, None]
    paired = math_ops.logical_and(paired, math_ops.logical_and(others >= start, others < end))
    paired = math_ops.logical_and(paired, math_ops.logical_or(math_ops.not_equal(distances, 0), emit_self))
    places = array_ops.broadcast_to(places, array_ops.shape(others))
    first, second = (array_ops.gather(tokens, array_ops.boolean_mask(each, paired)) for each in (places, others))
    return first, second


def _bits(count: Any, seeds: tuple[int | None, int | None]) -> Any:
    """Returns random numbers of 32 bits, int64 [count + _SPARE]."""
    number = count + _SPARE
    if seeds == (None, None):
        return random_ops.random_uniform([number], 0, 2**32, dtype=dtypes.int64)
    key, upper = (ops.convert_to_tensor(seed or 0, dtypes.int64) for seed in seeds)
    counter = array_ops_stack.stack([_reserve((count + _GROUP) // _GROUP), upper])
    drawn = gen_stateless_random_ops_v2.stateless_random_uniform_full_int_v2(
        shape=[number],
        key=math_ops.cast(key[None], dtypes.uint64),
        counter=math_ops.cast(counter, dtypes.uint64),
        alg=_PHILOX,
        dtype=dtypes.uint32,
    )
    return math_ops.cast(drawn, dtypes.int64)


def _reserve(groups: Any) -> Any:
    """Returns how many groups of numbers the runs before have taken, int64 []."""
    # A table keeps state between runs as a kernel does: nothing has to be initialized.
    table = gen_lookup_ops.mutable_hash_table_v2(key_dtype=dtypes.int64, value_dtype=dtypes.int64)
    key = ops.convert_to_tensor(0, dtypes.int64)
    taken = gen_lookup_ops.lookup_table_find_v2(table, key, key)
    total = taken + math_ops.cast(groups, dtypes.int64)
    with ops.control_dependencies([gen_lookup_ops.lookup_table_insert_v2(table, key, total)]):
        return array_ops.identity(taken)


def _uniform(bits: Any, number: Any) -> Any:
    """Returns integers from 0 to ``number`` - 1, as ``ExactUniformInt`` makes them, int32."""
    number = math_ops.cast(number, dtypes.int64)
    remainder = math_ops.floormod(ops.convert_to_tensor(2**32 - 1, dtypes.int64), number) + 1
    # Powers of 2 divide the range: none is rejected.
    rejected = math_ops.logical_and(bits < remainder, math_ops.not_equal(remainder, number))
    kept = array_ops.boolean_mask(bits, math_ops.logical_not(rejected))
    return math_ops.cast(math_ops.floormod(kept, number), dtypes.int32)
