"""What is in event files."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import Any

from tf1graphs.inspect.events.scalars import ScalarCounter, Scalars
from tf1graphs.inspect.events.steps import StepCounter, Steps
from tf1graphs.inspect.events.values import OF_EVENTS, Plugins, kind_of, scalar_of
from tf1graphs.inspect.reading.events import Advance, Run, find_runs, ignore, read_events
from tf1graphs.inspect.reading.records import RecordFile

# From this version of the format on, a restarted program says so; before, a step that goes back means that.
_SAYS_RESTARTS = 2.0
_SESSION_STARTS = 1


@dataclass(frozen=True)
class Tag:
    """What was written under a tag.

    Attributes:
        name: empty for a graph or meta graph that an event holds outside summaries.
        kind: scalar, histogram, image, audio, text, tensor, hparams, graph, meta graph or run metadata.
        plugin: TensorBoard's plugin that the values are for; empty for those of TensorFlow 1, whose kind says it.
        steps: of its values.
        scalars: the values, of the kind scalar.
        begun: the wall time of the first one, in seconds since 1970.
        ended: the wall time of the last one.
    """

    name: str
    kind: str
    plugin: str
    steps: Steps
    scalars: Scalars | None
    begun: float
    ended: float


@dataclass(frozen=True)
class EventFile:
    """A file of a run: its path, its size in bytes, and whether its last event is cut, as while it is written."""

    path: str
    size: int
    is_cut: bool


@dataclass(frozen=True)
class RunSummary:
    """A run: its directory as seen from the log directory, its files, its tags sorted by name."""

    name: str
    files: tuple[EventFile, ...]
    tags: tuple[Tag, ...]


@dataclass(frozen=True)
class EventsSummary:
    """The runs of a log directory, sorted by name, or the one of an event file."""

    path: str
    runs: tuple[RunSummary, ...]


@dataclass
class _Collected:
    plugin: str
    steps: StepCounter = field(default_factory=StepCounter)
    scalars: ScalarCounter = field(default_factory=ScalarCounter)
    begun: float = 0.0
    ended: float = 0.0


class _RunReader:
    """Reads the events of a run."""

    def __init__(self) -> None:
        self._tags: dict[tuple[str, str], _Collected] = {}
        self._plugins = Plugins()
        self._version = 0.0
        self._last_step = 0
        self._has_started = False

    def read(self, event: Any, path: str | os.PathLike[str]) -> None:
        content = event.WhichOneof("what")
        if content == "file_version":
            self._version = _version(event.file_version)
        elif content == "session_log":
            self._read_session_log(event)
        elif content in OF_EVENTS:
            name = event.tagged_run_metadata.tag if content == "tagged_run_metadata" else ""
            self._collect(event, name, OF_EVENTS[content], "")
        elif content == "summary":
            self._read_summary(event, path)

    def _read_session_log(self, event: Any) -> None:
        """The first start of a run is no restart; each later one makes void what was written from its step on."""
        if event.session_log.status != _SESSION_STARTS or self._version < _SAYS_RESTARTS:
            return
        if self._has_started:
            for collected in self._tags.values():
                collected.steps.purge(event.step)
        self._has_started = True

    def _read_summary(self, event: Any, path: str | os.PathLike[str]) -> None:
        went_back = self._version < _SAYS_RESTARTS and event.step < self._last_step
        self._last_step = event.step
        for value in event.summary.value:
            plugin = self._plugins.of(value)
            kind = kind_of(value, plugin)
            if went_back and (value.tag, kind) in self._tags:
                self._tags[value.tag, kind].steps.purge(event.step)
            collected = self._collect(event, value.tag, kind, plugin)
            if kind == "scalar" and (scalar := scalar_of(value, path)) is not None:
                collected.scalars.add(event.step, scalar)

    def _collect(self, event: Any, name: str, kind: str, plugin: str) -> _Collected:
        if (name, kind) not in self._tags:
            self._tags[name, kind] = _Collected(plugin, begun=event.wall_time)
        collected = self._tags[name, kind]
        collected.steps.add(event.step)
        collected.ended = event.wall_time
        return collected

    def tags(self) -> tuple[Tag, ...]:
        return tuple(
            Tag(name, kind, seen.plugin, seen.steps.steps(), seen.scalars.scalars(), seen.begun, seen.ended)
            for (name, kind), seen in sorted(self._tags.items())
        )


def _version(text: str) -> float:
    """The number in ``brain.Event:2``; zero if there is none."""
    try:
        return float(text.rpartition(":")[2])
    except ValueError:
        return 0.0


def _summarize_run(run: Run, advance: Advance) -> RunSummary:
    reader = _RunReader()
    files = []
    for path in run.files:
        records = RecordFile(path)
        for event in read_events(records, advance):
            reader.read(event, path)
        files.append(EventFile(str(path), records.size, records.is_cut))
    return RunSummary(run.name, tuple(files), reader.tags())


def summarize(path: str | os.PathLike[str], advance: Advance = ignore) -> EventsSummary:
    """Reads an event file or a log directory once, event by event.

    Args:
        path: an event file, or a directory that has some in it or below it.
        advance: is told how many bytes were read since it was told last.

    Raises:
        InvalidFile: there is no event file, or a damaged one.
    """
    return EventsSummary(os.fspath(path), tuple(_summarize_run(run, advance) for run in find_runs(path)))
