"""Sets aside what would tangle a picture: savers, initializers, gradients, summaries, what feeds very many items.

TensorBoard calls these auxiliary nodes. It goes by degrees and op types too
(``tf_graph_common/render.ts``, ``extractHighDegrees`` and ``extractPredefinedSink``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from tf1graphs.inspect.drawing import kinds
from tf1graphs.inspect.drawing.hierarchy import Hierarchy
from tf1graphs.inspect.drawing.local import Local, local_edges

_MACHINERY = re.compile(
    r"NoOp|MergeV2Checkpoints|ShardedFilename|Assign\w*|\w+Summary(V2)?|IsVariableInitialized|VarIsInitializedOp"
    r"|ReportUninitialized\w*"
)
_SAVING = re.compile(r"Save(V2|Slices)?|Restore(V2|Slice)?")
# What holds less machinery than this is part of the model.
_SHARE = 0.6
_MOST_TARGETS = 6


class _Machinery:
    """Counts, for each item, the leaves that train, save, initialize or summarize, and those that compute the model."""

    def __init__(self, hierarchy: Hierarchy) -> None:
        self._hierarchy = hierarchy
        self.machinery = [0] * len(hierarchy.items)
        self.model = [0] * len(hierarchy.items)
        self.saving = [False] * len(hierarchy.items)
        backward = self._backward()
        for number in hierarchy.inside_out(hierarchy.root):
            item = hierarchy.items[number]
            if item.leaf is None:
                self.machinery[number] = sum(self.machinery[child] for child in item.children)
                self.model[number] = sum(self.model[child] for child in item.children)
                self.saving[number] = any(self.saving[child] for child in item.children)
                continue
            self.saving[number] = _SAVING.fullmatch(item.leaf.type) is not None
            is_backward = number in backward or item.kind == "training"
            if is_backward or self.saving[number] or _MACHINERY.fullmatch(item.leaf.type):
                self.machinery[number] = 1
            elif item.kind != "constant":
                self.model[number] = 1

    def _backward(self) -> set[int]:
        """All items in scopes of gradients."""
        found: set[int] = set()
        for scope in self._hierarchy.scopes():
            if kinds.of_scope(self._hierarchy.items[scope].label) == "training":
                found.update(self._hierarchy.inside_out(scope))
        return found

    def is_machinery(self, number: int) -> bool:
        """Whether an item is mostly machinery, and not where most of the model around it is computed."""
        item = self._hierarchy.items[number]
        if item.kind == "variable" or item.parent is None or not self.machinery[number]:
            return False
        if self.saving[number] and not any(item.kinds[kind] for kind in kinds.COMPUTING):
            return True
        share = self.machinery[number] / (self.machinery[number] + self.model[number])
        return share >= _SHARE and self.model[number] <= self.model[item.parent] / 2


def _neighbours(local: Local) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
    sources, targets = defaultdict(set), defaultdict(set)
    for source, target in local.inner:
        sources[target].add(source)
        targets[source].add(target)
    return sources, targets


def _feeds_many(local: Local) -> set[int]:
    sources, targets = _neighbours(local)
    entered = {inside for _, inside in local.entering}
    return {
        number
        for number, fed in targets.items()
        if len(fed) > _MOST_TARGETS and number not in sources and number not in entered
    }


def _left_alone(children: Sequence[int], local: Local) -> set[int]:
    """Items that have no edges, but to items that are set aside."""
    connected = {number for pair in local.inner for number in pair} | {inside for _, inside in local.entering}
    return set(children) - connected - set(local.leaving)


def set_aside(hierarchy: Hierarchy) -> None:
    """Marks the items that stand in the side columns of their scopes; every scope keeps an item that does not."""
    counts = _Machinery(hierarchy)
    items = hierarchy.items
    machines: set[int] = set()
    for scope in hierarchy.scopes():
        is_inside = any(number in machines for number in hierarchy.chain(scope))
        if is_inside or items[scope].kind == "variable" or not counts.model[scope]:
            continue
        machines.update(child for child in items[scope].children if counts.is_machinery(child))
    _mark(hierarchy, machines)
    _mark(hierarchy, set().union(*(_feeds_many(local) for local in local_edges(hierarchy).values())))
    left = local_edges(hierarchy)
    _mark(hierarchy, set().union(*(_left_alone(items[scope].children, left[scope]) for scope in hierarchy.scopes())))


def _mark(hierarchy: Hierarchy, numbers: set[int]) -> None:
    for number in numbers:
        parent = hierarchy.items[number].parent
        assert parent is not None
        siblings = hierarchy.items[parent].children
        hierarchy.items[number].is_aside |= any(
            sibling not in numbers and not hierarchy.items[sibling].is_aside for sibling in siblings
        )
