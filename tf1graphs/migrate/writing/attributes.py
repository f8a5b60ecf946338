"""Writes what the methods of a class share through ``self`` where they had shared a graph."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from tf1graphs.migrate import trees
from tf1graphs.migrate.facts import syntax
from tf1graphs.migrate.facts.items import is_later
from tf1graphs.migrate.source import Edit, Source
from tf1graphs.migrate.writing.passing import Passing
from tf1graphs.migrate.writing.texts import Members, Texts


class Attributes:
    """Writes the attributes of the classes of one file.

    Attributes:
        first: the lines that a method begins with.
        last: the lines that a method ends with.
    """

    def __init__(self, texts: Texts, passing: Passing) -> None:
        self.facts = texts.facts
        self.texts = texts
        self.passing = passing
        self.first: dict[ast.stmt, list[str]] = {}
        self.last: defaultdict[ast.stmt, list[str]] = defaultdict(list)
        self._shared: defaultdict[ast.FunctionDef, set[str]] = defaultdict(set)
        self._members: dict[ast.ClassDef, Members] = {}
        self._classes = {owner.node for owner in self.facts.owners if owner.is_class}

    @contextmanager
    def within(self, node: ast.AST) -> Iterator[None]:
        """Lets objects that are created be attributes while a class that has a graph of its own is written."""
        before = self.texts.members
        if isinstance(node, ast.ClassDef) and node in self._classes:
            self.texts.members = self._members.setdefault(node, Members(syntax.attributes(node) - self._gone(node)))
        yield
        self.texts.members = before

    def _gone(self, node: ast.ClassDef) -> set[str]:
        items = [item for item in self.facts.items.values() if item.owner.node is node and is_later(item)]
        return {name for item in items for name in item.defines}

    def method(self, function: str, builder: ast.FunctionDef) -> str:
        """Returns the method that a function becomes which computes what a method has built.

        Args:
            function: the text of the function.
            builder: the method that built the graph.
        """
        return self._with_signature(self._share(function, builder), builder)

    def _with_signature(self, function: str, builder: ast.FunctionDef) -> str:
        """Lets a method get its signature from the method that builds, where that hangs on what is known only there."""
        head, _, rest = function.partition("\n")
        signature = re.fullmatch(r"@(\w+\.function)\((.*)\)", head)
        if signature is None or "self." not in signature[2]:
            return function
        found = re.match(r"def (\w+)", rest)
        assert found is not None
        name = found[1]
        self.last[builder].append(f"self.{name} = {signature[1]}(self.{name}, {signature[2]})")
        return rest

    def _share(self, text: str, builder: ast.FunctionDef) -> str:
        """Returns a function of a class with attributes in place of the variables of the method that built."""
        parameters = {each.arg for each in builder.args.args[1:] if not self.passing.is_dropped(builder, each.arg)}
        source = Source(text)
        own = syntax.stored(source.tree) | {each.arg for each in trees.walk(source.tree) if isinstance(each, ast.arg)}
        shared = (syntax.read(source.tree) & (self._fixed(builder) | parameters)) - own
        self._shared[builder] |= shared
        self.first[builder] = [f"self.{name} = {name}" for name in sorted(self._shared[builder] & parameters)]
        for child in trees.walk(builder):
            if isinstance(child, ast.Name) and child.id in shared - parameters:
                self.texts.attributes[child] = child.id
        return _with_self(source, shared)

    def _fixed(self, builder: ast.FunctionDef) -> set[str]:
        """Returns the variables of a method that are known when it builds the graph."""
        inside = set(trees.walk(builder))
        return {
            name
            for item in self.facts.items.values()
            if item.node in inside and not is_later(item)
            if isinstance(item.node, (ast.Assign, ast.AugAssign, ast.AnnAssign))
            for name in syntax.stored(item.node)
        }

    def expression(self, node: ast.stmt, text: str) -> str:
        """Returns an expression that is created at a statement, with attributes in place of what methods share."""
        method = next((each for each in self._shared if node in trees.walk(each)), None)
        if method is None:
            return text
        return _with_self(Source(text), self._shared[method] - {each.arg for each in method.args.args})


def _with_self(source: Source, names: set[str]) -> str:
    """Returns a text with attributes of ``self`` in place of names."""
    edits = [
        Edit(source.start(child), source.end(child), f"self.{child.id}")
        for child in trees.walk(source.tree)
        if isinstance(child, ast.Name) and child.id in names
    ]
    return source.edited(0, len(source.text), edits)
