"""When names of layers say the same on both sides."""

from __future__ import annotations

import re
from collections.abc import Iterable

_NUMBER = re.compile(r"_?(\d+)$")
# What recurrent layers put around the name that the program gave, on either side.
_AROUND = re.compile(r"^(rnn|\w*_cell|multi_rnn_cell|stacked_rnn_cells|(stack_)?bidirectional_rnn)(_\d+)?$")
_DIRECTIONS = {"fw": "forward", "bw": "backward"}
_KERAS_DIRECTION = re.compile(r"^(forward|backward)_\w+$")
Parts = tuple[str, ...]


def number_in(name: str) -> tuple[str, int | None]:
    """A name without its last number, and that number: ``dense_1`` and ``fc1`` have 1, ``dense`` has None."""
    found = _NUMBER.search(name)
    return (name[: found.start()], int(found[1])) if found else (name, None)


def parts_of(scope: str) -> Parts:
    """The parts of a scope that tell layers apart, such as ``("encoder", "forward")``."""
    parts = (part for part in scope.split("/") if part and not _AROUND.match(part))
    return tuple(_DIRECTIONS.get(part) or _KERAS_DIRECTION.sub(r"\1", part) for part in parts)


def is_in_cell(name: str) -> bool:
    """Whether a variable is one of a recurrent cell."""
    return any(_AROUND.match(part) for part in name.split("/")[:-1])


def common_end(one: Parts, other: Parts) -> int:
    """How many parts are the same from the last one on."""
    length = 0
    for left, right in zip(reversed(one), reversed(other), strict=False):
        if left != right:
            return length
        length += 1
    return length


class Families:
    """Names that differ in their numbers alone, by the scope that they stand in.

    Numbers are given in the order of creation, and Keras goes on counting from one model to the next: ``dense_2`` is
    the same on both sides only if all of the ``dense`` beside it are.
    """

    def __init__(self, names: Iterable[Parts]) -> None:
        self._members: dict[tuple[Parts, str], set[str]] = {}
        for parts in names:
            if parts:
                self._members.setdefault((parts[:-1], number_in(parts[-1])[0]), set()).add(parts[-1])

    def beside(self, parts: Parts) -> set[str]:
        """The last parts of all names of the family that ``parts`` is of."""
        return self._members[parts[:-1], number_in(parts[-1])[0]]
