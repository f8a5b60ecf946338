"""Axes: names, sizes and labels of the dimensions of tensors."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import numpy as np
from tensorflow.python.framework import tensor_shape

from tf1graphs.v1.contrib.labeled_tensor import _typecheck as tc

is_string = tc.instance(str)
is_labels = tc.instance(np.ndarray, range, list, tuple)
is_axis_value = tc.union(is_labels, tc.optional(tc.instance(tensor_shape.Dimension, int)))


class Axis:
    """A dimension with a name, and a size or labels.

    Args:
        name: The name.
        value: The size, None if it is unknown, or the labels, all different.

    Raises:
        ValueError: Two labels are the same.
    """

    @tc.accepts(tc.anything, is_string, is_axis_value)
    def __init__(self, name: str, value: Any) -> None:
        labels = None
        if isinstance(value, tensor_shape.Dimension):
            dimension = value
        elif isinstance(value, int) or value is None:
            dimension = tensor_shape.Dimension(value)
        else:
            dimension, labels = tensor_shape.Dimension(len(value)), tuple(value)
        if dimension.value == 0:
            labels = ()
        self._index = None if labels is None else {label: i for i, label in enumerate(labels)}
        if labels is not None and len(self._index or ()) != len(labels):
            raise ValueError(f"Tick labels must be unique, but got {labels}")
        self._name = name
        self._dimension = dimension
        self._labels = labels

    def __repr__(self) -> str:
        return f"{type(self).__name__}('{self.name}', {self.value!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Axis) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __len__(self) -> int:
        if self.size is None:
            raise ValueError(f"axis {self.name!r} has unknown length")
        return self.size

    def _key(self) -> tuple[Any, ...]:
        return self.name, self.size, self.labels

    @property
    def name(self) -> str:
        """The name."""
        return self._name

    @property
    def dimension(self) -> Any:
        """The size as a ``tf.Dimension``."""
        return self._dimension

    @property
    def size(self) -> int | None:
        """The size, None if it is unknown."""
        size: int | None = self._dimension.value
        return size

    @property
    def labels(self) -> tuple[Any, ...] | None:
        """The labels, or None."""
        return self._labels

    @property
    def value(self) -> Any:
        """The labels, or the ``tf.Dimension`` where there are none."""
        return self.dimension if self.labels is None else self.labels

    def index(self, value: Any) -> int:
        """Returns the place of a label.

        Raises:
            ValueError: There are no labels.
            KeyError: There is no such label.
        """
        if self._index is None:
            raise ValueError("Axis does not have tick labels")
        return self._index[value]


is_axis_like = tc.union(tc.instance(Axis), tc.pair(is_string, is_axis_value))


@tc.accepts(is_axis_like)
def as_axis(axis_data: Any) -> Axis:
    """Returns an axis as it is, or that of a name and a value."""
    return axis_data if isinstance(axis_data, Axis) else Axis(*axis_data)


class Axes(Mapping[str, Axis]):
    """The axes of a tensor by name, in their order.

    Args:
        axes: A list of axes, or of names and values.

    Raises:
        ValueError: Two have the same name.
    """

    def __init__(self, axes: list[Any]) -> None:
        if not isinstance(axes, list):
            raise tc.Error(f"{axes!r} of type {type(axes)!r} is no list of axes")
        self._axes: dict[str, Axis] = {}
        for axis in map(as_axis, axes):
            if axis.name in self._axes:
                raise ValueError(f"Duplicate axis name: {axis.name}")
            self._axes[axis.name] = axis

    def __iter__(self) -> Iterator[str]:
        return iter(self._axes)

    def __repr__(self) -> str:
        name = type(self).__name__
        return f"{name}([{listed(self, len(name) + 2)}])"

    def __getitem__(self, name: str) -> Axis:
        return self._axes[name]

    def __contains__(self, name: object) -> bool:
        return name in self._axes

    def __len__(self) -> int:
        return len(self._axes)

    def __hash__(self) -> int:
        return hash(tuple(self.items()))

    def remove(self, axis_name: str) -> Axes:
        """Returns the other axes; raises ``KeyError`` if there is none of the name."""
        if axis_name not in self:
            raise KeyError(axis_name)
        return Axes([axis for axis in self.values() if axis.name != axis_name])


def listed(axes: Axes, indent: int) -> str:
    """Returns axes as a text, one a line."""
    return f",\n{' ' * indent}".join(f"('{axis.name}', {axis.value!r})" for axis in axes.values())


@tc.accepts(tc.collection(tc.instance(Axis)))
def concat_axes(axes: Collection[Axis]) -> Axis:
    """Returns the axis of axes one after the other, with labels if all have them.

    Raises:
        ValueError: There are none, or they differ in their names.
    """
    if not axes:
        raise ValueError("axes must not be empty")
    names = {axis.name for axis in axes}
    if len(names) > 1:
        raise ValueError(f"axes do not all have the same name: {names!r}")
    (name,) = names
    if all(axis.labels is not None for axis in axes):
        return Axis(name, tuple(label for axis in axes for label in axis.labels or ()))
    if any(axis.size is None for axis in axes):
        return Axis(name, None)
    return Axis(name, sum(map(len, axes)))
