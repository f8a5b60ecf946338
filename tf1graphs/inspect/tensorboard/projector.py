"""Embeddings as files for TensorBoard's projector, whose formats its plugin ``projector`` defines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from google.protobuf import text_format

from tf1graphs.inspect.checkpoints.summary import ATTRIBUTES
from tf1graphs.inspect.errors import InvalidFile
from tf1graphs.inspect.reading import dtypes
from tf1graphs.inspect.reading.checkpoints import Checkpoint, Entry

CONFIG = "projector_config.pbtxt"
# The page asks for no more points.
_MOST_POINTS = 100_000
_NOT_IN_NAMES = re.compile(r"[^\w.-]+")


@dataclass(frozen=True)
class Embedding:
    """A variable whose rows are points, and a file that has a label for each in a line of its own.

    Labels of several columns stand behind tabs, and their titles in the first line.
    """

    name: str
    labels: Path | None = None


def _is_embedding(entry: Entry) -> bool:
    dtype = dtypes.numpy_dtype(entry.dtype)
    return len(entry.shape) == 2 and 0 not in entry.shape and dtype is not None and dtype.kind != "c"


def _points(entry: Entry) -> int:
    return min(entry.shape[0], _MOST_POINTS)


def _entry(embedding: Embedding, checkpoint: Checkpoint) -> Entry:
    """The tensor of an embedding; an object-based checkpoint's may be named by its object alone."""
    names = [name for name in checkpoint.entries if embedding.name in (name, name.partition(ATTRIBUTES)[0])]
    if names and _is_embedding(checkpoint.entries[names[0]]):
        return checkpoint.entries[names[0]]
    problem = "has two dimensions of numbers" if names else "is in the checkpoint"
    fitting = [entry.name.partition(ATTRIBUTES)[0] for entry in checkpoint.entries.values() if _is_embedding(entry)]
    raise InvalidFile(
        checkpoint.path, f"no variable {embedding.name} {problem}; those that are: {', '.join(fitting) or 'none'}"
    )


def _labels(file: Path, points: int) -> list[str]:
    """The lines for so many points, and the line of titles if there is one.

    Raises:
        InvalidFile: there are fewer.
    """
    try:
        with file.open(encoding="utf-8") as lines:
            first = next(lines, "")
            wanted = points + ("\t" in first)
            kept = [first, *islice(lines, wanted - 1)]
    except OSError as error:
        raise InvalidFile(file, str(error.strerror)) from None
    except UnicodeDecodeError:
        raise InvalidFile(file, "no labels: it is no text in UTF-8") from None
    if len(kept) < wanted:
        raise InvalidFile(file, f"{len(kept)} lines, and the embedding needs {wanted}")
    return kept


def _write_points(file: Path, array: np.ndarray) -> None:
    with file.open("w", encoding="ascii") as out:
        for row in array[:_MOST_POINTS]:
            out.write("\t".join(f"{value:.9g}" for value in row.astype(np.float32).tolist()) + "\n")


def _read_config(file: Path) -> Any:
    from tensorboard.plugins.projector.projector_config_pb2 import ProjectorConfig

    config = ProjectorConfig()
    if file.is_file():
        try:
            text_format.Parse(file.read_text("utf-8"), config)
        except (text_format.ParseError, UnicodeDecodeError):
            raise InvalidFile(file, "no configuration of the projector; move it away") from None
    return config


def write_embeddings(folder: Path, checkpoint: Checkpoint, embeddings: Sequence[Embedding]) -> None:
    """Writes the values of variables and the configuration that names them; embeddings of other names in it stay.

    Of a variable of more than 100,000 rows the first ones are written: the page shows no more.

    Raises:
        InvalidFile: there is no such variable, or it has not two dimensions, or its labels are too few.
    """
    config = _read_config(folder / CONFIG)
    entries = [_entry(embedding, checkpoint) for embedding in embeddings]
    labels = [
        _labels(embedding.labels, _points(entry)) if embedding.labels else []
        for embedding, entry in zip(embeddings, entries, strict=True)
    ]
    folder.mkdir(parents=True, exist_ok=True)
    for entry, lines in zip(entries, labels, strict=True):
        title = entry.name.partition(ATTRIBUTES)[0]
        others = [info for info in config.embeddings if info.tensor_name != title]
        del config.embeddings[:]
        config.embeddings.extend(others)
        info = config.embeddings.add(tensor_name=title, tensor_shape=[_points(entry), entry.shape[1]])
        stem = _NOT_IN_NAMES.sub("_", title)
        if lines:
            info.metadata_path = f"{stem}.labels.tsv"
            (folder / info.metadata_path).write_text("".join(lines), "utf-8")
        info.tensor_path = f"{stem}.tsv"
        _write_points(folder / info.tensor_path, checkpoint.read(entry.name))
    (folder / CONFIG).write_text(text_format.MessageToString(config), "utf-8")
