"""The files of a program, and what they take from one another."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tf1graphs.migrate import names, neighbours, trees
from tf1graphs.migrate.facts import syntax
from tf1graphs.migrate.source import Source


class NotLinked(Exception):
    """Why the files of a program cannot be read as one.

    Attributes:
        path: the file that says so.
        line: where, in its prepared text.
        reason: why.
    """

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(f"{path}:{line}: {reason}")
        self.path = path
        self.line = line
        self.reason = reason


@dataclass(frozen=True)
class Place:
    """A name that a file of the program binds."""

    path: Path
    name: str


@dataclass(frozen=True)
class Use:
    """An expression that reads what another file of the program binds."""

    node: ast.expr
    place: Place


def brought(node: ast.Import | ast.ImportFrom) -> Iterator[tuple[str, str]]:
    """Yields each name that an import binds, and the import of it alone."""
    for alias in node.names:
        if isinstance(node, ast.Import):
            yield alias.asname or alias.name.partition(".")[0], ast.unparse(ast.Import([alias]))
        else:
            yield alias.asname or alias.name, ast.unparse(ast.ImportFrom(node.module, [alias], node.level))


def _run(tree: ast.Module) -> list[ast.stmt]:
    """Returns the statements at the top level of a file, and those that only run if it is the program's own."""
    inside = [each for node in tree.body if isinstance(node, ast.If) and syntax.is_main(node) for each in node.body]
    return [*tree.body, *inside]


def imports(tree: ast.Module) -> list[ast.Import | ast.ImportFrom]:
    """Returns the imports at the top level of a file."""
    return [node for node in _run(tree) if isinstance(node, (ast.Import, ast.ImportFrom))]


class Part:
    """A file of a program.

    Attributes:
        path: the file.
        source: its text, in which each statement has lines of its own.
        names: what its names stand for.
        links: what it imports from other files of the program.
        imported: the names that it imports from elsewhere, and how.
        own: the names that it binds itself, or imports from elsewhere.
    """

    def __init__(self, path: Path, text: str, among: Iterable[Path]) -> None:
        self.path = path
        self.source = Source(text)
        self.names = names.of(self.source.tree)
        members = set(among)
        self.links = [each for each in neighbours.imports(path, self.source.tree) if each.files[-1] in members]
        self._linking = {each.node for each in self.links}
        self._check()
        others = [node for node in imports(self.source.tree) if node not in self._linking]
        self.imported: Mapping[str, str] = dict(pair for node in others for pair in brought(node))
        self.own = self.names.bound - {name for node in self._linking for name, _ in brought(node)}
        self._attributes = {node.value: node for node in self.source.nodes if isinstance(node, ast.Attribute)}

    def _check(self) -> None:
        for node in self._linking:
            if node not in _run(self.source.tree):
                raise NotLinked(self.path, node.lineno, "it is imported inside of a block")
            if len(node.names) > sum(each.node is node for each in self.links):
                raise NotLinked(self.path, node.lineno, "it is imported together with others")

    @property
    def stars(self) -> list[neighbours.Import]:
        """The imports of all names of another file."""
        return [each for each in self.links if each.alias.name == "*"]

    def link(self, name: str) -> neighbours.Import | None:
        """Returns the import that binds a name to something of another file, or to that file."""
        return next((each for each in self.links if each.alias.name != "*" and _local(each) == name), None)

    def member(self, name: ast.Name) -> tuple[ast.Attribute, Path] | None:
        """Returns the expression that takes something from another file by the name of this, and that file."""
        modules = [each for each in self.links if each.is_module]
        known = {each.alias.asname or each.alias.name: each.files[-1] for each in modules}
        node: ast.expr = name
        while ast.unparse(node) not in known and node in self._attributes:
            node = self._attributes[node]
        taken = self._attributes.get(node)
        return (taken, known[ast.unparse(node)]) if taken and ast.unparse(node) in known else None


def _local(link: neighbours.Import) -> str:
    """Returns the name that an import binds."""
    name = link.alias.asname or link.alias.name
    return name.partition(".")[0] if isinstance(link.node, ast.Import) else name


class Program:
    """The files of a program, those first that others import.

    Attributes:
        parts: the files; the last is the one that people run.
        uses: the expressions of each file that read what other files bind.
    """

    def __init__(self, parts: Sequence[Part]) -> None:
        """Looks through the files.

        Raises:
            NotLinked: one uses another one as an object, or changes what that binds.
        """
        self.parts = parts
        self._by_path = {part.path: part for part in parts}
        self.uses = {part: list(self._uses(part)) for part in parts}

    def owner(self, path: Path, name: str) -> Place | None:
        """Returns the file that binds a name which can be imported from a file, and its name there."""
        part = self._by_path[path]
        if name in part.own:
            return Place(path, name)
        link = part.link(name)
        if link is not None:
            return None if link.is_module else self.owner(link.files[-1], link.alias.name)
        stars = part.stars if not name.startswith("_") else []
        return next(filter(None, (self.owner(each.files[-1], name) for each in stars)), None)

    def _uses(self, part: Part) -> Iterator[Use]:
        for name in part.names.outer:
            link = part.link(name.id)
            if link is None:
                if name.id not in part.own and not hasattr(builtins, name.id):
                    place = self.owner(part.path, name.id)
                    yield from [Use(name, place)] if place else []
                continue
            node: ast.Name | ast.Attribute = name
            path, local = link.files[-1], link.alias.name
            if link.is_module:
                taken = part.member(name)
                if taken is None:
                    raise NotLinked(part.path, name.lineno, f"{name.id} is used as an object")
                node, path = taken
                local = node.attr
            place = self.owner(path, local)
            if place is None or not isinstance(node.ctx, ast.Load):
                raise NotLinked(part.path, name.lineno, f"what {ast.unparse(node)} is, is not known by reading")
            yield Use(node, place)

    def unreached(self) -> set[Place]:
        """Returns the functions and classes at the top level of files that nothing in the program reads."""
        defined: dict[Place, ast.stmt] = {}
        waiting: list[tuple[Part, ast.stmt]] = []
        for part in self.parts:
            for node in part.source.tree.body:
                if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                    defined[Place(part.path, node.name)] = node
                elif part is self.parts[-1] or not (isinstance(node, ast.If) and syntax.is_main(node)):
                    waiting.append((part, node))
        reached = set[Place]()
        read = {part: self._read(part) for part in self.parts}
        while waiting:
            part, statement = waiting.pop()
            inside = set(trees.walk(statement))
            new = {place for node, place in read[part] if node in inside and place in defined} - reached
            reached |= new
            waiting += [(self._by_path[place.path], defined[place]) for place in new]
        return defined.keys() - reached

    def _read(self, part: Part) -> list[tuple[ast.expr, Place]]:
        own = [(name, Place(part.path, name.id)) for name in part.names.outer if name.id in part.own]
        return [*own, *((use.node, use.place) for use in self.uses[part])]
