"""Writes datasets and their iterators, and draws the elements that the functions are given."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from collections.abc import Iterator as Iterates
from typing import Any

from tf1graphs.migrate import trees
from tf1graphs.migrate.facts import syntax
from tf1graphs.migrate.facts.datasets import Dataset, Draw, Element, Iterator, Start, starts
from tf1graphs.migrate.facts.items import Owner, Site
from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.facts.values import Function, Placeholder, flat
from tf1graphs.migrate.refusals import Refusal
from tf1graphs.migrate.slices import needed
from tf1graphs.migrate.writing.fed_datasets import FedDatasets
from tf1graphs.migrate.writing.texts import Texts

_SPECS = {"output_types": "dtype", "output_shapes": "shape"}
_NUMPY = "lambda value: value.numpy()"


def is_drawn(site: Site) -> bool:
    """Says whether all that is fetched is an element of a dataset, or all of its parts in order."""
    values = [fetch.value for fetch in site.fetched]
    if not values or not all(isinstance(each, Element) and each not in site.feeds for each in values):
        return False
    parts = [each for each in values if isinstance(each, Element)]
    assert parts[0].draw is not None
    return len(parts) == 1 or (parts == list(parts[0].draw.parts.values()) and _is_flat(parts))


def _is_flat(parts: Sequence[Element]) -> bool:
    return [each.path for each in parts] == [(number,) for number in range(len(parts))]


def _index(path: Sequence[Any]) -> str:
    return "".join(f"[{_key(key)}]" for key in path)


def _key(key: Any) -> str:
    return f'"{key}"' if isinstance(key, str) and key.isidentifier() else repr(key)


class Pipelines:
    """Writes the datasets and iterators of one file."""

    def __init__(self, facts: Facts, texts: Texts) -> None:
        self.facts = facts
        self.texts = texts
        self._assigned = {node.value: node for node in facts.source.nodes if isinstance(node, ast.Assign)}
        self._names: dict[Iterator, str] = {}
        self._outer: dict[Iterator, str] = {}
        self._sources: dict[Iterator, str] = {}
        self._made: set[Iterator] = set()
        self._used: dict[Iterator, ast.AST] = {}
        self._starts: dict[Iterator, list[tuple[Site, Start]]] = {}
        for site in facts.sites.values():
            for start in starts([fetch.value for fetch in site.fetched]):
                assert start.iterator is not None
                self._starts.setdefault(start.iterator, []).append((site, start))
        self._fed = FedDatasets(facts, texts, self._starts)
        self._returned: dict[ast.Return, Iterator] = {}
        self._received: dict[Iterator, ast.Assign] = {}
        self._find_returned()

    # Functions that return elements return iterators.

    def _find_returned(self) -> None:
        for node in self.facts.source.nodes:
            iterator = (
                self._drawn_from(node.value) if isinstance(node, (ast.Return, ast.Assign)) and node.value else None
            )
            if iterator is None or not iterator.is_started:
                continue
            if isinstance(node, ast.Return):
                self._returned[node] = iterator
            elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and self._is_own(node.value):
                if iterator in self._received:
                    self._refuse(
                        node, "get_next", "several statements are given its element", "make an iterator for each"
                    )
                self._received[iterator] = node
                self._check_names(node, iterator)

    def _drawn_from(self, node: ast.expr) -> Iterator | None:
        """Returns the iterator if an expression stands for an element as a whole."""
        value = self.facts.values.get(node)
        parts = list(flat(value)) if value is not None else []
        draws = {part.draw for part in parts if isinstance(part, Element)}
        draw = draws.pop() if len(draws) == 1 else None
        is_whole = isinstance(value, Element) or (draw is not None and parts == list(draw.parts.values()))
        return draw.iterator if draw is not None and is_whole else None

    def _is_own(self, node: ast.Call) -> bool:
        return isinstance(self.facts.values.get(node.func), Function)

    def _check_names(self, node: ast.Assign, iterator: Iterator) -> None:
        """Refuses an element whose parts have other names in the function that draws it."""
        targets = node.targets[0].elts if isinstance(node.targets[0], (ast.Tuple, ast.List)) else [node.targets[0]]
        names = [target.attr if isinstance(target, ast.Attribute) else syntax.root(target) for target in targets]
        value = self.facts.values.get(node.value)
        labels = [part.label for part in flat(value) if isinstance(part, Element)] if value is not None else []
        if any(label and name != label for name, label in zip(names, labels, strict=False)):
            self._refuse(node, "get_next", "its element has several names", "use the same names everywhere")

    # Names.

    def name(self, iterator: Iterator) -> str:
        """Returns how the new program names an iterator where elements are drawn from it."""
        if iterator in self._received:
            if iterator not in self._outer:
                self._outer[iterator] = self.texts.free("iterator")
            return self._outer[iterator]
        return self._own_name(iterator)

    def _owner(self, iterator: Iterator) -> Owner | None:
        return self.facts.items[self._received[iterator]].owner if iterator in self._received else iterator.owner

    def _own_name(self, iterator: Iterator) -> str:
        """Returns how the new program names an iterator where it is made."""
        if iterator not in self._names:
            assert iterator.call is not None and iterator.owner is not None
            is_own = isinstance(self.facts.values[iterator.call], Iterator)
            assignment = self._assigned.get(iterator.call) if is_own else None
            text = self.facts.source.segment(assignment.targets[0]) if assignment else self.texts.free("iterator")
            self._names[iterator] = f"self.{text}" if iterator.owner.is_class and "." not in text else text
        return self._names[iterator]

    def spec(self, element: Element) -> str | None:
        """Returns the expression of an element's shapes and dtypes; None if no dataset tells them."""
        assert element.draw is not None
        iterator = element.draw.iterator
        if iterator.owner is None or iterator.owner.is_class:
            # Decorators of methods do not see the object.
            return None
        if iterator in self._fed.makers:
            return None
        if iterator.is_started:
            return f"{self.name(iterator)}.element_spec{_index(element.path)}"
        if iterator.like is None:
            return None
        return f"{self._source(iterator)}.element_spec{_index(element.path)}"

    def specs(self, placeholders: Sequence[Placeholder]) -> str | None:
        """Returns the shapes and dtypes of all parts of an element, if those are the placeholders of a function."""
        parts = [each for each in placeholders if isinstance(each, Element)]
        if not parts or len(parts) != len(placeholders) or not self._is_whole(parts):
            return None
        assert parts[0].draw is not None
        return self.spec(Element(draw=parts[0].draw))

    def _is_whole(self, parts: Sequence[Element]) -> bool:
        draw = parts[0].draw
        return draw is not None and list(parts) == list(draw.parts.values()) and _is_flat(parts)

    def _source(self, iterator: Iterator) -> str:
        """Returns how the new program names the dataset of an iterator."""
        if iterator not in self._sources:
            source = iterator.source or iterator.like
            assert source is not None
            is_named = isinstance(source, (ast.Name, ast.Attribute))
            self._sources[iterator] = self.texts.text(source) if is_named else self.texts.free("dataset")
        return self._sources[iterator]

    # Statements and expressions.

    def statement(self, node: ast.stmt) -> list[str] | None:
        """Returns the statements that take the place of one that makes, starts or draws; None for other statements."""
        if isinstance(node, ast.Return) and node in self._returned:
            return [self._return(node, self._returned[node])]
        if not isinstance(node, (ast.Assign, ast.Expr)):
            return None
        received = next((each for each, place in self._received.items() if place is node), None)
        if received is not None:
            return [f"{self.name(received)} = {self.texts.text(node.value)}"]
        value = self.facts.values.get(node.value)
        site = self.facts.sites.get(node.value) if isinstance(node.value, ast.Call) else None
        begun = starts([fetch.value for fetch in site.fetched]) if site else ()
        if site and begun:
            return [self._begun(site, start) for start in begun]
        if any(node in maker.statements for maker in self._fed.makers.values()):
            return []
        if isinstance(value, (Iterator, Element)):
            return [line for each in self._created(node.value) for line in self._creation(each)]
        return [] if isinstance(value, Start) else None

    def made(self, iterator: Iterator) -> str:
        """Returns the name of an iterator that a statement makes."""
        self._made.add(iterator)
        return self._own_name(iterator)

    def _return(self, node: ast.Return, iterator: Iterator) -> str:
        if iterator.source is not None and any(child is iterator.call for child in trees.walk(node)):
            self._made.add(iterator)
            return f"return iter({self.texts.text(iterator.source)})"
        return f"return {self._own_name(iterator)}"

    def _created(self, node: ast.expr) -> Iterates[Iterator]:
        for child in trees.walk(node):
            value = self.facts.values.get(child)
            if isinstance(value, Iterator) and value.call is child:
                yield value

    def _creation(self, iterator: Iterator) -> Iterates[str]:
        """Yields the statement that makes a one-shot iterator, or gives the dataset of another one a name."""
        assert iterator.call is not None
        if iterator in self._fed.makers:
            yield from self._fed.function(iterator)
        elif iterator.is_started:
            assert iterator.source is not None
            self._made.add(iterator)
            yield f"{self._own_name(iterator)} = iter({self.texts.text(iterator.source)})"
        elif iterator.source is not None and not isinstance(iterator.source, (ast.Name, ast.Attribute)):
            yield f"{self._source(iterator)} = {self.texts.text(iterator.source)}"
        elif isinstance(iterator.source, ast.Name):
            self._check_kept(iterator.source, iterator)

    def _check_kept(self, source: ast.Name, iterator: Iterator) -> None:
        """Refuses a name of a dataset that stands for another when the iterator begins."""
        assert iterator.owner is not None
        places: Iterable[ast.AST] = iterator.owner.scope.places.get(source.id, ())
        if any(getattr(place, "lineno", 0) > source.lineno for place in places):
            self._refuse(source, source.id, "it is given another value later", "give the other value another name")

    def _begun(self, site: Site, start: Start) -> str:
        iterator = start.iterator
        assert iterator is not None and iterator.owner is not None
        self._made.add(iterator)
        if "." not in self.name(iterator) and any(each.owner is not site.owner for each in self._sites(iterator)):
            reason = "it begins in another function than the one that draws from it"
            self._refuse(site.node, "iterator.initializer", reason, "start it where it is drawn from")
        return f"{self.name(iterator)} = iter({self._dataset(iterator, site, start)})"

    def _sites(self, iterator: Iterator) -> list[Site]:
        """Returns the places whose functions need elements of an iterator."""
        found = []
        for site in self.facts.sites.values():
            needs = {each for fetch in site.fetched for each in fetch.placeholders}
            needs |= {each for fetch in site.fetched for item in needed(fetch.reads) for each in item.placeholders}
            draws = [each.draw for each in needs if isinstance(each, Element)]
            found += [site for draw in draws if draw is not None and draw.iterator is iterator]
        return found

    def _dataset(self, iterator: Iterator, site: Site, start: Start) -> str:
        """Returns the dataset with which an iterator begins."""
        if iterator in self._fed.makers:
            return self._fed.call(iterator, site, start)
        if iterator.source is not None:
            return self._source(iterator)
        assert start.source is not None
        return self.texts.text(start.source)

    def expression(self, node: ast.expr) -> str | None:
        """Returns what takes the place of an expression about datasets; None for others."""
        if isinstance(node, ast.Name) and node in self._fed.names:
            return self._fed.text(node)
        site = self.facts.sites.get(node) if isinstance(node, ast.Call) else None
        if site is not None and is_drawn(site):
            return self._fetched(site)
        if isinstance(node, ast.Attribute) and isinstance(self.facts.values.get(node.value), (Dataset, Iterator)):
            return self._attribute(node)
        value = self.facts.values.get(node)
        if isinstance(node, ast.Call) and isinstance(value, (Iterator, Start)):
            self._refuse(node, "iterator", "it is made within another expression", "give it a name")
        if isinstance(node, ast.Call) and isinstance(value, Element) and value.call is node:
            self._refuse(node, "get_next", "its element has no name", "give it a name")
        return None

    def _attribute(self, node: ast.Attribute) -> str | None:
        if node.attr not in _SPECS:
            return None
        tf = self.texts.tf
        specs = f"{self.texts.text(node.value)}.element_spec"
        return f"{tf}.nest.map_structure(lambda spec: spec.{_SPECS[node.attr]}, {specs})"

    def _fetched(self, site: Site) -> str:
        """Returns the values of an element itself."""
        element = site.fetched[0].value
        assert isinstance(element, Element) and element.draw is not None
        drawn = self._next(element.draw, site)
        if len(site.fetched) > 1:
            return f"[value.numpy() for value in {drawn}]"
        dataset = element.draw.iterator.dataset
        is_tensor = element.path or (dataset is not None and dataset.is_single)
        text = f"{drawn}{_index(element.path)}"
        text = f"{text}.numpy()" if is_tensor else f"{self.texts.tf}.nest.map_structure({_NUMPY}, {text})"
        return f"[{text}]" if isinstance(site.fetches, (ast.List, ast.Tuple)) else text

    # Arguments.

    def _next(self, draw: Draw, site: Site) -> str:
        iterator = draw.iterator
        owner = self._owner(iterator)
        self._used[iterator] = site.node
        if owner is None or not owner.is_around(site.owner):
            reason, remedy = (
                "its iterator is made in another function",
                "run it in the function that makes the iterator",
            )
            self._refuse(site.node, "Session.run", reason, remedy)
        return f"{self.name(iterator)}.get_next()"

    def argument(self, site: Site, element: Element, placeholders: Sequence[Placeholder]) -> str | None:
        """Returns the argument for a part of an element and those behind it; None if another part's has it.

        Args:
            site: where the function is called.
            element: what its parameter stands for.
            placeholders: what all its parameters stand for.
        """
        draw = element.draw
        assert draw is not None
        drawn = [each for each in placeholders if isinstance(each, Element) and each not in site.feeds]
        parts = [each for each in drawn if each.draw is draw]
        if any(each.draw is not draw and each.draw.iterator is draw.iterator for each in drawn if each.draw):
            reason = "it draws two elements of one iterator, in an order that is not known"
            self._refuse(site.node, "Session.run", reason, "fetch them one after the other")
        if element is not parts[0]:
            return None
        text = self._next(draw, site)
        if len(parts) == 1:
            return f"{text}{_index(element.path)}"
        if self._is_whole(parts):
            return f"*{text}"
        if _is_flat(parts):
            return f"*{text}[:{len(parts)}]"
        if parts == sorted(draw.parts.values(), key=lambda each: each.path):
            return f"*{self.texts.tf}.nest.flatten({text})"
        self._refuse(site.node, "Session.run", "it needs some parts of an element only", "give the element one name")
        return None

    def check(self) -> None:
        """Refuses what draws from an iterator that is never made."""
        for iterator, node in self._used.items():
            if iterator not in self._made:
                self._refuse(node, "get_next", "where its iterator begins is not known", "start it in a statement")

    def _refuse(self, node: ast.AST, construct: str, reason: str, remedy: str) -> None:
        self.facts.refusals.add(Refusal(node.lineno, construct, reason, remedy))  # type: ignore[attr-defined]
