"""Static pictures, SVG and PNG, drawn by matplotlib."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator, Set
from pathlib import Path
from typing import Any

from tf1graphs.inspect.drawing import texts, unfolding
from tf1graphs.inspect.drawing.boxes import BAR, LINE_HEIGHT, PADDING, Box, Boxes
from tf1graphs.inspect.drawing.hierarchy import Hierarchy
from tf1graphs.inspect.drawing.kinds import KINDS, SHOWN_IN_BAR
from tf1graphs.inspect.drawing.layout import Layouts
from tf1graphs.inspect.drawing.routes import ARROW, Route, routes
from tf1graphs.inspect.drawing.texts import LABEL, SMALL, Text
from tf1graphs.inspect.drawing.view import view
from tf1graphs.replacing import replacing

_INK, _FAINT, _WIRE = "#1f2933", "#52606d", "#7b8794"
_BORDER = 14.0
_LEGEND_HEIGHT = 26.0
_LEGEND_GAP = 26.0
_DASHED = (0, (3, 2))
_DPI = 144
# Larger images than this cannot be shown by what shows images.
_MOST_PIXELS_ALONG = 30_000
_MOST_PIXELS = 100e6
_TURN = 12.0


class _Picture:
    """A figure whose coordinates are points from the top left corner."""

    def __init__(self, hierarchy: Hierarchy, boxes: Boxes, ways: list[Route], labels: dict[int, Text]) -> None:
        from matplotlib.figure import Figure

        self._hierarchy = hierarchy
        root = boxes.by_number[hierarchy.root]
        legend = _legend_of(hierarchy, boxes)
        legend_width = sum(texts.width(Text(title, SMALL)) + _LEGEND_GAP for title, _ in legend)
        self.width = max(root.width, legend_width) + 2 * _BORDER
        self.height = root.height + _LEGEND_HEIGHT + 2 * _BORDER
        self.figure = Figure(figsize=(self.width / 72, self.height / 72), facecolor="white")
        self._axes = self.figure.add_axes((0, 0, 1, 1))
        self._axes.set_axis_off()
        left = (self.width - root.width) / 2
        self._axes.set(xlim=(-left, self.width - left), ylim=(self.height - _BORDER, -_BORDER))
        for depth, box in self._outside_in(boxes):
            if box.grid is not None and box.number != hierarchy.root:
                self._scope(box, depth)
        for way in ways:
            self._line(way)
        for number, label in labels.items():
            box = boxes.by_number[number]
            self._label(box.middle, box.bottom + 0.9 * SMALL, label)
        for _, box in self._outside_in(boxes):
            if box.grid is None:
                self._box(box)
            for text in box.texts if box.grid else ():
                self._label(box.x + PADDING, box.y + 0.9 * LABEL, text, ha="left")
        self._legend(legend, -left + _BORDER, root.height + _BORDER / 2)

    def _outside_in(self, boxes: Boxes) -> Iterator[tuple[int, Box]]:
        waiting = [(0, self._hierarchy.root)]
        while waiting:
            depth, number = waiting.pop()
            box = boxes.by_number[number]
            yield depth, box
            if box.grid is not None:
                waiting += [(depth + 1, child) for child in self._hierarchy.items[number].children]

    def _rectangle(self, x: float, y: float, width: float, height: float, **style: Any) -> None:
        from matplotlib.patches import FancyBboxPatch

        self._axes.add_patch(FancyBboxPatch((x, y), width, height, **style))

    def _text(self, x: float, y: float, text: Text, color: str = _INK, **style: Any) -> None:
        self._axes.text(
            x,
            y,
            text.text,
            size=text.size,
            weight="bold" if text.is_bold else "normal",
            color=color,
            family="DejaVu Sans",
            parse_math=False,
            **{"ha": "center", "va": "center"} | style,
        )

    def _scope(self, box: Box, depth: int) -> None:
        kind = KINDS[self._hierarchy.items[box.number].kind]
        self._rectangle(
            box.x,
            box.y,
            box.width,
            box.height,
            boxstyle="round,pad=0,rounding_size=7",
            facecolor="#f5f7fa" if depth % 2 else "#ffffff",
            edgecolor=kind.line,
            linewidth=1.0,
        )

    def _box(self, box: Box) -> None:
        item = self._hierarchy.items[box.number]
        kind = KINDS[item.kind]
        is_round = item.kind in ("input", "constant")
        rounding = min(box.height / 2, 11.0) if is_round else 4.0
        self._rectangle(
            box.x,
            box.y,
            box.width,
            box.height,
            boxstyle=f"round,pad=0,rounding_size={rounding}",
            facecolor=kind.fill,
            edgecolor=kind.line,
            linewidth=0.8 if item.kind == "constant" else 1.1,
            linestyle=_DASHED if item.is_aside else "solid",
        )
        y = box.y + PADDING / 2
        for number, text in enumerate(box.texts):
            height = text.size * LINE_HEIGHT
            self._text(box.middle, y + height / 2, text, _FAINT if number else _INK)
            y += height
        if texts.has_bar(self._hierarchy, box.number):
            self._bar(box)

    def _bar(self, box: Box) -> None:
        """What a folded scope holds, in the colours of the legend."""
        from matplotlib.patches import Rectangle

        counts = self._hierarchy.items[box.number].kinds
        shown = [kind for kind in SHOWN_IN_BAR if counts[kind]]
        total = sum(counts[kind] for kind in shown)
        x, whole = box.x + PADDING, box.width - 2 * PADDING
        for kind in shown:
            share = whole * counts[kind] / total
            bottom = box.y + box.height - BAR - 2.5
            self._axes.add_patch(Rectangle((x, bottom), share, BAR - 1, facecolor=KINDS[kind].line, linewidth=0))
            x += share

    def _line(self, way: Route) -> None:
        from matplotlib.patches import PathPatch, Polygon
        from matplotlib.path import Path as Curve

        x, start, y = way.stops[0]
        points, codes, rose = [(x, start), (x, y)], [Curve.MOVETO, Curve.LINETO], False
        for next_x, come, go in way.stops[1:]:
            rises = go < come - 1
            # A line that rises leaves downwards before it does, and comes in from above after it has.
            bend = _TURN if rises != rose else max(abs(come - y) / 2, _TURN)
            leaves, comes = (-bend if rose else bend), (bend if rises else -bend)
            points += [(x, y + leaves), (next_x, come + comes), (next_x, come), (next_x, go)]
            codes += [Curve.CURVE4] * 3 + [Curve.LINETO]
            x, y, rose = next_x, go, rises
        is_control = way.line.is_control
        style = {"edgecolor": _WIRE, "linewidth": 0.8 if is_control else 1.1, "facecolor": "none"}
        style["linestyle"] = (0, (2, 2)) if is_control else "solid"
        self._axes.add_patch(PathPatch(Curve(points, codes), **style))
        corners = [(x, y + ARROW), (x - ARROW / 2, y), (x + ARROW / 2, y)]
        self._axes.add_patch(Polygon(corners, facecolor=_WIRE, linewidth=0))

    def _label(self, x: float, y: float, text: Text, **style: Any) -> None:
        """Text that lines may run behind."""
        plate = {"boxstyle": "round,pad=0.12", "facecolor": "white", "edgecolor": "none", "alpha": 0.85}
        self._text(x, y, text, _FAINT, bbox=plate, **style)

    def _legend(self, legend: list[tuple[str, dict[str, Any]]], x: float, y: float) -> None:
        for title, style in legend:
            text = Text(title, SMALL)
            self._rectangle(x, y + 4, 10, 10, boxstyle="round,pad=0,rounding_size=2", linewidth=1.0, **style)
            self._text(x + 14, y + 9, text, _FAINT, ha="left")
            x += texts.width(text) + _LEGEND_GAP


def _legend_of(hierarchy: Hierarchy, boxes: Boxes) -> list[tuple[str, dict[str, Any]]]:
    """The titles and styles of the kinds that a picture shows, inside folded scopes too."""
    shown = hierarchy.items[hierarchy.root].kinds
    found: list[tuple[str, dict[str, Any]]] = [
        (kind.title, {"facecolor": kind.fill, "edgecolor": kind.line}) for name, kind in KINDS.items() if shown[name]
    ]
    if any(hierarchy.items[number].is_aside for number in boxes.by_number):
        found.append(("set aside, without lines", {"facecolor": "none", "edgecolor": _WIRE, "linestyle": _DASHED}))
    return found


def arrange(hierarchy: Hierarchy, layouts: Layouts, unfolded: Set[int]) -> tuple[Boxes, list[Route], dict[int, Text]]:
    """The boxes that are seen with these scopes unfolded, the ways of the lines, and by box what stands under it."""
    seen = view(hierarchy, unfolded)
    folded = [child for scope in unfolded for child in hierarchy.items[scope].children if child not in unfolded]
    labels = texts.labels_of(hierarchy, seen, folded)
    lines = {number: texts.texts_of(hierarchy, number, seen) for number in folded}
    for number in unfolded:
        label = hierarchy.items[number].label
        lines[number] = [Text(texts.plain(label), LABEL, True)] if label else []
    boxes = Boxes(hierarchy, layouts, unfolded, lines, labels)
    parents = {number: item.parent for number, item in enumerate(hierarchy.items) if item.parent is not None}
    return boxes, routes(boxes, layouts, seen.lines, parents), labels


def save(hierarchy: Hierarchy, path: str | os.PathLike[str], file_format: str, depth: int | None = None) -> None:
    """Writes a picture under a temporary name, then renames it.

    Args:
        hierarchy: what is drawn.
        path: the file.
        file_format: ``"svg"``, in which text stays text, or ``"png"``.
        depth: unfolds all scopes that lie in fewer scopes than this; by default as many as keep the picture readable.
    """
    from matplotlib import rc_context

    layouts = Layouts(hierarchy)
    unfolded = unfolding.readable(hierarchy, layouts) if depth is None else unfolding.to_depth(hierarchy, depth)
    with warnings.catch_warnings():
        # A letter that the font does not have is drawn as a frame; in SVG the viewer's fonts have it.
        warnings.filterwarnings("ignore", message="Glyph", category=UserWarning)
        figure = _Picture(hierarchy, *arrange(hierarchy, layouts, unfolded)).figure
        width, height = figure.get_size_inches()
        dpi = min(_DPI, _MOST_PIXELS_ALONG / max(width, height), (_MOST_PIXELS / (width * height)) ** 0.5)
        metadata = {"Date": None} if file_format == "svg" else None
        with replacing(Path(path)) as temporary, rc_context({"svg.fonttype": "none", "svg.hashsalt": "tf1graphs"}):
            figure.savefig(temporary, format=file_format, dpi=dpi, metadata=metadata)
