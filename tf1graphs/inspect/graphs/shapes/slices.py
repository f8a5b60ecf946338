"""``StridedSlice``: the Python slice ``x[begin:end:strides]`` with its masks, on shapes and on known integers.

The masks are those of https://www.tensorflow.org/api_docs/python/tf/strided_slice: bit i is about entry i of the three
vectors.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from tf1graphs.inspect.graphs.attributes import Shape
from tf1graphs.inspect.graphs.shapes.operation import Operation, Unknown, Value


@dataclass(frozen=True)
class _Entry:
    """One entry of the slice: ``...``, a new axis, an index, or ``begin:end:stride``; None for what is not known."""

    kind: str
    begin: int | None = None
    end: int | None = None
    stride: int | None = 1
    begins: bool = False
    ends: bool = False

    @property
    def is_known(self) -> bool:
        numbers = [*([] if self.begins else [self.begin]), *([] if self.ends else [self.end]), self.stride]
        return None not in numbers

    def as_slice(self) -> slice:
        return slice(None if self.begins else self.begin, None if self.ends else self.end, self.stride)


def _entries(operation: Operation) -> list[_Entry]:
    begins, ends, strides = (operation.vector(index) for index in (1, 2, 3))
    masks = {
        name: operation.integer(f"{name}_mask") for name in ("begin", "end", "ellipsis", "new_axis", "shrink_axis")
    }
    entries = []
    for index, (begin, end, stride) in enumerate(zip(begins, ends, strides, strict=True)):
        has = {name for name, mask in masks.items() if mask >> index & 1}
        if "ellipsis" in has:
            entries.append(_Entry("ellipsis"))
        elif "new_axis" in has:
            entries.append(_Entry("new axis"))
        elif "shrink_axis" in has:
            entries.append(_Entry("index", begin))
        else:
            entries.append(_Entry("slice", begin, end, stride, "begin" in has, "end" in has))
    return entries


def sliced_shape(operation: Operation) -> Shape:
    """The shape of the slice. Raises ``Unknown`` if the rank of the input or the number of entries is not known."""
    shape = operation.ranked(0)
    entries = _entries(operation)
    taken = sum(entry.kind in ("index", "slice") for entry in entries)
    if taken > len(shape):
        raise Unknown
    if not any(entry.kind == "ellipsis" for entry in entries):
        entries.append(_Entry("ellipsis"))
    sizes = iter(shape)
    result: list[int | None] = []
    for entry in entries:
        if entry.kind == "ellipsis":
            result.extend(next(sizes) for _ in range(len(shape) - taken))
            taken = len(shape)
        elif entry.kind == "new axis":
            result.append(1)
        elif entry.kind == "index":
            next(sizes)
        else:
            result.append(_length(next(sizes), entry))
    return tuple(result)


def _length(size: int | None, entry: _Entry) -> int | None:
    if entry.begins and entry.ends and entry.stride == 1:
        return size
    if size is None or not entry.is_known:
        return None
    return len(range(size)[entry.as_slice()])


def sliced_value(operation: Operation) -> list[Value | None]:
    """The known integers that a slice of known integers takes."""
    value: Any = operation.value(0)
    index: list[Any] = []
    for entry in _entries(operation):
        if not entry.is_known and entry.kind == "slice":
            raise Unknown
        if entry.kind == "index" and entry.begin is None:
            raise Unknown
        index.append({"ellipsis": Ellipsis, "new axis": None, "index": entry.begin}.get(entry.kind, entry.as_slice()))
    return [np.asarray(value[tuple(index)], object)]
