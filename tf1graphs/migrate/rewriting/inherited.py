"""Writes methods that build a part of a graph for several classes into each of them: each has a graph of its own."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Sequence

from tf1graphs.migrate import trees
from tf1graphs.migrate.facts import syntax
from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.refusals import Refusal
from tf1graphs.migrate.rewriting.rewritten import Rewritten, edited
from tf1graphs.migrate.source import Edit, Lines, Source, strings


def written_out(facts: Facts) -> Rewritten | None:
    """Returns a program in which classes have such methods themselves; None if there are none, or one has to stay."""
    copies = [_Copy(facts.source, method, classes) for method, classes in _in_order(facts)]
    return edited(facts.source, _edits(copies)) if copies and all(map(_Copy.is_free, copies)) else None


def refusals(facts: Facts) -> Iterator[Refusal]:
    """Yields what could not be written into each class."""
    for method, classes in _in_order(facts):
        names = " and ".join(each.name for each in classes)
        reason = f"it makes another graph for each of {names}"
        yield Refusal(method.lineno, f"method {method.name}", reason, "write it in each of these classes")


def _in_order(facts: Facts) -> list[tuple[ast.FunctionDef, list[ast.ClassDef]]]:
    found = [(method, sorted(each, key=lambda node: node.lineno)) for method, each in facts.inherited.items()]
    return sorted(found, key=lambda each: each[0].lineno)


class _Copy:
    """A method, and the classes that inherit it."""

    def __init__(self, source: Source, method: ast.FunctionDef, classes: Sequence[ast.ClassDef]) -> None:
        self.source = source
        self.method = method
        self.of = next(each for each in source.nodes if isinstance(each, ast.ClassDef) and method in each.body)
        self.classes = [each for each in classes if each is not self.of]
        self.stays = len(self.classes) < len(classes)

    def is_free(self) -> bool:
        """Says whether it means the same in another class, and is called by its name alone."""
        words = {each.id for each in trees.walk(self.method) if isinstance(each, ast.Name)}
        has_own = any(syntax.method(each, self.method.name) for each in self.classes)
        return not ({"super", "__class__"} & words or syntax.private(self.method) or has_own or self._is_named())

    def _is_named(self) -> bool:
        """Says whether something calls it by a class."""
        classes = {each.name for each in self.source.nodes if isinstance(each, ast.ClassDef)}
        for node in self.source.nodes:
            if isinstance(node, ast.Attribute) and node.attr == self.method.name:
                of = node.value.func if isinstance(node.value, ast.Call) else node.value
                if isinstance(of, ast.Name) and (of.id == "super" or (of is node.value and of.id in classes)):
                    return True
        return False

    def text(self, column: int) -> str:
        """Returns its text for a class whose methods stand at a column."""
        first, last = self._lines()
        fixed = strings(self.method, first)
        return Lines(self.source.lines(first, last), fixed).indented(self.method.col_offset, column)

    def _lines(self) -> tuple[int, int]:
        first = self.source.head_line(self.method)
        return first, self.method.end_lineno or 0

    def removed(self) -> Edit:
        """Returns the edit that takes it away from the class that has it."""
        first, last = self._lines()
        last = self.source.blank_end(last)
        return Edit(self.source.line_start(first), min(self.source.line_end(last) + 1, len(self.source.text)), "")


def _edits(copies: Sequence[_Copy]) -> Iterator[Edit]:
    source = copies[0].source
    added: defaultdict[ast.ClassDef, list[_Copy]] = defaultdict(list)
    left = {copy.of: list(copy.of.body) for copy in copies}
    for copy in copies:
        for node in copy.classes:
            added[node].append(copy)
        if not copy.stays:
            left[copy.of].remove(copy.method)
            yield copy.removed()
    for node, body in left.items():
        if not body:
            place = source.line_start(source.first_line(node.body[0]))
            yield Edit(place, place, f"{' ' * node.body[0].col_offset}pass\n\n\n")
    for node, each in added.items():
        yield from _additions(source, node, each)


def _additions(source: Source, node: ast.ClassDef, copies: Sequence[_Copy]) -> Iterator[Edit]:
    """Yields the edits that give a class methods: the constructor comes before its own ones."""
    first = next(iter(syntax.methods(node)), None)
    end = source.line_end(node.end_lineno or 0)
    for copy in copies:
        text = copy.text(node.body[0].col_offset)
        if copy.method.name == "__init__" and first is not None:
            place = source.line_start(source.head_line(first))
            yield Edit(place, place, f"{text}\n\n")
    last = [copy for copy in copies if copy.method.name != "__init__" or first is None]
    if last:
        yield Edit(end, end, "".join(f"\n\n{copy.text(node.body[0].col_offset)}" for copy in last))
