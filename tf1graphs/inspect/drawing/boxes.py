"""Sizes and places of the boxes of a static picture, in points, from the top left corner."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field

from tf1graphs.inspect.drawing.columns import ITEM_SPAN
from tf1graphs.inspect.drawing.hierarchy import Hierarchy
from tf1graphs.inspect.drawing.layout import Layout
from tf1graphs.inspect.drawing.texts import LABEL, Text, has_bar, width

PADDING = 8.0
BAR = 4.0
_MARGIN = 7.0
_NARROWEST = 44.0
# Lines bend between rows, and the shape of what runs along them stands there.
_ROW_GAP = 34.0
_SCOPE_GAP = 20.0
_ASIDE_GAP = 10.0
_ASIDE_HEIGHT = 250.0
_LINE_WIDTH = 9.0
LINE_HEIGHT = 1.35


@dataclass
class Grid:
    """Where the columns and rows of an unfolded scope are: left and right ends, and top and bottom."""

    columns: list[tuple[float, float]] = field(default_factory=list)
    rows: list[tuple[float, float]] = field(default_factory=list)


@dataclass
class Box:
    """The place of an item.

    Attributes:
        number: of the item.
        texts: its lines; of an unfolded scope, its label alone.
        grid: of an unfolded scope.
    """

    number: int
    texts: list[Text]
    width: float = 0.0
    height: float = 0.0
    x: float = 0.0
    y: float = 0.0
    grid: Grid | None = None

    @property
    def middle(self) -> float:
        """The horizontal middle."""
        return self.x + self.width / 2

    @property
    def bottom(self) -> float:
        """The lower end."""
        return self.y + self.height


class Boxes:
    """All boxes of a picture, by the number of their item."""

    def __init__(
        self,
        hierarchy: Hierarchy,
        layouts: Mapping[int, Layout],
        unfolded: Set[int],
        texts: Mapping[int, list[Text]],
        labels: Mapping[int, Text],
    ) -> None:
        """Gives every box its place.

        Args:
            hierarchy: what is drawn.
            layouts: of the scopes that are unfolded.
            unfolded: their numbers.
            texts: what stands in each box that is seen.
            labels: what stands under a box.
        """
        self._hierarchy = hierarchy
        self._layouts = layouts
        self._unfolded = unfolded
        self._texts = texts
        self._labels = labels
        self.by_number: dict[int, Box] = {}
        root = self._measure(hierarchy.root)
        self._place(root, 0.0, 0.0)

    def _measure(self, number: int) -> Box:
        box = Box(number, self._texts[number])
        self.by_number[number] = box
        if number in self._unfolded:
            self._measure_scope(box)
            return box
        label = self._labels.get(number)
        widths = [width(text) for text in box.texts] + ([width(label)] if label else [])
        is_small = self._hierarchy.items[number].kind == "constant"
        box.width = max(max(widths) + 2 * PADDING, 0 if is_small else _NARROWEST)
        box.height = sum(text.size * LINE_HEIGHT for text in box.texts) + PADDING
        if has_bar(self._hierarchy, number):
            box.height += BAR
        return box

    def _measure_scope(self, box: Box) -> None:
        layout = self._layouts[box.number]
        widths = [0.0] * layout.columns
        heights = [0.0] * layout.rows
        for child, (row, column) in layout.places.items():
            inside = self._measure(child)
            for spanned in range(column, column + ITEM_SPAN):
                widths[spanned] = max(widths[spanned], (inside.width + 2 * _MARGIN) / ITEM_SPAN)
            heights[row] = max(heights[row], inside.height)
        for lines in (layout.trunks, layout.backs):
            for _, columns in lines.values():
                for column in columns:
                    widths[column] = max(widths[column], _LINE_WIDTH)
        box.grid = Grid(_ends(0.0, widths, 0.0), _ends(0.0, heights, _ROW_GAP))
        inner_height = sum(heights) + _ROW_GAP * max(0, layout.rows - 1)
        aside_width = self._measure_aside(box.number, max(inner_height, _ASIDE_HEIGHT))
        inner_height = max([inner_height, *(self.by_number[child].bottom for child in layout.aside)])
        label_width = max((width(text) for text in box.texts), default=0.0)
        box.width = max(sum(widths) + aside_width, label_width) + 2 * PADDING
        # The root has no border and no label, but what stands under its last boxes.
        box.height = inner_height + (LABEL * LINE_HEIGHT + 2 * _SCOPE_GAP if box.texts else _SCOPE_GAP)

    def _measure_aside(self, scope: int, height: float) -> float:
        """Places the items of the side column, for now from its top and, to the left, its right end; returns its width.

        Args:
            scope: the number of the scope.
            height: what is longer goes on in a further column.
        """
        right, y, column = 0.0, 0.0, list[Box]()
        aside = [self._measure(child) for child in self._layouts[scope].aside]
        for box in aside:
            if column and y + box.height > height:
                right, y, column = _end_column(column, right), 0.0, []
            box.y = y
            y += box.height + _ASIDE_GAP
            column.append(box)
        return _end_column(column, right) if column else 0.0

    def _place(self, box: Box, x: float, y: float) -> None:
        box.x, box.y = x, y
        if box.grid is None:
            return
        layout = self._layouts[box.number]
        top = y + (LABEL * LINE_HEIGHT + _SCOPE_GAP if box.texts else 0.0)
        left = x + PADDING
        grid = box.grid
        grid.columns = [(start + left, end + left) for start, end in grid.columns]
        grid.rows = [(start + top, end + top) for start, end in grid.rows]
        for child, (row, column) in layout.places.items():
            inside = self.by_number[child]
            middle = (grid.columns[column][0] + grid.columns[column + ITEM_SPAN - 1][1]) / 2
            row_top, row_bottom = grid.rows[row]
            self._place(inside, middle - inside.width / 2, (row_top + row_bottom - inside.height) / 2)
        for child in layout.aside:
            inside = self.by_number[child]
            self._place(inside, x + box.width - PADDING - inside.x, top + inside.y)


def _ends(start: float, sizes: list[float], gap: float) -> list[tuple[float, float]]:
    found = []
    for size in sizes:
        found.append((start, start + size))
        start += size + gap
    return found


def _end_column(boxes: list[Box], right: float) -> float:
    """Gives the boxes of a column one width, and returns where the next column to its left ends."""
    widest = max(box.width for box in boxes)
    for box in boxes:
        box.width = box.width if box.grid else widest
        box.x = right + widest
    return right + widest + 2 * _MARGIN
