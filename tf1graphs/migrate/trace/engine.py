"""Migrates programs with what their runs have shown, and takes no more of that than it needs."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tf1graphs.migrate import native
from tf1graphs.migrate.facts.trace import VALUE, Place, Seen, Trace, place
from tf1graphs.migrate.refusals import Refused
from tf1graphs.migrate.source import Source


@dataclass(frozen=True, order=True)
class Assumption:
    """Something that a migrated program is right for: what was seen in a run of the old one.

    Attributes:
        line: the line of the expression in the old source, from 1.
        expression: its text.
        value: what it was.
    """

    line: int
    expression: str
    value: str


class Engine:
    """Migrates the files of traced programs.

    Attributes:
        assumed: what was taken from the runs, by the text of each file that it made native.
    """

    def __init__(self, seen: Mapping[str, Seen]) -> None:
        """Takes what was seen, by the text of each file."""
        self._seen = seen
        self.assumed: dict[str, tuple[Assumption, ...]] = {}

    def __call__(self, text: str) -> str:
        """Returns the TensorFlow 2 source of a TensorFlow 1.x program, read alone if that is enough.

        Raises:
            Refused: something in it cannot be migrated.
        """
        try:
            return native.migrate(text)
        except Refused as refused:
            if text not in self._seen:
                raise
            return self._traced(text, refused)

    def _traced(self, text: str, read: Refused) -> str:
        seen = self._seen[text]
        try:
            native.migrate(text, Trace(seen))
        except Refused as refused:
            raise min(refused, read, key=lambda each: len(each.refusals)) from None

        def is_enough(places: Sequence[Place]) -> bool:
            try:
                native.migrate(text, Trace(seen, frozenset(places)))
            except Refused:
                return False
            return True

        needed = fewest(sorted(seen, key=lambda each: _worth(each, seen)), is_enough)
        self.assumed[text] = tuple(_assumptions(text, needed, seen))
        return native.migrate(text, Trace(seen, frozenset(needed)))


def _worth(where: Place, seen: Seen) -> tuple[object, ...]:
    """Orders what is taken: one value says less than a list, what stands early tells the rest, and so do parts."""
    line, column, end_line, end_column = where
    return not isinstance(seen[where][1], list), -line, line - end_line, column - end_column, -column


def fewest(parts: Sequence[Place], is_enough: Callable[[Sequence[Place]], bool]) -> list[Place]:
    """Returns some of the parts that are enough together; the earlier ones of all are given up first.

    All parts are enough. The number of calls of ``is_enough`` grows with the logarithm of the number of parts.
    """
    kept: list[Place] = []
    rest = list(parts)
    while not is_enough(kept):
        low, high = 0, len(rest)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if is_enough(kept + rest[middle:]) else (low, middle)
        kept.append(rest[low])
        rest = rest[low + 1 :]
    return kept


def _assumptions(text: str, places: Sequence[Place], seen: Seen) -> list[Assumption]:
    source = Source(native.prepared(text))
    # Before Python 3.12 what is formatted stands where its string does, which comes first.
    nodes = {place(node): node for node in reversed(source.nodes) if isinstance(node, ast.expr)}
    found = []
    for each in places:
        kind, value = seen[each]
        expression = ast.unparse(nodes[each])
        found.append(Assumption(each[0], expression, repr(value) if kind == VALUE else "a tensor"))
    return sorted(found)
