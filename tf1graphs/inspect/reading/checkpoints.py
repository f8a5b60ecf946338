"""Checkpoints of every kind, found by any of the paths that people give for them."""

from __future__ import annotations

import os
import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tf1graphs.inspect.errors import InvalidFile
from tf1graphs.inspect.reading import protos

OBJECT_GRAPH = "_CHECKPOINTABLE_OBJECT_GRAPH"
STATE_FILE = "checkpoint"
_ENDINGS = re.compile(r"\.(index|meta|data-\d{5}-of-\d{5})$")
# The file ``checkpoint`` names the shards of a V1 checkpoint by a pattern.
_SHARD = re.compile(r"-(\d{5}|\?{5})-of-\d{5}$")
_MOST_STATE_BYTES = 1 << 24


@dataclass(frozen=True)
class Entry:
    """A tensor of a checkpoint.

    Attributes:
        name: as in the graph, or the key of an object-based checkpoint.
        dtype: TensorFlow's name, such as ``"float32"`` or ``"string"``.
        shape: of the whole tensor.
        size: bytes in the checkpoint's files.
        parts: the number of slices in which a partitioned variable was saved, else 1.
    """

    name: str
    dtype: str
    shape: tuple[int, ...]
    size: int
    parts: int = 1


class Checkpoint(ABC):
    """An open checkpoint; its tensors are read one by one.

    Attributes:
        path: what TensorFlow calls the checkpoint's prefix.
        format: ``"V1"`` or ``"V2"``, as ``tf.train.SaverDef`` calls them.
        entries: the tensors, sorted by name.
    """

    path: Path
    format: str
    entries: Mapping[str, Entry]

    @abstractmethod
    def read(self, name: str) -> np.ndarray:
        """The values of a tensor, slices joined; strings as an array of ``bytes`` objects.

        Raises:
            KeyError: there is no such tensor.
            InvalidFile: the checkpoint is damaged there.
        """

    @property
    def object_graph(self) -> Any | None:
        """The ``TrackableObjectGraph`` of an object-based checkpoint, None for a name-based one."""
        if OBJECT_GRAPH not in self.entries:
            return None
        return protos.parse(protos.TrackableObjectGraph, self.read(OBJECT_GRAPH).item(), self.path)


def read_state(path: Path) -> Any:
    """The ``CheckpointState`` of a directory's file ``checkpoint``: the last checkpoint and those kept.

    Raises:
        InvalidFile: there is no such file, or it is none.
    """
    try:
        if path.stat().st_size > _MOST_STATE_BYTES:
            raise InvalidFile(path, "no list of checkpoints: it is too large for one")
        return protos.parse_text(protos.CheckpointState, path.read_text("utf-8"), path)
    except OSError as error:
        raise InvalidFile(path, str(error.strerror)) from None
    except UnicodeDecodeError:
        raise InvalidFile(path, "no list of checkpoints: it is no text") from None


def last_of_state(path: Path) -> Path:
    """The prefix of the last checkpoint that the file ``checkpoint`` names.

    Raises:
        InvalidFile: it names none, or its files are gone.
    """
    last = _SHARD.sub("", read_state(path).model_checkpoint_path)
    # Directories are moved, so that an absolute path that is gone may well be found beside the file.
    found = [prefix for prefix in (path.parent / last, path.parent / Path(last).name) if last and _files(prefix)]
    if not found:
        problem = f"the checkpoint {last} that it names is not there" if last else "it names no checkpoint"
        raise InvalidFile(path, problem)
    return found[0]


def _files(prefix: Path) -> list[Path]:
    """The index of a V2 checkpoint, or the file or shards of a V1 one; nothing where there is no checkpoint."""
    index = prefix.with_name(f"{prefix.name}.index")
    if index.is_file():
        return [index]
    if prefix.is_file():
        return [prefix]
    return sorted(file for file in prefix.parent.glob("*") if _SHARD.sub("", file.name) == prefix.name != file.name)


def _prefix_in(directory: Path) -> Path:
    if (directory / STATE_FILE).is_file():
        return last_of_state(directory / STATE_FILE)
    indexes = sorted(directory.glob("*.index")) or sorted(directory.glob("variables/variables.index"))
    if not indexes:
        raise InvalidFile(directory, f"no checkpoint: the directory has no file named {STATE_FILE} and no .index")
    if len(indexes) > 1:
        names = ", ".join(index.stem for index in indexes)
        raise InvalidFile(directory, f"several checkpoints and no file named {STATE_FILE}: name one of {names}")
    return indexes[0].with_suffix("")


def find_prefix(path: str | os.PathLike[str]) -> Path:
    """The prefix of the checkpoint that ``path`` means: a prefix, one of its files, ``checkpoint``, or a directory.

    Raises:
        InvalidFile: there is no checkpoint.
    """
    given = Path(path)
    if given.is_dir():
        return _prefix_in(given)
    if given.name == STATE_FILE and given.is_file():
        return last_of_state(given)
    is_shard = given.is_file() and not _ENDINGS.search(given.name)
    prefix = given.with_name((_SHARD if is_shard else _ENDINGS).sub("", given.name))
    if _files(prefix):
        return prefix
    raise InvalidFile(path, "no such checkpoint")


def open_checkpoint(path: str | os.PathLike[str]) -> Checkpoint:
    """Opens the checkpoint that ``path`` means: a prefix, one of its files, a file ``checkpoint``, or a directory.

    Raises:
        InvalidFile: there is no checkpoint, or it is damaged.
    """
    from tf1graphs.inspect.reading.bundles import Bundle
    from tf1graphs.inspect.reading.slice_files import SliceFiles

    prefix = find_prefix(path)
    files = _files(prefix)
    return Bundle(prefix) if files[0].suffix == ".index" else SliceFiles(prefix, files)
