"""Columns of a layered drawing: linked entries stand under one another as far as the order of the rows allows."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

from tf1graphs.inspect.drawing.rows import Entry, Rows

# An item spans four columns, so that it can stand in the middle under two; a line takes one.
ITEM_SPAN = 4
_SWEEPS = 16
# A line that passes rows should be straight before anything else.
_LINE_WEIGHT = 32.0
# What something is computed from stands above it; variables and constants stand beside that.
_CHAIN_WEIGHT = 4.0

Node = tuple[int, Entry]


def _span(entry: Entry) -> int:
    return ITEM_SPAN if entry.kind == "item" else 1


def _nearest(wanted: Sequence[float], weights: Sequence[float], spans: Sequence[int]) -> list[float]:
    """The left ends, without overlaps, that are nearest to the wanted ones by weighted squares.

    Pools adjacent violators: https://en.wikipedia.org/wiki/Isotonic_regression, of the ends less the spans before them.
    """
    pools: list[list[float]] = []  # each the weighted sum, the weight, and how many entries
    offset = 0.0
    offsets = []
    for want, weight, span in zip(wanted, weights, spans, strict=True):
        offsets.append(offset)
        pools.append([(want - offset) * weight, weight, 1])
        offset += span
        while len(pools) > 1 and pools[-2][0] / pools[-2][1] >= pools[-1][0] / pools[-1][1]:
            last = pools.pop()
            pools[-1] = [mine + other for mine, other in zip(pools[-1], last, strict=True)]
    means = [total / weight for total, weight, length in pools for _ in range(int(length))]
    return [mean + offset for mean, offset in zip(means, offsets, strict=True)]


def columns_of(rows: Rows) -> list[dict[Entry, int]]:
    """The first column of each entry of each row, from 0 on."""
    links: dict[Node, list[tuple[Node, float]]] = defaultdict(list)
    fed = {lower.item for pairs in rows.links for _, lower in pairs if lower.kind == "item"}
    for row, pairs in enumerate(rows.links):
        for upper, lower in pairs:
            weight = _CHAIN_WEIGHT if upper.item in fed else 1.0
            if upper.kind != "item" and lower.kind != "item":
                weight = _LINE_WEIGHT
            links[row, upper].append(((row + 1, lower), weight))
            links[row + 1, lower].append(((row, upper), weight))
    left: dict[Node, float] = {}
    for row, entries in enumerate(rows.rows):
        start = -sum(map(_span, entries)) / 2
        for entry in entries:
            left[row, entry] = start
            start += _span(entry)
    for sweep in range(_SWEEPS):
        order = range(len(rows.rows)) if sweep % 2 == 0 else range(len(rows.rows) - 1, -1, -1)
        for row in order:
            _align(row, rows.rows[row], left, links)
    return _whole(rows, left)


def _align(
    row: int, entries: Sequence[Entry], left: dict[Node, float], links: dict[Node, list[tuple[Node, float]]]
) -> None:
    wanted, weights = [], []
    for entry in entries:
        near = links[row, entry]
        weight = sum(weight for _, weight in near)
        middles = [(left[node] + _span(node[1]) / 2, link_weight) for node, link_weight in near]
        total = sum(middle * link_weight for middle, link_weight in middles)
        wanted.append(total / weight - _span(entry) / 2 if near else left[row, entry])
        # What is linked to nothing makes room.
        weights.append(weight if near else 0.01)
    ends = _nearest(wanted, weights, [_span(entry) for entry in entries])
    left.update(zip([(row, entry) for entry in entries], ends, strict=True))


def _whole(rows: Rows, left: dict[Node, float]) -> list[dict[Entry, int]]:
    """Whole columns, without those in which nothing stands."""
    placed = []
    used: set[int] = set()
    for row, entries in enumerate(rows.rows):
        free = -math.inf
        columns = {}
        for entry in entries:
            columns[entry] = int(max(free, math.floor(left[row, entry] + 0.5)))
            free = columns[entry] + _span(entry)
            used.update(range(columns[entry], int(free)))
        placed.append(columns)
    number = {column: place for place, column in enumerate(sorted(used))}
    return [{entry: number[column] for entry, column in columns.items()} for columns in placed]
