"""Where everything in a scope stands: once for the static pictures and the page, however far scopes are unfolded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from tf1graphs.inspect.drawing.columns import ITEM_SPAN, columns_of
from tf1graphs.inspect.drawing.hierarchy import Hierarchy
from tf1graphs.inspect.drawing.local import Local, local_edges
from tf1graphs.inspect.drawing.ranks import back_edges, ranks
from tf1graphs.inspect.drawing.rows import Entry, rows_of


@dataclass
class Layout:
    """A scope as a grid, whose columns and rows get as wide and high as what stands in them.

    Attributes:
        rows: how many.
        columns: how many.
        places: row and first column of each item; an item spans four columns.
        trunks: by the item it comes from, which may lie outside, the first row and the columns, row by row, of the line
            that leads down from it to all that it feeds.
        backs: the same of the line that leads up where a loop is closed.
        aside: the items of the side column.
    """

    rows: int = 0
    columns: int = 0
    places: dict[int, tuple[int, int]] = field(default_factory=dict)
    trunks: dict[int, tuple[int, list[int]]] = field(default_factory=dict)
    backs: dict[int, tuple[int, list[int]]] = field(default_factory=dict)
    aside: list[int] = field(default_factory=list)


@lru_cache(maxsize=1000)
def _grid(
    count: int,
    inner: tuple[tuple[int, int, bool], ...],
    entering: tuple[tuple[int, int], ...],
    leaving: tuple[int, ...],
) -> tuple[dict[Entry, int], ...]:
    """The rows of a scope, each with the columns of its entries; large graphs hold the same scope many times.

    Args:
        count: how many items the scope has; they are numbered from 0 on, and what feeds them from outside from there.
        inner: source, target, and whether the edge closes a loop.
        entering: source and target.
        leaving: items that feed something outside.
    """
    items = range(count)
    forward = [(source, target) for source, target, is_closing in inner if not is_closing]
    closing = back_edges(items, forward)
    row_of = ranks(items, [pair for pair in forward if pair not in closing], {target for _, target in entering})
    pairs = [(source, target) for source, target, _ in inner]
    down = [pair for pair in pairs if row_of[pair[0]] < row_of[pair[1]]]
    up = [pair for pair in pairs if row_of[pair[0]] >= row_of[pair[1]]]
    return tuple(columns_of(rows_of(row_of, [*down, *entering], up, leaving)))


def _layout(hierarchy: Hierarchy, scope: int, local: Local) -> Layout:
    children = hierarchy.items[scope].children
    items = [number for number in children if not hierarchy.items[number].is_aside]
    layout = Layout(aside=[number for number in children if hierarchy.items[number].is_aside])
    numbers = [*items, *dict.fromkeys(source for source, _ in local.entering)]
    place = {number: index for index, number in enumerate(numbers)}
    inner = tuple((place[source], place[target], closes) for (source, target), closes in local.inner.items())
    entering = tuple((place[source], place[target]) for source, target in local.entering)
    for row, columns in enumerate(_grid(len(items), inner, entering, tuple(place[number] for number in local.leaving))):
        layout.rows = row + 1
        for (kind, index), column in columns.items():
            if kind == "item":
                layout.places[numbers[index]] = (row, column)
                layout.columns = max(layout.columns, column + ITEM_SPAN)
            else:
                lines = layout.trunks if kind == "trunk" else layout.backs
                lines.setdefault(numbers[index], (row, []))[1].append(column)
                layout.columns = max(layout.columns, column + 1)
    return layout


class Layouts(Mapping[int, Layout]):
    """The layouts of all scopes, by their numbers; each is computed when it is first asked for."""

    def __init__(self, hierarchy: Hierarchy) -> None:
        self._hierarchy = hierarchy
        self._local = local_edges(hierarchy)
        self._known: dict[int, Layout] = {}

    def __getitem__(self, scope: int) -> Layout:
        if scope not in self._known:
            self._known[scope] = _layout(self._hierarchy, scope, self._local[scope])
        return self._known[scope]

    def __iter__(self) -> Iterator[int]:
        return self._hierarchy.scopes()

    def __len__(self) -> int:
        return sum(1 for _ in self)
