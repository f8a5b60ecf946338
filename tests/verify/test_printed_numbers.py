"""Numbers in printed lines."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tf1graphs.verify import printed

FORMATS = ("{:.4f}", "{:.3e}", "{:g}", "{!r}", "{:+.2f}", "{:.1E}")


@given(st.lists(st.tuples(st.floats(-1e6, 1e6), st.sampled_from(FORMATS)), min_size=1, max_size=5))
def test_numbers_are_found_as_they_were_printed(values):
    written = [form.format(value) for value, form in values]
    line = "epoch loss=" + ", acc: ".join(written)
    found, units = printed.numbers(line)
    assert found.tolist() == [float(number) for number in written]
    for (value, form), number, unit in zip(values, found, units):
        if form != "{:g}":  # rounds to digits, of which the last may not be written
            assert abs(value - number) <= 0.51 * unit or value == number
    assert printed.text(line) == "epoch loss=#" + ", acc: #" * (len(written) - 1)


@pytest.mark.parametrize(
    ("line", "numbers", "units"),
    [
        ("step 10 loss 0.50", [10, 0.5], [0, 0.01]),
        ("[[1.5 -2.]\n [ .25 3e-4]]", [1.5, -2, 0.25, 3e-4], [0.1, 1, 0.01, 1e-4]),
        ("(1, 2) 50% x=3;", [1, 2, 50, 3], [0, 0, 0, 0]),
        ("3/10 batches", [3, 10], [0, 0]),
        ("inf -inf", [math.inf, -math.inf], [0, 0]),
        ("conv2d_1 v1.2.3 relu6 0x1f info nano", [], []),
        ("", [], []),
    ],
)
def test_numbers_and_their_last_places(line, numbers, units):
    found, places = printed.numbers(line)
    assert found.tolist() == numbers
    assert np.allclose(places, units)


def test_nan_is_a_number():
    assert np.isnan(printed.numbers("loss nan")[0]).tolist() == [True]


@pytest.mark.parametrize(
    "line",
    [
        "took 3.2", "Elapsed 1.5", "0.31 sec/batch", "5 ms per step", "12:30:05 loss 0.5", "training time: 3",
        "10 examples/s", "1.2s - loss: 0.3", "ETA: 5", "3 Minutes", "speed 10", "2 seconds", "40us/step",
    ],
)  # fmt: skip
def test_lines_that_tell_times(line):
    assert printed.is_timing(line)


@pytest.mark.parametrize(
    "line",
    ["step 5 loss 0.3", "epochs 3", "times 2 = 4", "estimate 3", "metadata 1.0", "5 steps", "security 4", "items 3"],
)
def test_lines_that_tell_no_times(line):
    assert not printed.is_timing(line)
