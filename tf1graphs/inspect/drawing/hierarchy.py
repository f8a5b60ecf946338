"""What is drawn: operations or layers in nested scopes, and the edges between them.

Items have numbers, not names, since a graph may have an operation ``a`` and a scope ``a``, and a file any name at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tf1graphs.inspect.drawing import kinds


@dataclass(frozen=True)
class Leaf:
    """An operation or a layer.

    Attributes:
        name: its full name.
        type: the op type or the layer's class.
        kind: a key of ``kinds.KINDS``.
        outputs: the shape of each output as text, ``""`` where it is not known.
        details: names and values of its attributes, to be read.
        parameters: the number of values it holds, where it is a variable.
    """

    name: str
    type: str
    kind: str
    outputs: tuple[str, ...] = ()
    details: tuple[tuple[str, str], ...] = ()
    parameters: int = 0


@dataclass(frozen=True)
class Edge:
    """From an output of one leaf to another leaf, both by number.

    Attributes:
        source: the leaf that gives.
        target: the leaf that gets.
        output: which output of the source.
        is_control: whether it carries no tensor.
        is_closing: whether it closes a loop.
    """

    source: int
    target: int
    output: int = 0
    is_control: bool = False
    is_closing: bool = False


@dataclass
class Item:
    """A box: a leaf, or a scope with items inside.

    Attributes:
        label: the last part of its name.
        name: the full name.
        parent: the number of its scope; None of the root.
        children: the numbers of the items inside, in the order in which their first leaves were made.
        leaf: what it is if it is a leaf.
        own: of a scope, the child that has its very name and lends it kind and type, as ``w`` to ``w/read``.
        kind: a key of ``kinds.KINDS``.
        kinds: how many leaves of each kind it holds.
        parameters: in all its leaves; of a variable, without those of its slots.
        is_part: whether it is a part of a scope that holds too many items, and has the name of that scope.
        is_aside: whether it stands in the side column of its scope, to which no edges are drawn.
    """

    label: str
    name: str
    parent: int | None
    children: list[int] = field(default_factory=list)
    leaf: Leaf | None = None
    own: int | None = None
    kind: str = "scope"
    kinds: Counter[str] = field(default_factory=Counter)
    parameters: int = 0
    is_part: bool = False
    is_aside: bool = False


class Hierarchy:
    """Leaves in nested scopes.

    Attributes:
        items: the leaves, in their order, then the root, then all other scopes.
        root: the number of the scope that holds all.
        edges: between leaves, each once.
        of: what a leaf is called where leaves are counted.
    """

    def __init__(
        self, leaves: Sequence[Leaf], paths: Sequence[tuple[str, ...]], edges: Sequence[Edge], of: str = "op"
    ) -> None:
        """Nests the leaves.

        Args:
            leaves: what is drawn.
            paths: for each leaf the labels of the scopes around it and its own.
            edges: between the leaves; an edge from a leaf to itself is not drawn.
            of: what a leaf is called, such as ``op``.
        """
        self.of = of
        self.root = len(leaves)
        self.items = [Item(path[-1], leaf.name, None, leaf=leaf) for leaf, path in zip(leaves, paths, strict=True)]
        self.items.append(Item("", "", None))
        self.edges = tuple(dict.fromkeys(edge for edge in edges if edge.source != edge.target))
        self._nest(paths)
        for number in self.inside_out(self.root):
            self.sum_up(number)

    def _nest(self, paths: Sequence[tuple[str, ...]]) -> None:
        scopes: dict[tuple[str, ...], int] = {(): self.root}
        for path in paths:
            for length in range(1, len(path)):
                if path[:length] not in scopes:
                    parent = scopes[path[: length - 1]]
                    scopes[path[:length]] = self.add_scope(path[length - 1], "/".join(path[:length]), parent)
        for number, path in enumerate(paths):
            own_scope = scopes.get(path)
            parent = scopes[path[:-1]] if own_scope is None else own_scope
            self.items[number].parent = parent
            if own_scope is not None:
                self.items[own_scope].own = number
            self.items[parent].children.append(number)
        first = list(range(len(self.items)))
        for number in self.inside_out(self.root):
            children = self.items[number].children
            children.sort(key=first.__getitem__)
            first[number] = first[children[0]] if children else number

    def add_scope(self, label: str, name: str, parent: int) -> int:
        """Returns the number of a new scope, the last of its parent's items."""
        self.items.append(Item(label, name, parent))
        self.items[parent].children.append(len(self.items) - 1)
        return len(self.items) - 1

    def sum_up(self, number: int) -> None:
        """Counts what an item holds, once that is done for the items inside."""
        item = self.items[number]
        if item.leaf is not None:
            item.kind, item.parameters = item.leaf.kind, item.leaf.parameters
            item.kinds = Counter([item.kind])
            return
        inside = [self.items[child] for child in item.children]
        item.kinds = sum((child.kinds for child in inside), Counter())
        item.parameters = sum(child.parameters for child in inside)
        if item.own is None:
            item.kind = kinds.of_scope(item.label)
        else:
            own = self.items[item.own]
            item.kind = own.kind
            item.parameters = own.parameters if own.kind == "variable" else item.parameters

    def inside_out(self, number: int) -> Iterator[int]:
        """Yields the numbers of an item and of all items inside, each after those inside it."""
        found, waiting = [], [number]
        while waiting:
            found.append(waiting.pop())
            waiting += self.items[found[-1]].children
        return reversed(found)

    def chain(self, number: int) -> list[int]:
        """The scopes around an item from the root on, and the item."""
        found = []
        at: int | None = number
        while at is not None:
            found.append(at)
            at = self.items[at].parent
        return found[::-1]

    def type_of(self, number: int) -> str:
        """The op type or class of a leaf, or of the leaf that lends a scope its name; ``""`` of other scopes."""
        item = self.items[number]
        leaf = item.leaf if item.own is None else self.items[item.own].leaf
        return "" if leaf is None else leaf.type

    def scopes(self) -> Iterator[int]:
        """Yields the numbers of all scopes."""
        return (number for number in range(len(self.items)) if self.items[number].leaf is None)
