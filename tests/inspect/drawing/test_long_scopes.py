"""Scopes of hundreds of operations are cut into parts."""

from __future__ import annotations

from drawn_graphs import chain, inside, written

from tf1graphs.inspect.drawing.layout import Layouts
from tf1graphs.inspect.drawing.parts import MOST_ITEMS
from tf1graphs.inspect.drawing.scopes import of_graph


def test_a_short_scope_is_left():
    assert len(inside(of_graph(chain(MOST_ITEMS)))) == MOST_ITEMS


def test_parts_follow_one_another():
    labels = inside(of_graph(chain(100)))
    assert labels == [f"n{start} … n{start + 9}" for start in range(0, 100, 10)]


def test_ten_thousand_operations_without_a_scope():
    hierarchy = of_graph(chain(10_000))
    assert max(len(hierarchy.items[scope].children) for scope in hierarchy.scopes()) <= MOST_ITEMS
    layouts = Layouts(hierarchy)
    assert all(layouts[scope].rows == len(hierarchy.items[scope].children) for scope in hierarchy.scopes())


def test_a_long_side_column_is_cut():
    summaries = "\n".join(f"s{number} = ScalarSummary y" for number in range(60))
    hierarchy = of_graph(written(f"x = Placeholder\ny = Relu x\n{summaries}"))
    assert inside(hierarchy) == ["x", "y"] and len(inside(hierarchy, is_aside=True)) == 7
