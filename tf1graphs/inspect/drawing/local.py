"""Which edges run inside which scope, however far the scopes are unfolded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from tf1graphs.inspect.drawing.hierarchy import Edge, Hierarchy


@dataclass
class Local:
    """The edges of one scope, without those to and from its side column.

    Attributes:
        inner: pairs of its items, source and target, and whether all edges between them close loops.
        entering: pairs of an item of a scope around it and an item of this scope, which is fed by the first.
        leaving: its items that feed something outside.
    """

    inner: dict[tuple[int, int], bool] = field(default_factory=dict)
    entering: dict[tuple[int, int], None] = field(default_factory=dict)
    leaving: dict[int, None] = field(default_factory=dict)


def parted(hierarchy: Hierarchy) -> Iterator[tuple[Edge, list[int], list[int]]]:
    """Yields each edge with the items around its source and those around its target.

    They begin with the first that they do not share, and end with the leaves.
    """
    around = cache(hierarchy.chain)
    for edge in hierarchy.edges:
        sources, targets = around(edge.source), around(edge.target)
        shared = 0
        while sources[shared] == targets[shared]:
            shared += 1
        yield edge, sources[shared:], targets[shared:]


def local_edges(hierarchy: Hierarchy) -> defaultdict[int, Local]:
    """The edges of each scope, by its number: where an edge passes through several scopes, its part in each."""
    found: defaultdict[int, Local] = defaultdict(Local)
    items = hierarchy.items
    for edge, sources, targets in parted(hierarchy):
        if items[sources[0]].is_aside or items[targets[0]].is_aside:
            continue
        scope = items[sources[0]].parent
        assert scope is not None
        pair = (sources[0], targets[0])
        found[scope].inner[pair] = found[scope].inner.get(pair, True) and edge.is_closing
        for around, inside in zip(sources, sources[1:], strict=False):
            if items[inside].is_aside:
                break
            found[around].leaving[inside] = None
        for around, inside in zip(targets, targets[1:], strict=False):
            if items[inside].is_aside:
                break
            found[around].entering[sources[0], inside] = None
    return found
