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
ARROW = 5.5


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
    def __init__(self, boxes: Boxes, layouts: Mapping[int, Layout], parents: Mapping[int, int]) -> None:
        self._boxes = boxes.by_number
        self._layouts = layouts
        self._parents = parents

    def _row_of(self, number: int) -> tuple[float, float]:
        """Top and bottom of the row in which an item stands; a line may leave its own column only beyond."""
        scope = self._parents[number]
        grid = self._boxes[scope].grid
        assert grid is not None
        return grid.rows[self._layouts[scope].places[number][0]]

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

    def stops(self, line: Line) -> list[_OpenStop]:
        """From the lower end of its start to where the arrow begins above its end."""
        start = line.sources[-1]
        stops: list[_OpenStop] = [(self._boxes[start].middle, self._boxes[start].bottom, self._row_of(start)[1])]
        for around, inside in reversed(list(zip(line.sources, line.sources[1:], strict=False))):
            layout = self._layouts[around]
            stops += self._passing(around, inside, layout.places[inside][0] + 1, layout.rows - 1)
            stops.append((stops[-1][0], self._boxes[around].bottom, self._row_of(around)[1]))
        stops += self._between(self._parents[line.sources[0]], line.sources[0], line.targets[0])
        for around, inside in zip(line.targets, line.targets[1:], strict=False):
            passing = self._passing(around, line.sources[0], 0, self._layouts[around].places[inside][0] - 1)
            x = passing[0][0] if passing else None
            stops += [(x, self._row_of(around)[0], self._boxes[around].y), *passing]
        stops.append((None, self._row_of(line.targets[-1])[0] - ARROW, self._boxes[line.targets[-1]].y - ARROW))
        return stops


def routes(boxes: Boxes, layouts: Mapping[int, Layout], lines: list[Line], parents: Mapping[int, int]) -> list[Route]:
    """The ways of all lines; those that end at one box end side by side.

    Args:
        boxes: the places of all boxes.
        layouts: of the scopes that are unfolded.
        lines: what is drawn.
        parents: by item, the scope around it.
    """
    router = _Router(boxes, layouts, parents)
    found = [(line, router.stops(line)) for line in lines]
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
