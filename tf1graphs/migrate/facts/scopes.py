"""The names of a module or function."""

from __future__ import annotations

import ast
from collections import defaultdict

from tf1graphs.migrate.facts.values import Bound, Value, joined


class Scope:
    """The names of a module or function, and what they stand for at a point of the program.

    Attributes:
        parent: the scope around it, or None for a module.
        bound: what each name stands for.
        places: the statements that bind each name.
    """

    def __init__(self, parent: Scope | None = None) -> None:
        """Starts without names."""
        self.parent = parent
        self.bound: dict[str, Bound] = {}
        self.places: defaultdict[str, set[ast.AST]] = defaultdict(set)
        self.globals: set[str] = set()

    def find(self, name: str) -> tuple[Bound, Scope] | None:
        """Returns what a name stands for here, and the scope that has it."""
        if name in self.bound:
            return self.bound[name], self
        return self.parent.find(name) if self.parent else None

    def name_of(self, value: Value) -> str | None:
        """Returns a name that stands for a value here, or None."""
        scope: Scope | None = self
        while scope is not None:
            for name, bound in scope.bound.items():
                found = self.find(name)
                if bound.value is value and found is not None and found[1] is scope:
                    return name
            scope = scope.parent
        return None

    def bind(self, name: str, bound: Bound, place: ast.AST) -> None:
        """Makes a name stand for something from here on."""
        scope = self.module if name in self.globals else self
        scope.bound[name] = bound
        scope.places[name].add(place)

    def sees(self, scope: Scope) -> bool:
        """Says whether a scope is this one or around it."""
        return scope is self or (self.parent is not None and self.parent.sees(scope))

    @property
    def module(self) -> Scope:
        """The scope of the module."""
        return self.parent.module if self.parent else self

    def merge(self, other: dict[str, Bound]) -> None:
        """Makes names stand for what they do here or in the other branch of the program."""
        for name, bound in other.items():
            here = self.bound.get(name)
            if here is None:
                self.bound[name] = bound
            elif here is not bound:
                self.bound[name] = Bound(joined(here.value, bound.value), here.items | bound.items)
