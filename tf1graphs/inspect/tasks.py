"""What ``tf1graphs inspect`` does: summaries and differences of each kind of file, pictures, TensorBoard."""

from __future__ import annotations

import argparse
import dataclasses
import importlib
import json
import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tf1graphs.inspect.kinds import CHECKPOINT, EVENTS, GRAPH, KERAS, kinds_of
from tf1graphs.inspect.progress import progress
from tf1graphs.inspect.reading.checkpoints import Checkpoint, open_checkpoint
from tf1graphs.inspect.reading.event_graphs import read_event_graph
from tf1graphs.inspect.reading.events import find_runs
from tf1graphs.inspect.reading.graphs import GraphFile, read_graph
from tf1graphs.inspect.reading.pairs import checkpoint_beside, meta_beside
from tf1graphs.replacing import replacing

PICTURES = ("svg", "png", "html")
_ROOMS = {GRAPH: "graphs", CHECKPOINT: "checkpoints", EVENTS: "events", KERAS: "keras"}
_OPENERS: dict[str, Callable[[Path], Any]] = {
    GRAPH: read_graph,
    CHECKPOINT: open_checkpoint,
    EVENTS: Path,
    KERAS: Path,
}


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
    opened = {kind: _OPENERS[kind](options.path) for kind in kinds}
    summaries = {kind: _summarize(kind, opened[kind], options, console) for kind in kinds}
    if options.json:
        _write_json(options.json, summaries, console)
    if any(getattr(options, ending) for ending in PICTURES):
        _draw(options, opened)
    if str(options.json) != "-":
        for kind, summary in summaries.items():
            _module(kind, "report").render(summary, console)
    return _show_in_tensorboard(options, opened, console) if options.tensorboard is not None else 0


def _refuse(options: argparse.Namespace, kinds: list[str]) -> None:
    """Refuses options that have nothing to work on, and files that would be overwritten."""
    wanted = [f"--{ending}" for ending in PICTURES if getattr(options, ending)]
    if wanted and kinds == [CHECKPOINT] and not meta_beside(options.path):
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


def _size(kind: str, opened: Any) -> int:
    """How many bytes are read of a file; a graph was read when it was opened."""
    if kind == CHECKPOINT:
        return sum(entry.size for entry in opened.entries.values())
    return sum(run.size for run in find_runs(opened)) if kind == EVENTS else 0


def _summarize(kind: str, opened: Any, options: argparse.Namespace, console: Any) -> Any:
    summarize = _module(kind, "summary").summarize
    if kind == GRAPH:
        return summarize(opened, batch=options.batch)
    if kind == KERAS:
        return summarize(opened)
    is_read = kind == EVENTS or options.values
    with progress(console, _size(kind, opened) if is_read else 0) as advance:
        chosen = {"values": options.values} if kind == CHECKPOINT else {}
        return summarize(opened, advance=advance, **chosen)


def _compare(options: argparse.Namespace, kinds: list[str], console: Any) -> int:
    """Compares two files of one kind; of directories with several, each kind that both have."""
    others = kinds_of(options.other)
    common = [kind for kind in kinds if kind in others and kind != KERAS]
    if not common:
        raise BadInput(f"{options.path} and {options.other} are not two graphs, two checkpoints or two runs")
    differences = {}
    for kind in common:
        first, second = _OPENERS[kind](options.path), _OPENERS[kind](options.other)
        compare = _module(kind, "difference").compare
        if kind == GRAPH:
            differences[kind] = compare(first, second)
            continue
        read = (first, second) if kind == EVENTS else (first,)
        with progress(console, sum(_size(kind, each) for each in read)) as advance:
            differences[kind] = compare(first, second, advance=advance)
    if options.json:
        _write_json(options.json, differences, console)
    if str(options.json) != "-":
        for kind, difference in differences.items():
            _module(kind, "report").render_difference(difference, console)
    return int(any(difference.is_different for difference in differences.values()))


def _plain(value: Any) -> Any:
    """What JSON can hold: numbers that are not finite become their names."""
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, (list, tuple)) else value


def _write_json(file: Path, found: dict[str, Any], console: Any) -> None:
    content = json.dumps({kind: _plain(dataclasses.asdict(each)) for kind, each in found.items()}, indent=1)
    if str(file) == "-":
        print(content)
        return
    with replacing(file) as unfinished:
        unfinished.write_text(content + "\n", "utf-8")


def _graph(path: Path, opened: Mapping[str, Any]) -> GraphFile | None:
    """The graph at a path, or the meta graph beside a checkpoint."""
    if GRAPH in opened:
        graph: GraphFile = opened[GRAPH]
        return graph
    meta = meta_beside(path) if CHECKPOINT in opened else None
    return read_graph(meta) if meta else None


def _checkpoint(path: Path, opened: Mapping[str, Any]) -> Checkpoint | None:
    """The checkpoint at a path, or the one beside a meta graph."""
    if CHECKPOINT in opened:
        checkpoint: Checkpoint = opened[CHECKPOINT]
        return checkpoint
    prefix = checkpoint_beside(path)
    return open_checkpoint(prefix) if prefix else None


def _hierarchy(options: argparse.Namespace, opened: Mapping[str, Any]) -> Any:
    """What is drawn: the first graph of the file, or the layers of a Keras model."""
    from tf1graphs.inspect.drawing import layers, scopes

    if KERAS in opened:
        return layers.of_model(_module(KERAS, "layers").layers(options.path))
    from tf1graphs.inspect.graphs.summary import shapes_of

    graph = _graph(options.path, opened) or read_event_graph(options.path)
    graph_def = graph.meta_graphs[0].graph_def
    return scopes.of_graph(graph_def, shapes_of(graph_def))


def _draw(options: argparse.Namespace, opened: Mapping[str, Any]) -> None:
    from tf1graphs.inspect.drawing import page, pictures

    hierarchy = _hierarchy(options, opened)
    for ending in PICTURES:
        file = getattr(options, ending)
        if file and ending == "html":
            with replacing(file) as unfinished:
                unfinished.write_text(page.html(hierarchy, options.path.name), "utf-8")
        elif file:
            pictures.save(hierarchy, file, ending, options.depth)


def _logdir(options: argparse.Namespace, opened: Mapping[str, Any]) -> Path:
    """Where TensorBoard looks: at event files as they are, else at what is written for it."""
    from tf1graphs.inspect.tensorboard.logdir import write_logdir
    from tf1graphs.inspect.tensorboard.projector import Embedding

    if opened.keys() == {EVENTS}:
        return Path(options.path)
    logdir: Path = options.tensorboard
    embeddings = [Embedding(name) for name in options.projector]
    write_logdir(logdir, _graph(options.path, opened), _checkpoint(options.path, opened), embeddings)
    return logdir


def _show_in_tensorboard(options: argparse.Namespace, opened: Mapping[str, Any], console: Any) -> int:
    from tf1graphs.inspect.tensorboard.server import CouldNotServe, serve

    logdir = _logdir(options, opened)
    try:
        serve(
            logdir,
            lambda url: console.print(f"TensorBoard shows {logdir} at {url}; Ctrl-C ends it"),
            options.host,
            options.port,
        )
    except CouldNotServe as error:
        raise BadInput(f"TensorBoard did not start: {error}") from None
    return 0
