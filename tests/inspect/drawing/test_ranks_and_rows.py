"""Edges lead down, lines have places in the rows that they pass, and chains are straight."""

from __future__ import annotations

import pytest
from drawn_graphs import RECORDED, chain, recorded, written
from hypothesis import given
from hypothesis import strategies as st

from tf1graphs.inspect.drawing.columns import ITEM_SPAN, columns_of
from tf1graphs.inspect.drawing.layout import Layouts
from tf1graphs.inspect.drawing.ranks import back_edges, ranks
from tf1graphs.inspect.drawing.rows import Entry, crossings, rows_of
from tf1graphs.inspect.drawing.scopes import of_graph

PAIRS = st.sets(st.tuples(st.integers(0, 14), st.integers(0, 14)).filter(lambda pair: pair[0] != pair[1]), max_size=40)


@given(PAIRS)
def test_edges_lead_down_but_for_those_that_close_a_loop(pairs):
    closing = back_edges(range(15), sorted(pairs))
    forward = [pair for pair in sorted(pairs) if pair not in closing]
    row_of = ranks(range(15), forward, ())
    assert set(row_of) == set(range(15))
    assert all(row_of[source] < row_of[target] for source, target in forward)
    assert sorted(set(row_of.values())) == list(range(max(row_of.values()) + 1))
    assert max(list(row_of.values()).count(row) for row in row_of.values()) <= 7


@given(st.permutations(range(8)))
def test_nothing_is_cut_where_there_is_no_loop(order):
    assert back_edges(range(8), [(order[place], order[place + 1]) for place in range(7)]) == set()


def test_one_edge_is_cut_of_a_loop():
    assert back_edges(range(4), [(0, 1), (1, 2), (2, 3), (3, 1)]) == {(3, 1)}


def test_a_source_stands_above_what_it_feeds():
    row_of = ranks(range(5), [(0, 1), (1, 2), (2, 3), (4, 3)], ())
    assert row_of == {0: 0, 1: 1, 2: 2, 4: 2, 3: 3}


@given(PAIRS, st.sets(st.integers(0, 14)), st.sets(st.integers(0, 14)))
def test_entries_do_not_overlap(pairs, entered, leaving):
    closing = back_edges(range(15), sorted(pairs))
    forward = [pair for pair in sorted(pairs) if pair not in closing]
    row_of = ranks(range(15), forward, entered)
    rows = rows_of(row_of, [*forward, *((20, item) for item in entered)], sorted(closing), sorted(leaving))
    for row, entries in enumerate(columns_of(rows)):
        assert set(entries) == set(rows.rows[row])
        taken = [
            column + offset
            for entry, column in entries.items()
            for offset in range(ITEM_SPAN if entry.kind == "item" else 1)
        ]
        assert len(taken) == len(set(taken)) and min(taken) >= 0
    for source, target in forward:
        assert all(Entry("trunk", source) in rows.rows[row] for row in range(row_of[source] + 1, row_of[target]))
    for source, target in closing:
        assert all(Entry("back", source) in rows.rows[row] for row in range(row_of[target], row_of[source] + 1))
    for item in leaving:
        assert all(Entry("trunk", item) in rows.rows[row] for row in range(row_of[item] + 1, len(rows.rows)))


def test_crossings_are_sorted_away():
    # Two chains whose second rows come in the other order.
    rows = rows_of({0: 0, 1: 0, 2: 1, 3: 1}, [(0, 3), (1, 2)], [], [])
    assert crossings(rows) == 0


def test_crossings_are_counted():
    rows = rows_of({0: 0, 1: 0, 2: 1, 3: 1}, [(0, 2), (0, 3), (1, 2), (1, 3)], [], [])
    assert crossings(rows) == 1


def test_a_chain_is_straight():
    hierarchy = of_graph(chain(20))
    layout = Layouts(hierarchy)[hierarchy.root]
    assert [layout.places[number] for number in range(20)] == [(row, 0) for row in range(20)]
    assert layout.trunks == {} and layout.backs == {}


def test_a_residual_connection_passes_by_in_a_straight_line():
    hierarchy = of_graph(written("x = Placeholder\na = Relu x\nb = Relu a\nc = Relu b\ny = Add c x"))
    layout = Layouts(hierarchy)[hierarchy.root]
    (first, columns), *others = layout.trunks.values()
    assert not others and first == 1 and len(columns) == 3 and len(set(columns)) == 1


def test_a_loop_leads_back_up():
    hierarchy = of_graph(
        written("x = Placeholder\nm = Merge x n\ns = Switch m\na = Add s\nn = NextIteration a\ne = Exit s")
    )
    layout = Layouts(hierarchy)[hierarchy.root]
    assert set(layout.backs) == {4} and layout.places[4][0] > layout.places[1][0]


@pytest.mark.parametrize("name", [name for name in RECORDED if name != "unrolled"])
def test_the_layouts_of_recorded_graphs_have_all_items(name):
    hierarchy = of_graph(recorded(name))
    for scope, layout in Layouts(hierarchy).items():
        assert sorted([*layout.places, *layout.aside]) == sorted(hierarchy.items[scope].children)
        assert len(set(layout.places.values())) == len(layout.places)
