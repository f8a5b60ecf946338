"""What counts as the same print-out."""

from __future__ import annotations

import pytest
from printed import difference


@pytest.mark.parametrize(
    "found, expected",
    [
        ("loss 0.123456\n", "loss 0.123457\n"),
        ("loss 12.0001 at 3\n", "loss 12.0 at 3\n"),
        ("[1.0e-05]", "[1.0e-05]"),
        ("[1.  2.]", "[1. 2.]"),
    ],
)
def test_rounding_is_the_same(found, expected):
    assert difference(found, expected) is None


@pytest.mark.parametrize(
    "found, expected",
    [
        ("loss 0.1235\n", "loss 0.1238\n"),
        ("step 3\n", "step 4\n"),
        ("w:0\n", "v:0\n"),
        ("one\n", "one\ntwo\n"),
        ("one\ntwo\n", "one\n"),
        ("-0.5\n", "0.5\n"),
    ],
)
def test_anything_else_is_a_difference(found, expected):
    assert difference(found, expected)
