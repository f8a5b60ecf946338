"""The checkpoints that a directory's file ``checkpoint`` lists."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from tf1graphs.inspect.errors import InvalidFile
from tf1graphs.inspect.reading.checkpoints import STATE_FILE, find_prefix, read_state

_SHARDS = re.compile(r"\.data-\d{5}-of-(\d{5})")
_MOST_SHARDS = 10_000


@dataclass(frozen=True)
class KeptCheckpoint:
    """A checkpoint in the list.

    Attributes:
        path: as the list has it.
        is_last: whether it is the one to continue from.
        saved: when it was saved, in seconds since 1970; None if the list does not say.
        missing: the names of its files that are not there; the index stands for all if nothing is.
    """

    path: str
    is_last: bool
    saved: float | None
    missing: tuple[str, ...]


def kept_beside(prefix: Path) -> tuple[KeptCheckpoint, ...]:
    """The checkpoints that the file beside ``prefix`` lists, oldest first; none if there is no such file.

    Raises:
        InvalidFile: the file is damaged.
    """
    file = prefix.parent / STATE_FILE
    if not file.is_file():
        return ()
    state = read_state(file)
    last = state.model_checkpoint_path
    paths = list(state.all_model_checkpoint_paths) or [last] * bool(last)
    times: list[float | None] = list(state.all_model_checkpoint_timestamps)
    times += [None] * (len(paths) - len(times))
    return tuple(
        KeptCheckpoint(path, path == last, time, _missing(file.parent, path))
        for path, time in zip(paths, times, strict=False)
    )


def _missing(folder: Path, path: str) -> tuple[str, ...]:
    """The files that a checkpoint lacks. A directory may have been moved, and the checkpoint with it."""
    for prefix in (folder / path, folder / Path(path).name):
        try:
            found = find_prefix(prefix)
        except (InvalidFile, OSError):  # The list may hold anything, such as a name too long for a file.
            continue
        return _missing_shards(found)
    return (f"{Path(path).name}.index",)


def _missing_shards(prefix: Path) -> tuple[str, ...]:
    """The files of data that are not beside an index. Each says in its name how many there are."""
    if not prefix.with_name(f"{prefix.name}.index").is_file():
        return ()
    beside = {file.name for file in prefix.parent.iterdir()}
    endings = [_SHARDS.fullmatch(name.removeprefix(prefix.name)) for name in beside if name.startswith(prefix.name)]
    count = min(max((int(ending[1]) for ending in endings if ending), default=1), _MOST_SHARDS)
    names = [f"{prefix.name}.data-{number:05d}-of-{count:05d}" for number in range(count)]
    return tuple(name for name in names if name not in beside)
