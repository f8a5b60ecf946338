"""Which scopes a static picture unfolds: as many as keep it readable, or all to a given depth."""

from __future__ import annotations

from collections import defaultdict

from tf1graphs.inspect.drawing.hierarchy import Hierarchy
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
    """Scopes that hold the same kinds of operations, together; those with the fewest items first."""
    found = defaultdict(list)
    for number in scopes:
        item = hierarchy.items[number]
        found[len(item.children), frozenset(item.kinds.items())].append(number)
    return sorted(found.values(), key=lambda alike: sum(len(hierarchy.items[number].children) for number in alike))


def readable(hierarchy: Hierarchy, layouts: Layouts) -> set[int]:
    """The root and further scopes, the outer and the smaller ones first, while the picture has room: 42 boxes, 22 rows.

    Scopes that are alike are unfolded together or not at all. What has an operation's own name, such as a variable with
    its initializer, is one box to who looks at the whole; so is what is set aside.
    """
    items = hierarchy.items
    found = {hierarchy.root}
    boxes, level = len(items[hierarchy.root].children), [hierarchy.root]
    while level:
        inside = [
            child
            for scope in level
            for child in items[scope].children
            if items[child].leaf is None and items[child].own is None and not items[child].is_aside
        ]
        level = []
        for alike in _alike(hierarchy, inside):
            count = sum(len(items[number].children) for number in alike)
            if boxes + count <= _MOST_BOXES and _rows(hierarchy, layouts, found.union(alike)) <= _MOST_ROWS:
                boxes += count
                found.update(alike)
                level += alike
    return found


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
