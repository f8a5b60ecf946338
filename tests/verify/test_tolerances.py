"""How far two samples may be apart."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tf1graphs.verify.recording import Sample
from tf1graphs.verify.tolerance import Tolerance, difference, difference_of_variables
from tf1graphs.verify.updates import Updates


def _sample(*values, step=1, units=None):
    return Sample(step, step, np.array(values, np.float64), unit=None if units is None else np.array(units, float))


@pytest.mark.parametrize(("step", "bound"), [(0, 1e-5), (1, 1e-5), (10, 1e-5), (20, 8e-5), (100, 1e-2), (10**6, 1e-2)])
def test_the_bound_grows_to_one_percent_at_step_100(step, bound):
    assert Tolerance().relative(step) == pytest.approx(bound)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_the_bound_never_shrinks(one, other):
    assert Tolerance().relative(min(one, other)) <= Tolerance().relative(max(one, other))


@pytest.mark.parametrize(
    ("first", "second", "is_too_large"),
    [
        (_sample(1.0), _sample(1.0 + 9e-6), False),
        (_sample(1.0), _sample(1.0 + 2e-5), True),
        (_sample(1.0, step=100), _sample(1.005, step=100), False),
        (_sample(1.0, step=100), _sample(1.02, step=100), True),
        # beside a large element a small one may be wrong by as much
        (_sample(100.0, 0.0), _sample(100.0, 5e-4), False),
        (_sample(0.0), _sample(0.0), False),
        (_sample(0.0), _sample(1e-3), True),
        (_sample(np.nan), _sample(np.nan), False),
        (_sample(1.0), _sample(np.nan), True),
        (_sample(np.inf), _sample(np.inf), False),
        (_sample(np.inf), _sample(-np.inf), True),
        # printed with two decimals, each rounded on its own
        (_sample(0.12, units=[0.01]), _sample(0.13, units=[0.01]), False),
        (_sample(0.12, units=[0.01]), _sample(0.15, units=[0.01]), True),
        # whole numbers are exact
        (_sample(7, units=[0]), _sample(8, units=[0]), True),
    ],
)
def test_differences(first, second, is_too_large):
    assert difference(first, second, Tolerance()).is_too_large is is_too_large


def test_a_difference_is_measured():
    apart = difference(_sample(4.0, 1.0), _sample(4.0, 3.0), Tolerance())
    assert (apart.absolute, apart.relative) == (2.0, 0.5)


def _update(updates, before, after, step):
    for index, values in enumerate((before, after)):
        one, two = (_sample(*value, step=step + index) for value in values)
        found = updates.between("W", one, two)
    return found


def _is_different(gradients, before, after):
    updates = Updates()
    updates.saw_gradient("W", *(_sample(*gradient) for gradient in gradients))
    old, new, rounding = _update(updates, before, after, 1)
    excused = updates.excused("W", old, new)
    return difference_of_variables(
        old, new, Tolerance(), is_updated=True, rounding=rounding, excused=excused
    ).is_too_large


def test_an_update_that_rounding_of_the_gradient_has_turned_is_excused():
    # Adam makes full steps of gradients that vanish, and of their rounding errors.
    start, ends = [0.0, 0.0], ([-0.01, -0.01], [-0.01, 0.01])
    assert not _is_different(([1.0, 1e-9], [1.0, -1e-9]), (start, start), ends)


def test_an_update_that_the_gradient_does_not_explain_is_different():
    start, ends = [0.0, 0.0], ([-0.01, -0.01], [-0.01, 0.01])
    assert _is_different(([1.0, 0.5], [1.0, 0.5]), (start, start), ends)
    assert _is_different(([1.0, 1e-9], [1.0, -1e-9]), (start, start), ([-0.01, -0.01], [-0.02, -0.01]))


def test_updates_need_two_recordings_in_a_row():
    updates = Updates()
    assert updates.between("W", _sample(1.0, step=50), _sample(1.0, step=50)) is None
    assert updates.between("W", _sample(2.0, step=100), _sample(2.0, step=100)) is None
    found = updates.between("W", _sample(5.0, step=101), _sample(6.0, step=101))
    assert [sample.array.tolist() for sample in found[:2]] == [[3.0], [4.0]]
