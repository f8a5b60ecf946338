"""The rows of a layered drawing: what stands in each, and in which order lines cross least.

The method is that of Sugiyama, Tagawa and Toda (1981): lines that pass a row have a place in it, and rows are sorted by
the mean place of what their entries are linked to, downwards and upwards in turn.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

_SWEEPS = 8


class Entry(NamedTuple):
    """What has a place in a row.

    Attributes:
        kind: ``"item"``; ``"trunk"``, the line that leads down from an item to all that it feeds further down;
            or ``"back"``, the one that leads up where a loop is closed.
        item: the number of the item, or of the one that the line comes from.
    """

    kind: str
    item: int


Link = tuple[Entry, Entry]


@dataclass
class Rows:
    """The entries of each row, from left to right, and the links from each row to the next."""

    rows: list[list[Entry]]
    links: list[list[Link]]


def _trunk(rows: Rows, source: int, row_of: Mapping[int, int], targets: Sequence[int], leaves: bool) -> None:
    first = row_of.get(source, -1)
    count = len(rows.rows)
    last = count - 1 if leaves else max(row_of[target] for target in targets) - 1
    for row in range(first + 1, last + 1):
        rows.rows[row].append(Entry("trunk", source))
    for row in range(max(first, 0), last):
        rows.links[row].append((Entry("item" if row == first else "trunk", source), Entry("trunk", source)))
    for target in targets:
        above = row_of[target] - 1
        if above >= 0:
            rows.links[above].append((Entry("item" if above == first else "trunk", source), Entry("item", target)))


def _back(rows: Rows, source: int, row_of: Mapping[int, int], targets: Sequence[int]) -> None:
    first = min(row_of[target] for target in targets)
    for row in range(first, row_of[source] + 1):
        rows.rows[row].append(Entry("back", source))
    for row in range(first, row_of[source]):
        rows.links[row].append((Entry("back", source), Entry("back", source)))


def rows_of(
    row_of: Mapping[int, int],
    down: Sequence[tuple[int, int]],
    up: Sequence[tuple[int, int]],
    leaving: Sequence[int],
) -> Rows:
    """Items and the lines that pass them, in rows that are sorted against crossings.

    Args:
        row_of: the row of each item.
        down: edges that lead down; sources that have no row come from above.
        up: edges that lead up or along their row.
        leaving: items that feed something below the last row.
    """
    count = max(row_of.values(), default=-1) + 1
    rows = Rows([[] for _ in range(count)], [[] for _ in range(count)])
    for item, row in row_of.items():
        rows.rows[row].append(Entry("item", item))
    fed: dict[int, list[int]] = defaultdict(list, {item: [] for item in leaving})
    fed_back: dict[int, list[int]] = defaultdict(list)
    for source, target in down:
        fed[source].append(target)
    for source, target in up:
        fed_back[source].append(target)
    for source, targets in fed.items():
        _trunk(rows, source, row_of, targets, source in leaving)
    for source, targets in fed_back.items():
        _back(rows, source, row_of, targets)
    _sort(rows)
    return rows


def crossings(rows: Rows) -> int:
    """How many pairs of links cross."""
    count = 0
    for row, links in enumerate(rows.links[:-1]):
        above = {entry: place for place, entry in enumerate(rows.rows[row])}
        below = {entry: place for place, entry in enumerate(rows.rows[row + 1])}
        seen: list[int] = []
        for _, place in sorted((above[upper], below[lower]) for upper, lower in links):
            count += len(seen) - bisect_right(seen, place)
            insort(seen, place)
    return count


def _sort(rows: Rows) -> None:
    best, least = [list(row) for row in rows.rows], crossings(rows)
    count = len(rows.rows)
    for sweep in range(_SWEEPS):
        if least == 0:
            break
        is_downwards = sweep % 2 == 0
        for row in range(1, count) if is_downwards else range(count - 2, -1, -1):
            _sort_row(rows, row, is_downwards)
        crossed = crossings(rows)
        if crossed < least:
            best, least = [list(row) for row in rows.rows], crossed
    rows.rows = best


def _sort_row(rows: Rows, row: int, is_downwards: bool) -> None:
    other = rows.rows[row - 1 if is_downwards else row + 1]
    places = {entry: place for place, entry in enumerate(other)}
    linked = defaultdict(list)
    for upper, lower in rows.links[row - 1 if is_downwards else row]:
        mine, theirs = (lower, upper) if is_downwards else (upper, lower)
        linked[mine].append(places[theirs])
    scale = len(other) / max(1, len(rows.rows[row]))
    means = {
        entry: sum(linked[entry]) / len(linked[entry]) if linked[entry] else place * scale
        for place, entry in enumerate(rows.rows[row])
    }
    rows.rows[row].sort(key=means.__getitem__)
