"""Static shapes: what TensorFlow 1.15 knows of a tensor's shape while it builds the graph.

A shape is a tuple of sizes, or None where it is not known by reading. A size is a number, None where 1.15 does not know
it before a run, or ``...`` where reading does not tell which of these it is.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from types import EllipsisType

Size = int | EllipsisType | None
Shape = tuple[Size, ...] | None


def of_sizes(sizes: object) -> Shape:
    """Returns the shape that a list of sizes, or one size, describes; -1 is not known before a run."""
    if isinstance(sizes, int) and not isinstance(sizes, bool):
        sizes = [sizes]
    if not isinstance(sizes, (list, tuple)):
        return None
    return tuple(None if size == -1 else size if size is None or type(size) is int else ... for size in sizes)


def same(shapes: Iterable[Shape]) -> Shape:
    """Returns what is known of a tensor that has one of several shapes."""
    result, *others = list(shapes)
    for other in others:
        if result is None or other is None or len(result) != len(other):
            return None
        result = tuple(a if a == b else ... for a, b in zip(result, other, strict=True))
    return result


def broadcast(shapes: Sequence[Shape]) -> Shape:
    """Returns the shape of what is computed from tensors element by element."""
    known = [shape for shape in shapes if shape is not None]
    if len(known) < len(shapes) or not known:
        return None
    rank = max(map(len, known))
    padded = [(1,) * (rank - len(shape)) + shape for shape in known]
    return tuple(_broadcast_size(sizes) for sizes in zip(*padded, strict=True))


def _broadcast_size(sizes: tuple[Size, ...]) -> Size:
    larger = [size for size in sizes if type(size) is int and size != 1]
    if larger:
        return larger[0]
    if ... in sizes:
        return ...
    return None if None in sizes else 1


def total(sizes: Iterable[Size]) -> Size:
    """Returns the product of sizes."""
    sizes = list(sizes)
    if ... in sizes:
        return ...
    return None if None in sizes else math.prod(size for size in sizes if isinstance(size, int))


def axes(given: object, rank: int) -> set[int] | None:
    """Returns which axes a number or list says, all for None; None if that is not known."""
    if given is None:
        return set(range(rank))
    listed = given if isinstance(given, (list, tuple)) else [given]
    known = [each % rank for each in listed if type(each) is int and -rank <= each < rank]
    return set(known) if len(known) == len(listed) else None


def windows(size: Size, window: Size, stride: object, padding: object, dilation: object = 1) -> Size:
    """Returns how many places a window has along an axis."""
    if size is None:
        return None
    if type(size) is not int or type(stride) is not int or type(dilation) is not int or not isinstance(padding, str):
        return ...
    if padding.upper() == "SAME":
        return -(-size // stride)
    if type(window) is not int:
        return ...
    return -(-(size - (window - 1) * dilation) // stride)


def spread(size: Size, window: Size, stride: object, padding: object) -> Size:
    """Returns the size of what a transposed convolution makes of an axis, as ``tf.layers`` computes it."""
    if size is None:
        return None
    if type(size) is not int or type(window) is not int or type(stride) is not int or not isinstance(padding, str):
        return ...
    return size * stride + (max(window - stride, 0) if padding.upper() == "VALID" else 0)


def each_axis(given: object, count: int) -> list[object]:
    """Returns an argument that is one number for all axes or one for each, for each axis."""
    listed = list(given) if isinstance(given, (list, tuple)) else [given] * count
    if len(listed) == 1:
        listed *= count
    return listed if len(listed) == count else [...] * count
