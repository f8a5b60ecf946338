"""Log directories that show a graph and a checkpoint in TensorBoard."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tf1graphs.inspect.checkpoints.roles import VARIABLE
from tf1graphs.inspect.checkpoints.summary import ATTRIBUTES, summarize
from tf1graphs.inspect.errors import InvalidFile
from tf1graphs.inspect.reading import dtypes, protos
from tf1graphs.inspect.reading.checkpoints import Checkpoint
from tf1graphs.inspect.reading.graphs import GraphFile
from tf1graphs.inspect.reading.records import frame
from tf1graphs.inspect.tensorboard.graphs import graphs_of
from tf1graphs.inspect.tensorboard.histograms import histogram_of
from tf1graphs.inspect.tensorboard.projector import Embedding, write_embeddings

_VERSION = "brain.Event:2"


def _histograms_of(checkpoint: Checkpoint) -> Iterator[Any]:
    """Yields an event for each variable of real numbers, at the step of the checkpoint."""
    summary = summarize(checkpoint)
    for tensor in summary.tensors:
        dtype = dtypes.numpy_dtype(tensor.dtype)
        if tensor.role.name != VARIABLE or dtype is None or dtype.kind == "c" or not tensor.elements:
            continue
        array = checkpoint.read(tensor.name)
        histogram = histogram_of(array)
        value = protos.Summary.Value(tag=tensor.name.partition(ATTRIBUTES)[0], histo=histogram)
        left_out = array.size - int(histogram.num)
        if left_out:
            value.metadata.summary_description = f"{left_out} of {array.size} values are not finite and not shown."
        yield protos.Event(step=summary.step or 0, summary=protos.Summary(value=[value]))


def _write_events(folder: Path, events: Iterator[Any]) -> None:
    """Writes an event file that TensorBoard sees when it is complete."""
    folder.mkdir(parents=True, exist_ok=True)
    now = time.time()
    # The name that TensorFlow gives, which says when, where and by which process it was written.
    file = folder / f"events.out.tfevents.{now:.6f}.{socket.gethostname()}.{os.getpid()}"
    unfinished = folder / f"unfinished.{os.getpid()}"
    try:
        with unfinished.open("wb") as out:
            out.write(frame(protos.Event(wall_time=now, file_version=_VERSION).SerializeToString()))
            for event in events:
                event.wall_time = now
                out.write(frame(event.SerializeToString()))
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)


def write_logdir(
    folder: Path,
    graph: GraphFile | None = None,
    checkpoint: Checkpoint | None = None,
    embeddings: Sequence[Embedding] = (),
) -> None:
    """Writes event files, and files for the projector, beside what is in a log directory already.

    Args:
        folder: the log directory; it is made if it is not there.
        graph: for the page of graphs; of several graphs each becomes a run.
        checkpoint: its variables become histograms.
        embeddings: the variables of the checkpoint that the projector shows.

    Raises:
        InvalidFile: a file is damaged, an embedding is none, or the directory cannot be written to.
    """
    try:
        if checkpoint and embeddings:
            write_embeddings(folder, checkpoint, embeddings)
        if checkpoint:
            _write_events(folder, _histograms_of(checkpoint))
        for run, graph_def in graphs_of(graph) if graph else ():
            event = protos.Event(graph_def=graph_def.SerializeToString())
            _write_events(folder / run, iter([event]))
    except OSError as error:
        raise InvalidFile(error.filename or folder, str(error.strerror)) from None
