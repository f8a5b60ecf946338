"""Finds a formula in a graph.

A pattern is a name beginning with ``?`` (any tensor, the same one wherever the name stands), a number (a constant that
is equal everywhere), or a tuple of an operation and the patterns of its inputs; ``"Split:2"`` is a third output.
``Add`` is ``AddV2`` and ``BiasAdd`` too; the inputs of ``Add`` and ``Mul`` may stand in either order. A pair of a name
and a pattern is a tensor that computes the pattern and is called so.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tf1graphs.convert.keras.graphs.network import Network, Ref
from tf1graphs.convert.keras.graphs.values import Values

Pattern = Any
Found = dict[str, Ref]
_SAME = {"AddV2": "Add", "BiasAdd": "Add"}
_COMMUTATIVE = ("Add", "Mul")


def find(pattern: Pattern, ref: Ref, network: Network, values: Values) -> Found | None:
    """What the names in ``pattern`` stand for if ``ref`` computes it; None if it does not."""
    return next(_solutions(pattern, ref, network, values, {}), None)


def _solutions(pattern: Pattern, ref: Ref, network: Network, values: Values, known: Found) -> Iterator[Found]:
    if isinstance(pattern, str):
        if known.get(pattern, ref) == ref:
            yield {**known, pattern: ref}
        return
    if isinstance(pattern, float):
        value = values.constant(ref)
        if value is not None and value.size and (value == pattern).all():
            yield known
        return
    name, *inputs = pattern
    if name.startswith("?"):
        for named in _solutions(name, ref, network, values, known):
            yield from _solutions(inputs[0], ref, network, values, named)
        return
    op, _, index = name.partition(":")
    node = network.node(ref)
    if _SAME.get(node.op, node.op) != op or ref.output != int(index or 0):
        return
    refs = network.inputs(node)
    if len(refs) != len(inputs):
        return
    for order in (refs, refs[::-1]) if op in _COMMUTATIVE else (refs,):
        yield from _in_turn(inputs, order, network, values, known)


def _in_turn(
    patterns: list[Pattern], refs: list[Ref], network: Network, values: Values, known: Found
) -> Iterator[Found]:
    if not patterns:
        yield known
        return
    for found in _solutions(patterns[0], refs[0], network, values, known):
        yield from _in_turn(patterns[1:], refs[1:], network, values, found)
