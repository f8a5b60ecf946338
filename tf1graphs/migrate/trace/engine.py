"""Migrates programs with what their runs have shown, and takes no more of that than it needs."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tf1graphs.migrate import native
from tf1graphs.migrate.facts.trace import VALUE, Place, Seen, Trace, place
from tf1graphs.migrate.refusals import Refused
from tf1graphs.migrate.source import Source, one_statement_per_line


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
        trace = Trace(seen)
        try:
            native.migrate(text, trace)
        except Refused as refused:
            raise min(refused, read, key=lambda each: len(each.refusals)) from None

        def is_enough(places: Sequence[Place]) -> bool:
            try:
                native.migrate(text, Trace(seen, frozenset(places)))
            except Refused:
                return False
            return True

        # What stands early and what is a part of others tell these, so it is given up last.
        needed = fewest(sorted(trace.taken, reverse=True), is_enough)
        self.assumed[text] = tuple(_assumptions(text, needed, seen))
        return native.migrate(text, Trace(seen, frozenset(needed)))


def fewest(parts: Sequence[Place], is_enough: Callable[[Sequence[Place]], bool]) -> list[Place]:
    """Returns some of the parts that are enough together, but would not be without any one; early ones go first."""
    kept, size = list(parts), len(parts)
    while size:
        start = 0
        while start < len(kept):
            without = kept[:start] + kept[start + size :]
            if is_enough(without):
                kept = without
            else:
                start += size
        size //= 2
    return kept


def _assumptions(text: str, places: Sequence[Place], seen: Seen) -> list[Assumption]:
    source = Source(one_statement_per_line(text))
    # Before Python 3.12 what is formatted stands where its string does, which comes first.
    nodes = {place(node): node for node in reversed(source.nodes) if isinstance(node, ast.expr)}
    found = []
    for each in places:
        kind, value = seen[each]
        expression = ast.unparse(nodes[each])
        found.append(Assumption(each[0], expression, repr(value) if kind == VALUE else "a tensor"))
    return sorted(found)
