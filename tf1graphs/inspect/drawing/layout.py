"""Where everything in a scope stands: once for the static pictures and the page, however far scopes are unfolded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tf1graphs.inspect.drawing.columns import ITEM_SPAN, columns_of
from tf1graphs.inspect.drawing.hierarchy import Hierarchy
from tf1graphs.inspect.drawing.local import Local, local_edges
from tf1graphs.inspect.drawing.ranks import back_edges, ranks
from tf1graphs.inspect.drawing.rows import rows_of


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


def _layout(hierarchy: Hierarchy, scope: int, local: Local) -> Layout:
    children = hierarchy.items[scope].children
    aside = [number for number in children if hierarchy.items[number].is_aside]
    items = [number for number in children if not hierarchy.items[number].is_aside]
    if not items:
        return Layout(aside=aside)
    forward = [pair for pair, is_closing in local.inner.items() if not is_closing]
    closing = back_edges(items, forward)
    row_of = ranks(items, [pair for pair in forward if pair not in closing], {inside for _, inside in local.entering})
    down = [pair for pair in local.inner if row_of[pair[0]] < row_of[pair[1]]]
    up = [pair for pair in local.inner if row_of[pair[0]] >= row_of[pair[1]]]
    rows = rows_of(row_of, [*down, *local.entering], up, list(local.leaving))
    layout = Layout(rows=len(rows.rows), aside=aside)
    for row, columns in enumerate(columns_of(rows)):
        for entry, column in columns.items():
            if entry.kind == "item":
                layout.places[entry.item] = (row, column)
                layout.columns = max(layout.columns, column + ITEM_SPAN)
            else:
                lines = layout.trunks if entry.kind == "trunk" else layout.backs
                lines.setdefault(entry.item, (row, []))[1].append(column)
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
