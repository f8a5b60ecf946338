"""The rows of a map, as JSON and as what they do."""

from __future__ import annotations

import json

import numpy as np
import pytest

from tf1graphs.convert.carrying.rows import Row, from_json, to_json
from tf1graphs.convert.errors import CouldNotConvert

ROWS = [
    Row(("dense/kernel",), ("dense/kernel",)),
    Row(("cell/kernel", "cell/bias"), ("lstm/k", "lstm/r", "lstm/b"), "lstm", {"forget_bias": 1.0}),
]


def test_rows_are_the_same_after_a_file() -> None:
    assert from_json(json.loads(json.dumps(to_json(ROWS)))) == ROWS


def test_settings_may_be_left_out() -> None:
    assert from_json([{"sources": ["a"], "targets": ["b"], "carry": "as_it_is"}]) == [Row(("a",), ("b",))]


def test_a_row_carries_there_and_back() -> None:
    sources = [np.arange(2 * 4, dtype=np.float32).reshape(2, 4), np.zeros(4, np.float32)]
    targets = ROWS[1].forward(sources)
    assert [array.shape for array in targets] == [(1, 4), (1, 4), (4,)]
    assert [array.tolist() for array in ROWS[1].backward(targets)] == [array.tolist() for array in sources]


def test_other_numbers_of_tensors_than_names_are_refused() -> None:
    with pytest.raises(CouldNotConvert, match="as_it_is gives 1 tensors, not 2: b, c"):
        Row(("a",), ("b", "c")).forward([np.zeros(3)])


@pytest.mark.parametrize(
    ("entries", "problem"),
    [
        ({}, "a map is a list of rows"),
        (["a"], "row 1 of the map needs sources, targets, carry"),
        ([{"sources": ["a"], "targets": ["b"]}], "row 1 of the map needs"),
        ([{"sources": ["a"], "targets": ["b"], "carry": "as_it_is", "extra": 1}], "no more"),
        ([{"sources": "a", "targets": ["b"], "carry": "as_it_is"}], '"sources" is no list'),
        ([{"sources": [1], "targets": ["b"], "carry": "as_it_is"}], '"sources" is a list of names'),
        ([{"sources": ["a"], "targets": ["b"], "carry": "twisted"}], 'is called "twisted"'),
    ],
)
def test_a_malformed_map_is_refused_with_its_row(entries: object, problem: str) -> None:
    with pytest.raises(CouldNotConvert, match=problem):
        from_json(entries)
