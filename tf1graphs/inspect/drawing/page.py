"""A graph as one HTML file that needs no network: it folds and unfolds, and can be searched.

The layout of every scope is computed here; the browser gives rows and columns their sizes and draws the lines.
"""

from __future__ import annotations

import base64
import hashlib
import json
from html import escape
from importlib.resources import files
from typing import Any

from tf1graphs.inspect.drawing import unfolding
from tf1graphs.inspect.drawing.columns import ITEM_SPAN
from tf1graphs.inspect.drawing.hierarchy import Hierarchy
from tf1graphs.inspect.drawing.kinds import KINDS, SHOWN_IN_BAR
from tf1graphs.inspect.drawing.layout import Layouts
from tf1graphs.inspect.drawing.texts import has_bar

_SCRIPTS = ("data.js", "lines.js", "boxes.js", "details.js", "main.js")


class _Strings:
    """Numbers for texts, since most of them are said thousands of times."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        return self._numbers.setdefault(text, len(self._numbers))

    def all(self) -> list[str]:
        return list(self._numbers)


def _of_leaves(hierarchy: Hierarchy, strings: _Strings) -> dict[str, Any]:
    """What is known of leaves, and by the name it was given."""
    details, outputs, values = {}, {}, {}
    for number, item in enumerate(hierarchy.items):
        if item.leaf is None:
            continue
        if item.leaf.details:
            details[number] = [[strings.number(name), strings.number(value)] for name, value in item.leaf.details]
        if item.leaf.outputs:
            outputs[number] = [strings.number(shape) for shape in item.leaf.outputs]
        if item.kind == "constant":
            values[number] = strings.number(dict(item.leaf.details)["value"])
    return {"details": details, "outputs": outputs, "values": values}


def _lines(lines: dict[int, tuple[int, list[int]]]) -> list[list[Any]]:
    return [[number, first, columns] for number, (first, columns) in lines.items()]


def _data(hierarchy: Hierarchy) -> dict[str, Any]:
    strings = _Strings()
    layouts = Layouts(hierarchy)
    items = [
        [item.label, item.name, item.parent, strings.number(hierarchy.type_of(number)), item.kind]
        + [int(item.is_aside), item.kinds.total(), item.parameters, int(item.is_part)]
        for number, item in enumerate(hierarchy.items)
    ]
    grids = []
    for scope, layout in layouts.items():
        places = sorted((row, column, number) for number, (row, column) in layout.places.items())
        inside = [[number, row, column] for row, column, number in places]
        lines = [_lines(layout.trunks), _lines(layout.backs)]
        grids.append([scope, layout.rows, layout.columns, inside, *lines, layout.aside])
    bars = {
        number: [[kind, item.kinds[kind]] for kind in SHOWN_IN_BAR if item.kinds[kind]]
        for number, item in enumerate(hierarchy.items)
        if has_bar(hierarchy, number)
    }
    return {
        "root": hierarchy.root,
        "of": hierarchy.of,
        "span": ITEM_SPAN,
        "items": items,
        "layouts": grids,
        "edges": [[edge.source, edge.target, edge.output, int(edge.is_control)] for edge in hierarchy.edges],
        "unfolded": sorted(unfolding.readable(hierarchy, layouts)),
        "kinds": bars,
        "own": {number: item.own for number, item in enumerate(hierarchy.items) if item.own is not None},
        "titles": {name: kind.title for name, kind in KINDS.items()},
        **_of_leaves(hierarchy, strings),
        "strings": strings.all(),
    }


def _read(name: str) -> str:
    return files("tf1graphs.inspect.drawing").joinpath("browser", name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """As a Content-Security-Policy names what may run: https://www.w3.org/TR/CSP3/#grammardef-hash-source."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _colours() -> str:
    rules = []
    for name, kind in KINDS.items():
        fill, line = f"light-dark({kind.fill}, {kind.dark_fill})", f"light-dark({kind.line}, {kind.dark_line})"
        rules.append(f".{name} {{ --fill: {fill}; --line: {line}; }}")
    return "\n".join(rules)


def _legend(hierarchy: Hierarchy) -> str:
    present = hierarchy.items[hierarchy.root].kinds
    swatches = [f"<span><i class='{name}'></i>{KINDS[name].title}</span>" for name in KINDS if present[name]]
    if any(item.is_aside for item in hierarchy.items):
        swatches.append("<span><i class='dashed'></i>set aside, without lines</span>")
    return "".join([*swatches, "<span id='status' role='status'></span>"])


def html(hierarchy: Hierarchy, title: str) -> str:
    """Returns the page.

    Args:
        hierarchy: what is drawn.
        title: what stands above it, such as the name of the file.
    """
    script = "\n".join(_read(name) for name in _SCRIPTS)
    style = _read("page.css") + _colours()
    # In a script element "<" would let a name end it; in JSON it may be written so.
    data = json.dumps(_data(hierarchy), separators=(",", ":")).replace("<", "\\u003c")
    # The name of a file may hold bytes that are no letters.
    title = escape(title.encode(errors="replace").decode())
    policy = f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}"
    body = _read("page.html").replace("<h1></h1>", f"<h1>{title}</h1>")
    body = body.replace("<footer></footer>", f"<footer>{_legend(hierarchy)}</footer>")
    return (
        "<!DOCTYPE html>\n<html lang='en'><head><meta charset='utf-8'>"
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        "<meta name='viewport' content='width=device-width'>"
        f"<title>{title}</title><style>{style}</style></head><body>\n{body}"
        f"<script type='application/json' id='data'>{data}</script>\n<script>{script}</script></body></html>\n"
    )
