"""Steps are counted as TensorBoard counts them, in bounded memory."""

from __future__ import annotations

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tf1graphs.inspect.events.steps import Gap, Restart, StepCounter


def collected(*steps: int) -> StepCounter:
    counter = StepCounter()
    for step in steps:
        counter.add(step)
    return counter


def test_even_steps_have_an_interval_and_no_gap():
    steps = collected(*range(5, 105, 10)).steps()
    assert (steps.count, steps.first, steps.last, steps.interval) == (10, 5, 95, 10)
    assert steps.gaps == () and steps.restarts == () and steps.purged == 0


def test_gaps_of_one_width_are_counted_together_and_the_widest_comes_first():
    steps = collected(0, 1, 2, 3, 4, 5, 7, 8, 9, 11, 12, 20).steps()
    assert steps.gaps == (Gap(12, 20, 1), Gap(5, 7, 2))


def test_uneven_steps_have_no_interval_and_so_no_gaps():
    steps = collected(0, 1, 3, 6, 10, 15).steps()
    assert steps.interval is None and steps.gaps == ()


@pytest.mark.parametrize("steps", [[3], [3, 3, 3]])
def test_one_step_has_no_interval(steps):
    assert collected(*steps).steps().interval is None


def test_a_step_that_goes_back_is_a_restart():
    steps = collected(0, 1, 2, 3, 2, 3, 4, 0).steps()
    assert steps.restarts == (Restart(3, 2), Restart(4, 0)) and steps.restart_count == 2
    assert (steps.first, steps.last, steps.count) == (0, 0, 8)


def test_of_many_restarts_the_first_are_listed_and_all_counted():
    steps = collected(*([1, 0] * 500)).steps()
    assert len(steps.restarts) == 100 and steps.restart_count == 500


@given(st.lists(st.one_of(st.integers(0, 30), st.tuples(st.integers(0, 30)))))
def test_what_is_purged_is_what_was_written_at_that_step_and_later(operations):
    counter, kept, purged = StepCounter(), [], 0
    for operation in operations:
        if isinstance(operation, int):
            counter.add(operation)
            kept.append(operation)
        else:
            counter.purge(operation[0])
            left = [step for step in kept if step < operation[0]]
            purged += len(kept) - len(left)
            kept = left
    assert counter.steps().purged == purged


def test_memory_stays_bounded_and_what_is_forgotten_is_not_guessed():
    tracemalloc.start()
    counter = StepCounter()
    for number in range(20_000):
        counter.add(number * number)
    bytes_used = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert bytes_used < 2_000_000
    counter.purge(19_000 * 19_000)
    assert counter.steps().purged == 1000
    counter.purge(100)
    assert counter.steps().purged is None
