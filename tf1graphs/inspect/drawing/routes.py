"""The way of each line of a static picture."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tf1graphs.inspect.drawing.boxes import Box, Boxes
from tf1graphs.inspect.drawing.layout import Layout
from tf1graphs.inspect.drawing.view import Line

Stop = tuple[float, float, float]
# Where a line meets a box is known when all lines that meet it are.
_OpenStop = tuple[float | None, float, float]
_FURTHEST = 10.0


@dataclass
class Route:
    """Where a line runs.

    Attributes:
        line: which.
        stops: places that it runs through straight down, or up where a loop is closed: x, the y at which it comes,
            and the y at which it goes. It bends in between.
    """

    line: Line
    stops: list[Stop]


class _Router:
    def __init__(self, boxes: Boxes, layouts: Mapping[int, Layout]) -> None:
        self._boxes = boxes.by_number
        self._layouts = layouts

    def _passing(self, scope: int, trunk: int, first: int, last: int) -> list[Stop]:
        """Through the rows of a scope, on the line that comes from an item."""
        grid = self._boxes[scope].grid
        start, columns = self._layouts[scope].trunks.get(trunk, (0, []))
        assert grid is not None
        stops = []
        for row in range(first, last + 1):
            left, right = grid.columns[columns[row - start]]
            stops.append(((left + right) / 2, *grid.rows[row]))
        return stops

    def _rising(self, scope: int, item: int, target: int) -> list[Stop]:
        grid = self._boxes[scope].grid
        layout = self._layouts[scope]
        start, columns = layout.backs[item]
        assert grid is not None
        stops = []
        for row in range(layout.places[item][0], layout.places[target][0] - 1, -1):
            left, right = grid.columns[columns[row - start]]
            top, bottom = grid.rows[row]
            stops.append(((left + right) / 2, bottom, top))
        return stops

    def _between(self, scope: int, source: int, target: int) -> list[Stop]:
        places = self._layouts[scope].places
        if places[target][0] <= places[source][0]:
            return self._rising(scope, source, target)
        return self._passing(scope, source, places[source][0] + 1, places[target][0] - 1)

    def stops(self, line: Line, scope: int) -> list[_OpenStop]:
        """The stops of a line whose ends share ``scope``."""
        start, end = self._boxes[line.sources[-1]], self._boxes[line.targets[-1]]
        stops: list[_OpenStop] = [(start.middle, start.bottom, start.bottom)]
        for around, inside in reversed(list(zip(line.sources, line.sources[1:], strict=False))):
            layout, box = self._layouts[around], self._boxes[around]
            stops += self._passing(around, inside, layout.places[inside][0] + 1, layout.rows - 1)
            stops.append((stops[-1][0], box.bottom, box.bottom))
        stops += self._between(scope, line.sources[0], line.targets[0])
        for around, inside in zip(line.targets, line.targets[1:], strict=False):
            passing = self._passing(around, line.sources[0], 0, self._layouts[around].places[inside][0] - 1)
            top = self._boxes[around].y
            stops += [(passing[0][0] if passing else None, top, top), *passing]
        stops.append((None, end.y, end.y))
        return stops


def routes(boxes: Boxes, layouts: Mapping[int, Layout], lines: list[Line], parents: Mapping[int, int]) -> list[Route]:
    """The ways of all lines; those that end at one box end side by side.

    Args:
        boxes: the places of all boxes.
        layouts: of the scopes that are unfolded.
        lines: what is drawn.
        parents: by item, the scope around it.
    """
    router = _Router(boxes, layouts)
    found = [(line, router.stops(line, parents[line.sources[0]])) for line in lines]
    by_target = defaultdict(list)
    for line, stops in found:
        by_target[line.targets[-1]].append(stops)
    for number, ending in by_target.items():
        _spread(boxes.by_number[number], ending)
    return [Route(line, _complete(stops)) for line, stops in found]


def _coming(stops: Sequence[_OpenStop]) -> float:
    return next(x for x, _, _ in reversed(stops) if x is not None)


def _spread(box: Box, ending: Sequence[list[_OpenStop]]) -> None:
    """Lets lines end side by side, in the order in which they come; lines that have run as one end as one."""
    coming = sorted({_coming(stops) for stops in ending})
    step = min(_FURTHEST, 0.7 * box.width / len(coming))
    for stops in ending:
        x = box.middle + step * (coming.index(_coming(stops)) - (len(coming) - 1) / 2)
        stops[-1] = (x, *stops[-1][1:])


def _complete(stops: Sequence[_OpenStop]) -> list[Stop]:
    """Lines cross the border of a scope above where they run next."""
    found: list[Stop] = []
    next_x = 0.0
    for x, come, go in reversed(stops):
        next_x = next_x if x is None else x
        found.append((next_x, come, go))
    return found[::-1]
