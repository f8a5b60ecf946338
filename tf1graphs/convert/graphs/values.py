"""Which variables a graph needs, and their values, read one at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from tf1graphs.convert.errors import CouldNotConvert
from tf1graphs.convert.graphs.importing import function
from tf1graphs.convert.graphs.nodes import same, tensor
from tf1graphs.convert.graphs.programs import program
from tf1graphs.convert.graphs.restores import Place, variable_defs
from tf1graphs.inspect.graphs.nodes import Tensor
from tf1graphs.inspect.reading import dtypes
from tf1graphs.inspect.reading.checkpoints import Checkpoint
from tf1graphs.inspect.reading.graphs import GraphFile
from tf1graphs.inspect.reading.slices import place_of
from tf1graphs.inspect.reading.tensors import shape_of

_NAMES_AT_MOST = 5


@dataclass(frozen=True)
class Variable:
    """A variable that outputs need.

    Attributes:
        node: the ``VarHandleOp`` that makes it.
        trainable: whether it is in the graph's collection of trainable variables; always where there is none.
        source: its place in the checkpoint, or the tensor with which a local variable starts.
    """

    node: Any
    trainable: bool
    source: Place | Tensor


def variables(
    source: GraphFile, meta_graph: Any, made: Iterable[Any], known: Mapping[str, Place], checkpoint: Checkpoint | None
) -> list[Variable]:
    """The variables that ``VarHandleOp`` nodes make, each with what its values come from.

    Args:
        source: the file of the graph.
        meta_graph: the graph.
        made: the nodes.
        known: places in the checkpoint, as the graph's Saver has them.
        checkpoint: where the values are.

    Raises:
        CouldNotConvert: there is no checkpoint, or it lacks some of them.
    """
    nodes = list({same(node): node for node in reversed(list(made))}.values())[::-1]
    defs = list(variable_defs(meta_graph, source.path))
    trainable = {_name(each) for collection, each in defs if collection == "trainable_variables"}
    starts = {_name(each): tensor(each.initial_value_name) for name, each in defs if name == "local_variables"}
    found, absent = [], []
    for node in nodes:
        place = _place(node, known, checkpoint) or starts.get(node.name)
        if place is None:
            absent.append(node.name)
        else:
            found.append(Variable(node, node.name in trainable or not defs, place))
    _refuse_absent(absent, checkpoint)
    for variable in found:
        _check(variable, checkpoint)
    return found


def _name(variable_def: Any) -> str:
    return tensor(variable_def.variable_name).node


def _place(node: Any, known: Mapping[str, Place], checkpoint: Checkpoint | None) -> Place | None:
    """Where a checkpoint has a variable: as its Saver says, else under its own name."""
    if checkpoint is None:
        return None
    candidates = [known.get(node.name), Place(node.name), Place(same(node)[1])]
    return next((place for place in candidates if place and place.name in checkpoint.entries), None)


def _refuse_absent(absent: list[str], checkpoint: Checkpoint | None) -> None:
    few = ", ".join(absent[:_NAMES_AT_MOST]) + (", ..." if len(absent) > _NAMES_AT_MOST else "")
    if absent and checkpoint is None:
        raise CouldNotConvert(
            f"the graph has {len(absent)} variables ({few}) and no values of them: "
            "name its checkpoint with --checkpoint"
        )
    if absent and checkpoint is not None:
        raise CouldNotConvert(f"{checkpoint.path} lacks {len(absent)} of the graph's variables: {few}")


def _check(variable: Variable, checkpoint: Checkpoint | None) -> None:
    """Refuses a checkpoint of another graph."""
    if checkpoint is None or isinstance(variable.source, Tensor):
        return
    node, entry = variable.node, checkpoint.entries[variable.source.name]
    dtype, declared = dtypes.name_of(node.attr["dtype"].type), shape_of(node.attr["shape"].shape)
    shape = tuple(part.stop - part.start for part in _slices(variable, entry.shape))
    if entry.dtype != dtype or (declared is not None and not _fits(shape, declared)):
        raise CouldNotConvert(
            f"{node.name} is {dtype} {list(declared or [])} in the graph, and {entry.dtype} {list(shape)} in "
            f"{checkpoint.path}: they do not belong together"
        )


def _slices(variable: Variable, shape: tuple[int, ...]) -> tuple[slice, ...]:
    """The part of a checkpoint's tensor of ``shape`` that a variable is."""
    extents = variable.source.extents if isinstance(variable.source, Place) else None
    try:
        return place_of([(0, -1)] * len(shape) if extents is None else extents, shape)
    except ValueError as error:
        raise CouldNotConvert(f"{variable.node.name}: {error}, which is {list(shape)} in the checkpoint") from None


def _fits(shape: tuple[int, ...], declared: tuple[int | None, ...]) -> bool:
    return len(shape) == len(declared) and all(
        size in (None, known) for size, known in zip(declared, shape, strict=True)
    )


def read(variable: Variable, graph_def: Any, checkpoint: Checkpoint | None) -> np.ndarray:
    """The values of a variable: the part of its tensor that it is, if it was partitioned.

    Raises:
        InvalidFile: the checkpoint is damaged there.
        CouldNotConvert: a local variable starts with what cannot be computed alone.
    """
    if isinstance(variable.source, Tensor):
        return _start(variable.source, graph_def)
    assert checkpoint is not None
    values = checkpoint.read(variable.source.name)
    return values if variable.source.extents is None else values[_slices(variable, values.shape)]


def _start(value: Tensor, graph_def: Any) -> np.ndarray:
    part = program(graph_def, [], [value])
    if part.state:
        raise CouldNotConvert(
            f"a local variable starts with {value}, which hangs on other variables; no checkpoint has it"
        )
    return np.asarray(function(part, {})()[0].numpy())
