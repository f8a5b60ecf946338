"""The values of a graph's variables, read one at a time."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from tf1graphs.convert.errors import CouldNotConvert
from tf1graphs.convert.graphs.restores import Place, places, variable_defs
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
        name: of its op in the graph.
        dtype: TensorFlow's name.
        shape: as the graph declares it, None for an unknown size or, instead of the tuple, an unknown rank.
        place: where a checkpoint has its values.
    """

    name: str
    dtype: str
    shape: tuple[int | None, ...] | None
    trainable: bool
    place: Place


def variables(
    source: GraphFile, meta_graph: Any, made: Mapping[str, Any], checkpoint: Checkpoint | None
) -> list[Variable]:
    """The variables that the ``VarHandleOp`` nodes ``made`` are, each with its place in the checkpoint.

    Raises:
        CouldNotConvert: there is no checkpoint, or it lacks some of them.
    """
    if made and checkpoint is None:
        raise CouldNotConvert(
            f"the graph has {len(made)} variables ({_few(list(made))}) and no values of them: "
            "name its checkpoint with --checkpoint"
        )
    trainable = _trainable(source, meta_graph)
    known = places(meta_graph, source.path)
    found = []
    for name, node in made.items():
        is_trainable = name in trainable if trainable is not None else True
        dtype, shape = dtypes.name_of(node.attr["dtype"].type), shape_of(node.attr["shape"].shape)
        place = known.get(name, Place(name))
        if checkpoint is not None and place.name not in checkpoint.entries:
            place = Place(name)
        found.append(Variable(name, dtype, shape, is_trainable, place))
    if checkpoint is not None:
        _check(found, checkpoint)
    return found


def _trainable(source: GraphFile, meta_graph: Any) -> set[str] | None:
    """The names of the trainable variables, None for a graph without collections."""
    defs = list(variable_defs(meta_graph, source.path))
    if not defs:
        return None
    return {each.variable_name.partition(":")[0] for collection, each in defs if collection == "trainable_variables"}


def _few(names: list[str]) -> str:
    return ", ".join(names[:_NAMES_AT_MOST]) + (", ..." if len(names) > _NAMES_AT_MOST else "")


def _check(found: list[Variable], checkpoint: Checkpoint) -> None:
    absent = [variable.name for variable in found if variable.place.name not in checkpoint.entries]
    if absent:
        raise CouldNotConvert(f"{checkpoint.path} lacks {len(absent)} of the graph's variables: {_few(absent)}")
    for variable in found:
        entry = checkpoint.entries[variable.place.name]
        if entry.dtype != variable.dtype:
            raise CouldNotConvert(
                f"{variable.name} is {variable.dtype} in the graph and {entry.dtype} in {checkpoint.path}: "
                "they do not belong together"
            )
        shape = entry.shape
        if variable.place.extents is not None:
            shape = tuple(part.stop - part.start for part in _place(variable, entry.shape))
        if variable.shape is not None and not _fits(shape, variable.shape):
            raise CouldNotConvert(
                f"{variable.name} has the shape {list(variable.shape)} in the graph and {list(shape)} in "
                f"{checkpoint.path}: they do not belong together"
            )


def _place(variable: Variable, shape: tuple[int, ...]) -> tuple[slice, ...]:
    try:
        return place_of(variable.place.extents or [], shape)
    except ValueError as error:
        raise CouldNotConvert(f"{variable.name}: {error}, which is {list(shape)} in the checkpoint") from None


def _fits(shape: tuple[int, ...], declared: tuple[int | None, ...]) -> bool:
    return len(shape) == len(declared) and all(
        size in (None, known) for size, known in zip(declared, shape, strict=True)
    )


def read(variable: Variable, checkpoint: Checkpoint) -> np.ndarray:
    """The values of a variable: the part of its tensor that it is, if it was partitioned.

    Raises:
        InvalidFile: the checkpoint is damaged there.
    """
    values = checkpoint.read(variable.place.name)
    if variable.place.extents is None:
        return values
    return np.ascontiguousarray(values[_place(variable, values.shape)])


def count(found: list[Variable], checkpoint: Checkpoint) -> int:
    """The number of values in variables."""
    return sum(math.prod(checkpoint.entries[variable.place.name].shape) for variable in found)
