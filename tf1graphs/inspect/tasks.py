"""What ``tf1graphs inspect`` does: summaries and differences of each kind of file, pictures, TensorBoard."""

from __future__ import annotations

import argparse
import dataclasses
import importlib
import json
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tf1graphs.inspect.kinds import CHECKPOINT, EVENTS, GRAPH, KERAS, kinds_of
from tf1graphs.inspect.reading.checkpoints import open_checkpoint
from tf1graphs.inspect.reading.graphs import read_graph
from tf1graphs.replacing import replacing

PICTURES = ("svg", "png", "html")
_ROOMS = {GRAPH: "graphs", CHECKPOINT: "checkpoints", EVENTS: "events", KERAS: "keras"}
_OPENERS: dict[str, Callable[[Path], Any]] = {
    GRAPH: read_graph,
    CHECKPOINT: open_checkpoint,
    EVENTS: Path,
    KERAS: Path,
}
_SHOWN_FROM_BYTES = 100_000_000


class BadInput(Exception):
    """The command line asks for what cannot be; the message is one line."""


def _module(kind: str, name: str) -> Any:
    return importlib.import_module(f"tf1graphs.inspect.{_ROOMS[kind]}.{name}")


def run(options: argparse.Namespace, console: Any) -> int:
    """Does what the options of the command line say; returns the exit code.

    Raises:
        InvalidFile: a file is not what it should be.
        BadInput: options that cannot go together.
    """
    kinds = kinds_of(options.path)
    _refuse(options, kinds)
    if options.other:
        return _compare(options, kinds, console)
    summaries = {kind: _summarize(kind, options, console) for kind in kinds}
    if options.json:
        _write_json(options.json, summaries, console)
    for ending in PICTURES:
        if getattr(options, ending):
            _draw(ending, getattr(options, ending), kinds, options)
    if str(options.json) != "-":
        for kind, summary in summaries.items():
            _module(kind, "report").render(summary, console)
    return _show_in_tensorboard(options, kinds, console) if options.tensorboard else 0


def _refuse(options: argparse.Namespace, kinds: list[str]) -> None:
    """Refuses options that have nothing to work on, and files that would be overwritten."""
    wanted = [f"--{ending}" for ending in PICTURES if getattr(options, ending)]
    if wanted and not {GRAPH, KERAS} & set(kinds):
        raise BadInput(f"{wanted[0]}: {options.path} has no graph; name its .meta, .pb or SavedModel")
    if wanted and options.other:
        raise BadInput(f"{wanted[0]}: pictures are of one file")
    if options.batch is not None and options.batch < 1:
        raise BadInput(f"--batch {options.batch}: no batch size")
    if options.depth is not None and options.depth < 0:
        raise BadInput(f"--depth {options.depth}: no number of levels")
    for name in ("json", *PICTURES):
        file = getattr(options, name)
        if file and str(file) != "-" and file.exists() and not options.force:
            raise BadInput(f"--{name} {file}: the file exists; --force overwrites it")


@contextmanager
def _progress(console: Any, size: int) -> Iterator[Callable[[int], None]]:
    """Gives what is told how many bytes were read; it moves a bar if there are many to read."""
    if size < _SHOWN_FROM_BYTES:
        yield lambda count: None
        return
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("reading"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("reading", total=size)
        yield lambda count: bar.advance(task, count)
