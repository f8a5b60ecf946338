"""Finds names that change after the graph was built, which a function would read too late."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Collection

from tf1graphs.migrate import trees
from tf1graphs.migrate.facts.items import Item, Site, is_later
from tf1graphs.migrate.facts.scopes import Scope
from tf1graphs.migrate.facts.values import Placeholder, Variable
from tf1graphs.migrate.refusals import Refusal
from tf1graphs.migrate.writing.texts import Texts


class Changes:
    """Renames what can be told apart by another name, and refuses the rest."""

    def __init__(self, texts: Texts) -> None:
        self.facts = texts.facts
        self.texts = texts
        self._bound: defaultdict[str, list[ast.Name]] = defaultdict(list)
        for node in self.facts.bound_by:
            self._bound[node.id].append(node)

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
            changes = [each for each in self._changes(scope, name) if each.order > item.order]
            is_over = all(site.is_over(change) for change in changes for site in sites)
            if not is_over and not self._tell_apart(item, name, scope):
                self._refuse(item.node, name, "it is given another value later", "give the other value another name")

    def _are_in_one_loop(self, first: Item, second: Item) -> bool:
        return any(isinstance(each, (ast.For, ast.While)) and each in second.around for each in first.around)

    def _refuse(self, node: ast.AST, construct: str, reason: str, remedy: str) -> None:
        self.facts.refusals.add(Refusal(node.lineno, construct, reason, remedy))  # type: ignore[attr-defined]

    # Values given later.

    def _changes(self, scope: Scope, name: str) -> list[Item]:
        """Returns the statements that give or change a name of a scope that is known when the graph is built."""
        places = scope.places.get(name, set())
        if len(places) < 2:
            return []
        # Calls change lists and dicts.
        calls = {place for place in places if isinstance(place, ast.Call)}
        items = [
            item
            for item in self.facts.items.values()
            if item.node in places or (calls and not calls.isdisjoint(trees.walk(item.node)))
        ]
        return [item for item in items if not is_later(item)]

    # Other names.

    def _rename(self, items: Collection[Item], inside: set[str]) -> None:
        """Gives another name to what was known when the graph was built, where a function gives the same name anew."""
        for item in items:
            for node in trees.walk(item.node):
                fixed = self._fixed(node) if isinstance(node, ast.Name) and node.id in inside else frozenset()
                if isinstance(node, ast.Name) and fixed:
                    new = self._rename_all(node.id, fixed, f"base_{node.id}")
                    if fixed != self.facts.bound_by[node]:
                        # The first round of a loop reads what its statements then give anew.
                        self.texts.starts[item][node.id] = new

    def _tell_apart(self, item: Item, name: str, scope: Scope) -> bool:
        """Gives a name of its own to what a statement reads by one that is given again later; says if that is done."""
        changes = self._changes(scope, name)
        if not all(self._gives(each, name) for each in changes) or self._is_read_inside(name, changes):
            return False
        read = [node for node in trees.walk(item.node) if isinstance(node, ast.Name) and node.id == name]
        for node in read:
            bound = self.facts.bound_by.get(node, frozenset())
            own = [each for each in self._bound[name] if self.facts.bound_by[each] & bound]
            if not bound or any(self.facts.bound_by[each] != bound for each in own):
                return False
        for node in read:
            if node not in self.texts.renamed:
                self._rename_all(name, self.facts.bound_by[node], self._own_name(node))
        return bool(read)

    def _gives(self, item: Item, name: str) -> bool:
        """Says whether all a statement does with a name is to let it stand for something that is known at once."""
        targets = item.node.targets if isinstance(item.node, ast.Assign) else []
        is_name = len(targets) == 1 and isinstance(targets[0], ast.Name) and targets[0].id == name
        return is_name and not is_later(item) and not item.is_local

    def _is_read_inside(self, name: str, changes: Collection[Item]) -> bool:
        """Says whether a function in the same scope reads a name, at whatever time it is called."""
        kinds = (ast.FunctionDef, ast.Lambda)
        places = {item.node for item in changes}
        inside = [set(trees.walk(each)) for each in self.facts.source.nodes if isinstance(each, kinds)]
        nodes = {node for node in self._bound[name] if self.facts.bound_by[node] & set(changes)}
        return any(nodes & each for each in inside if not places & each)

    def _own_name(self, node: ast.Name) -> str:
        """Returns a name for what a name stands for: ``encode_weights`` for a variable ``encode/weights``."""
        value = self.facts.values.get(node)
        name = value.name.replace("/", "_") if isinstance(value, Variable) and value.name else node.id
        return name if name.isidentifier() else node.id

    def _fixed(self, node: ast.Name) -> frozenset[Item]:
        """Returns the statements that gave a name what was known when the graph was built."""
        is_placeholder = isinstance(self.facts.values.get(node), Placeholder)
        bound = frozenset() if is_placeholder else self.facts.bound_by.get(node, frozenset())
        return frozenset(each for each in bound if not is_later(each) and not each.is_local)

    def _rename_all(self, name: str, bound: frozenset[Item], wanted: str) -> str:
        """Renames what some statements give a name, and returns its new name."""
        nodes = [node for node, items in self.facts.bound_by.items() if node.id == name and items == bound]
        nodes += [
            child
            for item in bound
            for child in trees.walk(item.node)
            if isinstance(child, ast.Name) and child.id == name and isinstance(child.ctx, ast.Store)
        ]
        known = next((self.texts.renamed[node] for node in nodes if node in self.texts.renamed), None)
        new = known or self.texts.free(wanted)
        self.texts.renamed |= dict.fromkeys(nodes, new)
        return new
