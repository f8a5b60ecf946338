"""Reads recordings: a stream of events, never held whole."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from tf1graphs.verify import printed
from tf1graphs.verify.recorder import job, stream
from tf1graphs.verify.recorder.matching import Described

Event = dict[str, Any]

_UNREADABLE = (OSError, EOFError, UnicodeDecodeError, zlib.error, json.JSONDecodeError)

LOSS = "loss"
NUMBERED = ("value", "print")
_BATCHES_OF_STEPS = 10
# Kinds of which each name is one variable, or one tensor of a checkpoint.
OF_VARIABLES = ("gradient", "weight", "update", "final", "checkpoint")


class NotARecording(Exception):
    """The file is no recording, or one of another version; the message is one line."""


@dataclass(frozen=True)
class Series:
    """What is compared: all occurrences of one quantity.

    Attributes:
        kind: ``loss``, ``gradient``, ``weight``, ``update``, ``value``, ``print``, ``summary``, ``final``,
            ``checkpoint``.
        name: the variable, the tag, the text of a line without its numbers.
    """

    kind: str
    name: str


@dataclass(frozen=True)
class Sample:
    """One occurrence of a quantity.

    Attributes:
        at: which one it is: the training step, the summary's step, or the how manieth value or line.
        step: how many training steps had been taken.
        array: its elements, of a large array one of ``every`` so many.
        norm: of all elements, where ``array`` has not all.
        unit: the last printed place of each element, where it was printed.
        every: 1 where ``array`` has all elements.
    """

    at: int
    step: int
    array: npt.NDArray[Any]
    norm: float | None = None
    unit: npt.NDArray[np.float64] | None = None
    every: int = 1

    def thinned(self, every: int) -> Sample:
        """Returns the sample with one of ``every`` elements, as a recording with fewer of them has it."""
        if self.every >= every:
            return self
        norm = self.norm if self.norm is not None else float(np.linalg.norm(self.array))
        return replace(self, array=self.array[:: every // self.every], norm=norm, every=every)


def events(path: Path) -> Iterator[Event]:
    """Yields the events of a recording after its header.

    Raises:
        NotARecording: the file is something else.
    """
    try:
        lines = job.lines(path)
        header = next(lines)
    except (*_UNREADABLE, StopIteration) as error:
        raise NotARecording(f"{path}: not a recording ({type(error).__name__})") from None
    if not isinstance(header, dict) or header.get("format") != stream.FORMAT or header.get("version") != stream.VERSION:
        raise NotARecording(f"{path}: not a recording of version {stream.VERSION}; record the program again")
    try:
        yield from lines
    except _UNREADABLE:
        raise NotARecording(f"{path}: damaged; record the program again") from None


@dataclass(frozen=True)
class Batch:
    """An array that a program is fed in a step.

    Attributes:
        shape: its shape.
        array: its elements, flat; of a large one every k-th.
        norm: of all elements.
        is_whole: whether ``array`` has all of them.
    """

    shape: tuple[int, ...]
    array: npt.NDArray[Any]
    norm: float
    is_whole: bool


@dataclass
class Overview:
    """What a first reading of a recording finds; its size does not depend on the number of steps.

    Attributes:
        variables: described, in order of creation, with the values that the program itself gave them.
        counts: series -> occurrences.
        facts: what the program called and with which settings.
        steps: training steps taken.
        code: the program's exit code; None if it did not come to an end.
        is_cut: whether it was ended at a given number of steps.
        began: series -> the step of its first occurrence.
        batches: step -> what it is fed, of the first steps.
        moved: variables that do not end as they began.
    """

    variables: list[Described] = field(default_factory=list)
    initial: dict[str, npt.NDArray[Any]] = field(default_factory=dict)
    counts: dict[Series, int] = field(default_factory=dict)
    shapes: dict[Series, tuple[int, ...]] = field(default_factory=dict)
    facts: list[Event] = field(default_factory=list)
    steps: int = 0
    code: int | None = None
    is_cut: bool = False
    began: dict[Series, int] = field(default_factory=dict)
    batches: dict[int, list[Batch]] = field(default_factory=dict)
    moved: set[str] = field(default_factory=set)


def overview(path: Path) -> Overview:
    """Reads a recording once."""
    found = Overview()
    for event in events(path):
        kind = event["kind"]
        if kind == "variable" and event["name"] not in found.initial:
            described = Described(event["name"], tuple(event["value"]["shape"]), event["trainable"])
            found.variables.append(described)
            found.initial[described.name] = stream.decode(event["value"])
        elif kind == "fact":
            found.facts.append(event)
        elif kind == "batch":
            if event["step"] <= _BATCHES_OF_STEPS:
                found.batches.setdefault(event["step"], []).append(_batch(event["value"]))
        elif kind == "end":
            found.code, found.is_cut = event["code"], event["is_cut"]
        else:
            found.steps = max(found.steps, event["step"] if kind == LOSS else 0)
            if kind == "final" and not _is_initial(found.initial.get(event["name"]), stream.decode(event["value"])):
                found.moved.add(event["name"])
            for series in _series(event):
                found.counts[series] = found.counts.get(series, 0) + 1
                found.began.setdefault(series, event.get("step", 0))
                found.shapes[series] = tuple(event.get("value", {}).get("shape", ()))
    return found


def _is_initial(initial: npt.NDArray[Any] | None, final: npt.NDArray[Any]) -> bool:
    return initial is not None and np.array_equal(initial, final)


def _batch(form: dict[str, Any]) -> Batch:
    array = stream.decode(form)
    with np.errstate(all="ignore"):
        norm = form["norm"] if "norm" in form else float(np.linalg.norm(array.astype(np.float64)))
    return Batch(tuple(form["shape"]), array, norm, "norm" not in form)


def _series(event: Event) -> list[Series]:
    kind = event["kind"]
    if kind == LOSS:
        return [Series(LOSS, "loss")]
    if kind == "value":
        return [Series(kind, name) for name in event["names"]]
    if kind == "print":
        return [Series(kind, printed.text(event["line"]))]
    if kind == "summary":
        return [Series(kind, "/".join(filter(None, (event["folder"], event["name"]))))]
    return [Series(kind, event["name"])] if kind in OF_VARIABLES else []


class Samples:
    """Reads a recording's samples one by one, those of ``wanted`` series only."""

    def __init__(self, path: Path, wanted: set[Series]) -> None:
        self._events = events(path)
        self._wanted = wanted
        self._seen: dict[Series, int] = {}

    def __iter__(self) -> Iterator[tuple[Series, Sample]]:
        for event in self._events:
            for series in _series(event):
                if series in self._wanted:
                    yield series, self._sample(series, event)

    def _sample(self, series: Series, event: Event) -> Sample:
        self._seen[series] = number = self._seen.get(series, 0) + 1
        if series.kind == "print":
            numbers, units = printed.numbers(event["line"])
            return Sample(number, event["step"], numbers, unit=units)
        if series.kind == "value":
            at = event["numbers"][event["names"].index(series.name)]
        else:
            at = {"final": 0, "checkpoint": number}.get(series.kind, event["step"])
        form = event["value"]
        return Sample(at, event["step"], stream.decode(form), norm=form.get("norm"), every=form.get("every", 1))
