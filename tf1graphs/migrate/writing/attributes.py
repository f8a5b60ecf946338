"""Writes what the methods of a class share through ``self`` where they had shared a graph."""

from __future__ import annotations

import ast
import builtins
import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from tf1graphs.migrate import trees
from tf1graphs.migrate.facts import syntax
from tf1graphs.migrate.facts.items import Owner, is_later
from tf1graphs.migrate.facts.values import Function
from tf1graphs.migrate.refusals import Refusal
from tf1graphs.migrate.slices import is_initialization
from tf1graphs.migrate.source import Edit, Source
from tf1graphs.migrate.writing.gone import is_gone
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
        self._members: dict[Owner, Members] = {}
        self._classes = {node: owner for owner in self._owners() for node in owner.nodes}

    @contextmanager
    def within(self, node: ast.AST) -> Iterator[None]:
        """Lets objects that are created be attributes while a class that has a graph of its own is written."""
        before = self.texts.members
        owner = self._classes.get(node)
        if owner is not None:
            self.texts.members = self._members.setdefault(owner, Members(self._names(owner) - self._gone(owner)))
        yield
        self.texts.members = before

    def _owners(self) -> list[Owner]:
        """Returns the classes that have a graph of their own; behind them those whose bases' graphs are theirs."""
        built = {item.owner for item in self.facts.items.values() if is_later(item) or item.creates}
        return sorted((each for each in self.facts.owners if each.is_class), key=lambda each: each in built)

    def _names(self, owner: Owner) -> set[str]:
        return {name for node in owner.nodes if isinstance(node, ast.ClassDef) for name in syntax.attributes(node)}

    def _gone(self, owner: Owner) -> set[str]:
        items = [item for item in self.facts.items.values() if item.owner is owner and is_later(item)]
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
        returns = [each for each in syntax.walk(builder.body) if isinstance(each, ast.Return)]
        if returns not in ([], self.end(builder)):
            reason = "what it returns is computed with shapes that only it knows"
            refusal = Refusal(builder.lineno, f"method {builder.name}", reason, "compute it in the constructor")
            self.facts.refusals.add(refusal)
        self.last[builder].append(f"self.{name} = {signature[1]}(self.{name}, {signature[2]})")
        return rest

    def end(self, builder: ast.stmt) -> list[ast.stmt]:
        """Returns the statement that ends a method by returning a part of the graph, if there is one."""
        last = builder.body[-1] if isinstance(builder, ast.FunctionDef) else None
        is_end = isinstance(last, ast.Return) and last.value and is_gone(self.facts.values.get(last.value))
        return [last] if last is not None and is_end else []

    def signed(self, node: ast.stmt, name: str) -> list[str]:
        """Returns the line that gives a function its signature, for a statement that needs it, and takes it away.

        Args:
            node: the statement.
            name: the function as the statement names it.
        """
        for builder, lines in self.last.items():
            own = [line for line in lines if line.startswith(f"{name} = ") and node in trees.walk(builder)]
            self.last[builder] = [line for line in lines if line not in own]
            if own:
                return own
        return []

    def due(self, node: ast.stmt) -> list[str]:
        """Returns the lines that a method would end with, before the statement of it that first runs what it built."""
        for builder, lines in self.last.items():
            if isinstance(builder, ast.FunctionDef) and node is self._running(builder):
                self.last[builder] = []
                return lines
        return []

    def _running(self, builder: ast.FunctionDef) -> ast.stmt | None:
        """Returns the first statement of a method that runs something, if it has built the whole graph before."""
        built = {item.node for item in self.facts.items.values() if is_later(item)}
        behind = [place for place, each in enumerate(builder.body) if built & set(trees.walk(each))]
        rest = builder.body[max(behind, default=-1) + 1 :]
        return next((each for each in rest if any(map(self._runs, trees.walk(each)))), None)

    def _runs(self, node: ast.AST) -> bool:
        if not isinstance(node, ast.Call):
            return False
        function = self.facts.values.get(node.func)
        called = function.node if isinstance(function, Function) else None
        site = self.facts.sites.get(node)
        is_run = site is not None and not is_initialization(site)
        return is_run or (isinstance(called, ast.FunctionDef) and self.facts.builders.get(called, False))

    def _share(self, text: str, builder: ast.FunctionDef) -> str:
        """Returns a function of a class with attributes in place of the variables of the methods that built."""
        source = Source(text)
        own = syntax.stored(source.tree) | {each.arg for each in trees.walk(source.tree) if isinstance(each, ast.arg)}
        wanted = syntax.read(source.tree) - own
        names = self._share_of(builder, wanted)
        known = {name for owner in self.facts.owners if owner.parent is None for name in owner.scope.bound}
        for method in self._others(builder):
            names |= self._share_of(method, wanted - names - known - set(dir(builtins)))
        return _with_self(source, names)

    def _share_of(self, builder: ast.FunctionDef, wanted: set[str]) -> set[str]:
        """Lets those of some variables be attributes which a method makes, and returns their names."""
        parameters = {each.arg for each in builder.args.args[1:] if not self.passing.is_dropped(builder, each.arg)}
        shared = wanted & (self._fixed(builder) | parameters)
        if not shared:
            return set()
        self._shared[builder] |= shared
        self.first[builder] = [f"self.{name} = {name}" for name in sorted(self._shared[builder] & parameters)]
        for child in trees.walk(builder):
            if isinstance(child, ast.Name) and self._name(child) in shared - parameters:
                self.texts.attributes[child] = self._name(child)
        return shared

    def _others(self, builder: ast.FunctionDef) -> Iterator[ast.FunctionDef]:
        """Yields the other methods of a method's class that build a part of the graph."""
        methods = [owner.methods for owner in self._owners() if builder in owner.methods]
        yield from dict.fromkeys(each for found in methods for each in found if each is not builder)

    def _fixed(self, builder: ast.FunctionDef) -> set[str]:
        """Returns the variables of a method that are known when it builds the graph."""
        inside = set(trees.walk(builder))
        return {
            name
            for item in self.facts.items.values()
            if item.node in inside and not is_later(item)
            if isinstance(item.node, (ast.Assign, ast.AugAssign, ast.AnnAssign))
            for name in map(self._name, self._stored(item.node))
        }

    def _stored(self, node: ast.stmt) -> Iterator[ast.Name]:
        for child in trees.walk(node):
            if isinstance(child, ast.Name) and isinstance(child.ctx, ast.Store):
                yield child

    def _name(self, node: ast.Name) -> str:
        return self.texts.renamed.get(node, node.id)

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
