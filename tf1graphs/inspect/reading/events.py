"""Event files, and the runs of a log directory."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tf1graphs.inspect.errors import InvalidFile
from tf1graphs.inspect.reading import protos
from tf1graphs.inspect.reading.records import RecordFile, starts_with_record

# TensorBoard takes a file for an event file by this part of its name, and leaves out those of the profiler.
_PART_OF_NAMES = "tfevents"
_NOT_OF_RUNS = ".profile-empty"

# Is told how many bytes were read since it was told last.
Advance = Callable[[int], None]


def ignore(count: int) -> None:
    """The ``advance`` of a reader whose progress nobody looks at."""
    del count


def is_event_file(path: str | os.PathLike[str]) -> bool:
    """Whether TensorBoard would read a file as one of a run, by its name."""
    name = os.path.basename(path)
    return _PART_OF_NAMES in name and not name.endswith(_NOT_OF_RUNS)


@dataclass(frozen=True)
class Run:
    """The event files of a directory.

    Attributes:
        name: the directory, as seen from the log directory; ``"."`` for that itself.
        files: in the order in which they were begun.
    """

    name: str
    files: tuple[Path, ...]

    @property
    def size(self) -> int:
        """The bytes of all files."""
        return sum(RecordFile(file).size for file in self.files)


def _event(data: bytes, records: RecordFile) -> Any:
    """The event in a record; records of other files parse as events that hold nothing."""
    try:
        event = protos.parse(protos.Event, data, records.path)
    except InvalidFile:
        event = None
    if event is None or not (event.wall_time or event.WhichOneof("what")):
        raise InvalidFile(records.path, f"no event file: the record before byte {records.position} is no event")
    return event


def _begun(file: Path) -> tuple[float, str]:
    """The time of the first event, in seconds since 1970; a file without one was just begun."""
    records = RecordFile(file)
    for data in records:
        return _event(data, records).wall_time, file.name
    return float("inf"), file.name


def find_runs(path: str | os.PathLike[str]) -> tuple[Run, ...]:
    """The runs below a log directory, sorted by name, or the run of one event file.

    Raises:
        InvalidFile: there is nothing at ``path``, no event file below it, or a damaged one.
    """
    place = Path(path)
    if not place.is_dir():
        records = RecordFile(place)
        if not starts_with_record(place):
            raise InvalidFile(place, "no event file: it does not begin with the length of a record and its checksum")
        return (Run(".", (records.path,)),)
    runs = []
    for folder, _, names in os.walk(place):
        files = [Path(folder) / name for name in names if is_event_file(name)]
        if files:
            name = Path(folder).relative_to(place).as_posix()
            runs.append(Run(name, tuple(sorted(files, key=_begun))))
    if not runs:
        raise InvalidFile(place, f"no event file in it or below it; their names hold {_PART_OF_NAMES!r}")
    return tuple(sorted(runs, key=lambda run: run.name))


def read_events(records: RecordFile, advance: Advance) -> Iterator[Any]:
    """Yields the ``Event`` messages of a file; one is in memory at a time.

    Args:
        records: the file; its ``is_cut`` then says whether the last event is incomplete.
        advance: is told how many bytes were read since it was told last.

    Raises:
        InvalidFile: a checksum is wrong, or a record is no event.
    """
    told = 0
    for data in records:
        yield _event(data, records)
        advance(records.position - told)
        told = records.position
