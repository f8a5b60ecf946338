"""Draws what computes the initial value of one variable, and nothing else, inside that variable."""

from __future__ import annotations

from collections import defaultdict

from tf1graphs.inspect.drawing.hierarchy import Hierarchy
from tf1graphs.inspect.drawing.local import local_edges


def move_initial_values(hierarchy: Hierarchy) -> None:
    """Moves ``random_normal`` into ``w`` of ``w = tf.Variable(tf.random_normal(...))``."""
    items = hierarchy.items
    for local in local_edges(hierarchy).values():
        targets, fed = defaultdict(set), set(local.leaving)
        for source, target in local.inner:
            targets[source].add(target)
            fed.add(target)
        fed.update(inside for _, inside in local.entering)
        for number, (target, *others) in targets.items():
            is_variable = items[target].kind == "variable" and items[target].leaf is None
            if others or not is_variable or number in fed or items[number].kind in ("variable", "input"):
                continue
            parent = items[number].parent
            assert parent is not None
            items[parent].children.remove(number)
            items[target].children.append(number)
            items[target].kinds += items[number].kinds
            items[number].parent = target
