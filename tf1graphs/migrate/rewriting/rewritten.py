"""A program that is written in other words before it is migrated, and the lines that it had."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tf1graphs.migrate.facts.trace import Place, Seen, Trace
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
        return Trace(moved(self.source, self.edits, before.seen))

    def as_before(self, refused: Refused) -> Refused:
        """Returns refusals of the program with the lines of the one before."""
        return Refused(sorted({replace(each, line=self.lines[each.line - 1]) for each in refused.refusals}))


def moved(source: Source, edits: Iterable[Edit], seen: Seen) -> dict[Place, tuple[str, Any]]:
    """Returns what a run has shown of the expressions that edits of the program leave as they are, where they are."""
    edits = sorted(edits)
    new = source.edited(0, len(source.text), edits)
    found = {}
    for (line, column, end_line, end_column), fact in seen.items():
        start, end = source.offset(line, column), source.offset(end_line, end_column)
        if not any(edit.start < end and start < edit.end for edit in edits):
            by = sum(len(edit.text) - (edit.end - edit.start) for edit in edits if edit.end <= start)
            found[(*_at(new, start + by), *_at(new, end + by))] = fact
    return found


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
