"""Which scopes a static picture unfolds: as many as keep it readable, or all to a given depth."""

from __future__ import annotations

from collections import defaultdict

from tf1graphs.inspect.drawing.hierarchy import Hierarchy
from tf1graphs.inspect.drawing.kinds import COMPUTING
from tf1graphs.inspect.drawing.layout import Layouts

_MOST_BOXES = 42
_MOST_ROWS = 22


def to_depth(hierarchy: Hierarchy, depth: int) -> set[int]:
    """The root and all scopes that lie in fewer than ``depth`` scopes; 0 draws the outermost boxes alone."""
    found, level = {hierarchy.root}, [hierarchy.root]
    for _ in range(depth):
        level = [
            child for scope in level for child in hierarchy.items[scope].children if hierarchy.items[child].leaf is None
        ]
        found.update(level)
    return found


def _alike(hierarchy: Hierarchy, scopes: list[int]) -> list[list[int]]:
    """Scopes that hold the same kinds of operations, together; what a model computes first, then the smallest."""
    found = defaultdict(list)
    for number in scopes:
        item = hierarchy.items[number]
        found[len(item.children), frozenset(item.kinds.items())].append(number)

    def order(alike: list[int]) -> tuple[bool, int]:
        is_computing = any(hierarchy.items[alike[0]].kinds[kind] for kind in COMPUTING)
        return not is_computing, _boxes(hierarchy, alike)

    return sorted(found.values(), key=order)


def _is_scope(hierarchy: Hierarchy, number: int) -> bool:
    """Whether an item is a name scope or a call, and not an operation with what belongs to it."""
    return hierarchy.items[number].own is None or hierarchy.items[number].kind == "scope"


def readable(hierarchy: Hierarchy, layouts: Layouts) -> set[int]:
    """The root and further scopes, the outer ones first, while the picture has room: 42 boxes, 22 rows.

    Scopes that are alike are unfolded together or not at all. What has an operation's own name, such as a variable with
    its initializer, is one box to who looks at the whole; so is what is set aside.
    """
    items = hierarchy.items
    found = {hierarchy.root}
    boxes, level = _boxes(hierarchy, [hierarchy.root]), [hierarchy.root]
    while level:
        inside = [
            child
            for scope in level
            for child in items[scope].children
            if items[child].leaf is None and _is_scope(hierarchy, child) and not items[child].is_aside
        ]
        level = []
        for alike in _alike(hierarchy, inside):
            count = _boxes(hierarchy, alike)
            if boxes + count <= _MOST_BOXES and _rows(hierarchy, layouts, found.union(alike)) <= _MOST_ROWS:
                boxes += count
                found.update(alike)
                level += alike
    return found


def _boxes(hierarchy: Hierarchy, scopes: list[int]) -> int:
    """How many boxes these scopes hold, besides those in their side columns, which take no room for lines."""
    children = [child for scope in scopes for child in hierarchy.items[scope].children]
    return sum(not hierarchy.items[child].is_aside for child in children)


def _rows(hierarchy: Hierarchy, layouts: Layouts, unfolded: set[int]) -> int:
    """How many boxes stand above one another."""
    rows: dict[int, int] = {}
    for number in hierarchy.inside_out(hierarchy.root):
        if number in unfolded:
            heights = [0] * layouts[number].rows
            for child, (row, _) in layouts[number].places.items():
                heights[row] = max(heights[row], rows.get(child, 1))
            rows[number] = sum(heights)
    return rows[hierarchy.root]
