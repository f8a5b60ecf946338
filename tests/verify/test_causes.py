"""Causes on recordings made up for them; those that a program shows are in test_mutations.py."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tf1graphs.verify import Comparison, causes, compare
from tf1graphs.verify.recorder import stream
from tf1graphs.verify.recorder.initial import Recorded
from tf1graphs.verify.recorder.matching import Described
from tf1graphs.verify.recorder.run import Run

WEIGHT = np.random.RandomState(1).normal(size=[6, 4]).astype(np.float32)
GRADIENT = np.random.RandomState(2).normal(size=[6, 4]).astype(np.float32)

Program = Callable[[Run], None]


@pytest.fixture
def compared(tmp_path: Path) -> Callable[[Program, Program], Comparison]:
    """Compares what two functions write to a run."""

    def recorded(number: int, program: Program) -> Path:
        path = tmp_path / f"{number}.jsonl"
        events = stream.Stream(path, program="made up")
        program(Run(events, Recorded(events)))
        events.write("end", code=0, is_cut=False)
        events.close()
        return path

    return lambda first, second: compare(recorded(1, first), recorded(2, second))


def program(weight=WEIGHT, gradient=GRADIENT, loss=1.0, steps=2, batch=None, facts=()):
    """A program that makes ``steps`` steps of gradient descent with one gradient."""

    def write(run: Run) -> None:
        for topic, name, settings in facts:
            run.fact(topic, name, **settings)
        run.initial.values([Described("W", weight.shape, True)], {0: weight})
        for step in range(steps):
            if batch is not None:
                run.batch([batch])
            with np.errstate(invalid="ignore"):
                run.training(loss, ["W"], [gradient], [weight - 0.1 * step * gradient])

    return write


def named(comparison: Comparison) -> list[str]:
    return [cause.name for cause in causes.likely(comparison)]


def test_equivalent_programs_have_no_cause(compared):
    assert named(compared(program(), program())) == []


def test_a_lone_variable_of_the_reversed_shape_is_transposed(compared):
    assert named(compared(program(), program(weight=WEIGHT.T, gradient=GRADIENT.T)))[0] == "transposed"


def test_gradients_that_differ_by_the_signs_of_a_variable_show_l1(compared):
    second = program(gradient=GRADIENT + np.float32(0.01) * np.sign(WEIGHT), loss=1.2)
    cause = causes.likely(compared(program(), second))[0]
    assert cause.name == "regularizer" and "L1 0.01 more" in cause.sentence


def test_rows_of_a_batch_too_large_to_record_are_known_by_their_norm(compared):
    rows = np.random.RandomState(3).normal(size=[300, 50]).astype(np.float32)
    first, second = program(batch=rows), program(batch=rows[::-1], loss=2.0)
    assert named(compared(first, second))[0] == "data_order"


def test_whole_numbers_as_labels_that_are_one_too_large(compared):
    labels = np.array([0, 2, 1, 1, 0])
    cause = causes.likely(compared(program(batch=labels), program(batch=labels + 1, loss=2.0)))[0]
    assert cause.name == "labels" and "+1" in cause.sentence


def test_another_schedule_is_named_with_both(compared):
    first = program(facts=[("schedule", "piecewise constant", {"values": "0.1, 0.01"})])
    second = program(facts=[("schedule", "cosine decay", {"decay_steps": 10.0})], steps=1)
    cause = causes.likely(compared(first, second))[0]
    assert cause.name == "schedule"
    assert "name cosine decay in the second program, piecewise constant in the first" in cause.sentence


@pytest.mark.parametrize("value", [np.nan, np.inf, 0.0])
def test_numbers_that_cannot_be_compared_are_no_trouble(compared, value):
    broken = program(gradient=np.full_like(GRADIENT, value), loss=value, batch=np.full([4, 4], value, np.float32))
    whole = program(batch=np.ones([4, 4], np.float32))
    assert not compared(whole, broken).is_equivalent
    assert isinstance(named(compared(whole, broken)) + named(compared(broken, whole)), list)
