"""Ranks of a layered drawing: every edge leads down, but for those that close a loop."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence

Pair = tuple[int, int]
_WIDEST = 7


def back_edges(items: Sequence[int], edges: Collection[Pair]) -> set[Pair]:
    """The edges without which there is no cycle: those to an item that a depth-first search has not yet left."""
    targets = defaultdict(list)
    for source, target in edges:
        targets[source].append(target)
    fed = {target for _, target in edges}
    found: set[Pair] = set()
    entered: set[int] = set()
    for start in sorted(items, key=lambda item: item in fed):
        if start in entered:
            continue
        entered.add(start)
        path, open_items = [(start, iter(targets[start]))], {start}
        while path:
            item, rest = path[-1]
            following = next(rest, None)
            if following is None:
                path.pop()
                open_items.discard(item)
            elif following in open_items:
                found.add((item, following))
            elif following not in entered:
                entered.add(following)
                open_items.add(following)
                path.append((following, iter(targets[following])))
    return found


def _sorted(items: Sequence[int], edges: Collection[Pair]) -> list[int]:
    """The items, sources before targets, else as they were."""
    targets = defaultdict(list)
    missing = Counter(target for _, target in edges)
    for source, target in edges:
        targets[source].append(target)
    found: list[int] = []
    ready = [item for item in items if not missing[item]]
    while ready:
        found.append(ready.pop(0))
        for target in targets[found[-1]]:
            missing[target] -= 1
            if not missing[target]:
                ready.append(target)
    return found


def ranks(items: Sequence[int], edges: Collection[Pair], entered: Collection[int]) -> dict[int, int]:
    """The row of each item, from 0 on, by the longest path to it; no row has more than seven.

    What feeds more than it is fed by moves down to what it feeds.

    Args:
        items: numbers of items.
        edges: between them, without cycles.
        entered: items that are fed from above the first row.
    """
    sources, targets = defaultdict(set), defaultdict(set)
    for source, target in edges:
        sources[target].add(source)
        targets[source].add(target)
    order = _sorted(items, edges)
    row_of: dict[int, int] = {}
    lengths: Counter[int] = Counter()
    for item in order:
        row = max((row_of[source] + 1 for source in sources[item]), default=0)
        while lengths[row] >= _WIDEST:
            row += 1
        row_of[item] = row
        lengths[row] += 1
    for item in reversed(order):
        fed_by = len(sources[item]) + (item in entered)
        if fed_by and fed_by >= len(targets[item]):
            continue
        row = min((row_of[target] - 1 for target in targets[item]), default=row_of[item])
        while row > row_of[item] and lengths[row] >= _WIDEST:
            row -= 1
        lengths[row_of[item]] -= 1
        lengths[row] += 1
        row_of[item] = row
    used = {row: number for number, row in enumerate(sorted(set(row_of.values())))}
    return {item: used[row] for item, row in row_of.items()}
