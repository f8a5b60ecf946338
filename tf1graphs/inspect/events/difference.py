"""Where the scalars of two runs part."""

from __future__ import annotations

import os
from array import array
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from tf1graphs.inspect.errors import InvalidFile
from tf1graphs.inspect.events.values import OF_EVENTS, Plugins, kind_of, scalar_of
from tf1graphs.inspect.reading.events import Advance, Run, find_runs, ignore, read_events
from tf1graphs.inspect.reading.records import RecordFile

# Two programs that compute the same agree that well in the first steps of a training.
_RTOL = 1e-5
_ATOL = 1e-7


@dataclass(frozen=True)
class ScalarDifference:
    """A scalar tag of both runs. Of several values of one step the last one written counts.

    Attributes:
        name: the tag.
        compared: the steps of both.
        missing_first: the steps that only the second run has.
        missing_second: the steps that only the first run has.
        parted: the first step whose values differ by more than the bounds, None if there is none.
        largest: the largest absolute difference; infinite where only one value is finite.
        largest_step: the step of that; None if no step was compared.
        relative: the largest difference relative to the first run's value.
    """

    name: str
    compared: int
    missing_first: int
    missing_second: int
    parted: int | None
    largest: float
    largest_step: int | None
    relative: float

    @property
    def is_different(self) -> bool:
        """Whether values differ or steps are missing."""
        return self.parted is not None or self.missing_first > 0 or self.missing_second > 0


@dataclass(frozen=True)
class RunDifference:
    """Two runs of one name, or the only two.

    Attributes:
        name: of the run, the first one's if they differ.
        only_first: kind and name of the tags that only the first run has.
        only_second: those that only the second has.
        scalars: the scalar tags of both.
    """

    name: str
    only_first: tuple[tuple[str, str], ...]
    only_second: tuple[tuple[str, str], ...]
    scalars: tuple[ScalarDifference, ...]

    @property
    def is_different(self) -> bool:
        """Whether tags, steps or values differ."""
        return bool(self.only_first or self.only_second) or any(scalar.is_different for scalar in self.scalars)


@dataclass(frozen=True)
class EventsDifference:
    """Two log directories or event files; runs that only one has, and what differs in the others."""

    first: str
    second: str
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]
    runs: tuple[RunDifference, ...]

    @property
    def is_different(self) -> bool:
        """Whether runs, tags, steps or values differ."""
        return bool(self.only_first or self.only_second) or any(run.is_different for run in self.runs)


@dataclass
class _Series:
    """16 bytes for each value; the steps need not rise."""

    steps: array[int] = field(default_factory=lambda: array("q"))
    values: array[float] = field(default_factory=lambda: array("d"))

    def by_step(self) -> tuple[np.ndarray, np.ndarray]:
        """Steps, sorted, and the value that was written last at each."""
        steps, values = np.array(self.steps)[::-1], np.array(self.values)[::-1]
        unique, places = np.unique(steps, return_index=True)
        return unique, values[places]


class _Tags:
    """The tags of a run, with the values of scalars."""

    def __init__(self, run: Run, advance: Advance) -> None:
        self.names: set[tuple[str, str]] = set()
        self.scalars: dict[str, _Series] = {}
        self._plugins = Plugins()
        for path in run.files:
            for event in read_events(RecordFile(path), advance):
                self._read(event, path)

    def _read(self, event: Any, path: str | os.PathLike[str]) -> None:
        content = event.WhichOneof("what")
        if content in OF_EVENTS:
            self.names.add((OF_EVENTS[content], event.tagged_run_metadata.tag))
        for value in event.summary.value:
            kind = kind_of(value, self._plugins.of(value))
            self.names.add((kind, value.tag))
            if kind == "scalar" and (scalar := scalar_of(value, path)) is not None:
                series = self.scalars.setdefault(value.tag, _Series())
                series.steps.append(event.step)
                series.values.append(scalar)


def _compare_scalar(name: str, first: _Series, second: _Series, rtol: float, atol: float) -> ScalarDifference:
    (steps, values), (other_steps, other_values) = first.by_step(), second.by_step()
    common, places, other_places = np.intersect1d(steps, other_steps, assume_unique=True, return_indices=True)
    a, b = values[places], other_values[other_places]
    with np.errstate(all="ignore"):
        # Two that are not a number, or infinite alike, agree; one that is not finite is infinitely far from any other.
        differences = np.where(np.isfinite(a) & np.isfinite(b), np.abs(a - b), np.inf)
        differences[(a == b) | (np.isnan(a) & np.isnan(b))] = 0.0
        relative = np.where(differences == 0, 0.0, differences / np.abs(a))
        parted = np.flatnonzero(~(differences <= atol + rtol * np.where(np.isfinite(a), np.abs(a), 0.0)))
    widest = int(np.argmax(differences)) if len(differences) else None
    return ScalarDifference(
        name=name,
        compared=len(common),
        missing_first=len(other_steps) - len(common),
        missing_second=len(steps) - len(common),
        parted=int(common[parted[0]]) if len(parted) else None,
        largest=0.0 if widest is None else float(differences[widest]),
        largest_step=None if widest is None else int(common[widest]),
        relative=float(np.nanmax(relative, initial=0.0)),
    )


def _compare_runs(first: _Tags, second: _Tags, name: str, rtol: float, atol: float) -> RunDifference:
    common = sorted(first.scalars.keys() & second.scalars.keys())
    return RunDifference(
        name=name,
        only_first=tuple(sorted(first.names - second.names)),
        only_second=tuple(sorted(second.names - first.names)),
        scalars=tuple(_compare_scalar(tag, first.scalars[tag], second.scalars[tag], rtol, atol) for tag in common),
    )


def compare(
    first: str | os.PathLike[str],
    second: str | os.PathLike[str],
    rtol: float = _RTOL,
    atol: float = _ATOL,
    advance: Advance = ignore,
) -> EventsDifference:
    """Compares two event files or log directories: run with run of the same name, or one run with one run.

    Args:
        first: the reference.
        second: what is compared with it.
        rtol: how far values may differ relative to the first one's.
        atol: how far they may differ beside that.
        advance: is told how many bytes were read since it was told last.

    Raises:
        InvalidFile: one of them has no event file, or a damaged one, or they have no run in common.
    """
    runs = {run.name: run for run in find_runs(first)}
    others = {run.name: run for run in find_runs(second)}
    pairs = [(runs[name], others[name]) for name in runs if name in others]
    if len(runs) == len(others) == 1:
        pairs = list(zip(runs.values(), others.values(), strict=True))
    if not pairs:
        raise InvalidFile(second, f"no run has the name of one in {os.fspath(first)}; give the directories of two runs")
    return EventsDifference(
        first=os.fspath(first),
        second=os.fspath(second),
        only_first=tuple(sorted(runs.keys() - {run.name for run, _ in pairs})),
        only_second=tuple(sorted(others.keys() - {run.name for _, run in pairs})),
        runs=tuple(
            _compare_runs(_Tags(run, advance), _Tags(other, advance), run.name, rtol, atol) for run, other in pairs
        ),
    )
