"""What is seen of a hierarchy while some of its scopes are unfolded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Set
from dataclasses import dataclass, field

from tf1graphs.inspect.drawing.hierarchy import Edge, Hierarchy
from tf1graphs.inspect.drawing.local import parted


@dataclass
class Line:
    """A line between two boxes that are seen.

    Attributes:
        sources: the items around its start, from the first that its ends do not share on, and at last the start.
        targets: the same of its end.
        edges: what it stands for.
    """

    sources: list[int]
    targets: list[int]
    edges: list[Edge] = field(default_factory=list)

    @property
    def is_control(self) -> bool:
        """Whether no tensor runs along it."""
        return all(edge.is_control for edge in self.edges)


@dataclass
class View:
    """The lines between the boxes that are seen, and by box the items of side columns that feed it."""

    lines: list[Line]
    references: dict[int, list[int]]


def _seen(hierarchy: Hierarchy, numbers: list[int], unfolded: Set[int]) -> list[int]:
    """The items up to the first that is not unfolded."""
    for place, number in enumerate(numbers):
        if number not in unfolded:
            return numbers[: place + 1]
    return numbers


def _aside(hierarchy: Hierarchy, numbers: list[int]) -> int | None:
    return next((number for number in numbers if hierarchy.items[number].is_aside), None)


def view(hierarchy: Hierarchy, unfolded: Set[int]) -> View:
    """What is seen while the scopes with these numbers are unfolded."""
    lines: dict[tuple[int, int], Line] = {}
    references: dict[int, dict[int, None]] = defaultdict(dict)
    for edge, sources, targets in parted(hierarchy):
        if hierarchy.items[sources[0]].parent not in unfolded:
            continue
        sources, targets = _seen(hierarchy, sources, unfolded), _seen(hierarchy, targets, unfolded)
        aside = _aside(hierarchy, sources)
        if _aside(hierarchy, targets) is not None:
            continue
        if aside is not None:
            references[targets[-1]][aside] = None
            continue
        lines.setdefault((sources[-1], targets[-1]), Line(sources, targets)).edges.append(edge)
    return View(list(lines.values()), {number: list(found) for number, found in references.items()})
