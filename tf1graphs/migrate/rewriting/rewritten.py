"""A program that is written in other words before it is migrated, and the lines that it had."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tf1graphs.migrate.facts.trace import Place, Trace
from tf1graphs.migrate.refusals import Refused
from tf1graphs.migrate.source import Edit, Source


@dataclass(frozen=True)
class Rewritten:
    """A program that computes the same as another one.

    Attributes:
        text: the program.
        lines: for each line of it, the number that it had before.
        source: the program before, if edits are all that has changed it.
        edits: they.
    """

    text: str
    lines: Sequence[int]
    source: Source | None = None
    edits: Sequence[Edit] = ()

    def trace(self, before: Trace) -> Trace:
        """Returns what a run of the program before has shown of the expressions that are still there."""
        if self.source is None:
            return Trace()
        found = {moved(self.source, self.edits, place): fact for place, fact in before.seen.items()}
        return Trace({place: fact for place, fact in found.items() if place is not None})

    def as_before(self, refused: Refused) -> Refused:
        """Returns refusals of the program with the lines of the one before."""
        return Refused(sorted({replace(each, line=self.lines[each.line - 1]) for each in refused.refusals}))


def moved(source: Source, edits: Iterable[Edit], place: Place) -> Place | None:
    """Returns where an expression stands after edits of the program; None if one is in it or around it."""
    line, column, end_line, end_column = place
    old = source.offset(line, column), source.offset(end_line, end_column)
    edits = sorted(edits)
    if any(edit.start < old[1] and old[0] < edit.end for edit in edits):
        return None
    new = source.edited(0, len(source.text), edits)
    by = sum(len(edit.text) - (edit.end - edit.start) for edit in edits if edit.end <= old[0])
    return (*_at(new, old[0] + by), *_at(new, old[1] + by))


def _at(text: str, offset: int) -> tuple[int, int]:
    """Returns the line (from 1) and the column in UTF-8 bytes (from 0) of a position."""
    start = text.rfind("\n", 0, offset) + 1
    return text.count("\n", 0, offset) + 1, len(text[start:offset].encode())


def edited(source: Source, edits: Iterable[Edit]) -> Rewritten:
    """Returns a program after edits, which may not overlap."""
    edits = sorted(edits)
    lines, line, position = [1], 1, 0
    for edit in edits:
        kept = source.text.count("\n", position, edit.start)
        lines += range(line + 1, line + kept + 1)
        line += kept
        lines += [line] * edit.text.count("\n")
        line += source.text.count("\n", edit.start, edit.end)
        position = edit.end
    lines += range(line + 1, source.last_line + 1)
    return Rewritten(source.edited(0, len(source.text), edits), lines, source, edits)
