"""Which methods the classes of a file have of each other, by their names alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tf1graphs.migrate import trees
from tf1graphs.migrate.facts import syntax
from tf1graphs.migrate.source import Source

_Found = tuple[ast.ClassDef, ast.FunctionDef]


def is_abstract(method: ast.FunctionDef) -> bool:
    """Says whether a method does nothing, or only says that other classes have to."""
    return all(isinstance(each, (ast.Pass, ast.Raise)) or _is_text(each) for each in method.body)


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _reads(node: ast.ClassDef, name: str) -> bool:
    return any(isinstance(each, ast.Attribute) and each.attr == name for each in trees.walk(node))


class Family:
    """The classes of one file."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.classes = [each for each in source.nodes if isinstance(each, ast.ClassDef)]
        self._named = {each.name: each for each in self.classes}

    def mro(self, of: ast.ClassDef) -> list[ast.ClassDef]:
        """Returns a class and those of the file from which it inherits, in the order of Python."""
        found, waiting = list[ast.ClassDef](), [of]
        while waiting:
            node = waiting.pop(0)
            if node not in found:
                found.append(node)
                names = [base.id for base in node.bases if isinstance(base, ast.Name)]
                waiting = [*(self._named[name] for name in names if name in self._named), *waiting]
        return found

    def found(self, of: ast.ClassDef, name: str) -> _Found | None:
        """Returns the method of a name that objects of a class have, with its class; None for one without a body."""
        for node in self.mro(of):
            method = syntax.method(node, name)
            if method is not None:
                return None if is_abstract(method) else (node, method)
        return None

    def _targets(self, of: ast.ClassDef, name: str) -> set[ast.FunctionDef | None]:
        """Returns the methods of a name that the methods of a class may call; None where there is none."""
        heirs = [each for each in self.classes if of in self.mro(each)]
        found = {each: self.found(each, name) for each in heirs}
        # Of a class from which others inherit, and that leaves it to them, there are no objects.
        return {each[1] if each else None for node, each in found.items() if each or node.name not in self._based}

    def calls(self, of: ast.ClassDef, method: ast.FunctionDef) -> bool:
        """Says whether methods of a class call a method by its name."""
        return method in self._targets(of, method.name)

    def is_other(self, of: ast.ClassDef, method: ast.FunctionDef) -> bool:
        """Says whether what the methods of a class call by the name of a method is always another one."""
        has_one = any(syntax.method(each, method.name) for each in self.mro(of))
        return has_one and method not in self._targets(of, method.name)

    def is_free(self, of: ast.ClassDef, method: ast.FunctionDef) -> bool:
        """Says whether it is always this method that is called by its name, and no class needs one of the name.

        The bases of the classes that have it are known.
        """
        users = [each for each in self.classes if self.calls(each, method) and _reads(each, method.name)]
        is_one = all(self._targets(each, method.name) == {method} for each in users)
        is_needed = any(len(node.body) == 1 and each.decorator_list for node, each in self._abstract(of, method.name))
        return is_one and not is_needed and all(map(self._is_known, self.mro(of)))

    def _is_known(self, of: ast.ClassDef) -> bool:
        names = [base.id if isinstance(base, ast.Name) else ast.unparse(base) for base in of.bases]
        return all(name in self._named or name in ("object", "ABC", "abc.ABC") for name in names)

    def _abstract(self, of: ast.ClassDef, name: str) -> Iterator[_Found]:
        for base in self.mro(of)[1:]:
            method = syntax.method(base, name)
            if method is not None and is_abstract(method):
                yield base, method

    @property
    def _based(self) -> set[str]:
        return {base.id for each in self.classes for base in each.bases if isinstance(base, ast.Name)}

    def abstract_lines(self, of: ast.ClassDef, name: str) -> set[int]:
        """Returns the lines of the methods that only say that a class which inherits them has one of this name."""
        lines = set[int]()
        for method in (method for node, method in self._abstract(of, name) if len(node.body) > 1):
            first = self.source.head_line(method)
            lines |= set(range(first, self.source.blank_end(method.end_lineno or 0) + 1))
        return lines
