"""What ``tf1graphs convert`` does for each kind of target: a task gets the options and returns what became of what."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tf1graphs.convert import maps
from tf1graphs.convert.carrying.rows import Row
from tf1graphs.convert.checkpoints import choice, like, named, objects
from tf1graphs.convert.checkpoints.frozen import FrozenWeights
from tf1graphs.convert.errors import CouldNotConvert
from tf1graphs.convert.keras.report import Report
from tf1graphs.inspect.kinds import GRAPH, KERAS, kinds_of
from tf1graphs.inspect.reading.bundles import index_of
from tf1graphs.inspect.reading.checkpoints import Checkpoint, open_checkpoint
from tf1graphs.inspect.reading.graphs import GraphFile, read_graph
from tf1graphs.inspect.reading.pairs import checkpoint_beside, meta_beside
from tf1graphs.replacing import replacing

Begin = Callable[[str], None]


@dataclass(frozen=True)
class Done:
    """What a conversion carried over.

    Attributes:
        found: rows of tensors, and what is in none.
        lines: what else is to be told, a line each.
        how: for each row, why it is there; empty if each tensor has its own name again.
    """

    found: maps.Map
    lines: tuple[str, ...] = ()
    how: tuple[str, ...] = ()


class Incomplete(Exception):
    """Variables of the target would have kept their initial values.

    Attributes:
        found: what was matched, and what was not.
    """

    def __init__(self, found: maps.Map) -> None:
        self.found = found
        super().__init__(
            f"{len(found.unmatched_targets)} variables have no tensor: add them to the map of --map, or give --partial"
        )


def _checkpoint(path: Path) -> Checkpoint:
    """The tensors of a path: of a meta graph those that were saved with it, of a graph without any its constants."""
    if GRAPH not in kinds_of(path) or checkpoint_beside(path):
        return open_checkpoint(path)
    variables = path / "variables" / "variables"
    if index_of(variables).is_file():
        return open_checkpoint(variables)
    graph = read_graph(path)
    if graph.kind == "MetaGraphDef":
        raise CouldNotConvert(f"{path} has no checkpoint beside it: name the checkpoint itself")
    return FrozenWeights(graph)


def _graph_and_checkpoint(options: argparse.Namespace) -> tuple[GraphFile | None, Checkpoint | None]:
    """The graph and the checkpoint that the source means, as far as they are there."""
    source = options.source
    if options.checkpoint:
        return read_graph(source), open_checkpoint(options.checkpoint)
    if GRAPH not in kinds_of(source):
        meta = meta_beside(source)
        return read_graph(meta) if meta else None, open_checkpoint(source)
    prefix = checkpoint_beside(source)
    return read_graph(source), open_checkpoint(prefix) if prefix else None


def _rows(options: argparse.Namespace, checkpoint: Checkpoint) -> list[Row]:
    given = _given_rows(options)
    if given:
        return given
    picked = choice.Choice(options.only, options.without, options.rename, options.without_slots)
    return choice.rows_of(checkpoint, choice.checked(picked))


def _from_tensors(write: Callable[..., None], options: argparse.Namespace, begin: Begin) -> Done:
    """Writes tensors with ``write``, under the names of a map or of the options."""
    checkpoint = _checkpoint(options.source)
    rows = _rows(options, checkpoint)
    write(checkpoint, options.destination, rows, options.dtype, begin)
    taken = {name for row in rows for name in row.sources}
    return Done(maps.Map(rows, {name: "" for name in checkpoint.entries if name not in taken}))


def _model_of(options: argparse.Namespace) -> Any:
    """The model of a Keras file, or the one that is named with the file's weights."""
    from tf1graphs.convert.keras import files

    if options.source.suffix == ".keras":
        return files.open_model(str(options.source))
    if not options.model:
        raise CouldNotConvert(f"{options.source} holds weights alone: name their model by --model")
    model = files.open_model(options.model)
    files.load_weights(model, options.source)
    return model


def _from_keras(options: argparse.Namespace, begin: Begin) -> Done:
    """Writes the tensors of TensorFlow 1 that a map says a Keras model was made of."""
    from tf1graphs.convert.keras import weights

    if not (options.map and options.map.exists()):
        raise CouldNotConvert(f"{options.source}: name the map of the conversion that made it by --map")
    rows = maps.read(options.map)
    begin(str(options.source))
    named.write_arrays(weights.from_keras(_model_of(options), rows), options.destination)
    return Done(maps.Map(rows))


def _to_checkpoint(options: argparse.Namespace, begin: Begin) -> Done:
    if KERAS in kinds_of(options.source):
        return _from_keras(options, begin)
    return _from_tensors(named.write_named, options, begin)


def _given_rows(options: argparse.Namespace) -> list[Row]:
    """The rows of the map, if it is there."""
    return maps.read(options.map) if options.map and options.map.exists() else []


def _matched(report: Report, options: argparse.Namespace) -> Done:
    """What was matched.

    Raises:
        Incomplete: variables of the target would keep their values, and that was not asked for.
    """
    found = maps.Map(report.rows, report.unmatched_sources, report.unmatched_targets)
    if report.unmatched_targets and not options.partial:
        raise Incomplete(found)
    return Done(found, tuple(report.assumptions), tuple(match.how for match in report.matches))


def _to_like(options: argparse.Namespace, begin: Begin) -> Done:
    source, template = _checkpoint(options.source), open_checkpoint(options.like)
    report = like.match(source, template, _given_rows(options))
    done = _matched(report, options)
    like.write_like(source, template, options.destination, report.rows, begin)
    return done


def _to_objects(options: argparse.Namespace, begin: Begin) -> Done:
    return _from_tensors(objects.write_objects, options, begin)


def _to_keras(options: argparse.Namespace, begin: Begin) -> Done:
    from tf1graphs.convert.keras import files, weights

    graph, checkpoint = _graph_and_checkpoint(options)
    model = files.open_model(options.model) if options.model else None
    begin(str(options.source))
    source = checkpoint or graph
    assert source is not None  # What is neither a checkpoint nor a graph was refused.
    model, report = weights.to_keras(source, model, _given_rows(options), graph, options.inputs, options.outputs)
    done = _matched(report, options)
    files.save(model, options.destination)
    return done


def _lines(converted: Any) -> tuple[str, ...]:
    """What a SavedModel was made of."""
    signatures = [
        f"{each.name}({', '.join(each.inputs)}) gives {', '.join(each.outputs)}" for each in converted.signatures
    ]
    tables = [f"lookup table {name}" for name in converted.tables]
    trainable = [f"{name} is a variable again" for name in converted.made_trainable]
    return (*signatures, *tables, *trainable, *converted.left_out)


def _to_saved_model(options: argparse.Namespace, begin: Begin) -> Done:
    from tf1graphs.convert.graphs.saved_model import to_saved_model

    graph, checkpoint = _graph_and_checkpoint(options)
    if graph is None:
        raise CouldNotConvert(f"{options.source} has no .meta beside it: name the graph, and this by --checkpoint")
    begin(str(options.source))
    converted = to_saved_model(
        graph,
        options.destination,
        checkpoint=checkpoint,
        inputs=options.inputs,
        outputs=options.outputs,
        trainable=options.trainable,
        tags=options.tags,
    )
    carried = sorted(converted.variables + converted.made_trainable)
    return Done(maps.Map([Row((name,), (name,)) for name in carried]), _lines(converted))


# By the name in --to; with --like it is its own.
TASKS: dict[str, Callable[[argparse.Namespace, Begin], Done]] = {
    "saved_model": _to_saved_model,
    "keras": _to_keras,
    "checkpoint": _to_checkpoint,
    "objects": _to_objects,
    "like": _to_like,
}

# The options that have a use there, as attributes.
_OF_GRAPHS = {"checkpoint", "inputs", "outputs"}
_OF_TENSORS = {"only", "without", "rename", "without_slots", "dtype", "map"}
_OPTIONS = {
    "saved_model": {*_OF_GRAPHS, "tags", "trainable"},
    "keras": {*_OF_GRAPHS, "model", "map", "partial"},
    "checkpoint": {*_OF_TENSORS, "model"},
    "objects": _OF_TENSORS,
    "like": {"like", "map", "partial"},
}
_ENDINGS = {".weights.h5": "keras", ".keras": "keras", ".ckpt": "checkpoint"}


def _kind(options: argparse.Namespace) -> str:
    """What the destination shall be: as asked for, else by its end, else a SavedModel."""
    if options.like and options.to in (None, "objects"):
        return "like"
    if options.to:
        return str(options.to)
    return next((kind for ending, kind in _ENDINGS.items() if options.destination.name.endswith(ending)), "saved_model")


def _refuse_useless(options: argparse.Namespace, kind: str) -> None:
    """Refuses what would be ignored."""
    given = {name for names in _OPTIONS.values() for name in names if getattr(options, name)}
    useless = sorted(given - _OPTIONS[kind])
    if useless:
        target = "with --like" if kind == "like" else f"for --to {kind}"
        raise CouldNotConvert(f"--{useless[0].replace('_', '-')} has no use {target}")
    if KERAS in kinds_of(options.source) and kind != "checkpoint":
        raise CouldNotConvert(f"{options.source}: a Keras file becomes a name-based checkpoint alone: --to checkpoint")


def _refuse_to_overwrite(options: argparse.Namespace, kind: str) -> None:
    is_checkpoint = kind in ("checkpoint", "objects", "like")
    written = index_of(options.destination) if is_checkpoint else options.destination
    if written.exists() and not options.force:
        raise CouldNotConvert(f"{written} exists; --force overwrites it")


def convert(options: argparse.Namespace, begin: Begin) -> Done:
    """Converts what the options of the command line name; ``begin`` is told what is read next.

    Raises:
        CouldNotConvert, InvalidFile: it is not possible, with one line that says why.
        Incomplete: a map does not reach all variables; the map's file is written all the same.
    """
    kind = _kind(options)
    _refuse_useless(options, kind)
    _refuse_to_overwrite(options, kind)
    try:
        done = TASKS[kind](options, begin)
    except Incomplete as error:
        _write_map(options.map, error.found)
        raise
    _write_map(options.map, done.found)
    return done


def _write_map(path: Path | None, found: maps.Map) -> None:
    """Writes a map that was not read."""
    if path and not path.exists():
        with replacing(path) as unfinished:
            unfinished.write_text(maps.text(found), "utf-8")
