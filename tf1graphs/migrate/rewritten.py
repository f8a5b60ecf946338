"""A program that is written in other words before it is migrated, and the lines that it had."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tf1graphs.migrate.refusals import Refused
from tf1graphs.migrate.source import Edit, Source


@dataclass(frozen=True)
class Rewritten:
    """A program that computes the same as another one.

    Attributes:
        text: the program.
        lines: for each line of it, the number that it had before.
    """

    text: str
    lines: Sequence[int]

    def as_before(self, refused: Refused) -> Refused:
        """Returns refusals of the program with the lines of the one before."""
        return Refused(sorted({replace(each, line=self.lines[each.line - 1]) for each in refused.refusals}))


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
    return Rewritten(source.edited(0, len(source.text), edits), lines)
