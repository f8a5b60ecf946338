"""A program in other words, and the lines that these had before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tf1graphs.migrate.refusals import Refused


@dataclass(frozen=True)
class Rewritten:
    """A program that is written in other words before it is migrated.

    Attributes:
        text: the program.
        lines: for each line of it, the number that it had before.
    """

    text: str
    lines: Sequence[int]

    def as_before(self, refused: Refused) -> Refused:
        """Returns refusals of the program with the lines of the one before."""
        return Refused([replace(each, line=self.lines[each.line - 1]) for each in refused.refusals])
