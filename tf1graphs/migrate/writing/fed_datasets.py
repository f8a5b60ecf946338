"""Writes datasets that hang on what is fed when their iterators begin."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tf1graphs.migrate import trees
from tf1graphs.migrate.facts import syntax
from tf1graphs.migrate.facts.datasets import Dataset, Iterator, Start
from tf1graphs.migrate.facts.items import Site
from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.facts.values import Placeholder, Value
from tf1graphs.migrate.refusals import Refusal
from tf1graphs.migrate.source import indent
from tf1graphs.migrate.writing.texts import Texts

# Methods of a dataset that take numbers of any kind of integer.
_COUNTS = frozenset({"batch", "range", "repeat", "shard", "shuffle", "skip", "take", "prefetch"})


@dataclass(eq=False)
class Maker:
    """A function that makes a dataset, as its iterator begins with data that are fed each time.

    Attributes:
        name: its name.
        statements: the statements that come before the dataset's expression.
        fed: the names of its parameters, by the placeholders that they take the place of.
    """

    name: str
    statements: list[ast.Assign]
    fed: dict[Value, str]


class FedDatasets:
    """Writes the datasets of one file that are fed.

    Attributes:
        names: what is fed for each name of a placeholder in a dataset that is made once, and the placeholder.
        makers: the functions that make the datasets of iterators that begin several times.
    """

    def __init__(self, facts: Facts, texts: Texts, begun: Mapping[Iterator, Sequence[tuple[Site, Start]]]) -> None:
        self.facts = facts
        self.texts = texts
        self._assigned = {node.value: node for node in facts.source.nodes if isinstance(node, ast.Assign)}
        self.names: dict[ast.Name, tuple[Placeholder, ast.expr]] = {}
        self.makers: dict[Iterator, Maker] = {}
        for iterator, found in begun.items():
            is_again = len(found) > 1 or _is_in_loop(found[0][0])
            for site, start in found:
                self._take(iterator, site, start, is_again)

    def _take(self, iterator: Iterator, site: Site, start: Start, is_again: bool) -> None:
        """Finds out what takes the place of a dataset from which an iterator begins, once or several times."""
        dataset = start.dataset
        if dataset is None:
            return
        if is_again and dataset.is_random:
            reason, remedy = "its random numbers have seeds, and it begins anew", "make the dataset anew for each start"
            self._refuse(site.node, "iterator.initializer", reason, remedy)
        known = [self._is_known_before(site, name) for name in dataset.fed]
        is_in_place = not is_again and site.owner is iterator.owner and all(known)
        if is_in_place:
            self.names |= {name: self._given(name, site) for name in dataset.fed}
        elif dataset.fed:
            if iterator.source is None:
                self._refuse(
                    site.node, "make_initializer", "its dataset is another each time", "make the dataset there"
                )
            elif iterator not in self.makers:
                self.makers[iterator] = self._maker(iterator, iterator.source, dataset)

    def _given(self, name: ast.Name, site: Site) -> tuple[Placeholder, ast.expr]:
        placeholder = self.facts.values[name]
        assert isinstance(placeholder, Placeholder)
        value = site.feeds.get(placeholder)
        if value is None:
            reason = f"{name.id} is not fed" if placeholder not in site.feeds else "what it feeds does not stand in it"
            self._refuse(site.node, "iterator.initializer", reason, "write the dict where it is fed")
        return placeholder, value or name

    def _maker(self, iterator: Iterator, source: ast.expr, dataset: Dataset) -> Maker:
        """Returns the function that makes the dataset of an iterator."""
        statements: list[ast.Assign] = []
        waiting = [source]
        while waiting:
            for name in trees.walk(waiting.pop()):
                value = self.facts.values.get(name)
                if isinstance(name, ast.Name) and isinstance(value, Dataset) and value.fed:
                    found = [each for each in self._assignments(name) if each not in statements]
                    statements += found
                    waiting += [each.value for each in found]
        self._check_only(statements, source)
        assert iterator.owner is not None and iterator.call is not None
        if iterator.owner.is_class:
            self._refuse(iterator.call, "iterator", "its dataset is fed several times", "make it in a function")
        fed = {self.facts.values[name]: name.id for name in dataset.fed}
        title = f"make_{source.id}" if isinstance(source, ast.Name) else "make_dataset"
        return Maker(self.texts.free(title), sorted(statements, key=lambda each: each.lineno), fed)

    def _check_only(self, statements: Sequence[ast.Assign], source: ast.expr) -> None:
        """Refuses datasets that move into a function but are used outside of it."""
        inside = {child for node in [*statements, source] for child in trees.walk(node)}
        names = {target.id for node in statements for target in node.targets if isinstance(target, ast.Name)}
        for node in self.facts.source.nodes:
            is_read = isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in names
            if is_read and node not in inside and isinstance(self.facts.values.get(node), Dataset):
                self._refuse(node, node.id, "it has another use than its iterator", "make another dataset for it")  # type: ignore[attr-defined]

    def _assignments(self, name: ast.Name) -> list[ast.Assign]:
        return [
            node
            for node in self._assigned.values()
            if node.lineno <= name.lineno
            and [each.id for each in node.targets if isinstance(each, ast.Name)] == [name.id]
            if isinstance(self.facts.values.get(node.value), Dataset)
        ]

    def text(self, name: ast.Name) -> str:
        """Returns what takes the place of the name of a placeholder in a dataset."""
        return self._cast(*self.names[name], name)

    def call(self, iterator: Iterator, site: Site, start: Start) -> str:
        """Returns the call of the function that makes a dataset."""
        names = {self.facts.values[name]: name for name in (start.dataset.fed if start.dataset else ())}
        given = [self._cast(*self._given(name, site), name) for name in names.values()]
        return f"{self.makers[iterator].name}({', '.join(given)})"

    def function(self, iterator: Iterator) -> list[str]:
        """Returns the function that makes the dataset of an iterator."""
        maker, source = self.makers[iterator], iterator.source
        assert source is not None
        lines = [
            f"{self.facts.source.segment(each.targets[0])} = {self.texts.text(each.value)}" for each in maker.statements
        ]
        result = self.texts.text(source)
        if lines and lines[-1].startswith(f"{result} = "):
            result = lines.pop().partition(" = ")[2]
        body = [indent(text, 4) for text in [*lines, f"return {result}"]]
        return ["", "", f"def {maker.name}({', '.join(maker.fed.values())}):", *body, "", ""]

    def _is_known_before(self, site: Site, name: ast.Name) -> bool:
        """Says whether what is fed for a placeholder is the same where its dataset is made."""
        _, value = self._given(name, site)
        if any(isinstance(each, (ast.Call, ast.Await, ast.Yield, ast.NamedExpr)) for each in trees.walk(value)):
            return False
        places = [place for read in syntax.read(value) for place in site.scope.places.get(read, [])]
        return all(getattr(place, "lineno", 0) < name.lineno for place in places)

    def _cast(self, placeholder: Placeholder, value: ast.expr, name: ast.Name) -> str:
        """Returns what is fed for a placeholder, in the placeholder's dtype."""
        text = self.texts.text(value)
        dtype = placeholder.dtype
        if dtype is None or self.facts.source.segment(dtype) == f"{text}.dtype" or self._is_count(name):
            return text
        cast = self.texts.text(dtype) if not isinstance(dtype, ast.Constant) else repr(dtype.value)
        return text if cast.endswith("string") else f"{self.texts.tf}.cast({text}, {cast})"

    def _is_count(self, name: ast.Name) -> bool:
        return any(
            isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _COUNTS
            for node in self.facts.source.nodes
            if name in trees.children(node)
        )

    def _refuse(self, node: ast.AST, construct: str, reason: str, remedy: str) -> None:
        self.facts.refusals.add(Refusal(node.lineno, construct, reason, remedy))  # type: ignore[attr-defined]


def _is_in_loop(site: Site) -> bool:
    return any(isinstance(around, (ast.For, ast.While)) for around in site.item.around)
