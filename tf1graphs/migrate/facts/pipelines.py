"""What calls stand for that make datasets and iterators, and draw elements from them."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tf1graphs.migrate import trees
from tf1graphs.migrate.facts import symbols
from tf1graphs.migrate.facts.datasets import Dataset, Draw, Element, Iterator, Start, part
from tf1graphs.migrate.facts.values import (
    Elements,
    Function,
    Host,
    Placeholder,
    Stage,
    Symbol,
    Tensor,
    Unknown,
    Value,
    Variable,
    flat,
)

if TYPE_CHECKING:
    from tf1graphs.migrate.facts.expressions import Expressions

_SINGLE = frozenset({"range", "TextLineDataset", "TFRecordDataset", "FixedLengthRecordDataset", "list_files"})
# What may give elements another structure.
_RESHAPES = frozenset({"apply", "flat_map", "interleave", "zip", "enumerate", "window"})
_MAKES_ITERATOR = frozenset({"make_one_shot_iterator", "make_initializable_iterator"})


def unpacked(self: Expressions, element: Element, target: ast.Tuple | ast.List) -> Elements:
    """Returns the parts of an element that get names."""
    if any(isinstance(each, ast.Starred) for each in target.elts):
        self.refuse(target, "get_next", "how many parts its element has is not known", "write a name for each part")
    return Elements(Stage.LATER, tuple(part(element, number) for number in range(len(target.elts))))


# Datasets.


def called(self: Expressions, short: str, node: ast.Call) -> Value | None:
    """Returns what a call stands for, by the symbol without ``tf.``; None if it has nothing to do with datasets."""
    if not short.startswith(("data.", "contrib.data.")):
        return None
    last = short.rpartition(".")[2]
    if last in _MAKES_ITERATOR:
        source = symbols.argument(node, 0, "dataset")
        owner = self.evaluate(source) if source is not None else None
        if source is None or not isinstance(owner, Dataset):
            return Unknown()
        return _iterator(self, owner, source, node, last)
    if last == "from_structure":
        self.arguments(node)
        types = symbols.argument(node, 0, "output_types")
        is_of = isinstance(types, ast.Attribute) and isinstance(self.facts.values.get(types.value), Dataset)
        return _once(self, node, Iterator(like=types.value if is_of and isinstance(types, ast.Attribute) else None))
    if last == "from_string_handle":
        self.arguments(node)
        self.refuse(node, "tf.data.Iterator.from_string_handle", "from what it draws is fed", "draw where it is fed")
        return Unknown()
    return _dataset(self, node, None)


def method(self: Expressions, owner: Dataset, node: ast.Call) -> Value:
    """Returns what a call of a dataset's method stands for."""
    assert isinstance(node.func, ast.Attribute)
    if node.func.attr in _MAKES_ITERATOR:
        return _iterator(self, owner, node.func.value, node, node.func.attr)
    return _dataset(self, node, owner)


def _dataset(self: Expressions, node: ast.Call, owner: Dataset | None) -> Dataset:
    """Returns the dataset that a call makes: what it computes is not computed by the statement that makes it."""
    stage, reads = self.item.stage, set(self.item.reads)
    arguments, keywords = self.arguments(node)
    before = [owner] if owner else []
    was_mapping, self.is_mapping = self.is_mapping, True
    is_single = owner.is_single if owner else _name(node) in _SINGLE
    for each in [*arguments, *keywords.values()]:
        if isinstance(each, Dataset):
            before.append(each)
        if isinstance(each, Function) and each.node is not None:
            count = len(each.node.args.args)
            result = self.call(each, [Tensor(Stage.LATER)] * count, {})
            before += [value for value in flat(result) if isinstance(value, Dataset)]
            if _name(node) == "map":
                is_single = type(result) is Tensor
    self.is_mapping = was_mapping
    self.item.stage, self.item.reads = stage, reads
    own = [*node.args, *(keyword.value for keyword in node.keywords)]
    fed = [] if self.is_mapping else [name for each in own for name in _fed(self, each)]
    return Dataset(
        fed=tuple(dict.fromkeys([*(name for each in before for name in each.fed), *fed])),
        is_random=any(_is_random(self, each) for each in own) or any(each.is_random for each in before),
        is_single=is_single and _name(node) not in _RESHAPES,
        is_endless=_is_endless(node) or any(each.is_endless for each in before),
    )


def _fed(self: Expressions, argument: ast.expr) -> list[ast.Name]:
    """Returns the names of placeholders in an argument, and refuses what else is known only in a run."""
    names = []
    inner = {
        parameter.arg for node in trees.walk(argument) if isinstance(node, ast.Lambda) for parameter in node.args.args
    }
    for node in trees.walk(argument):
        value = self.facts.values.get(node)
        if isinstance(node, ast.Name) and node.id not in inner:
            if isinstance(value, Placeholder) and not isinstance(value, Element):
                names.append(node)
            elif isinstance(value, Variable) or (isinstance(value, Tensor) and value.stage is not Stage.FIXED):
                self.refuse(
                    node,
                    node.id,
                    "a dataset is made from it, and its value is known only in a run",
                    "make it with NumPy",
                )
            elif isinstance(value, Function) and value.node in self.facts.outside:
                self.refuse(node, node.id, "it computes a dataset and reads a tensor of the graph", "give it numbers")
    return names


def _name(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else ""


def _is_endless(node: ast.Call) -> bool:
    return _name(node) == "repeat" and symbols.argument(node, 0, "count") is None


def _is_random(self: Expressions, argument: ast.expr) -> bool:
    value = self.facts.values.get(argument)
    nodes: list[ast.AST] = [argument]
    if isinstance(value, Function) and value.node is not None:
        nodes.append(value.node)
    calls = [child for node in nodes for child in trees.walk(node) if isinstance(child, ast.Call)]
    seeded = [self.facts.values.get(call.func) for call in calls if symbols.argument(call, None, "seed") is not None]
    return any(isinstance(each, Symbol) and each.name.removeprefix("tf.") in symbols.RANDOM for each in seeded)


# Iterators.


def _iterator(self: Expressions, dataset: Dataset, source: ast.expr, node: ast.Call, kind: str) -> Value:
    known = Iterator(source=source, dataset=dataset, like=source, is_started=kind == "make_one_shot_iterator")
    iterator = _once(self, node, known)
    if iterator.is_started and dataset.fed:
        self.refuse(node, kind, "its dataset hangs on a placeholder", "make the iterator initializable")
    return iterator


def _once(self: Expressions, node: ast.Call, made: Iterator) -> Iterator:
    """Returns the iterator that a call made when it was read before, or else the new one."""
    known = self.facts.values.get(node)
    if isinstance(known, Iterator):
        known.dataset = made.dataset
        return known
    made.call, made.owner = node, self.owner
    return made


def attribute(owner: Dataset | Iterator, name: str) -> Value:
    """Returns what an attribute of a dataset or an iterator stands for."""
    if isinstance(owner, Iterator) and name == "initializer":
        return Start(Stage.LATER, iterator=owner, source=owner.source, dataset=owner.dataset)
    return Host()


def _get_next(self: Expressions, owner: Value, node: ast.Call) -> Value:
    self.arguments(node)
    assert isinstance(owner, Iterator)
    known = self.facts.values.get(node)
    if isinstance(known, Element):
        return known
    draw = Draw(owner, node)
    element = draw.parts[()] = Element(Stage.LATER, call=node, draw=draw)
    return element


def _make_initializer(self: Expressions, owner: Value, node: ast.Call) -> Value:
    arguments, keywords = self.arguments(node)
    source = symbols.argument(node, 0, "dataset")
    value = self.facts.values.get(source) if source is not None else None
    assert isinstance(owner, Iterator)
    if not isinstance(value, Dataset):
        self.refuse(node, "make_initializer", "which dataset it takes is not known by reading", "give it a dataset")
        return Unknown()
    return Start(Stage.LATER, iterator=owner, source=source, dataset=value)


def _unknown(self: Expressions, owner: Value, node: ast.Call) -> Value:
    assert isinstance(node.func, ast.Attribute)
    self.refuse(node, f"iterator.{node.func.attr}", "this method is not migrated", "draw from the dataset itself")
    return Unknown()


METHODS: dict[str, Callable[[Any, Value, ast.Call], Value]] = {
    "get_next": _get_next,
    "make_initializer": _make_initializer,
    "string_handle": _unknown,
}
