"""Finds names that change after the graph was built, which a function would read too late."""

from __future__ import annotations

import ast
from collections.abc import Collection

from tf1graphs.migrate import trees
from tf1graphs.migrate.facts.items import Item, Site, is_later
from tf1graphs.migrate.refusals import Refusal
from tf1graphs.migrate.writing.texts import Texts


class Changes:
    """Renames what can be told apart by another name, and refuses the rest."""

    def __init__(self, texts: Texts) -> None:
        self.facts = texts.facts
        self.texts = texts
        self._rebound = self._find_rebound()

    def check(self, items: Collection[Item], sites: Collection[Site]) -> None:
        """Refuses what a function cannot compute as the graph did: names that change before it is last called.

        Args:
            items: the statements that it computes.
            sites: the places where it is called.
        """
        inside = {name for item in items for name in item.defines}
        self._rename(items, inside)
        for item in items:
            self._check_loops(item)
            self._check_names(item, inside, sites)

    def _check_loops(self, item: Item) -> None:
        for read in item.reads:
            if item.grows or (is_later(read) and read.order > item.order and self._are_in_one_loop(read, item)):
                self._refuse(item.node, "a loop", "each of its rounds adds to the graph", "build the graph before")

    def _check_names(self, item: Item, inside: set[str], sites: Collection[Site]) -> None:
        for name, scope in item.outer.items():
            if name in inside or any(is_later(read) and name in read.defines for read in item.reads):
                continue
            changes = [each for each in self._rebound.get((scope, name), ()) if each.order > item.order]
            if not all(site.is_over(change) for change in changes for site in sites):
                self._refuse(item.node, name, "it is given another value later", "give the other value another name")

    def _are_in_one_loop(self, first: Item, second: Item) -> bool:
        return any(isinstance(each, (ast.For, ast.While)) and each in second.around for each in first.around)

    def _refuse(self, node: ast.AST, construct: str, reason: str, remedy: str) -> None:
        self.facts.refusals.add(Refusal(node.lineno, construct, reason, remedy))  # type: ignore[attr-defined]

    # Values given later.

    def _find_rebound(self) -> dict[tuple[object, str], list[Item]]:
        """Returns the statements that give or change each name known when the graph is built, by scope."""
        found: dict[tuple[object, str], list[Item]] = {}
        for owner in self.facts.owners:
            for name, places in owner.scope.places.items():
                if len(places) > 1:
                    # Calls change lists and dicts.
                    calls = {place for place in places if isinstance(place, ast.Call)}
                    found[owner.scope, name] = [
                        item
                        for item in self.facts.items.values()
                        if item.node in places or (calls and not calls.isdisjoint(trees.walk(item.node)))
                        if not is_later(item)
                    ]
        return found

    # Other names.

    def _rename(self, items: Collection[Item], inside: set[str]) -> None:
        """Gives another name to what was known when the graph was built, where a function gives the same name anew."""
        for item in items:
            for node in trees.walk(item.node):
                if isinstance(node, ast.Name) and node.id in inside and self._is_fixed(node):
                    self._rename_all(node.id, self.facts.bound_by[node])

    def _is_fixed(self, node: ast.Name) -> bool:
        bound = self.facts.bound_by.get(node)
        return bool(bound) and not any(is_later(each) or each.is_local for each in bound or ())

    def _rename_all(self, name: str, bound: frozenset[Item]) -> None:
        nodes = [node for node, items in self.facts.bound_by.items() if node.id == name and items == bound]
        nodes += [
            child
            for item in bound
            for child in trees.walk(item.node)
            if isinstance(child, ast.Name) and child.id == name and isinstance(child.ctx, ast.Store)
        ]
        if any(node not in self.texts.renamed for node in nodes):
            new = self.texts.free(f"base_{name}")
            self.texts.renamed |= dict.fromkeys(nodes, new)
