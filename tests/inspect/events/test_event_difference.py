"""Two runs are compared by tag and step."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from tf1graphs.inspect.errors import InvalidFile
from tf1graphs.inspect.events.difference import ScalarDifference, compare
from tf1graphs.inspect.reading.protos import Event, Summary

LOGS = Path(__file__).parents[2] / "fixtures" / "tf115" / "inspect_events"


def events(tag: str, *values: float, steps: list[int] | None = None) -> list[Event]:
    numbered = zip(steps or range(len(values)), values, strict=True)
    return [
        Event(wall_time=2.0, step=step, summary=Summary(value=[Summary.Value(tag=tag, simple_value=value)]))
        for step, value in numbered
    ]


def difference(write, first: list[Event], second: list[Event]) -> ScalarDifference:
    (run,) = compare(write(*first, run="first"), write(*second, run="second")).runs
    (scalar,) = run.scalars
    return scalar


@pytest.mark.parametrize("log", ["training", "restarted", "contrib"])
def test_a_run_is_equal_to_itself(log):
    found = compare(LOGS / log, LOGS / log)
    assert not found.is_different and found.runs[0].scalars
    assert all(scalar.largest == 0 and scalar.relative == 0 and scalar.compared for scalar in found.runs[0].scalars)


def test_the_same_scalar_of_both_summary_formats_is_equal():
    (run,) = compare(LOGS / "contrib", LOGS / "restarted").runs
    assert run.only_first == (("graph", ""), ("histogram", "values")) and run.only_second == ()
    (loss,) = run.scalars
    assert (loss.compared, loss.missing_first, loss.missing_second, loss.parted) == (5, 7, 0, None)
    assert loss.is_different and run.is_different


def test_the_first_step_that_parts_and_the_largest_difference(write):
    scalar = difference(write, events("loss", 4, 2, 1, 8), events("loss", 4, 2.5, 1, 10))
    assert (scalar.parted, scalar.largest, scalar.largest_step, scalar.relative) == (1, 2.0, 3, 0.25)


def test_bounds(write):
    first, second = write(*events("loss", 1.0), run="a"), write(*events("loss", 1.001), run="b")
    assert compare(first, second).is_different
    assert not compare(first, second, rtol=0.01).is_different
    assert not compare(first, second, atol=0.01).is_different


def test_missing_steps_are_counted(write):
    scalar = difference(write, events("loss", 1, 2, 3), events("loss", 3, 4, steps=[2, 3]))
    assert (scalar.compared, scalar.missing_first, scalar.missing_second) == (1, 1, 2)
    assert scalar.parted is None and scalar.is_different


def test_without_a_common_step_nothing_parts(write):
    scalar = difference(write, events("loss", 1), events("loss", 1, steps=[5]))
    assert (scalar.compared, scalar.parted, scalar.largest_step, scalar.is_different) == (0, None, None, True)


def test_of_a_step_that_was_written_again_the_last_value_counts(write):
    scalar = difference(write, events("loss", 1, 2, 9, steps=[0, 1, 1]), events("loss", 1, 9))
    assert not scalar.is_different


@pytest.mark.parametrize(
    ("first", "second", "is_different"),
    [
        (math.nan, math.nan, False),
        (math.inf, math.inf, False),
        (math.inf, -math.inf, True),
        (math.nan, 1.0, True),
        (1.0, math.nan, True),
        (math.inf, 1.0, True),
        (1.0, math.inf, True),
    ],
)
def test_values_that_are_not_finite(write, first, second, is_different):
    scalar = difference(write, events("loss", 0, first), events("loss", 0, second))
    assert scalar.is_different is is_different
    assert scalar.largest == (math.inf if is_different else 0) and scalar.parted == (1 if is_different else None)


def test_runs_of_one_name_are_compared_and_others_listed(write, tmp_path):
    for folder, names in (("a", ["train", "eval"]), ("b", ["train", "test"])):
        for name in names:
            write(*events("loss", 1.0), run=f"{folder}/{name}")
    found = compare(tmp_path / "a", tmp_path / "b")
    assert (found.only_first, found.only_second, [run.name for run in found.runs]) == (("eval",), ("test",), ["train"])
    assert found.is_different and not found.runs[0].is_different


def test_directories_without_a_common_run_are_refused(write, tmp_path):
    write(*events("loss", 1.0), run="a/one")
    write(*events("loss", 1.0), run="b/two")
    write(*events("loss", 1.0), run="b/three")
    with pytest.raises(InvalidFile, match="no run has the name of one in"):
        compare(tmp_path / "a", tmp_path / "b")
