"""Compares two recordings, quantity by quantity, in one reading of both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from tf1graphs.verify import initializers, printed
from tf1graphs.verify.evidence import Evidence
from tf1graphs.verify.recorder.matching import Described, match
from tf1graphs.verify.recording import LOSS, OF_VARIABLES, Overview, Sample, Samples, Series, overview
from tf1graphs.verify.tolerance import Difference, Tolerance, difference, difference_of_variables
from tf1graphs.verify.updates import Updates

_CURVE_POINTS_AT_MOST = 512
# A variable whose gradients are this small beside the largest moves by rounding errors alone.
_NEGLIGIBLE = 1e-5
# What fetches and returned values have in common is a name, which is no proof that they are the same quantity.
_BY_NAME_ONLY = ("value",)


@dataclass
class Curve:
    """The means of a quantity's samples in both programs, thinned out evenly as they become many."""

    at: list[int] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    second: list[float] = field(default_factory=list)
    _every: int = 1
    _seen: int = 0

    def add(self, at: int, first: float, second: float) -> None:
        """Adds a point."""
        if self._seen % self._every == 0:
            self.at.append(at)
            self.first.append(first)
            self.second.append(second)
        self._seen += 1
        if len(self.at) > _CURVE_POINTS_AT_MOST:
            self._every *= 2
            self.at, self.first, self.second = self.at[::2], self.first[::2], self.second[::2]


@dataclass
class Quantity:
    """One quantity of both programs.

    Attributes:
        series: what it is, named as in the first program.
        compared: how many samples were compared.
        absolute: the largest absolute difference.
        relative: the largest relative difference.
        parted: the first step, or number, at which it differs by more than the tolerance; None if at none.
        at_step: how many training steps had been taken then.
        is_noise: whether it is the rounding error of something that is zero, which proves nothing.
    """

    series: Series
    compared: int = 0
    absolute: float = 0.0
    relative: float = 0.0
    parted: int | None = None
    at_step: int | None = None
    is_noise: bool = False
    curve: Curve = field(default_factory=Curve)

    @property
    def is_different(self) -> bool:
        """Whether the programs differ in it."""
        return self.parted is not None and not self.is_noise

    def add(self, first: Sample, second: Sample, apart: Difference) -> None:
        """Takes the samples of both programs at one point."""
        self.compared += 1
        self.absolute = _larger(self.absolute, apart.absolute)
        self.relative = _larger(self.relative, apart.relative)
        if apart.is_too_large and self.parted is None:
            self.parted, self.at_step = first.at, min(first.step, second.step)
        self.curve.add(first.at, _drawn(first), _drawn(second))


def _drawn(sample: Sample) -> float:
    """Returns the number that stands for a sample in a curve: itself, or the mean magnitude of an array's elements.

    Of a printed line it is the last number: those before it count epochs and steps.
    """
    if sample.array.size == 1 or sample.unit is not None:
        return float(np.real(sample.array[-1])) if sample.array.size else 0.0
    with np.errstate(all="ignore"):
        return float(np.mean(np.abs(sample.array)))


def _larger(a: float, b: float) -> float:
    return b if np.isnan(b) or b > a else a


@dataclass
class Comparison:
    """What comparing two recordings has found.

    Attributes:
        first: overview of the first program.
        second: overview of the second.
        pairs: name of a variable in the first program -> its name in the second.
        quantities: what both have.
        unmatched: trainable variables that only the first, and only the second, has.
        initializers: variable -> how the programs' own initial values differ.
        remarks: what differs beside numbers, a line each.
    """

    first: Overview
    second: Overview
    pairs: dict[str, str]
    quantities: list[Quantity]
    unmatched: tuple[list[Described], list[Described]]
    initializers: dict[str, str]
    remarks: list[str]
    evidence: Evidence

    @property
    def is_comparable(self) -> bool:
        """Whether anything was compared at all."""
        return any(quantity.compared for quantity in self.quantities)

    @property
    def is_equivalent(self) -> bool:
        """Whether no difference was found."""
        return not (
            any(quantity.is_different for quantity in self.quantities)
            or any(self.unmatched)
            or self.initializers
            or self.remarks
        )

    @property
    def parted(self) -> int | None:
        """The first training step in which the programs compute something different; None if that is not known."""
        different = [quantity for quantity in self.quantities if quantity.is_different]
        # The step of a summary is what the program says it is, an epoch perhaps.
        steps = [_training_step(q) for q in different if q.series.kind != "summary"]
        # What one program trains and the other does not is another variable after the first step of training it.
        finals = {q.series.name for q in different if q.series.kind == "final"}
        return min(steps + [step for name, step in self.trained_by_one().items() if name in finals], default=None)

    def trained_by_one(self) -> dict[str, int]:
        """Returns the variables that both have and only one differentiates for -> the step since when it does."""
        found = {}
        for name, other in self.pairs.items():
            since = self.first.began.get(Series("gradient", name)), self.second.began.get(Series("gradient", other))
            if (since[0] is None) != (since[1] is None):
                found[name] = since[0] or since[1] or 0
        return found


def _training_step(quantity: Quantity) -> int:
    """Returns the step whose computation made the difference.

    Losses and gradients of a step are recorded with it, what is printed after as many as have been completed; a
    variable before a step is what the step before has made it.
    """
    assert quantity.at_step is not None
    if quantity.series.kind in (LOSS, "gradient", "update"):
        return quantity.at_step
    if quantity.series.kind == "weight":
        return max(quantity.at_step - 1, 1)
    return max(quantity.at_step, 1)


def _names_in_second(first: Overview, second: Overview) -> dict[str, str]:
    pairs = match(first.variables, second.variables)
    return {first.variables[i].name: second.variables[j].name for j, i in pairs.items()}


def _counterparts(first: Overview, second: Overview, pairs: dict[str, str]) -> dict[Series, Series]:
    """Returns series of the first program -> the same of the second, for all that both have."""
    found = {}
    for series, count in first.counts.items():
        name = pairs.get(series.name, series.name) if series.kind in OF_VARIABLES else series.name
        other = Series(series.kind, name)
        if other not in second.counts or (series.kind == "print" and printed.is_timing(series.name)):
            continue
        alike = first.shapes[series] == second.shapes[other]
        if alike and (series.kind not in _BY_NAME_ONLY or count == second.counts[other]):
            found[series] = other
    return found


def _in_step(
    first: Iterator[tuple[Series, Sample]], second: Iterator[tuple[Series, Sample]]
) -> Iterator[tuple[int, bool, Series, Sample]]:
    """Yields (0 or 1, whether the other has ended, series, sample) of two readings, the less far one first."""
    readings = [first, second]
    heads = [next(reading, None) for reading in readings]
    while any(heads):
        behind = min((i for i, head in enumerate(heads) if head), key=lambda i: (heads[i][1].step, i))  # type: ignore[index]
        head = heads[behind]
        assert head
        yield behind, heads[1 - behind] is None, *head
        heads[behind] = next(readings[behind], None)


def _remarks(first: Overview, second: Overview, same: dict[Series, Series]) -> list[str]:
    remarks = []
    if first.steps != second.steps and first.steps and second.steps:
        remarks.append(f"the first program takes {first.steps} training steps, the second {second.steps}")
    if first.code != second.code:
        remarks.append(f"the first program ends with exit code {first.code}, the second with {second.code}")
    # A loop inside a function can only be cut after it, when more has been printed than of the other program.
    printed_lines = [] if first.is_cut or second.is_cut else [series for series in same if series.kind == "print"]
    for series in printed_lines:
        counts = first.counts[series], second.counts[same[series]]
        if counts[0] != counts[1]:
            remarks.append(f"the first program prints {series.name!r} {counts[0]} times, the second {counts[1]} times")
    return remarks


def _unmatched(first: Overview, second: Overview, pairs: dict[str, str]) -> tuple[list[Described], list[Described]]:
    """Returns the trainable variables without counterpart; where one program trains none, that says nothing."""
    alone = (
        [v for v in first.variables if v.trainable and v.name not in pairs],
        [v for v in second.variables if v.trainable and v.name not in pairs.values()],
    )
    return alone if first.steps and second.steps else ([], [])


def compare(first: Path, second: Path, tolerance: Tolerance | None = None) -> Comparison:
    """Compares two recordings.

    Args:
        first: the reference.
        second: the recording of a program that was given the initial variables of ``first``.
        tolerance: the bounds, by default those of ``Tolerance``.

    Raises:
        NotARecording: one of the files is none.
    """
    one, two = overview(first), overview(second)
    pairs = _names_in_second(one, two)
    same = _counterparts(one, two, pairs)
    samples = _Samples(same, tolerance or Tolerance(), min(one.steps, two.steps))
    for reading in _in_step(iter(Samples(first, set(same))), iter(Samples(second, set(same.values())))):
        samples.take(*reading)
    return Comparison(
        one,
        two,
        pairs,
        samples.compared(),
        _unmatched(one, two, pairs),
        initializers.differences(one, two, pairs),
        _remarks(one, two, same),
        samples.evidence,
    )


class _Samples:
    """Compares samples as they come: each waits until the other program's sample of the same occurrence is there."""

    def __init__(self, same: dict[Series, Series], bounds: Tolerance, steps: int) -> None:
        self.evidence = Evidence()
        self._quantities = {series: Quantity(series) for series in same}
        self._known = {other: series for series, other in same.items()}
        # Quantities whose values do not come in the same order: the name is all that they have in common.
        self._others: set[Series] = set()
        self._bounds = bounds
        self._steps = steps
        self._waiting: tuple[dict[tuple[Series, int], Sample], ...] = ({}, {})
        self._updates = Updates()
        self._largest_gradients = _LargestGradients()

    def take(self, side: int, is_alone: bool, series: Series, sample: Sample) -> None:
        """Takes a sample of the first (0) or second (1) program; ``is_alone`` if the other's are at an end."""
        known = series if side == 0 else self._known[series]
        other = self._waiting[1 - side].pop((known, sample.at), None)
        if other is not None:
            every = max(sample.every, other.every)
            a, b = (each.thinned(every) for each in ((sample, other) if side == 0 else (other, sample)))
            if a.array.shape == b.array.shape:
                self._compare(known, a, b)
            elif known.kind in _BY_NAME_ONLY:
                self._others.add(known)
        elif not is_alone:
            self._waiting[side][known, sample.at] = sample

    def _compare(self, series: Series, first: Sample, second: Sample) -> None:
        # Where training has converged, a gradient is the small difference of numbers as large as it once was.
        rounding = self._largest_gradients.of(series.name) if series.kind == "gradient" else 0.0
        self._add(series, first, second, _difference(series, first, second, self._bounds, self._steps, rounding))
        if series.kind == "gradient":
            self._largest_gradients.add(series.name, first)
            self._updates.saw_gradient(series.name, first, second)
        update = self._updates.between(series.name, first, second) if series.kind == "weight" else None
        if update:
            old, new, rounding = update
            excused = self._updates.excused(series.name, old, new)
            apart = difference_of_variables(old, new, self._bounds, is_updated=True, rounding=rounding, excused=excused)
            self._add(Series("update", series.name), old, new, apart)

    def _add(self, series: Series, first: Sample, second: Sample, apart: Difference) -> None:
        self._quantities.setdefault(series, Quantity(series)).add(first, second, apart)
        self.evidence.add(series, first, second, apart.is_too_large)

    def compared(self) -> list[Quantity]:
        """Returns the quantities of which samples have met."""
        for name in self._largest_gradients.negligible():
            for kind in OF_VARIABLES:
                if Series(kind, name) in self._quantities:
                    self._quantities[Series(kind, name)].is_noise = True
        return [each for each in self._quantities.values() if each.compared and each.series not in self._others]


def _difference(
    series: Series, first: Sample, second: Sample, bounds: Tolerance, steps: int, rounding: float
) -> Difference:
    if series.kind not in OF_VARIABLES:
        # A summary's own step may be an epoch, and says nothing of how many training steps came before.
        return difference(first, second, bounds, steps if series.kind == "summary" else None)
    is_updated = first.step > (1 if series.kind in ("gradient", "weight") else 0)
    return difference_of_variables(first, second, bounds, is_updated=is_updated, rounding=rounding)


class _LargestGradients:
    """Finds variables whose gradients are rounding errors, beside those of the others."""

    def __init__(self) -> None:
        self._largest: dict[str, float] = {}

    def add(self, name: str, sample: Sample) -> None:
        self._largest[name] = max(self._largest.get(name, 0.0), float(np.abs(sample.array).max(initial=0.0)))

    def of(self, name: str) -> float:
        """Returns the largest element so far of a variable's gradients."""
        return self._largest.get(name, 0.0)

    def negligible(self) -> list[str]:
        bound = _NEGLIGIBLE * max(self._largest.values(), default=0.0)
        return [name for name, largest in self._largest.items() if largest < bound]
