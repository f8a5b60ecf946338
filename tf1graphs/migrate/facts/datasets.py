"""Datasets, iterators over them and the elements that are drawn: what expressions about them stand for."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tf1graphs.migrate.facts.items import Owner
from tf1graphs.migrate.facts.values import Initializer, Placeholder, Stage, Value, flat


@dataclass(eq=False)
class Dataset(Value):
    """A dataset, or a function that makes one of another.

    Attributes:
        fed: the names in its expressions that stand for placeholders.
        is_random: whether a random number with a seed is drawn for each of its elements.
        is_single: whether its elements are known to be tensors.
        is_endless: whether it is repeated without end.
    """

    fed: tuple[ast.Name, ...] = ()
    is_random: bool = False
    is_single: bool = False
    is_endless: bool = False


@dataclass(eq=False)
class Iterator(Value):
    """An iterator.

    Attributes:
        call: the call that made it.
        owner: the module, function or class in which it was made.
        source: the expression of its dataset; None if its initializers say which.
        dataset: its dataset.
        like: the expression of a dataset whose elements are like its own; None if none is known.
        is_started: whether it has its first element without an initializer.
    """

    call: ast.Call | None = None
    owner: Owner | None = None
    source: ast.expr | None = None
    dataset: Dataset | None = None
    like: ast.expr | None = None
    is_started: bool = False


@dataclass(eq=False)
class Start(Initializer):
    """The op that gives an iterator the first element of a dataset, which an expression makes."""

    iterator: Iterator | None = None
    source: ast.expr | None = None
    dataset: Dataset | None = None


@dataclass(eq=False)
class Draw:
    """A call of ``get_next``: each run of a session that needs a part of its element draws one.

    Attributes:
        iterator: from what it draws.
        call: the call.
        parts: the parts of the element that have names, by where they are in it.
    """

    iterator: Iterator
    call: ast.Call
    parts: dict[tuple[Any, ...], Element] = field(default_factory=dict)


@dataclass(eq=False)
class Element(Placeholder):
    """An element of a dataset, or a part of it: an argument of the functions that need it."""

    draw: Draw | None = None
    path: tuple[Any, ...] = ()


def part(element: Element, key: Any) -> Element:
    """Returns a part of an element that has no name itself."""
    assert element.draw is not None
    path = (*element.path, key)
    element.draw.parts.pop(element.path, None)
    new = Element(Stage.LATER, call=element.call, draw=element.draw, path=path)
    return element.draw.parts.setdefault(path, new)


def starts(values: Sequence[Value]) -> tuple[Start, ...]:
    """Returns what of initializers gives iterators their first elements."""
    return tuple(each for value in values for each in flat(value) if isinstance(each, Start))
