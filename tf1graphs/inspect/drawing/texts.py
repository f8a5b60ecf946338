"""What stands in a box of a static picture, and how wide it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from tf1graphs.inspect.drawing.hierarchy import Hierarchy
from tf1graphs.inspect.drawing.kinds import SHOWN_IN_BAR
from tf1graphs.inspect.drawing.view import View

_LONGEST = 30
LABEL, SMALL = 9.0, 7.0


@dataclass(frozen=True)
class Text:
    """A line of text: its size in points, and whether it is bold."""

    text: str
    size: float
    is_bold: bool = False


@cache
def _font(is_bold: bool) -> Any:
    from matplotlib.font_manager import FontProperties

    return FontProperties(family="DejaVu Sans", weight="bold" if is_bold else "normal")


@cache
def width(text: Text) -> float:
    """The width in points."""
    from matplotlib.textpath import TextToPath

    font = _font(text.is_bold).copy()
    font.set_size(text.size)
    found: float = TextToPath().get_text_width_height_descent(text.text, font, ismath=False)[0]
    return found


def plain(text: str) -> str:
    """Without what cannot be written into an SVG file, and long text without its middle."""
    text = "".join(character if character.isprintable() else "�" for character in text)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST // 2]}…{text[1 - _LONGEST // 2 :]}"


def _result(hierarchy: Hierarchy, number: int) -> int | None:
    """The leaf whose output is that of a box that no line need leave."""
    item = hierarchy.items[number]
    if item.is_aside or item.kind == "constant":
        return None
    return number if item.leaf is not None else item.own


def count(number: int, what: str) -> str:
    """Such as ``1 operation`` or ``1,200 operations``."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def has_bar(hierarchy: Hierarchy, number: int) -> bool:
    """Whether a folded box shows the kinds of what is inside."""
    item = hierarchy.items[number]
    inside = any(item.kinds[kind] for kind in SHOWN_IN_BAR)
    return inside and not item.is_aside and item.leaf is None and item.own is None


def texts_of(hierarchy: Hierarchy, number: int, seen: View) -> list[Text]:
    """The lines of a folded box: label, type or what is inside, and what feeds it from the side."""
    item = hierarchy.items[number]
    is_constant = item.kind == "constant"
    lines = [Text(plain(item.label), SMALL if is_constant else LABEL, not is_constant)]
    type_name = hierarchy.type_of(number)
    if item.leaf is not None and is_constant:
        lines += [Text(plain(value), SMALL) for name, value in item.leaf.details if name == "value" and value]
    elif not type_name or (item.is_aside and item.leaf is None):
        lines.append(Text(count(item.kinds.total(), hierarchy.of), SMALL))
    elif type_name != item.label:
        lines.append(Text(plain(type_name), SMALL))
    feeding = [plain(hierarchy.items[source].label) for source in seen.references.get(number, [])]
    if feeding:
        lines.append(Text("← " + plain(", ".join(feeding)), SMALL))
    return lines


def labels_of(hierarchy: Hierarchy, seen: View, boxes: Iterable[int]) -> dict[int, Text]:
    """By box, what runs along the lines that leave it: the shape, or how many tensors.

    Args:
        hierarchy: what is drawn.
        seen: the lines.
        boxes: folded boxes; of one that no line leaves, the shape of its first output.
    """
    tensors: dict[int, dict[tuple[int, int], None]] = {
        number: {(leaf, 0): None} for number in boxes if (leaf := _result(hierarchy, number)) is not None
    }
    for line in seen.lines:
        tensors.pop(line.sources[-1], None)
    for line in seen.lines:
        for edge in line.edges:
            if not edge.is_control:
                tensors.setdefault(line.sources[-1], {})[edge.source, edge.output] = None
    found = {}
    for number, outputs in tensors.items():
        leaf_outputs = [hierarchy.items[source].leaf for source, _ in outputs]
        shapes = {
            leaf.outputs[output] if output < len(leaf.outputs) else ""
            for leaf, (_, output) in zip(leaf_outputs, outputs, strict=True)
            if leaf is not None
        }
        (shape, *others) = shapes
        text = plain(shape) if not others else f"{len(outputs)} tensors"
        if text:
            found[number] = Text(text, SMALL)
    return found
