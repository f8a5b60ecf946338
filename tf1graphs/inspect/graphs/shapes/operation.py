"""What a shape rule sees of an operation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from tf1graphs.inspect.graphs import attributes
from tf1graphs.inspect.graphs.attributes import Shape

# The integers in a tensor as an array of objects, int or None for one that is not known; of rank 2 at most.
Value = np.ndarray[Any, Any]
MOST_VALUES = 256
# What TensorFlow's tensors can have at most.
LARGEST = 2**63 - 1
_MOST_DIMENSIONS = 254


class Unknown(LookupError):
    """What a rule needs is not known, so neither is what it would give."""


class Handle(NamedTuple):
    """What stands behind a handle.

    Attributes:
        name: the node that made it.
        shapes: of a variable its shape, of a queue those of its components, of an array or a stack that of an element.
        is_gradient: whether the elements are gradients of those of ``name``, and so have their shapes.
    """

    name: str
    shapes: tuple[Shape, ...]
    is_gradient: bool = False


class Known(NamedTuple):
    """What is known of a tensor before anything runs.

    Attributes:
        shape: its shape.
        value: its integers.
        handle: what it is a handle of.
    """

    shape: Shape = None
    value: Value | None = None
    handle: Handle | None = None


def as_shape(vector: Sequence[int | None]) -> tuple[int | None, ...]:
    """The shape that a vector of sizes says; -1 is an unknown one. Raises ``Unknown`` for other negative ones."""
    if any(size is not None and size < -1 for size in vector):
        raise Unknown
    return tuple(None if size == -1 else size for size in vector)


@dataclass(frozen=True, slots=True)
class Operation:
    """A node with what is known of its inputs.

    Attributes:
        proto: its ``NodeDef``.
        inputs: the tensors it takes.
        producer: the version of the graph.
        batch: the size that stands for unknown first sizes of placeholders.
    """

    proto: Any
    inputs: Sequence[Known]
    producer: int
    batch: int | None

    def shape(self, index: int) -> Shape:
        """The shape of an input, None for an unknown rank. Raises ``Unknown`` without such an input."""
        if index >= len(self.inputs):
            raise Unknown
        return self.inputs[index].shape

    def ranked(self, index: int, rank: int | None = None) -> tuple[int | None, ...]:
        """The shape of an input. Raises ``Unknown`` if it has not this rank, or not any that is known."""
        shape = self.shape(index)
        if shape is None or (rank is not None and len(shape) != rank):
            raise Unknown
        return shape

    def value(self, index: int) -> Value:
        """The integers in an input. Raises ``Unknown`` if not even their number is known."""
        if index >= len(self.inputs):
            raise Unknown
        value = self.inputs[index].value
        if value is None:
            raise Unknown
        return value

    def vector(self, index: int) -> list[int | None]:
        """The integers in an input of rank 0 or 1."""
        return list(np.atleast_1d(self.value(index)))

    def sizes(self, index: int) -> tuple[int | None, ...]:
        """The shape that an input says in numbers; of one whose numbers are not known, the rank."""
        if index < len(self.inputs) and self.inputs[index].value is None:
            (rank,) = self.ranked(index, 1)
            if rank is None or rank > MOST_VALUES:
                raise Unknown
            return (None,) * rank
        return as_shape(self.vector(index))

    def known_vector(self, index: int) -> list[int]:
        """The integers in an input of rank 0 or 1. Raises ``Unknown`` if one is not known."""
        vector = [number for number in self.vector(index) if number is not None]
        if len(vector) != self.value(index).size:
            raise Unknown
        return vector

    def known_scalar(self, index: int) -> int:
        """The only integer in an input."""
        (number,) = self.known_vector(index)
        return number

    def behind(self, index: int) -> tuple[Shape, ...]:
        """The shapes behind the handle that is an input. Raises ``Unknown`` if it is not known of what it is one."""
        handle = self.inputs[index].handle if index < len(self.inputs) else None
        if handle is None:
            raise Unknown
        return handle.shapes

    def integers(self, name: str) -> tuple[int, ...]:
        """The attribute ``name``, a list."""
        return attributes.integers(self.proto, name)

    def integer(self, name: str, default: int = 0) -> int:
        """The attribute ``name``."""
        return attributes.integer(self.proto, name, default)

    def flag(self, name: str) -> bool:
        """The attribute ``name``, False if it is not stated."""
        return attributes.flag(self.proto, name)

    def text(self, name: str, default: str = "") -> str:
        """The attribute ``name``."""
        return attributes.text(self.proto, name, default)


ShapeRule = Callable[[Operation], Sequence[Shape]]
ValueRule = Callable[[Operation], Sequence[Value | None]]


def outputs_of(operation: Operation, name: str) -> int:
    """The number of outputs, which the attribute ``name`` says. Raises ``Unknown`` if it is absurd."""
    count = operation.integer(name)
    # A number in a file is no reason to make a list of that length.
    if not 0 < count <= 16 * MOST_VALUES:
        raise Unknown
    return count


def axis_of(axis: int, rank: int) -> int:
    """The axis counted from the front. Raises ``Unknown`` if there is no such axis."""
    if not -rank <= axis < rank:
        raise Unknown
    return axis % rank


def same_size(first: int | None, second: int | None) -> int | None:
    """The size of two that must be equal. Raises ``Unknown`` if they are not."""
    if first is not None and second is not None and first != second:
        raise Unknown
    return second if first is None else first


def merged(first: Shape, second: Shape) -> Shape:
    """What two statements say of one shape. Raises ``Unknown`` if they contradict each other."""
    if first is None or second is None:
        return second if first is None else first
    if len(first) != len(second):
        raise Unknown
    return tuple(same_size(one, other) for one, other in zip(first, second, strict=True))


def agreed(inferred: Shape, stated: Shape) -> Shape:
    """What a rule and a file say together; None if they contradict each other, or TensorFlow has no such shape."""
    try:
        shape = merged(inferred, stated)
    except Unknown:
        return None
    if shape is None or len(shape) > _MOST_DIMENSIONS:
        return None
    return shape if all(size is None or 0 <= size <= LARGEST for size in shape) else None


def common(first: Shape, second: Shape) -> Shape:
    """What holds of both of two shapes, such as those of the branches of a condition."""
    if first is None or second is None or len(first) != len(second):
        return None
    return tuple(one if one == other else None for one, other in zip(first, second, strict=True))


def product(sizes: Sequence[int | None]) -> int | None:
    """The number of elements; None if a size is not known and none is 0, or for more than TensorFlow can count."""
    if 0 in sizes:
        return 0
    result = 1
    for size in sizes:
        if size is None or result > LARGEST:
            return None
        result *= size
    return result if result <= LARGEST else None
