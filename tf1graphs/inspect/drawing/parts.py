"""Cuts scopes that hold too many items into parts, so that no scope is more than a screen."""

from __future__ import annotations

import math

from tf1graphs.inspect.drawing.hierarchy import Hierarchy

MOST_ITEMS = 48


def cut_long_scopes(hierarchy: Hierarchy) -> None:
    """Puts the items of long scopes, as they follow one another, into parts that are named after the first and last."""
    waiting = list(hierarchy.scopes())
    while waiting:
        scope = waiting.pop()
        for is_aside in (False, True):
            numbers = [
                number
                for number in hierarchy.items[scope].children
                if hierarchy.items[number].is_aside == is_aside and number != hierarchy.items[scope].own
            ]
            if len(numbers) > MOST_ITEMS:
                waiting += _cut(hierarchy, scope, numbers, is_aside)


def _cut(hierarchy: Hierarchy, scope: int, numbers: list[int], is_aside: bool) -> list[int]:
    """Returns the parts. About as many parts as items in each can be taken in best."""
    count = min(MOST_ITEMS - 1, math.isqrt(len(numbers)))
    length = math.ceil(len(numbers) / count)
    moved = set(numbers)
    items = hierarchy.items
    items[scope].children = [number for number in items[scope].children if number not in moved]
    parts = []
    for start in range(0, len(numbers), length):
        inside = numbers[start : start + length]
        label = f"{items[inside[0]].label} … {items[inside[-1]].label}"
        part = hierarchy.add_scope(label, items[scope].name, scope)
        items[part].children = inside
        items[part].is_aside, items[part].is_part = is_aside, True
        for number in inside:
            items[number].parent, items[number].is_aside = part, False
        hierarchy.sum_up(part)
        items[part].kind = items[inside[0]].kind if len({items[number].kind for number in inside}) == 1 else "scope"
        parts.append(part)
    return parts
