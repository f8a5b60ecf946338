"""The static shape of a part of a tensor."""

from __future__ import annotations

import ast
from collections.abc import Callable

from tf1graphs.migrate.facts.shapes.sizes import Shape, Size


def of_index(shape: Shape, index: ast.expr, literal: Callable[[ast.expr], object]) -> Shape:
    """Returns the shape of a part of a tensor.

    Args:
        shape: the tensor's shape.
        index: what stands between the brackets.
        literal: gives the value of an expression, ``...`` if it is not known.
    """
    if shape is None:
        return None
    parts = list(index.elts) if isinstance(index, ast.Tuple) else [index]
    sizes: list[Size] = []
    place = 0
    for part in parts:
        if isinstance(part, ast.Constant) and part.value is None:
            sizes.append(1)
            continue
        if place >= len(shape):
            return None
        if isinstance(part, ast.Slice):
            sizes.append(_sliced(shape[place], [literal(each) if each else None for each in _bounds(part)]))
        elif type(literal(part)) is not int:
            return None
        place += 1
    return (*sizes, *shape[place:])


def _bounds(part: ast.Slice) -> list[ast.expr | None]:
    return [part.lower, part.upper, part.step]


def _sliced(size: Size, bounds: list[object]) -> Size:
    if bounds == [None, None, None]:
        return size
    known = [each for each in bounds if each is None or type(each) is int]
    if type(size) is not int or len(known) < len(bounds):
        return None if size is None and ... not in bounds else ...
    return len(range(size)[slice(*known)])
