"""What is in a checkpoint."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from tf1graphs.inspect.checkpoints.kept import KeptCheckpoint, kept_beside
from tf1graphs.inspect.checkpoints.objects import Object, ObjectGraph
from tf1graphs.inspect.checkpoints.roles import SLOT, STATE, STEP, VARIABLE, Role
from tf1graphs.inspect.checkpoints.slots import role_of
from tf1graphs.inspect.checkpoints.statistics import Statistics, statistics_of
from tf1graphs.inspect.reading import dtypes
from tf1graphs.inspect.reading.checkpoints import Checkpoint, Entry

# Object-based checkpoints name a tensor by its object, this, and one of its attributes.
ATTRIBUTES = "/.ATTRIBUTES/"


@dataclass(frozen=True)
class Tensor:
    """A tensor of a checkpoint.

    Attributes:
        name: in the checkpoint.
        dtype: TensorFlow's name.
        shape: of the whole tensor.
        elements: their number.
        size: bytes in the checkpoint's files.
        parts: the slices in which a partitioned variable was saved, else 1.
        role: what it is there for.
        values: on request, its values in a few numbers.
    """

    name: str
    dtype: str
    shape: tuple[int, ...]
    elements: int
    size: int
    parts: int
    role: Role
    values: Statistics | None


@dataclass(frozen=True)
class Total:
    """The number of some tensors, of their elements and of their bytes."""

    tensors: int
    elements: int
    size: int


@dataclass(frozen=True)
class CheckpointSummary:
    """A checkpoint.

    Attributes:
        path: its prefix.
        format: ``"V1"`` or ``"V2"``.
        is_object_based: whether it was written by ``tf.train.Checkpoint`` and not by a ``Saver``.
        step: the value of the step that it holds, None if it holds none.
        tensors: sorted by name.
        variables: the total of the variables.
        everything: the total of all tensors, slots and state of optimizers among them.
        scopes: the totals of the variables of each name scope, those of inner scopes included, sorted by name.
        optimizers: the totals of slots and state, by the optimizer's name or path.
        objects: of an object-based checkpoint, nearest first.
        kept: the checkpoints that the directory lists, oldest first.
    """

    path: str
    format: str
    is_object_based: bool
    step: int | None
    tensors: tuple[Tensor, ...]
    variables: Total
    everything: Total
    scopes: dict[str, Total]
    optimizers: dict[str, Total]
    objects: tuple[Object, ...]
    kept: tuple[KeptCheckpoint, ...]


def total_of(tensors: Iterable[Tensor]) -> Total:
    """The total of some tensors."""
    listed = list(tensors)
    return Total(len(listed), sum(tensor.elements for tensor in listed), sum(tensor.size for tensor in listed))


def _scopes_of(name: str) -> Iterator[str]:
    parts = name.partition(ATTRIBUTES)[0].split("/")
    for size in range(1, len(parts)):
        yield "/".join(parts[:size])


def _by_scope(variables: Iterable[Tensor]) -> dict[str, Total]:
    scopes: dict[str, list[Tensor]] = {}
    for tensor in variables:
        for scope in _scopes_of(tensor.name):
            scopes.setdefault(scope, []).append(tensor)
    return {scope: total_of(tensors) for scope, tensors in sorted(scopes.items())}


def _by_optimizer(tensors: Iterable[Tensor]) -> dict[str, Total]:
    optimizers: dict[str, list[Tensor]] = {}
    for tensor in tensors:
        if tensor.role.name in (SLOT, STATE):
            optimizers.setdefault(tensor.role.optimizer, []).append(tensor)
    return {optimizer: total_of(listed) for optimizer, listed in sorted(optimizers.items())}


def _step(checkpoint: Checkpoint, tensors: Iterable[Tensor]) -> int | None:
    """The value of the step with the shortest name."""
    names = [tensor.name for tensor in tensors if tensor.role.name == STEP and "int" in tensor.dtype]
    if not names:
        return None
    return int(checkpoint.read(min(names, key=len)).item())


def _objects_of(checkpoint: Checkpoint) -> ObjectGraph | None:
    graph = checkpoint.object_graph
    return ObjectGraph(graph, checkpoint.path) if graph is not None else None


def _roles(objects: ObjectGraph | None, entries: Mapping[str, Entry]) -> dict[str, Role]:
    """The roles of all tensors. An object-based checkpoint may hold name-based tensors beside its objects."""
    of_objects = objects.roles() if objects else {}
    return {name: of_objects.get(name) or role_of(name, entries) for name in entries}


def roles_of(checkpoint: Checkpoint) -> dict[str, Role]:
    """The roles of all tensors of a checkpoint, by name."""
    return _roles(_objects_of(checkpoint), checkpoint.entries)


def summarize(
    checkpoint: Checkpoint, values: bool = False, advance: Callable[[int], None] | None = None
) -> CheckpointSummary:
    """Reads what a checkpoint says of its tensors.

    Args:
        checkpoint: an open one.
        values: reads the tensors themselves too, one at a time.
        advance: is told the bytes of each tensor that was read.

    Raises:
        InvalidFile: it is damaged.
    """
    objects = _objects_of(checkpoint)
    roles = _roles(objects, checkpoint.entries)
    tensors = []
    for name, entry in checkpoint.entries.items():
        has_numbers = dtypes.numpy_dtype(entry.dtype) is not None
        statistics = statistics_of(checkpoint.read(name)) if values and has_numbers else None
        if advance:
            advance(entry.size)
        elements = math.prod(entry.shape)
        tensors.append(
            Tensor(name, entry.dtype, entry.shape, elements, entry.size, entry.parts, roles[name], statistics)
        )
    variables = [tensor for tensor in tensors if tensor.role.name == VARIABLE]
    return CheckpointSummary(
        path=str(checkpoint.path),
        format=checkpoint.format,
        is_object_based=objects is not None,
        step=_step(checkpoint, tensors),
        tensors=tuple(tensors),
        variables=total_of(variables),
        everything=total_of(tensors),
        scopes=_by_scope(variables),
        optimizers=_by_optimizer(tensors),
        objects=tuple(objects.objects.values()) if objects else (),
        kept=kept_beside(checkpoint.path),
    )
